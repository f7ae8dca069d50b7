"""What readers will see otherwise once the newest version of a published story is public."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from broadsheet.stories.models import Story


def what_will_change(request: HttpRequest, story_id: int) -> HttpResponse:
    """Compare what readers see with what waits."""
    story = get_object_or_404(Story, pk=story_id)
    if not story.permissions_for_user(request.user).can_edit():  # type: ignore[arg-type]
        raise PermissionDenied
    return redirect("wagtailadmin_pages:revisions_compare", story.pk, "live", "latest")
