"""The addresses of the search."""

from django.urls import path, re_path

from broadsheet.search import views

urlpatterns = [
    path("search/", views.search, name="search"),
    re_path(r"^-/suggestions/(?P<shelf>[0-9]|[1-5][0-9]|6[0-3])\.json$", views.suggestions, name="suggestions"),
]
