"""Makes the demonstration paper's sections, topics and series."""

import datetime as dt
from typing import Any

from broadsheet.demo.paper_files import Paper
from broadsheet.kit import clock
from broadsheet.sections.models import Section
from broadsheet.stories.models import Series, SeriesPart, SoFarEntry, Story, StorySoFar
from broadsheet.topics.models import Topic, TopicFact, TopicKind, TopicSynonym


def load_sections(paper: Paper) -> dict[str, Section]:
    """Make the sections, in the order in which they are written down; return them by slug."""
    return {told["slug"]: Section.objects.create(sort_order=order, **told) for order, told in enumerate(paper.sections)}


def load_topics(paper: Paper) -> dict[str, Topic]:
    """Make the topics with their parents and synonyms; return them by slug."""
    made: dict[str, Topic] = {}
    for told in paper.topics:
        topic: Any = Topic(
            slug=told["slug"],
            kind=TopicKind(told["kind"]),
            name=told["name"],
            description=f"<p>{told['description']}</p>",
            parent=made[told["parent"]] if "parent" in told else None,
        )
        topic.synonyms = [TopicSynonym(name=name) for name in told.get("synonyms", [])]
        topic.facts = [_fact(*fact) for fact in told.get("facts", [])]
        topic.save()
        made[topic.slug] = topic
    return made


def load_series(paper: Paper, *, pages: dict[str, int]) -> None:
    """Make the series of stories that are there, by their slugs."""
    for told in paper.series:
        series: Any = Series(**{name: told[name] for name in ("slug", "name", "planned_parts")})
        series.description = f"<p>{told['description']}</p>"
        series.parts = [SeriesPart(story_id=pages[slug]) for slug in told["parts"]]
        series.save()


def tell_stories_so_far(paper: Paper, *, topics: dict[str, Topic], pages: dict[str, int]) -> None:
    """Write the story so far of topics, each entry under the day of its story."""
    days = dict(Story.objects.values_list("pk", "first_published_at"))
    for told in paper.so_far:
        box: Any = StorySoFar(topic=topics[told["topic"]])
        entries = [(pages[entry["story"]], entry["sentence"]) for entry in told["entries"]]
        box.entries = [SoFarEntry(story_id=pk, sentence=text, day=clock.local_date(days[pk])) for pk, text in entries]
        box.save()


def _fact(label: str, value: str, days_ago: int | None = None) -> TopicFact:
    day = clock.local_date(clock.now())
    return TopicFact(label=label, value=value, as_of=None if days_ago is None else day - dt.timedelta(days=days_ago))
