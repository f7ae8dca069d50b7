"""What partners take over, as IPTC's own schemas and a partner that keeps a copy of the paper see it."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from lxml import etree
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.bylines.models import ContributorKind
from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.changes.append_change import append_change
from broadsheet.changes.selectors import newest_seq
from broadsheet.delivery.addresses import stored_name
from broadsheet.feeds.models import Partner
from broadsheet.feeds.partners import changed_stories, tokens
from broadsheet.feeds.partners.tokens import give_token
from broadsheet.pages.cache_keys import page_key
from broadsheet.photos.models import Licence
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.put_back_story import put_back_story
from broadsheet.publishing.take_down_story import take_down_story
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.attachments import Byline, BylineRole
from broadsheet.stories.models import ChangeClass, Story, TakedownGround
from broadsheet.stories.tests.recording import change, editor, paragraphs, publish, take_off
from broadsheet.topics.models import TopicKind
from broadsheet.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
NINJS, NEWSML = "/-/partners/ninjs/", "/-/partners/newsml-g2/"
G2 = {"g2": "http://iptc.org/std/nar/2006-10-01/"}


@pytest.fixture
def partner() -> Client:
    made = Partner(name="The Wire")
    token = give_token(made)
    made.save()
    return Client(headers={"authorization": f"Bearer {token}"})


def whole_story(headline: str = "Ferry returns", **fields: Any) -> Story:
    desk = ContributorFactory(kind=ContributorKind.TEAM, name="Data desk")
    topics = [
        TopicFactory(name="Ferries", media_topic="medtop:20000337"),
        TopicFactory(name="Eastmere", kind=TopicKind.PLACE),
        TopicFactory(name="Ada Reyes", kind=TopicKind.PERSON),
        TopicFactory(name="Harbour Trust", kind=TopicKind.ORGANISATION),
    ]
    own = PhotoFactory(licence=Licence.OWN, photographer="Marit Soleng", copyright_notice="The Courier")
    fields = {
        "section": SectionFactory(name="City", media_topic="medtop:11000000"),
        "by": [ContributorFactory(name="Ines Okafor"), desk],
        "topics": topics,
        "lead_photo": own,
        "standfirst": "They are back.",
        "dateline_text": "EASTMERE",
    } | fields
    return publish("One <b>two</b> & three.", headline=headline, **fields)


def ninjs(partner: Client, story: Story) -> dict[str, Any]:
    found: dict[str, Any] = partner.get(f"{NINJS}{story.pk}/").json()
    return found


def kill(story: Story) -> None:
    take_down_story(
        story=story, user=editor(), ground=TakedownGround.LEGAL, sentence="By order of a court.", reason="A court."
    )


def test_a_story_is_handed_on_whole(partner: Client) -> None:
    story = whole_story()

    told = ninjs(partner, story)

    assert told["uri"] == f"{SITE}/#story-{story.pk}"
    assert (told["pubStatus"], told["version"], told["located"]) == ("usable", "1", "EASTMERE")
    assert told["headlines"][0]["value"] == "Ferry returns"
    assert "One <b>two</b> &amp; three." in told["bodies"][0]["value"]
    assert told["by"] == "Ines Okafor, Data desk"
    assert {one["name"]: one["rel"] for one in told["people"]} == {"Ines Okafor": "author", "Ada Reyes": "about"}
    assert {one["name"] for one in told["organisations"]} == {"Data desk", "Harbour Trust"}
    assert [one["name"] for one in told["places"]] == ["Eastmere"]
    assert [one["literal"] for one in told["subjects"]] == ["medtop:11000000", "medtop:20000337"]
    assert told["associations"][0]["renditions"][0]["href"].startswith(f"{SITE}/media/r/")


def test_photos_that_others_may_not_publish_are_not_handed_on(partner: Client) -> None:
    photo = PhotoFactory(licence=Licence.AGENCY)
    story = publish("One.", lead_photo=photo)

    assert "associations" not in ninjs(partner, story)
    assert "/media/r/" not in partner.get(f"{NINJS}{story.pk}/").content.decode()


def taken_over() -> Story:
    return publish("Theirs.", headline="Theirs", canonical_url="https://elsewhere.example/")


def written_by_an_agency() -> Story:
    agency = ContributorFactory(kind=ContributorKind.AGENCY, name="RU")
    return publish("Theirs.", headline="Theirs", by=[ContributorFactory(), agency])


@pytest.mark.parametrize("make", [taken_over, written_by_an_agency])
def test_the_work_of_others_is_not_handed_on_nor_told_of_when_it_goes(partner: Client, make: Any) -> None:
    theirs = make()

    def told() -> list[str]:
        answers = [partner.get(f"{address}{query}") for address in (NINJS, NEWSML) for query in ("", "?after=0")]
        return [text for one in answers if f"story-{theirs.pk}" in (text := one.content.decode()) or "Theirs" in text]

    assert told() == []
    take_off(theirs, hours=1)
    assert told() == []
    assert [partner.get(f"{address}{theirs.pk}/").status_code for address in (NINJS, NEWSML)] == [404, 404]


def test_what_turns_out_to_be_the_work_of_others_is_withheld_from_then_on(partner: Client) -> None:
    story = publish("Theirs.", headline="Theirs")
    change(story, ChangeClass.UPDATE, hours=1, canonical_url="https://elsewhere.example/")

    told = ninjs(partner, story)

    assert told["pubStatus"] == "withheld"
    assert "Theirs" not in json.dumps(told)


def test_a_story_by_the_papers_own_people_with_an_agencys_photographs_is_handed_on(partner: Client) -> None:
    agency = ContributorFactory(kind=ContributorKind.AGENCY, name="RU")
    story = publish("Ours.")
    Byline.objects.create(story=story, contributor=agency, role=BylineRole.PHOTOGRAPHS)

    assert ninjs(partner, story)["pubStatus"] == "usable"


def test_a_correction_says_what_was_wrong(partner: Client) -> None:
    story = publish("It was five.")
    change(story, ChangeClass.CORRECTION, hours=2, note="It was six.", body=paragraphs("It was six."))

    told = ninjs(partner, story)
    item: Any = etree.fromstring(partner.get(f"{NEWSML}{story.pk}/").content)

    assert (told["version"], told["edNote"]) == ("2", "Correction: It was six.")
    assert item.get("version") == "2"
    assert item.xpath("//g2:signal/@qcode", namespaces=G2) == ["sig:correction"]
    assert item.xpath("//g2:edNote/text()", namespaces=G2) == ["Correction: It was six."]


def test_a_picture_has_the_version_of_its_story(partner: Client) -> None:
    story = whole_story()
    change(story, ChangeClass.UPDATE, hours=1, body=paragraphs("Four."))

    message: Any = etree.fromstring(partner.get(NEWSML).content)

    name = f"{SITE}/#story-{story.pk}-photo-{story.lead_photo_id}"
    assert message.xpath("//g2:newsItem[@guid=$name]/@version", namespaces=G2, name=name) == ["2"]
    assert message.xpath("//g2:link[@rel='irel:associatedWith']/@residref", namespaces=G2) == [name]
    assert message.xpath("//g2:altId/text()", namespaces=G2) == [f"{SITE}/#photo-{story.lead_photo_id}"]


def test_what_is_taken_down_is_killed_without_a_word_of_it(partner: Client) -> None:
    story = whole_story("He is a thief")
    kill(Story.objects.get(pk=story.pk))

    told = ninjs(partner, story)
    document = partner.get(f"{NEWSML}{story.pk}/").content.decode()

    assert (told["pubStatus"], told["edNote"]) == ("canceled", "By order of a court.")
    assert 'qcode="stat:canceled"' in document
    for text in (json.dumps(told), document):
        assert "thief" not in text
        assert "two" not in text


def test_what_is_only_put_aside_is_withheld(partner: Client) -> None:
    story = publish("One.")
    take_off(story, hours=1)

    assert ninjs(partner, story)["pubStatus"] == "withheld"


def test_a_partner_that_goes_on_from_where_it_was_ends_with_what_is_true(partner: Client) -> None:
    first, second = publish("One.", headline="First"), publish("Two.", headline="Second")
    copy: dict[str, dict[str, Any]] = {}

    def follow(address: str) -> str:
        while True:
            page = partner.get(address).json()
            copy.update({item["uri"]: item for item in page["items"]})
            following = urlsplit(page["next"])
            if f"{following.path}?{following.query}" == address:
                return address
            address = f"{following.path}?{following.query}"

    place = follow(NINJS)
    assert {item["headlines"][0]["value"] for item in copy.values()} == {"First", "Second"}
    change(first, ChangeClass.CORRECTION, hours=2, note="It was six.", body=paragraphs("It was six."))
    kill(Story.objects.get(pk=second.pk))
    third = publish("Three.", headline="Third")
    place = follow(place)

    assert copy[f"{SITE}/#story-{first.pk}"]["edNote"] == "Correction: It was six."
    assert copy[f"{SITE}/#story-{second.pk}"]["pubStatus"] == "canceled"
    assert copy[f"{SITE}/#story-{third.pk}"]["pubStatus"] == "usable"

    put_back_story(story=Story.objects.get(pk=second.pk), user=editor(), reason="It was settled.")
    publish_story(story=Story.objects.get(pk=second.pk), user=editor())
    follow(place)
    assert copy[f"{SITE}/#story-{second.pk}"]["pubStatus"] == "usable"


def test_a_message_of_newsml_says_where_to_go_on(partner: Client) -> None:
    story = whole_story()

    first = partner.get(NEWSML)
    onwards = first["Link"].partition(">")[0].removeprefix(f"<{SITE}")

    message: Any = etree.fromstring(first.content)
    assert message.xpath("//g2:newsItem/@guid", namespaces=G2)[0] == f"{SITE}/#story-{story.pk}"
    assert partner.get(onwards).status_code == 204


@pytest.mark.parametrize("address", [NINJS, NEWSML, f"{NINJS}1/", f"{NEWSML}1/"])
@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer bs_wrong", "Basic bs_wrong"])
def test_nobody_else_is_answered(address: str, header: str) -> None:
    answer = Client(headers={"authorization": header}).get(address)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert stored_name(address, "") is None


def test_a_token_without_its_tick_opens_nothing(partner: Client) -> None:
    assert partner.get(NINJS).status_code == 200
    Partner.objects.update(is_active=False)

    assert partner.get(NINJS).status_code == 401


def test_answers_are_kept_by_nobody_between(partner: Client) -> None:
    assert "private" in partner.get(NINJS)["Cache-Control"]
    assert "no-store" in partner.get(NINJS)["Cache-Control"]


def test_whoever_asks_too_often_is_told_when_to_come_back(partner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MOST_A_MINUTE", 0)

    answer = partner.get(NINJS)

    assert (answer.status_code, answer["Retry-After"]) == (429, "60")


def test_a_change_to_more_stories_than_stand_on_a_page_is_told_whole(
    partner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changed_stories, "STORIES_AT_ONCE", 2)
    monkeypatch.setattr(changed_stories, "CHANGES_AT_ONCE", 2)
    stories = [publish("One.", headline=f"Story {number}") for number in range(5)]
    place = newest_seq()
    append_change(keys={f"l:topic:{number}" for number in range(3)})
    for _ in range(3):
        append_change(keys={"l:topic:0"})
    append_change(keys={page_key(story.pk) for story in stories} | {"site"})
    append_change(keys={page_key(stories[0].pk)})

    pages, address = [], f"{NINJS}?after={place}"
    while (page := partner.get(address).json())["items"]:
        pages.append([item["uri"] for item in page["items"]])
        address = page["next"].removeprefix(SITE)

    assert {uri for uris in pages for uri in uris} == {f"{SITE}/#story-{story.pk}" for story in stories}
    assert max(map(len, pages)) == 2
    assert address == f"{NINJS}?after={newest_seq()}"


def test_a_count_that_the_cache_has_thrown_out_keeps_no_partner_away(
    partner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens.cache, "add", lambda *_, **__: True)

    assert partner.get(NINJS).status_code == 200


@pytest.mark.parametrize("after", ["nonsense", "-1", "9" * 19, "1.", ".1", "1.2.3", "1." + "9" * 10])
def test_there_is_no_such_place(partner: Client, after: str) -> None:
    assert partner.get(NINJS, {"after": after}).status_code == 404


def test_a_partner_is_made_in_the_newsroom_and_its_token_shown_once() -> None:
    publisher = Client()
    publisher.force_login(UserFactory.create(is_superuser=True))

    made = publisher.post(
        "/newsroom/partners/add/", {"name": "The Wire", "contact": "", "is_active": "on"}, follow=True
    )
    shown = made.content.decode()

    token = shown[shown.index("bs_") :].split(" ")[0]
    assert Client(headers={"authorization": f"Bearer {token}"}).get(NINJS).status_code == 200
    assert token not in publisher.get("/newsroom/partners/").content.decode()
    assert token not in json.dumps(list(Partner.objects.values("name", "token_hash")))


def every_state(partner: Client) -> list[Story]:
    full, corrected, killed = whole_story(), whole_story("Corrected"), whole_story("Killed")
    change(corrected, ChangeClass.CORRECTION, hours=2, note="It was six.", body=paragraphs("It was six."))
    kill(Story.objects.get(pk=killed.pk))
    aside = publish("Aside.", headline="Aside")
    take_off(aside, hours=1)
    return [full, corrected, killed, aside, publish("Bare.", headline="שלום", slug="bare", language="he")]


@pytest.mark.one_database
def test_ninjs_is_what_its_schema_says(partner: Client, fixtures_dir: Path) -> None:
    folder = fixtures_dir / "schemas/ninjs"
    places = Resource.from_contents(json.loads((folder / "GeoJSON-schema.json").read_text()), DRAFT7)
    registry: Registry = Registry().with_resource("https://geojson.org/schema/GeoJSON.json", places)
    schema = json.loads((folder / "ninjs-schema_3.1.json").read_text())
    validator = Draft202012Validator(schema, registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER)

    for story in every_state(partner):
        assert [error.message for error in validator.iter_errors(ninjs(partner, story))] == [], story.title


@pytest.mark.one_database
def test_newsml_is_what_its_schema_says(partner: Client, fixtures_dir: Path) -> None:
    schema = etree.XMLSchema(etree.parse(fixtures_dir / "schemas/newsml-g2/NewsML-G2_2.35-spec-All-Power.xsd"))

    stories = every_state(partner)

    documents = [partner.get(f"{NEWSML}{story.pk}/").content for story in stories]
    for document in [*documents, partner.get(NEWSML).content, partner.get(f"{NEWSML}?after=0").content]:
        assert schema.validate(etree.fromstring(document)), schema.error_log
