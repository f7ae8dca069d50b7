"""A story's page in two parts: the story itself, and what stands below it.

Whatever is published on one of its topics changes what stands below, a hundred times as often as the story is touched.
Whoever renders the page again then makes only that anew.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.html import format_html

from broadsheet.kit import rendering
from broadsheet.stories.related import Below

BELOW_MARK = format_html("<!-- {} -->", secrets.token_hex(16))
"""Stands in the first part where the second belongs; no text can hold it, for it is another in each process."""


class AnotherAnswerError(Exception):
    """At the address stands no story, but what `answer` says."""

    def __init__(self, answer: HttpResponse) -> None:
        super().__init__(answer.status_code)
        self.answer = answer


@dataclass(frozen=True)
class StoryItself:
    """What stands before and after the place of further reading, and what it takes to fill that."""

    before: str
    after: str
    below: Below


def story_page(name: str, ask: Callable[[], HttpResponse]) -> HttpResponse:
    """Return the page of a story that `ask` gives, or whatever else that gives. `name` is its address."""

    def make() -> StoryItself:
        return _itself(ask())

    try:
        itself = rendering.remembered(("story", name), make, of_one_page=True)
    except AnotherAnswerError as other:
        return other.answer
    with translation.override(itself.below.language):
        below = render_to_string("stories/below.html", {"reading": itself.below.reading()})
    return HttpResponse(f"{itself.before}{below}{itself.after}")


def _itself(answer: HttpResponse) -> StoryItself:
    if not isinstance(answer, TemplateResponse) or answer.context_data is None or "below" not in answer.context_data:
        raise AnotherAnswerError(answer)
    answer.context_data["below_mark"] = BELOW_MARK
    before, _, after = answer.render().content.decode().partition(BELOW_MARK)
    return StoryItself(before, after, answer.context_data["below"])
