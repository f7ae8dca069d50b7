"""Serving photos. Readers get `/media/r/`, the paper's logo and icon, and nothing else of the media folder."""

import mimetypes
import posixpath
from dataclasses import replace

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from broadsheet.photos import storage
from broadsheet.photos.darkroom.run import DarkroomFailure
from broadsheet.photos.intake import current_limits
from broadsheet.photos.locks import StillHeld
from broadsheet.photos.make_renditions import make_renditions
from broadsheet.photos.models import Photo
from broadsheet.photos.renditions import CONTENT_TYPES, SPECS, all_offered, rendition, storage_name
from broadsheet.photos.selectors import READ_TAKEN_DOWN, belongs_to_withdrawn_photo

_YEAR_SECONDS = 31_536_000
_REDIRECT_SECONDS = 300
_READER_WAIT_SECONDS = 10  # the worker holds a photo for 2 to 7 seconds while it makes all its sizes
_READER_CPU_SECONDS, _READER_WALL_SECONDS = 10, 15
_HOUR_SECONDS = 3_600
_PUBLIC_FOLDERS = ("masthead/",)
_STAFF_FOLDERS = ("originals/", "images/")
_PICTURE_TYPES = {*CONTENT_TYPES.values(), "image/png", "image/gif", "image/svg+xml", "image/x-icon"}


@require_safe
def serve_rendition(_request: HttpRequest, photo_id: int, key: str, spec_name: str, extension: str) -> HttpResponseBase:
    """Serve a public rendition; make it first when it is missing, under the darkroom's limits.

    A stored file is served without the database. Otherwise: an unknown size or photo is 404, an old key redirects to
    the current one, a photo that was withdrawn or whose rights have ended is 410, and a busy darkroom is 503 with a
    time to come back.
    """
    spec = SPECS.get(spec_name)
    if spec is None or extension not in spec.extensions:
        raise Http404
    name = storage_name(photo_id, key, spec_name, extension)
    if stored := _stored(name, CONTENT_TYPES[extension]):
        return stored
    photo = get_object_or_404(Photo, pk=photo_id)
    if photo.is_withheld():
        return _gone(photo)
    if spec not in all_offered(photo):
        raise Http404
    if key != photo.rendition_key:
        moved = HttpResponsePermanentRedirect(rendition(photo, spec, extension).url)
        moved["Cache-Control"] = f"max-age={_REDIRECT_SECONDS}"
        return moved
    limits = replace(current_limits(), cpu_seconds=_READER_CPU_SECONDS, wall_seconds=_READER_WALL_SECONDS)
    try:
        make_renditions(photo=photo, wanted=[(spec, extension)], limits=limits, wait_seconds=_READER_WAIT_SECONDS)
    except (StillHeld, DarkroomFailure):
        return HttpResponse(status=503, headers={"Retry-After": "10", "Cache-Control": "no-store"})
    except FileNotFoundError as error:
        raise Http404 from error
    photo.refresh_from_db(fields=["withdrawn_at"])
    if photo.is_withheld():  # withdrawn while the darkroom was at work: the files made since then go too
        storage.remove(photo.pk)
        return _gone(photo)
    if stored := _stored(name, CONTENT_TYPES[extension]):
        return stored
    raise Http404


@require_safe
def serve_other_media(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve the paper's logo and icon to everybody, originals and thumbnails to people who may enter the newsroom.

    To anyone else, and in any other folder, nothing exists. A drawing (SVG) may style itself but not run anything.
    """
    if posixpath.normpath(name) != name:  # a way out of the folder it begins with
        raise Http404
    is_public = name.startswith(_PUBLIC_FOLDERS)
    is_for_staff = name.startswith(_STAFF_FOLDERS)
    if not is_public and not (is_for_staff and request.user.has_perm("wagtailadmin.access_admin")):
        raise Http404
    if is_for_staff and not request.user.has_perm(READ_TAKEN_DOWN) and belongs_to_withdrawn_photo(name):
        raise Http404
    try:
        file = default_storage.open(name)
    except (FileNotFoundError, IsADirectoryError) as error:
        raise Http404 from error
    content_type = mimetypes.guess_type(name)[0] or ""
    is_picture = content_type in _PICTURE_TYPES
    response = FileResponse(file, content_type=content_type if is_picture else "application/octet-stream")
    response["Cache-Control"] = f"{'public' if is_public else 'private'}, max-age={_HOUR_SECONDS}"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def _gone(photo: Photo) -> HttpResponse:
    """Say that a photo may not be shown, and keep no copy of that: it may be shown again."""
    ended = _("The rights to show this photo have ended.")
    sentence = _("This photo has been taken down.") if photo.withdrawn_at else ended
    return HttpResponse(sentence, status=410, content_type="text/plain; charset=utf-8")


def _stored(name: str, content_type: str) -> FileResponse | None:
    """Return a stored rendition as a response that may be kept for ever, or None."""
    try:
        file = default_storage.open(name)
    except FileNotFoundError:
        return None
    response = FileResponse(file, content_type=content_type)
    response["Cache-Control"] = f"max-age={_YEAR_SECONDS}, immutable"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # feed readers and newsletters show them elsewhere
    return response
