"""Addresses of the masthead's own small documents."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
