"""Addresses of what is done with one story, below /newsroom/stories/."""

from django.urls import path

from broadsheet.newsdesk.workflow import views

urlpatterns = [
    path("stories/<int:story_id>/desk/", views.StoryDesk.as_view(), name="newsdesk_story_desk"),
    path("stories/<int:story_id>/assign/", views.assign, name="newsdesk_assign_story"),
    path("stories/<int:story_id>/note/", views.note, name="newsdesk_note_on_story"),
    path("stories/<int:story_id>/send/", views.send, name="newsdesk_send_story"),
    path("stories/<int:story_id>/duplicate/", views.duplicate, name="newsdesk_duplicate_story"),
]
