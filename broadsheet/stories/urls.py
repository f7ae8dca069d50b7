"""Addresses of stories, topics and contributors."""

from django.urls import path

from broadsheet.stories import views

urlpatterns = [
    path("<yyyy:year>/<mm:month>/<mm:day>/<uslug:slug>/", views.story, name="story"),
    path("<yyyy:year>/<mm:month>/<mm:day>/", views.day, name="day"),
    path("topic/<uslug:slug>/", views.topic, name="topic"),
    path("by/<uslug:slug>/", views.contributor, name="contributor"),
]
