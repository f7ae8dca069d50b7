"""Addresses of photos and the few other files of the media folder that are served."""

from django.urls import path

from broadsheet.photos import views

urlpatterns = [
    path(
        "media/r/<int:photo_id>/<slug:key>/<slug:spec_name>.<slug:extension>", views.serve_rendition, name="rendition"
    ),
    path("media/<path:name>", views.serve_other_media, name="other_media"),
]
