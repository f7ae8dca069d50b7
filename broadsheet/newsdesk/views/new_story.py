"""One click from anywhere in the newsroom to an empty story."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from broadsheet.newsdesk.new_story import may_write, shelf_for_new_story


@require_safe
def new_story(request: HttpRequest) -> HttpResponse:
    """Open the form for a new story on this month's shelf."""
    if not may_write(request.user):  # type: ignore[arg-type]  # the newsroom lets in nobody who is not signed in
        raise PermissionDenied
    return redirect("wagtailadmin_pages:add", "stories", "story", shelf_for_new_story().pk)
