"""Addresses of the boards, below /newsroom/boards/."""

from django.urls import path

from broadsheet.newsdesk.boards import views

urlpatterns = [
    path("boards/", views.BoardByStage.as_view(), name="newsdesk_board_by_stage"),
    path("boards/due/", views.BoardByDueTime.as_view(), name="newsdesk_board_by_due_time"),
    path("boards/assign/", views.assign_several, name="newsdesk_assign_several"),
]
