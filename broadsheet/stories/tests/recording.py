"""Stories with a record, made by the verbs of publishing at given moments, for tests of what readers see of it."""

import datetime as dt
from typing import Any

from broadsheet.accounts.models import User
from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.kit import clock
from broadsheet.publishing.occasion import Occasion, on_occasion
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.unpublish_story import unpublish_story
from broadsheet.publishing.update_story import update_story
from broadsheet.stories.models import (
    AmendmentKind,
    ChangeClass,
    PublishedVersion,
    RecordAmendment,
    Source,
    Story,
    Takedown,
    TakedownGround,
)
from broadsheet.stories.tests.factories import make_story

FIRST = dt.datetime(2016, 10, 19, 9, 0, tzinfo=dt.UTC)
SECRET_NAME = "Ida Nightingale-Storm"


def editor() -> User:
    """Return somebody who publishes, and whose name readers never see."""
    first, last = SECRET_NAME.split(" ")
    return User.objects.filter(last_name=last).first() or UserFactory.create(first_name=first, last_name=last)


def paragraphs(*texts: str) -> list[dict[str, Any]]:
    """Return a body of paragraphs whose ids stay the same from version to version."""
    return [{"type": "paragraph", "value": f"<p>{text}</p>", "id": f"block-{n}"} for n, text in enumerate(texts)]


def publish(*texts: str, hours: int = 0, **fields: Any) -> Story:
    """Publish a story for the first time."""
    at = FIRST + dt.timedelta(hours=hours)
    story = make_story(published_at=at, body=paragraphs(*texts), **fields)
    Story.objects.filter(pk=story.pk).update(live=False)
    story.refresh_from_db()
    publish_story(story=story, user=editor(), occasion=Occasion(by=editor(), at=at))
    return story


def change(
    story: Story,
    change_class: ChangeClass,
    *,
    hours: int,
    note: str = "",
    is_serious: bool = False,
    source: Source = Source.NEWSROOM,
    **fields: Any,
) -> PublishedVersion:
    """Publish a changed version of a story so many hours after the day's first publication; return its record."""
    draft = story.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision()
    occasion = Occasion(by=editor() if source == Source.NEWSROOM else None, source=source, at=at_hour(hours))
    with on_occasion(occasion):
        update_story(story=story, user=editor(), change_class=change_class, note=note, is_serious=is_serious)
    return newest(story)


def take_off(story: Story, *, hours: int) -> None:
    """Take a story off the site."""
    unpublish_story(story=story, user=editor(), occasion=Occasion(by=editor(), at=at_hour(hours)))


def bring_back(story: Story, *, hours: int) -> None:
    """Publish again what was taken off."""
    publish_story(story=story, user=editor(), occasion=Occasion(by=editor(), at=at_hour(hours)))


def newest(story: Story) -> PublishedVersion:
    """Return the newest row of a story's record."""
    return PublishedVersion.objects.filter(kind="story", object_id=story.pk).latest("number")


def amend(version: PublishedVersion, kind: AmendmentKind, reason: str) -> None:
    """Withdraw a version's note, or withhold its words."""
    RecordAmendment.objects.create(version=version, kind=kind, reason=reason, at=clock.now(), by_name=SECRET_NAME)


def take_down(story: Story, sentence: str) -> Takedown:
    """Take a story away from readers altogether."""
    Story.objects.filter(pk=story.pk).update(live=False)
    return Takedown.objects.create(
        page_id=story.pk, ground=TakedownGround.LEGAL, sentence=sentence, at=clock.now(), by_name=SECRET_NAME
    )


def at_hour(hours: int) -> dt.datetime:
    """Return a moment of the day on which FIRST lies, or of a later one."""
    return FIRST + dt.timedelta(hours=hours)


def make_recorded_story(**fields: Any) -> Story:
    """Make a story whose record shows everything it can: each class of change, every mark, acts and tombstones."""
    story = publish("It opened 24 years ago.", "Nobody cheered.", "The river rose.", headline="Barrier opens", **fields)
    change(story, ChangeClass.TYPO, hours=1, title="The barrier opens", kicker="Flood")
    table = {"type": "table", "value": {"data": [["Year", "Metres"], ["1967", "5.02"]]}, "id": "table"}
    photo = {"type": "photo", "value": {"photo": None, "caption": "", "width": "text"}, "id": "photo"}
    first, second, third = paragraphs("It opened 22 years ago.", 'Nobody <a href="/">cheered</a>.', "The river rose.")
    change(story, ChangeClass.UPDATE, hours=2, body=[third, first, second, table, photo], seo_title="Barrier")
    change(story, ChangeClass.CLARIFICATION, hours=3, note="It opened, and shut again.\n\nTwice.", body=[first, photo])
    change(story, ChangeClass.CORRECTION, hours=4, note="It is 22.", is_serious=True, body=[third])
    amend(newest(story), AmendmentKind.NOTE_WITHDRAWN, "It was 24 after all.")
    change(story, ChangeClass.CORRECTION, hours=5, note="It is 23.", is_serious=True, body=[second])
    amend(newest(story), AmendmentKind.WORDS_WITHHELD, "By order of a court.")
    change(story, ChangeClass.UPDATE, hours=6, source=Source.OUTSIDE, body=[third, photo])
    take_off(story, hours=7)
    bring_back(story, hours=8)
    change(story, ChangeClass.RETRACTION, hours=9, note="There is no barrier.", standfirst="It never was.")
    return Story.objects.get(pk=story.pk)
