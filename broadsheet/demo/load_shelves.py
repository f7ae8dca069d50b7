"""Makes the demonstration paper's sections and topics."""

from broadsheet.demo.paper_files import Paper
from broadsheet.sections.models import Section
from broadsheet.topics.models import Topic, TopicKind, TopicSynonym


def load_sections(paper: Paper) -> dict[str, Section]:
    """Make the sections, in the order in which they are written down; return them by slug."""
    return {told["slug"]: Section.objects.create(sort_order=order, **told) for order, told in enumerate(paper.sections)}


def load_topics(paper: Paper) -> dict[str, Topic]:
    """Make the topics with their parents and synonyms; return them by slug."""
    made: dict[str, Topic] = {}
    for told in paper.topics:
        topic = Topic(
            slug=told["slug"],
            kind=TopicKind(told["kind"]),
            name=told["name"],
            description=f"<p>{told['description']}</p>",
            parent=made[told["parent"]] if "parent" in told else None,
        )
        setattr(topic, "synonyms", [TopicSynonym(name=name) for name in told.get("synonyms", [])])  # noqa: B010 (its type says otherwise)
        topic.save()
        made[topic.slug] = topic
    return made
