"""Uploads to the newsroom are examined before the newsroom's transaction begins.

A transaction of SQLite's holds the write lock from its first moment, and an examination may take as long as the
darkroom's limits allow: one hostile file would make every other writer of the paper wait for it.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from broadsheet.photos.intake import PhotoRefused, examine_upload

_NAMESPACES = {"wagtailimages", "wagtailimages_chooser"}


class ExaminationFirstMiddleware:
    """Has the files of a photo upload examined and hangs the verdict on them; `PhotoUploadField` reads it.

    Must stand before the middleware that begins the transaction. Only people who may enter the newsroom keep the
    darkroom busy.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        _view: Callable[..., HttpResponse],
        _args: tuple[Any, ...],
        _kwargs: dict[str, Any],
    ) -> None:
        """Examine what comes with a POST to the newsroom's photo views."""
        match = request.resolver_match
        if request.method != "POST" or match is None or not _NAMESPACES & set(match.namespaces):
            return
        if not request.user.has_perm("wagtailadmin.access_admin"):
            return
        for _name, uploads in request.FILES.lists():
            for upload in uploads:
                upload.verdict = _verdict(upload)  # type: ignore[attr-defined]  # read by PhotoUploadField


def _verdict(upload: Any) -> object:
    """Return what was found (`ExaminedPhoto`) or why the file is not accepted (`PhotoRefused`)."""
    try:
        return examine_upload(upload, size=upload.size)
    except PhotoRefused as refused:
        return refused
