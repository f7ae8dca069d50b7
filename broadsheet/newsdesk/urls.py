"""Addresses of the newsroom's own pages, below /newsroom/."""

from django.urls import path

from broadsheet.newsdesk.views.new_story import new_story
from broadsheet.newsdesk.views.story_list import StoryListView

urlpatterns = [
    path("stories/", StoryListView.as_view(), name="newsdesk_stories"),
    path("stories/results/", StoryListView.as_view(results_only=True), name="newsdesk_stories_results"),
    path("stories/new/", new_story, name="newsdesk_new_story"),
]
