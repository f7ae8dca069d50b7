"""Addresses of stories and their record, topics and contributors."""

from django.urls import path
from django.views.decorators.http import require_safe

from broadsheet.stories import series_views, topic_views, views
from broadsheet.stories.feeds import CorrectionsFeed

STORY = "<yyyy:year>/<mm:month>/<mm:day>/<uslug:slug>/"

urlpatterns = [
    path(STORY, views.story, name="story"),
    path(f"{STORY}changes/", views.changes, name="changes"),
    path(f"{STORY}changes/<int:number>/", views.version, name="version"),
    path(f"{STORY}changes.json", views.changes_as_json, name="changes_json"),
    path(f"{STORY}changes.atom", views.changes_as_atom, name="changes_atom"),
    path("corrections/", views.corrections, name="corrections"),
    path("corrections/feed/", require_safe(CorrectionsFeed()), name="corrections_feed"),
    path("<yyyy:year>/<mm:month>/<mm:day>/", views.day, name="day"),
    path("topic/<uslug:slug>/", topic_views.topic, name="topic"),
    path("topic/<uslug:slug>/<yyyy:year>/<mm:month>/", topic_views.topic_month, name="topic_month"),
    path("series/<uslug:slug>/", series_views.series, name="series"),
    path("by/<uslug:slug>/", views.contributor, name="contributor"),
]
