"""Addresses of readers' renditions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
