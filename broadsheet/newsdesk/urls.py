"""Addresses of the newsroom's own pages, below /newsroom/."""

from django.urls import path

from broadsheet.newsdesk.views.new_story import new_story
from broadsheet.newsdesk.views.story_list import StoryListView
from broadsheet.newsdesk.views.topics_in_text import topics_in_text

urlpatterns = [
    path("stories/", StoryListView.as_view(), name="newsdesk_stories"),
    path("stories/results/", StoryListView.as_view(results_only=True), name="newsdesk_stories_results"),
    path("stories/topics/", topics_in_text, name="newsdesk_topics_in_text"),
    path("stories/new/", new_story, name="newsdesk_new_story"),
]
