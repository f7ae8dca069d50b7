"""Addresses of photos: renditions for readers, originals and thumbnails for staff."""

from django.urls import path

from broadsheet.photos import views

urlpatterns = [
    path(
        "media/r/<int:photo_id>/<slug:key>/<slug:spec_name>.<slug:extension>", views.serve_rendition, name="rendition"
    ),
    path("media/<path:name>", views.serve_to_staff, name="staff_media"),
]
