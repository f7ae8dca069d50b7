"""What a front's board asks for: arrange, preview, save, publish, schedule, restore."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from broadsheet.fronts.models import Front
from broadsheet.fronts.permissions import may_arrange
from broadsheet.fronts.publish_front import MomentHasPassedError, publish_front
from broadsheet.fronts.restore_front import restore_front
from broadsheet.fronts.save_front import FrontChangedMeanwhileError, save_front
from broadsheet.fronts.zones import InvalidZonesError
from broadsheet.kit.wall_time import told
from broadsheet.newsdesk.fronts_board import address, signed_in
from broadsheet.newsdesk.fronts_board_data import (
    UnreadableRequestError,
    arrangement_for_board,
    moment_from_board,
    read_board,
    zones_from_board,
)
from broadsheet.publishing.cancel_schedule import NotScheduledError, cancel_schedule
from broadsheet.sections.models import Section

CONFLICT = 409


@require_POST
def arrange(request: HttpRequest, section_id: int | None = None) -> JsonResponse:
    """Return what the zones that a board sent would show now."""
    section = _arrangeable_section(request, section_id)
    try:
        zones = zones_from_board(read_board(request).get("zones"))
    except (UnreadableRequestError, InvalidZonesError) as error:
        return JsonResponse({"error": str(error)}, status=400)
    return JsonResponse(arrangement_for_board(zones, section=section))


@require_POST
def preview(request: HttpRequest, section_id: int | None = None) -> HttpResponse:
    """Show the front as readers would see it with the zones on the board."""
    section = _arrangeable_section(request, section_id)
    try:
        zones = zones_from_board(json.loads(request.POST.get("zones", "")))
    except (ValueError, RecursionError) as error:
        return HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8")
    front = Front(section=section)
    front.zones = zones
    return front.make_preview_request(request, front.default_preview_mode)


@require_safe
def version(request: HttpRequest, version_id: int, section_id: int | None = None) -> HttpResponse:
    """Show the front as readers would see it if a kept version were published now."""
    section = _arrangeable_section(request, section_id)
    front = get_object_or_404(Front, section=section)
    kept = get_object_or_404(front.revisions, pk=version_id).as_object()
    return kept.make_preview_request(request, kept.default_preview_mode)


@require_POST
def save(request: HttpRequest, section_id: int | None = None) -> JsonResponse:
    """Keep the zones on the board as a draft, publish them, or schedule them."""
    section = _arrangeable_section(request, section_id)
    try:
        sent = read_board(request)
        message, kept_id = _keep(request, section, sent)
    except FrontChangedMeanwhileError as conflict:
        return JsonResponse({"conflict": _conflict(conflict, section)}, status=CONFLICT)
    except MomentHasPassedError:
        return JsonResponse({"error": _("Choose a time that is still to come.")}, status=400)
    except (UnreadableRequestError, InvalidZonesError) as error:
        return JsonResponse({"error": str(error)}, status=400)
    if sent["act"] != "draft":
        messages.success(request, message)
    return JsonResponse({"version": kept_id, "message": message})


@require_POST
def restore(request: HttpRequest, version_id: int, section_id: int | None = None) -> HttpResponse:
    """Bring a kept version back as a draft, or publish it at once."""
    section = _arrangeable_section(request, section_id)
    front = get_object_or_404(Front, section=section)
    kept = get_object_or_404(front.revisions, pk=version_id)
    is_published = "publish" in request.POST
    seen = request.POST.get("seen", "")
    try:
        restore_front(
            front=front,
            version=kept,
            user=signed_in(request),
            seen_version=int(seen) if seen.isdecimal() else None,
            publish=is_published,
        )
    except FrontChangedMeanwhileError as conflict:
        messages.error(request, _conflict(conflict, section)["message"])
        return redirect(address("history", section))
    when = {"moment": told(kept.created_at)}
    if is_published:
        messages.success(request, _("The version of %(moment)s is public again.") % when)
    else:
        messages.success(
            request, _("The version of %(moment)s is back as a draft. Publish it when it is right.") % when
        )
    return redirect(address("board", section))


@require_POST
def unschedule(request: HttpRequest, section_id: int | None = None) -> HttpResponse:
    """Cancel the planned publication of a front."""
    section = _arrangeable_section(request, section_id)
    try:
        cancel_schedule(instance=get_object_or_404(Front, section=section), user=signed_in(request))
    except NotScheduledError:
        messages.warning(request, _("It no longer waits: it has just gone live, or somebody cancelled it."))
    else:
        messages.success(request, _("Nothing is planned any more. The version is kept as a draft."))
    return redirect(address("board", section))


def _arrangeable_section(request: HttpRequest, section_id: int | None) -> Section | None:
    section = get_object_or_404(Section, pk=section_id) if section_id else None
    if not may_arrange(signed_in(request), section):
        raise PermissionDenied
    return section


def _keep(request: HttpRequest, section: Section | None, sent: dict[str, Any]) -> tuple[str, int]:
    """Do what was asked for; return what to tell the editor, and the version kept."""
    seen = sent.get("seen")
    kept: dict[str, Any] = {
        "section": section,
        "zones": zones_from_board(sent.get("zones")),
        "user": signed_in(request),
        "seen_version": seen if isinstance(seen, int) else None,
    }
    match sent.get("act"):
        case "draft":
            return _("Draft saved. Readers still see the front as it was."), save_front(**kept).pk
        case "publish":
            return _("Published. Readers see this front now."), publish_front(**kept).pk
        case "schedule":
            moment = moment_from_board(sent.get("at"))
            planned = {"moment": told(moment)}
            message = _("Planned. This front goes live on %(moment)s.") % planned
            return message, publish_front(**kept, go_live_at=moment).pk
    raise UnreadableRequestError(_("The board could not be read."))


def _conflict(conflict: FrontChangedMeanwhileError, section: Section | None) -> dict[str, Any]:
    newest = conflict.newest
    by = str(newest.user) if newest.user else _("Someone")
    when = told(newest.created_at, form="H:i")
    message = _("%(name)s saved a newer version of this front at %(time)s.") % {"name": by, "time": when}
    return {"message": message, "version": newest.pk, "look": address("version", section, newest.pk)}
