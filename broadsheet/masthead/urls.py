"""Addresses of the masthead's own small documents."""

from django.urls import path

from broadsheet.masthead import views

urlpatterns = [path("-/colours.css", views.colours, name="masthead_colours")]
