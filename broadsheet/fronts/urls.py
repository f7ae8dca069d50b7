"""Addresses of the front page and of section fronts."""

from django.urls import path

from broadsheet.fronts import views

urlpatterns = [
    path("", views.front_page, name="front_page"),
    path("section/<uslug:slug>/", views.section, name="section"),
]
