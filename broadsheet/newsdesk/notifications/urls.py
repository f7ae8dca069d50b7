"""Addresses of the notices, below /newsroom/notices/."""

from django.urls import path

from broadsheet.newsdesk.notifications import views

urlpatterns = [
    path("notices/", views.Notices.as_view(), name="newsdesk_notices"),
    path("notices/<int:notice_id>/open/", views.open_notice, name="newsdesk_open_notice"),
    path("notices/read/", views.read_all, name="newsdesk_read_all_notices"),
]
