"""Addresses of section fronts."""

from django.urls import path

from broadsheet.fronts import views

urlpatterns = [path("section/<uslug:slug>/", views.section, name="section")]
