"""Addresses the operator's tools ask."""

from django.urls import path

from broadsheet.ops import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
