"""The story's form as an editor would send it."""

from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from broadsheet.bylines.models import Contributor
from broadsheet.stories.models import Story


def form_data(*blocks: tuple[str, Any], contributor: Contributor | None = None, **fields: Any) -> dict[str, Any]:
    """Return a story's form with these blocks in its body, one byline at most, and other fields as given."""
    bylines = [{"contributor": contributor.pk, "role": "by", "place": ""}] if contributor else []
    data: dict[str, Any] = nested_form_data(
        {
            "title": "Ferry returns",
            "slug": "ferry-returns",
            "work_type": "news",
            "language": "en",
            "comments_open": "on",
            "body": streamfield(blocks or [("paragraph", rich_text("<p>The ferry is back.</p>"))]),
            "bylines": inline_formset(bylines),
            "story_topics": inline_formset([]),
            "pinned_related": inline_formset([]),
            "comments": inline_formset([]),
            **fields,
        }
    )
    return data


def save(
    client: Client, story: Story, data: dict[str, Any], *, publish: bool = False, button: str = ""
) -> dict[str, list[str]]:
    """Send the form, and return what was wrong with it: nothing when it was taken."""
    pressed = button or ("action-publish" if publish else "")
    sent = data | ({pressed: pressed} if pressed else {})
    response = client.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), sent)
    if response.status_code == 302:
        return {}
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}
