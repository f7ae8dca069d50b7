"""One newsroom request, one transaction: what an editor does happens wholly or not at all.

In Wagtail 8.0.1 a failed publish clears an existing schedule, and a raising signal receiver leaves a story live with
nothing told to anyone; inside one transaction neither can happen. Not ATOMIC_REQUESTS: on SQLite every reader's
request would take the write lock.

Two editors may take the same address in the same second: each form is told that it is free, and the page's own check
or the database refuses the second. That request is answered once more from the beginning: now its form sees the other
story and says so.

Wagtail has addresses that publish without a form (approving, publishing many at once). What a verb or a model refuses
there is told in a sentence, where Wagtail would answer 500.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from broadsheet.accounts.own_language import own_language
from broadsheet.kit.fail_points import reach
from broadsheet.kit.write_transaction import write_transaction
from broadsheet.publishing.record_act import NoteMissingError
from broadsheet.stories.taken_down import TakenDownError

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
REFUSALS = (ValidationError, NoteMissingError, TakenDownError)
"""What publishing refuses for a reason that an editor can mend."""


class NewsroomTransactionMiddleware:
    """Wraps views under the newsroom's prefix in a transaction when their method may change something."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """Run an unsafe newsroom view inside a transaction; let every other request pass."""
        if request.method in SAFE_METHODS or not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        try:
            return _whole_or_again(request, view, args, kwargs)
        except REFUSALS as refusal:
            return _tell(request, refusal)


def _whole_or_again(
    request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> HttpResponse:
    try:
        return _whole(request, view, args, kwargs)
    except (IntegrityError, ValidationError):
        for _name, files in request.FILES.lists():
            for file in files:
                file.seek(0)
        return _whole(request, view, args, kwargs)


def _whole(
    request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> HttpResponse:
    with write_transaction():
        response = view(request, *args, **kwargs)
        if isinstance(response, SimpleTemplateResponse):
            response.render()
        if response.status_code >= 500:
            transaction.set_rollback(True)
        reach("newsroom.before_commit")
    reach("newsroom.committed")
    return response


def _tell(request: HttpRequest, refusal: Exception) -> HttpResponse:
    """Send the editor back to where they came from, with the reason why nothing was done."""
    with own_language(request.user):
        reasons = refusal.messages if isinstance(refusal, ValidationError) else [str(refusal)]
        messages.error(request, _("Nothing was changed. %(reasons)s") % {"reasons": " ".join(reasons)})
    back = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if is_ours else reverse("wagtailadmin_home"))
