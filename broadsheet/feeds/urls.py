"""Addresses of feeds: RSS at `feed/`, the other formats below it."""

from django.urls import path

from broadsheet.feeds import views

urlpatterns = [
    path("feed/", views.paper_feed, name="feed"),
    path("feed/<slug:form>/", views.paper_feed, name="feed"),
    path("section/<uslug:slug>/feed/", views.section_feed, name="section_feed"),
    path("section/<uslug:slug>/feed/<slug:form>/", views.section_feed, name="section_feed"),
    path("topic/<uslug:slug>/feed/", views.topic_feed, name="topic_feed"),
    path("topic/<uslug:slug>/feed/<slug:form>/", views.topic_feed, name="topic_feed"),
    path("by/<uslug:slug>/feed/", views.contributor_feed, name="contributor_feed"),
    path("by/<uslug:slug>/feed/<slug:form>/", views.contributor_feed, name="contributor_feed"),
]
