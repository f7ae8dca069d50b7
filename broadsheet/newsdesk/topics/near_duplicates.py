"""The report of topics that may be one and the same: merge them, or say that they are not."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from broadsheet.newsdesk.topics.moves import MovesView
from broadsheet.newsdesk.topics.topic_view import KEEP_TOPICS
from broadsheet.stories.attachments import StoryTopic
from broadsheet.stories.same_stories import topics_together
from broadsheet.topics.keep_apart import compare_again, keep_apart
from broadsheet.topics.models import DistinctTopics, Topic
from broadsheet.topics.near_duplicates import Likeness, NearDuplicate
from broadsheet.topics.selectors import topics_that_look_alike

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PAIRS_ON_PAGE = 25
SHOWN_DISTINCT = 100
REASONS: "dict[Likeness, StrOrPromise]" = {
    Likeness.SAME_NAME: gettext_lazy("the same name"),
    Likeness.SYNONYM: gettext_lazy("one is another way of writing the other"),
    Likeness.SAME_WORDS: gettext_lazy("the same words in another order"),
    Likeness.MISSPELT: gettext_lazy("names that differ by a letter or two"),
    Likeness.SAME_STORIES: gettext_lazy("nearly the same stories"),
}


@dataclass(frozen=True)
class ShownPair:
    """Two topics that look alike. `small` is the one with fewer stories, which would be merged into the other."""

    small: Topic
    large: Topic
    small_count: int
    large_count: int
    reasons: "list[StrOrPromise]"


class NearDuplicates(MovesView):
    """The pairs, the surest first."""

    template_name = "newsdesk/topics/near_duplicates.html"
    page_title = gettext_lazy("Near-duplicate topics")

    @cached_property
    def pairs(self) -> Page:
        """The pairs of the page that is asked for."""
        found = topics_that_look_alike(together=topics_together())
        return Paginator(found, PAIRS_ON_PAGE).get_page(self.request.GET.get("p"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the pairs with what helps to decide, and those that were kept apart."""
        return super().get_context_data(
            pairs=self.pairs,
            rows=_shown(list(self.pairs.object_list)),
            distinct=DistinctTopics.objects.select_related("one", "other").order_by("-at", "-pk")[:SHOWN_DISTINCT],
            **kwargs,
        )


def _shown(pairs: list[NearDuplicate]) -> list[ShownPair]:
    ids = {pk for pair in pairs for pk in (pair.one, pair.other)}
    topics = Topic.objects.in_bulk(ids)
    counted = StoryTopic.objects.filter(topic__in=ids).order_by().values_list("topic").annotate(stories=Count("pk"))
    counts = dict(counted)
    rows = []
    for pair in pairs:
        small, large = sorted((pair.one, pair.other), key=lambda pk: (counts.get(pk, 0), -pk))
        reasons = [REASONS[why] for why in pair.why]
        rows.append(ShownPair(topics[small], topics[large], counts.get(small, 0), counts.get(large, 0), reasons))
    return rows


@require_POST
def tell_apart(request: HttpRequest) -> HttpResponse:
    """Remember that two topics are not the same, or forget it again."""
    if not request.user.has_perm(KEEP_TOPICS):
        raise PermissionDenied
    one, other = (get_object_or_404(Topic, pk=_number(request.POST.get(name, ""))) for name in ("one", "other"))
    if one == other:
        return redirect("newsdesk_near_duplicates")
    if "again" in request.POST:
        compare_again(one=one, other=other)
        sentence = _("“%(one)s” and “%(other)s” are compared again.")
    else:
        keep_apart(one=one, other=other, by_name=str(request.user))
        sentence = _("“%(one)s” and “%(other)s” are not the same: the report leaves them out from now on.")
    messages.success(request, sentence % {"one": one, "other": other})
    return redirect("newsdesk_near_duplicates")


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
