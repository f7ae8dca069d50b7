"""What agencies send is understood, or refused with a sentence that says why; nothing makes a reader stumble."""

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.kit.html import text_of
from broadsheet.wire.read_item import UNTIL_FURTHER_NOTICE, ReadItem, WireRefused
from broadsheet.wire.readers.detect import read_document
from broadsheet.wire.readers.moments import embargo
from broadsheet.wire.tests.sending import TEXT, at, newsml, ninjs, rss, rss_item

FOLDERS = {"ninjs": (48, 71), "newsml-g2": (36, 19), "feeds": (749, 25), "wikinews": (2, 0)}
"""Folder of real input -> at least so many documents are understood, at most so many are refused."""


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_real_file_is_understood_or_refused_with_its_reason(fixtures_dir: Path, folder: str) -> None:
    understood, refused = [], {}

    for path in sorted((fixtures_dir / folder).rglob("*")):
        if not path.is_file():
            continue
        try:
            document = read_document(path.read_bytes(), name=path.name)
        except WireRefused as refusal:
            refused[path.name] = refusal.sentence
            continue
        understood.append(document)
        assert document.format
        for item in document.items:
            assert item.guid
            assert item.headline or item.status != "usable"
            assert ReadItem.from_json(item.as_json()) == item
        assert all(one.name and one.sentence.endswith(".") for one in document.refusals)

    least, most = FOLDERS[folder]
    assert len(understood) >= least
    assert len(refused) <= most
    assert all(sentence.endswith(".") and len(sentence) < 300 for sentence in refused.values())


def test_real_ninjs_of_all_three_versions_say_what_they_mean(fixtures_dir: Path) -> None:
    examples = fixtures_dir / "ninjs" / "examples"

    first = read_document((examples / "1.4/ninjsExComplex1.json").read_bytes()).items[0]
    second = read_document((examples / "2.1/tt_text_image_2.json").read_bytes()).items[0]
    third = read_document((examples / "3.0/ntb_text.json").read_bytes()).items[0]

    assert first.headline == "Captain of wrecked cruise ship on trial in Italy"
    assert first.dateline == "Grossetto, Italy"
    assert first.photos[0].width == 429
    assert first.photos[0].photographer == "Paulo Santalucia"
    assert second.headline == "Militärövning i jätteformat hålls 2023"
    assert "Försvarsmakten" in second.html
    assert second.photos[0].width == 4724
    assert second.photos[0].caption.startswith("En stor internationell")
    assert (third.headline, third.urgency, third.version) == ("Google har kjøpt giganttomt i Skien", 5, 6)
    assert third.note_to_editors == "Noe utvidet."


def test_real_newsml_g2_says_what_it_means(fixtures_dir: Path) -> None:
    folder = fixtures_dir / "newsml-g2"

    embargoed = read_document((folder / "dpa-digitalwires/output/embargoed.xml").read_bytes()).items[0]
    corrected = read_document((folder / "dpa-digitalwires/output/dw-1.xml").read_bytes()).items[0]
    photo = read_document((folder / "iptc/LISTING_3_Photo_in_NewsML-G2.xml").read_bytes()).items[0]
    nitf = read_document((folder / "iptc/LISTING_2_NewsML-G2_Text_Document.xml").read_bytes()).items[0]
    package = read_document((folder / "iptc/LISTING_6_Simple_NewsML-G2_Package.xml").read_bytes()).items[0]

    assert embargoed.embargoed_until == at("2025-01-23T18:00:00+00:00")
    assert embargoed.dateline == "Berlin"
    assert embargoed.credit == "dpa"
    assert "Notizblock" not in embargoed.html
    assert "Kontakte" not in embargoed.note_to_editors or "Notizblock" not in embargoed.note_to_editors
    assert corrected.signal == "correction"
    assert photo.kind == "picture"
    assert photo.photos[0].ref == "./GYI0062134533.jpg"
    assert photo.photos[0].credit == "Getty Images"
    assert photo.photos[0].photographer == "Spencer Platt"
    assert photo.photos[0].usage_terms.startswith("Contact your local office")
    assert nitf.byline == "Meredith Jameson"
    assert nitf.html.count("<p>") == 2
    assert package.kind == "package"
    assert package.members[0] == "urn:newsml:iptc.org:20081007:tutorial-item-A"


def test_wikinews_tables_are_read_row_by_row(fixtures_dir: Path) -> None:
    english = read_document((fixtures_dir / "wikinews/en/wikinews_2019.csv").read_bytes(), name="wikinews_2019.csv")
    japanese = read_document((fixtures_dir / "wikinews/ja/articles.tsv").read_bytes(), name="articles.tsv")

    assert len(english.items) == 171
    assert english.items[0].link.startswith("https://en.wikinews.org//wiki/Magnitogorsk")
    assert english.items[0].sent_at == at("2019-01-04T00:00:00+00:00")
    assert len(japanese.items) == 200


@pytest.mark.parametrize(
    ("written", "status", "signal"),
    [
        (ninjs(pubstatus="canceled"), "canceled", "kill"),
        (ninjs(ednote="MANDATORY KILL. The report is false."), "usable", "kill"),
        (ninjs(ednote="Corrects spelling in the second paragraph."), "usable", "correction"),
        (ninjs(ednote="Nobody was killed. A correction of another report ran before."), "usable", ""),
        (b'{"uri": "urn:tt:1", "pubstatus": "canceled"}', "canceled", "kill"),
        (newsml(meta='<pubStatus qcode="stat:canceled"/>'), "canceled", "kill"),
        (newsml(meta='<signal qcode="sig:correction"/>'), "usable", "correction"),
        (newsml(meta='<signal qcode="sig:update"/>'), "usable", "update"),
    ],
)
def test_kills_corrections_and_updates_are_known(written: bytes, status: str, signal: str) -> None:
    item = read_document(written).items[0]

    assert (item.status, item.signal) == (status, signal)


def test_an_embargo_that_cannot_be_read_holds_until_it_is_lifted() -> None:
    assert embargo("") == embargo("after the speech") == embargo(None) == UNTIL_FURTHER_NOTICE
    assert embargo("2026-03-01") == at("2026-03-02T00:00:00+00:00")
    assert embargo("2026-03-01T12:00:00+01:00") == at("2026-03-01T11:00:00+00:00")
    assert read_document(newsml(meta="<embargoed/>")).items[0].embargoed_until == UNTIL_FURTHER_NOTICE
    assert read_document(ninjs(embargoed=None)).items[0].embargoed_until == UNTIL_FURTHER_NOTICE
    assert read_document(ninjs()).items[0].embargoed_until is None


@pytest.mark.parametrize(
    "written",
    [
        *("18:00", "12 May", "Sunday", "31 Jan 2026", "January 31, 2026", "2026-12", "2026", "01/02/2026 10:00"),
        *("2026-01-31Z", "2026-01-31+01:00", "2026-01-31 18:00 EST", "9999-12-31", "2026-02-30", "2026-01-31T25:00"),
    ],
)
def test_a_moment_that_two_people_read_as_two_holds_until_it_is_lifted(written: str) -> None:
    assert embargo(written) == UNTIL_FURTHER_NOTICE


def test_moments_of_mail_and_without_a_zone_are_read() -> None:
    assert embargo("Sat, 31 Jan 2026 18:00:00 +0100") == at("2026-01-31T17:00:00+00:00")
    assert embargo("2026-01-31 18:00") == embargo("20260131T1800") == at("2026-01-31T18:00:00+00:00")


def test_an_item_names_the_earlier_one_that_it_takes_further() -> None:
    link = '<link rel="irel:previousVersion" residref="urn:dpa:0"/><link rel="irel:seeAlso" residref="urn:dpa:9"/>'

    assert read_document(newsml(meta=link)).items[0].follows == ("urn:dpa:0",)
    assert read_document(ninjs(evolvedfrom="urn:tt:0")).items[0].follows == ("urn:tt:0",)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"{", "not valid JSON"),
        (b'{"a": 1}', "neither ninjs nor JSON Feed"),
        (b'{"uri": "urn:1"}', "nothing else that we know"),
        (b'{"uri": "urn:1", "headline": ["a"]}', "“headline” is not text"),
        (b"\x00\x01\x02 binary", "no format that we know"),
        (b"<html><body>Not found</body></html>", "neither a feed nor NewsML-G2"),
        (newsml(guid=""), "no guid"),
        (b'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="a">', "not valid XML"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"/>', "document type"),
        (b'<conceptItem xmlns="http://iptc.org/std/nar/2006-10-01/"/>', "concept item"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"uri":"u","headline":"h","a":' + b'{"a":' * 60 + b"1" + b"}" * 60 + b"}", "nested too deeply"),
    ],
)
def test_what_is_not_taken_in_is_refused_with_its_reason(data: bytes, words: str) -> None:
    with pytest.raises(WireRefused) as refusal:
        read_document(data, name="sent.xml")

    assert words in refusal.value.sentence


def test_entities_of_a_feed_are_not_expanded() -> None:
    bomb = b'<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'

    document = read_document(bomb + rss(rss_item("1", "Title", "&b;&c;")))

    assert "haha" not in document.items[0].html
    assert "root:" not in document.items[0].html


def test_a_feeds_entries_bring_text_authors_subjects_and_photos() -> None:
    entry = rss_item("1", "A &amp; B", "Short.").replace(
        "</item>",
        "<link>https://a.example/1</link><category>Sea</category><author>x@a.example (Ada Love)</author>"
        "<pubDate>Fri, 23 Jan 2026 12:00:00 GMT</pubDate>"
        '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        "&lt;p&gt;Long text.&lt;/p&gt;</content:encoded>"
        '<enclosure url="https://a.example/1.jpg" type="image/jpeg" length="1"/></item>',
    )

    item = read_document(rss(entry)).items[0]

    assert (item.headline, item.link, item.subjects) == ("A & B", "https://a.example/1", ("Sea",))
    assert text_of(item.html) == "Long text."
    assert item.summary == "Short."
    assert "Ada Love" in item.byline
    assert item.sent_at == dt.datetime(2026, 1, 23, 12, tzinfo=dt.UTC)
    assert item.photos[0].ref == "https://a.example/1.jpg"


def test_a_json_feed_is_read_and_its_addresses_resolved() -> None:
    feed = (
        b'{"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [{"id": "1", "url": "/a",'
        b' "title": "T", "content_text": "One.\\n\\nTwo.", "image": "/a.jpg"}, {"title": "no id"}]}'
    )

    document = read_document(feed, base="https://a.example/feed.json")

    assert document.items[0].link == "https://a.example/a"
    assert document.items[0].html == "<p>One.</p><p>Two.</p>"
    assert document.items[0].photos[0].ref == "https://a.example/a.jpg"
    assert len(document.refusals) == 1


def read_or_refused(data: bytes, name: str = "") -> list[ReadItem]:
    """What is read; nothing where it is refused. Anything else that is raised fails the test."""
    try:
        return read_document(data, name=name).items
    except WireRefused as refusal:
        return [] if refusal.sentence else pytest.fail("refused without a reason")


@given(st.binary(max_size=400))
def test_no_bytes_make_a_reader_stumble(data: bytes) -> None:
    for name in ("a.xml", "a.csv", "a.json"):
        assert all(item.guid for item in read_or_refused(data, name))


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_FIELDS = [
    *("headline", "headlines", "bodies", "descriptions", "associations", "renditions", "embargoed", "pubstatus", "by"),
    *("version", "urgency", "body_text", "subjects", "located", "type", "infosources", "ednote", "evolvedfrom"),
]


@given(st.dictionaries(st.sampled_from(_FIELDS), _JSON, max_size=6))
def test_no_ninjs_makes_its_reader_stumble(fields: dict[str, object]) -> None:
    items = read_or_refused(ninjs(**fields))

    assert [ReadItem.from_json(item.as_json()) for item in items] == items


@given(st.integers(min_value=0, max_value=1_200), st.binary(max_size=6))
def test_newsml_that_is_cut_or_spoilt_never_makes_its_reader_stumble(cut: int, spoilt: bytes) -> None:
    whole = newsml(f"<p>{TEXT}</p>", meta="<embargoed>2026-01-01</embargoed>", content="<urgency>3</urgency>")

    for data in (whole[:cut], whole[:cut] + spoilt + whole[cut:]):
        assert all(item.headline or item.status != "usable" for item in read_or_refused(data))


def test_too_much_is_not_read_and_a_kill_always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("broadsheet.wire.readers.limits.MOST_ITEMS", 3)
    monkeypatch.setattr("broadsheet.wire.readers.limits.MOST_CHARACTERS", 2_000)
    long = {"headline": "A novel", "body_text": "x" * 2_000}
    items = [
        {"uri": "1", "headline": "One"},
        {"uri": "2", **long},
        {"uri": "3", **long, "pubstatus": "canceled"},
        {"uri": "4", "headline": "Four"},
    ]

    document = read_document(json.dumps(items).encode())

    assert [(item.guid, item.status, item.html) for item in document.items] == [
        ("1", "usable", ""),
        ("3", "canceled", ""),
    ]
    assert [refusal.name for refusal in document.refusals] == ["A novel", "A novel", "The rest"]
