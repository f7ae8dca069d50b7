"""The server's part in losing no keystroke; static/newsdesk/typing/ is the browser's. Imported by `wagtail_hooks.py`.

Each open form has a name of its own, `typing_id`, and sends it along. By it we know a version that this very form made
when its answer never arrived (the server was killed in between), and tell the form which of its savings arrived.
"""

import re
import uuid
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.log_actions import get_active_log_context
from wagtail.models import PageLogEntry, Revision

from broadsheet.pages.models import BasePage
from broadsheet.stories.models import PublishedVersion

TYPING_ID = "typing_id"
SAVED = "typing_saved"
"""Key of the session: names of forms whose pages were sent off whole, by a button."""
SAVED_KEPT = 20
_NAMES = uuid.UUID("6f1c5a3e-64c8-4a55-9d0a-0c1d6f0c8c55")
_A_NAME = re.compile(r"[0-9a-z-]{8,40}")


@hooks.register("insert_editor_js")
def add_typing_script() -> SafeString:
    """Keep in the browser what one types until the server has it."""
    return format_html('<script type="module" src="{}"></script>', static("newsdesk/typing/keep.js"))


@hooks.register("before_create_page")
def mark_a_new_page(request: HttpRequest, parent: BasePage, page_class: type[BasePage]) -> None:
    """Note in the log by which open form a page was begun."""
    _mark_log(request)


@hooks.register("before_edit_page")
def mark_and_find_again(request: HttpRequest, page: BasePage) -> None:
    """Have an open form go on with its own version, unless readers have seen that one meanwhile.

    Wagtail's autosave writes again and again over the version a form made. It loses track of it when the answer that
    named it was lost; and it would also write over a version that somebody has published.
    """
    mark = _mark_log(request)
    newest = page.latest_revision_id
    if mark is None or newest is None or not _is_autosave(request):
        return
    sent: Any = request.POST.copy()
    if sent.get("overwrite_revision_id") != str(newest):
        if not PageLogEntry.objects.filter(page_id=page.pk, revision_id=newest, uuid=mark).exists():
            return
        sent["overwrite_revision_id"] = str(newest)
    if PublishedVersion.objects.filter(object_id=page.pk, revision_id=newest).exists():
        del sent["overwrite_revision_id"]
        sent["loaded_revision_id"] = str(newest)
        made_at = Revision.objects.values_list("created_at", flat=True).get(pk=newest)
        sent["loaded_revision_created_at"] = made_at.isoformat()
    request.POST = sent


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_what_arrived(request: HttpRequest, page: BasePage) -> None:
    """Note that a form arrived, for the next page that this person opens: the browser then forgets its copy."""
    name = _name_of_form(request)
    if name and not _is_autosave(request):
        request.session[SAVED] = [*request.session.get(SAVED, []), name][-SAVED_KEPT:]


def _name_of_form(request: HttpRequest) -> str:
    name = request.POST.get(TYPING_ID, "")
    return name if _A_NAME.fullmatch(name) else ""


def _is_autosave(request: HttpRequest) -> bool:
    return request.method == "POST" and not request.accepts("text/html")


def _mark_log(request: HttpRequest) -> uuid.UUID | None:
    """Put the mark of the form into what this request logs; return it."""
    name = _name_of_form(request)
    if not name or not _is_autosave(request):
        return None
    mark = uuid.uuid5(_NAMES, f"{request.user.pk}:{name}")
    get_active_log_context().uuid = mark
    return mark
