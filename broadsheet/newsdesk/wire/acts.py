"""What is done with items and sources: each by POST, each leading back to where it was asked."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin.utils import get_valid_next_url_from_request

from broadsheet.accounts.models import User
from broadsheet.newsdesk.fronts_board import signed_in
from broadsheet.newsdesk.new_story import may_write
from broadsheet.newsdesk.wire.views import CHANGE_SOURCES, QUEUE, WORK_WITH_WIRE, story_of
from broadsheet.wire.acknowledge_kill import acknowledge_kill
from broadsheet.wire.ask_due_sources import ask_now
from broadsheet.wire.bring_photos import PhotoEmbargoedError, keep_photo
from broadsheet.wire.make_story import AlreadyTakenError, ItemKilledError, make_story
from broadsheet.wire.models import WireItem, WirePhoto, WireSource
from broadsheet.wire.set_aside import bring_back, set_aside
from broadsheet.wire.tasks import bring_photos_task


def _worker(request: HttpRequest, *rights: str) -> User:
    user = signed_in(request)
    if not user.has_perms(rights or [WORK_WITH_WIRE]):
        raise PermissionDenied
    return user


def _back(request: HttpRequest, otherwise: str) -> HttpResponse:
    return redirect(get_valid_next_url_from_request(request) or otherwise)


@require_POST
def make_a_story(request: HttpRequest, item_id: int) -> HttpResponse:
    """Make a draft of an item and open it."""
    user = _worker(request)
    if not may_write(user):
        raise PermissionDenied
    item = get_object_or_404(WireItem, pk=item_id)
    try:
        story = make_story(item=item, by=user)
    except AlreadyTakenError as taken:
        messages.warning(request, str(taken))
        return redirect("newsdesk_wire_item", item_id)
    except ItemKilledError as killed:
        messages.error(request, str(killed))
        return redirect("newsdesk_wire_item", item_id)
    missing = item.photos.filter(photo=None).count()
    if missing:
        words = ngettext("%(n)d photo is not here yet.", "%(n)d photos are not here yet.", missing) % {"n": missing}
        messages.warning(request, words)
    messages.success(request, _("This draft was made of what %(agency)s sent.") % {"agency": item.source.credit})
    return redirect("wagtailadmin_pages:edit", story.pk)


@require_POST
def set_items_aside(request: HttpRequest) -> HttpResponse:
    """Set the chosen items aside, with those that say the same, or bring them back."""
    _worker(request)
    chosen = [int(pk) for pk in request.POST.getlist("item") if pk.isdigit() and len(pk) < 18]
    back = _back(request, reverse(QUEUE))
    if not chosen:
        messages.warning(request, _("Choose the items first."))
        return back
    if "back" in request.POST:
        count = bring_back(items=chosen)
        words = ngettext("%(n)d item is new again.", "%(n)d items are new again.", count)
    else:
        count = set_aside(items=chosen, with_others=True)
        words = ngettext("%(n)d item was set aside.", "%(n)d items were set aside.", count)
    messages.success(request, words % {"n": count})
    return back


@require_POST
def fetch_photos(request: HttpRequest, item_id: int) -> HttpResponse:
    """Have an item's photos fetched."""
    _worker(request)
    item = get_object_or_404(WireItem, pk=item_id)
    bring_photos_task.enqueue(item.pk)
    messages.success(request, _("The photos are being fetched. Load this page again in a moment."))
    return redirect("newsdesk_wire_item", item_id)


@require_POST
def keep_one_photo(request: HttpRequest, photo_id: int) -> HttpResponse:
    """Put a photo among the paper's own."""
    _worker(request)
    photo = get_object_or_404(WirePhoto.objects.exclude(photo=None), pk=photo_id)
    try:
        keep_photo(wire_photo=photo)
        messages.success(request, _("The photo can be chosen for every story now."))
    except PhotoEmbargoedError as embargo:
        messages.error(request, str(embargo))
    return redirect("newsdesk_wire_item", photo.item_id)


@require_POST
def know_of_kill(request: HttpRequest, item_id: int) -> HttpResponse:
    """Note that somebody who works on the story of an item knows that the agency has killed it."""
    user = _worker(request)
    story = story_of(get_object_or_404(WireItem, pk=item_id))
    if story is None or not story.permissions_for_user(user).can_edit():
        raise PermissionDenied
    if acknowledge_kill(story_id=story.pk, by=user):
        messages.success(request, _("The story is no longer held back. What becomes of it is yours to decide."))
    return redirect("newsdesk_wire_item", item_id)


@require_POST
def fetch_now(request: HttpRequest, source_id: int) -> HttpResponse:
    """Have a source asked at once."""
    _worker(request, CHANGE_SOURCES)
    source = get_object_or_404(WireSource, pk=source_id)
    ask_now(source=source)
    messages.success(request, _("“%(source)s” is being asked. Load this page again in a moment.") % {"source": source})
    return redirect("newsdesk_wire_sources:edit", source_id)
