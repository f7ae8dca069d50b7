"""Brings an old version of a story back as its newest draft; publishing it is another act."""

from typing import Any

from wagtail.models import Revision

from broadsheet.accounts.models import User
from broadsheet.bylines.models import Contributor
from broadsheet.kit.write_transaction import write_transaction
from broadsheet.newsdesk.versions.selectors import version_as_draft
from broadsheet.newsdesk.why_it_changes import forget_explanation
from broadsheet.photos.models import Photo
from broadsheet.publishing.publish_story import locked
from broadsheet.sections.models import Section
from broadsheet.stories.attachments import Byline, RelatedStory, StoryTopic
from broadsheet.stories.models import Story
from broadsheet.stories.recorded_content import STORY_FIELDS, Content
from broadsheet.topics.models import Topic

TEXT_FIELDS: tuple[str, ...] = (
    "title",
    "kicker",
    "short_headline",
    "standfirst",
    "language",
    "work_type",
    "is_sensitive",
)
TEXT_FIELDS += ("seo_title", "search_description")
LINKED: dict[str, Any] = {
    "section_id": Section,
    "lead_photo_id": Photo,
    "dateline_place_id": Topic,
    "social_photo_id": Photo,
}


class WaitsForItsMomentError(Exception):
    """A version of the story is scheduled; no other draft can be made beside it until the schedule is cancelled."""


def restore_version(*, story: Story, user: User, name: str) -> Revision:
    """Save the version of this name (`r12`, `v3`) as the story's newest draft, without its old reason; return it.

    The story keeps its slug and its schedule is left alone. What has since been deleted (a topic, a person) is left
    out. Raises NoSuchVersionError and WaitsForItsMomentError.
    """
    with write_transaction():
        present = locked(story)
        if present.revisions.filter(approved_go_live_at__isnull=False).exists():
            raise WaitsForItsMomentError
        old = version_as_draft(present, name)
        draft = old.as_object() if isinstance(old, Revision) else _from_record(present, old)
        draft.slug = present.get_latest_revision_as_object().slug
        draft.go_live_at = draft.expire_at = None
        forget_explanation(draft)
        previous = old if isinstance(old, Revision) else None
        saved: Revision = draft.save_revision(user=user, log_action=True, previous_revision=previous, clean=False)
    return saved


def _from_record(story: Story, content: Content) -> Story:
    """Return the story with the content of a recorded version, which may be older than every draft that is kept."""
    draft: Story = story.get_latest_revision_as_object()
    for name in (*TEXT_FIELDS, *(name for name in STORY_FIELDS if not name.endswith("_id"))):
        if name in content:
            setattr(draft, name, content[name])
    for name, model in LINKED.items():
        pk = content.get(name)
        setattr(draft, name, pk if pk and model._default_manager.filter(pk=pk).exists() else None)
    block = Story._meta.get_field("body").stream_block
    draft.body = block.to_python(content.get("body", []))
    people = Contributor.objects.in_bulk([row[0] for row in content.get("bylines", ())])
    draft.bylines = [
        Byline(contributor_id=pk, role=role, place=place)
        for pk, role, place in content.get("bylines", ())
        if pk in people
    ]
    topics = Topic.objects.in_bulk(content.get("topics", ()))
    draft.story_topics = [StoryTopic(topic_id=pk) for pk in content.get("topics", ()) if pk in topics]
    related = set(Story.objects.filter(pk__in=content.get("related", ())).values_list("pk", flat=True))
    draft.pinned_related = [RelatedStory(related_id=pk) for pk in content.get("related", ()) if pk in related]
    return draft
