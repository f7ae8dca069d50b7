"""The address of every page of the tree that has no address of a kind of its own."""

from django.urls import re_path
from wagtail.urls import serve_pattern

from broadsheet.pages import views

urlpatterns = [
    re_path(serve_pattern, views.serve, name="wagtail_serve"),  # the name by which Wagtail writes pages' addresses
]
