"""Topics that the story being written names, for the editor's buttons."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse, QueryDict
from django.views.decorators.http import require_POST

from broadsheet.newsdesk.new_story import may_write
from broadsheet.stories.body_text import body_text
from broadsheet.stories.models import Story
from broadsheet.topics.selectors import topics_in

MOST_SUGGESTIONS = 15
OWN_WORDS = ("title", "kicker", "short_headline", "standfirst", "dateline_text", "lead_photo_caption")


@require_POST
def topics_in_text(request: HttpRequest) -> JsonResponse:
    """Answer the fields of a story's form, as they stand now, with the topics named in them."""
    if not may_write(request.user):  # type: ignore[arg-type]  # the newsroom lets in nobody who is not signed in
        raise PermissionDenied
    found = topics_in(text_of_form(request.POST), limit=MOST_SUGGESTIONS)
    return JsonResponse(
        {
            "topics": [
                {"id": topic.pk, "name": topic.name, "kind": topic.get_kind_display(), "count": one.count}
                for topic, one in found
            ]
        }
    )


def text_of_form(data: QueryDict) -> str:
    """Return the words of a story's form, one field or block a line."""
    lines = [data.get(name, "") for name in OWN_WORDS]
    if "body-count" in data:
        block = Story._meta.get_field("body").stream_block
        lines.append(body_text(block.value_from_datadict(data, {}, "body")))
    return "\n".join(lines)
