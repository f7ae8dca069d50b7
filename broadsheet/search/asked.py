"""What a reader asks of the search page, as it stands in its address."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from broadsheet.pages.models import WorkType
from broadsheet.search.engine.interface import Sort

MOST_PAGES = 50
SLUG = re.compile(r"[-\w]{1,150}")
YEAR = re.compile(r"[0-9]{4}", re.ASCII)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """The search box and everything around it; slugs of what the results are narrowed down to."""

    text: str = ""
    section: str = ""
    topic: str = ""
    person: str = ""
    year: str = ""
    work_type: str = ""
    day_from: str = ""
    day_until: str = ""
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    exactly: bool = False
    """Whether to look for what stands there, although something else may be meant."""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Asked":
        """Read it from an address. What makes no sense there is left out."""
        sort, page = query.get("sort", ""), query.get("page", "")
        return cls(
            text=_sound(query.get("q", "")),
            section=_if_it_is(SLUG, query.get("section", "")),
            topic=_if_it_is(SLUG, query.get("topic", "")),
            person=_if_it_is(SLUG, query.get("by", "")),
            year=_if_it_is(YEAR, query.get("year", "")),
            work_type=query.get("type", "") if query.get("type", "") in WorkType.values else "",
            day_from=_if_it_is(DAY, query.get("from", "")),
            day_until=_if_it_is(DAY, query.get("to", "")),
            sort=Sort(sort) if sort in list(Sort) else Sort.RELEVANCE,
            page=min(int(page), MOST_PAGES) if re.fullmatch("[1-9][0-9]{0,3}", page, re.ASCII) else 1,
            exactly=query.get("exactly", "") == "1",
        )

    def narrowed(self, **changed: str) -> "Asked":
        """Return the same search narrowed down differently, from its first page on."""
        return replace(self, page=1, **changed)  # type: ignore[arg-type]

    def on_page(self, page: int) -> "Asked":
        """Return another page of the same search."""
        return replace(self, page=page)

    @property
    def is_plain(self) -> bool:
        """Whether there are words and nothing else: not narrowed down, and the first page of the results."""
        return bool(self.text) and self.parameters.keys() <= {"q", "sort", "exactly"}

    @property
    def parameters(self) -> dict[str, str]:
        """What stands in the address, in its order."""
        every = {
            "q": self.text,
            "section": self.section,
            "topic": self.topic,
            "by": self.person,
            "year": self.year,
            "type": self.work_type,
            "from": self.day_from,
            "to": self.day_until,
            "sort": "" if self.sort is Sort.RELEVANCE else str(self.sort),
            "exactly": "1" if self.exactly else "",
            "page": str(self.page) if self.page > 1 else "",
        }
        return {name: value for name, value in every.items() if value}

    @property
    def url(self) -> str:
        """The address of the search."""
        return f"{reverse('search')}?{urlencode(self.parameters)}" if self.parameters else reverse("search")


def _sound(text: str) -> str:
    """Return a text that can stand in an address: halves of surrogate pairs cannot."""
    return text.encode(errors="replace").decode()


def _if_it_is(pattern: re.Pattern[str], text: str) -> str:
    return text if pattern.fullmatch(text) else ""
