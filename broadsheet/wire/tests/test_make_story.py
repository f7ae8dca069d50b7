"""A story made of an agency's item keeps its credit, its dateline, its photos and its embargo."""

import datetime as dt

import pytest
import time_machine

from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.kit import clock
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.publishing.correct_story import correct_story
from broadsheet.publishing.embargo.carry_out import Outcome, carry_out
from broadsheet.publishing.embargo.planned import planned_acts
from broadsheet.publishing.hindrances import HinderedError
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.schedule_story import schedule_story
from broadsheet.publishing.unpublish_story import unpublish_story
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import Story
from broadsheet.stories.others_work import ever_own, others_work
from broadsheet.wire.acknowledge_kill import acknowledge_kill
from broadsheet.wire.bylines import agency_of, people_named
from broadsheet.wire.datelines import without_dateline
from broadsheet.wire.make_story import AlreadyTakenError, ItemKilledError, make_story
from broadsheet.wire.models import ItemState, WireItem, WirePhoto
from broadsheet.wire.read_item import UNTIL_FURTHER_NOTICE, ReadPhoto
from broadsheet.wire.take_in import digest_of, take_in
from broadsheet.wire.tests.sending import TEXT, arrived, make_source, sent

pytestmark = pytest.mark.django_db
HTML = (
    f"<p>EASTMERE, Norland (AFP) — {TEXT}</p><script>alert(1)</script><h2>Nine days</h2>"
    '<p onclick="x()">Bread <a href="javascript:x">was</a> short.</p><img src="https://a.example/2.jpg">'
    "<table><tr><td colspan=2>a</td></tr></table>"
)


def newest(story: Story) -> Story:
    found: Story = story.get_latest_revision_as_object()
    return found


def test_a_story_has_the_agencys_text_credit_dateline_and_section() -> None:
    section = SectionFactory.create()
    source = make_source(section=section)
    read = sent(
        html=HTML, summary="Islanders rejoice.", byline="By ADA LOVE and Jon Doe, AFP", link="https://a.example/1"
    )
    editor = UserFactory.create()

    story = newest(make_story(item=arrived(source, read), by=editor))

    assert not story.live
    assert story.owner == editor
    assert (story.title, story.standfirst) == ("Ferry to the islands sails again", "Islanders rejoice.")
    assert story.dateline == "EASTMERE, Norland"
    assert story.section == section
    assert story.canonical_url == "https://a.example/1"
    bylines = [(row.contributor.name, row.contributor.kind) for row in story.bylines.all()]
    assert bylines == [("Ada Love", "person"), ("Jon Doe", "person"), ("AFP", "agency")]
    kinds = [block.block_type for block in story.body]
    assert kinds == ["paragraph", "heading", "paragraph", "unrecognised"]
    assert str(story.body[0].value.source).startswith("<p>The ferry between")
    assert "javascript" not in str(story.body) + story.body.raw_data.__repr__()


def test_what_was_made_of_an_item_is_the_work_of_others_whoever_stands_in_its_byline() -> None:
    story = make_story(item=arrived(make_source(), sent()), by=UserFactory.create())
    story.bylines.model.objects.filter(story=story).delete()

    assert others_work([story.pk]) == {story.pk}
    assert ever_own([story.pk]) == set()


def test_a_second_story_uses_the_contributors_that_there_are() -> None:
    source = make_source()
    first = make_story(item=arrived(source, sent(byline="Ada Love")), by=UserFactory.create())
    second = make_story(item=arrived(source, sent("2", "Other", html="x", byline="Ada Love")), by=UserFactory.create())

    assert [row.contributor_id for row in first.bylines.all()] == [row.contributor_id for row in second.bylines.all()]


def test_photos_stand_at_the_head_and_in_the_text_and_become_the_papers_own() -> None:
    refs = ["https://a.example/1.jpg", "https://a.example/2.jpg", "https://a.example/3.jpg"]
    item = arrived(make_source(), sent(html=HTML, photos=tuple(ReadPhoto(ref) for ref in refs)))
    photos = [PhotoFactory.create(title=ref) for ref in refs[:2]]
    for ref, photo in zip(refs, photos, strict=False):
        WirePhoto.objects.filter(item=item, ref_digest=digest_of(ref)).update(photo=photo, is_unclaimed=True)

    story = newest(make_story(item=item, by=UserFactory.create()))

    assert story.lead_photo == photos[0]
    assert [block.value["photo"] for block in story.body if block.block_type == "photo"] == [photos[1]]
    assert not WirePhoto.objects.filter(is_unclaimed=True).exists()


def test_a_photo_that_the_agency_has_replaced_is_not_used() -> None:
    source, refs = make_source(), ["https://a.example/1.jpg", "https://a.example/2.jpg"]
    item = arrived(source, sent(version=1, photos=tuple(map(ReadPhoto, refs))))
    photos = [PhotoFactory.create(title=ref) for ref in refs]
    for ref, photo in zip(refs, photos, strict=True):
        WirePhoto.objects.filter(item=item, ref_digest=digest_of(ref)).update(photo=photo, is_unclaimed=True)
    take_in(source=source, items=[sent(version=2, photos=(ReadPhoto(refs[1]),))])

    story = newest(make_story(item=item, by=UserFactory.create()))

    assert story.lead_photo == photos[1]
    assert not [block for block in story.body if block.block_type == "photo"]
    assert WirePhoto.objects.get(is_unclaimed=True).photo == photos[0]


def test_an_item_becomes_one_story_and_a_killed_one_none() -> None:
    source = make_source()
    item = arrived(source, sent())
    story = make_story(item=item, by=UserFactory.create())
    killed = arrived(source, sent("2", "Other matter", html="x", status="canceled"))

    with pytest.raises(AlreadyTakenError) as taken:
        make_story(item=item, by=UserFactory.create())
    with pytest.raises(ItemKilledError):
        make_story(item=killed, by=UserFactory.create())

    assert taken.value.story.pk == story.pk
    assert WireItem.objects.get(pk=item.pk).state == ItemState.TAKEN


def test_an_embargo_is_the_earliest_moment_at_which_the_story_goes_live() -> None:
    editor = UserFactory.create()
    until = clock.now() + dt.timedelta(hours=5)
    story = make_story(item=arrived(make_source(), sent(embargoed_until=until)), by=editor)

    assert newest(story).go_live_at == until
    with pytest.raises(HinderedError, match="AFP’s embargo"):
        publish_story(story=story, user=editor)
    with pytest.raises(HinderedError):
        schedule_story(story=story, user=editor, go_live_at=until - dt.timedelta(minutes=1))
    story.refresh_from_db()
    assert not story.live
    assert not story.approved_schedule

    schedule_story(story=story, user=editor, go_live_at=until)
    with time_machine.travel(until + dt.timedelta(seconds=1), tick=False):
        publish_story(story=story, user=editor)

    story.refresh_from_db()
    assert story.live


def test_an_embargo_that_the_agency_lifts_or_puts_up_later_holds_for_the_story() -> None:
    source, editor = make_source(), UserFactory.create()
    story = make_story(item=arrived(source, sent(embargoed_until=UNTIL_FURTHER_NOTICE, version=1)), by=editor)

    assert newest(story).go_live_at is None
    with pytest.raises(HinderedError, match="until further notice"):
        publish_story(story=story, user=editor)
    take_in(source=source, items=[sent(version=2)])
    publish_story(story=story, user=editor)

    story.refresh_from_db()
    assert story.live


def test_a_story_that_is_scheduled_already_waits_for_an_embargo_that_is_put_up_later() -> None:
    source, editor = make_source(), UserFactory.create()
    story = make_story(item=arrived(source, sent(version=1)), by=editor)
    planned_for = clock.now() + dt.timedelta(hours=1)
    schedule_story(story=story, user=editor, go_live_at=planned_for)
    until = planned_for + dt.timedelta(hours=2)
    take_in(source=source, items=[sent(version=2, embargoed_until=until)])
    planned = planned_acts(until=planned_for)[0]

    with time_machine.travel(planned_for + dt.timedelta(seconds=1), tick=False), pytest.raises(HinderedError):
        carry_out(planned=planned)
    with time_machine.travel(until + dt.timedelta(seconds=1), tick=False):
        assert carry_out(planned=planned) == Outcome.DONE

    story.refresh_from_db()
    assert story.live


def test_what_readers_see_already_can_be_corrected_under_a_later_embargo() -> None:
    source, editor = make_source(), UserFactory.create()
    story = make_story(item=arrived(source, sent(version=1)), by=editor)
    publish_story(story=story, user=editor)
    until = clock.now() + dt.timedelta(hours=2)
    take_in(source=source, items=[sent(version=2, embargoed_until=until)])

    correct_story(story=story, user=editor, note="It was otherwise.")
    unpublish_story(story=story, user=editor)
    with pytest.raises(HinderedError, match="AFP’s embargo"):
        publish_story(story=story, user=editor)


@pytest.mark.parametrize("guid", ["urn:afp:1", "urn:afp:kill"])
def test_what_was_planned_before_a_kill_waits_until_somebody_knows(guid: str) -> None:
    source, editor = make_source(), UserFactory.create()
    item = arrived(source, sent("urn:afp:1", version=1))
    story = make_story(item=item, by=editor)
    planned_for = clock.now() + dt.timedelta(hours=1)
    schedule_story(story=story, user=editor, go_live_at=planned_for)
    follows = (item.guid,) if guid != item.guid else ()
    take_in(source=source, items=[sent(guid, "Kill", status="canceled", signal="kill", version=2, follows=follows)])
    planned = planned_acts(until=planned_for)[0]

    with pytest.raises(HinderedError, match="AFP has killed"):
        publish_story(story=story, user=editor)
    with time_machine.travel(planned_for + dt.timedelta(seconds=1), tick=False):
        with pytest.raises(HinderedError, match="AFP has killed"):
            carry_out(planned=planned)
        acknowledge_kill(story_id=story.pk, by=editor)
        assert carry_out(planned=planned) == Outcome.DONE

    story.refresh_from_db()
    assert story.live


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By ASHOK SHARMA", ["Ashok Sharma"]),
        ("Von Marco Krefting und Sunrita Sen, dpa", ["Marco Krefting", "Sunrita Sen"]),
        ("Paulo Santalucia and Frances d'Emilio", ["Paulo Santalucia", "Frances d'Emilio"]),
        ("AFP", []),
        ("desk@afp.example", []),
        ("", []),
    ],
)
def test_the_people_of_an_agencys_byline_are_known(byline: str, names: list[str]) -> None:
    assert people_named(byline, "AFP") == names


@pytest.mark.parametrize(
    ("credit", "agency"),
    [
        ("", "AFP"),
        ("AFP/John Doe", "AFP"),
        ("Agence AFP", "AFP"),
        ("ASSOCIATED PRESS", "Associated Press"),
        ("Europa Press", "Europa Press"),
        ("APA", "APA"),
        ("Steve Helber/AP", "AFP"),
    ],
)
def test_an_agency_that_passes_on_anothers_report_does_not_take_its_credit(credit: str, agency: str) -> None:
    assert agency_of(credit, make_source()) == agency


@pytest.mark.parametrize(
    ("html", "place", "rest"),
    [
        ("<p>GROSSETO, Italy (AP) -- The trial began.</p>", "GROSSETO, Italy", "<p>The trial began.</p>"),
        ("<p>Berlin (dpa) - Es regnet.</p>", "Berlin", "<p>Es regnet.</p>"),
        ("<p><b>PARIS (AFP)</b> – Il pleut.</p>", "PARIS", "<p><b>Il pleut.</p>"),
        ("<p>The minister (a lawyer by training, and no friend of the sea) - he said so - left.</p>", "", None),
        ("<p>It rains.</p>", "", None),
        ("", "", None),
    ],
)
def test_a_dateline_in_the_text_is_taken_out_and_nothing_else(html: str, place: str, rest: str | None) -> None:
    assert without_dateline(html) == (html if rest is None else rest, place)
