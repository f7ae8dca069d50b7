"""Bodies: Markdown, HTML in it, shortcodes of each dialect; every word is kept or reported."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadsheet.archive.tests.reading import archive_of, reasons, shapes, story_of, words


def test_markdown_becomes_blocks(tmp_path: Path) -> None:
    story = story_of(
        tmp_path,
        "Plain *text*.\n\n## A heading\n\n- one\n- two\n\n> A line.\n>\n> — Mira\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n```py\nx = 1\n```\n",
    )

    assert shapes(story)[-6:] == ["paragraph", "heading", "list", "quote", "table", "code"]
    quote, table, code = story.body[-3:]
    assert (quote.html, quote.attribution) == ("<p>A line.</p>", "Mira")
    assert table.rows == (("a", "b"), ("1", "2"))
    assert (code.text, code.language) == ("x = 1", "py")


def test_a_hugo_picture_brings_alt_caption_and_credit(tmp_path: Path) -> None:
    archive = archive_of(
        tmp_path,
        {
            "content/news/a.md": '---\ntitle: A\n---\n{{< img src="harbour" >}}Text after.\n',
            "data/images/harbour.yml": 'uid: harbour\nalt: "Boats"\ncaption: The harbour at dawn\ncredit: AFP PHOTO/X',
            "static/img/harbour.jpg": "not really",
        },
    )

    story = archive.read(archive.folder.root / "content/news/a.md")

    assert archive.dialect.name == "hugo"
    assert shapes(story) == ["image", "paragraph"]
    image = story.body[0].image
    assert image is not None
    assert (image.alt, image.caption, image.credit) == ("Boats", "The harbour at dawn", "AFP PHOTO/X")
    assert image.path == archive.folder.root / "static/img/harbour.jpg"


@pytest.mark.parametrize(
    ("dialect", "text", "kind", "said"),
    [
        (
            "hugo",
            '{{< youtube id="aOy9UzClmMA" title="Talk" >}}',
            "embed",
            "https://www.youtube.com/watch?v=aOy9UzClmMA",
        ),
        ("hugo", '{{< tweet user="who" id="1" >}}', "embed", "https://twitter.com/who/status/1"),
        ("hugo", '{{< quote-block text="Listen." cite="E. H." >}}', "quote", "Listen."),
        ("hugo", "{{< note >}}Mind **this**.{{< /note >}}", "box", "Mind"),
        ("hugo", '{{< accordion title="Day 1" >}}Talks{{< /accordion >}}', "box", "Day 1"),
        ("hugo", '{{% figure src="a.jpg" alt="Boats" caption="Dawn" %}}', "image", "Boats"),
        ("eleventy", '{% image "a.jpg" "Boats at dawn" %}', "image", "Boats at dawn"),
        ("eleventy", '{% image_with_class "a.jpg" "w-50" "Boats at dawn" %}', "image", "Boats at dawn"),
        (
            "eleventy",
            '{% include "linked-figure.html",\n image: "/a.jpg",\n alt: "It\'s, a: boat",\n caption: "Dawn" %}',
            "image",
            "It's, a: boat",
        ),
        ("jekyll", '{% include figure.html src="a.jpg" alt="Boats" %}', "image", "Boats"),
        ("jekyll", "{% highlight ruby %}\nputs 1\n{% endhighlight %}", "code", "puts 1"),
        ("eleventy", '{{ "https://youtu.be/aOy9UzClmMA" | embed: "A talk" }}', "embed", "A talk"),
    ],
)
def test_known_shortcodes_become_blocks(dialect: str, text: str, kind: str, said: str, tmp_path: Path) -> None:
    story = story_of(tmp_path, f"Before.\n\n{text}\n\nAfter.", dialect)

    assert shapes(story) == ["paragraph", kind, "paragraph"]
    assert said in story.body[1].plain_text()


@pytest.mark.parametrize("dialect", ["hugo", "plain"])
def test_an_unknown_shortcode_becomes_a_visible_reported_block(dialect: str, tmp_path: Path) -> None:
    story = story_of(
        tmp_path,
        '---\ntitle: A\n---\nBefore.\n\n{{< poll question="Tea or coffee?" >}}Vote *here*.{{< /poll >}}\n',
        dialect,
    )

    assert shapes(story) == ["paragraph", "unknown", "paragraph"]
    assert "Tea or coffee?" in story.body[1].text
    assert story.body[2].html == "Vote <em>here</em>."
    assert "6: unknown shortcode “poll” -> a visible block" in reasons(story)


def test_an_unseen_dialect_with_pictures_and_videos_in_its_own_shortcodes_is_guessed(tmp_path: Path) -> None:
    story = story_of(
        tmp_path, '{% bild "img/a.png" "Ein Hafen" %}\n\n{{< film quelle="https://youtu.be/aOy9UzClmMA" >}}'
    )

    assert shapes(story) == ["image", "embed"]
    assert "unknown shortcode “bild” -> read as a picture" in reasons(story)


def test_shortcodes_in_code_stay_code(tmp_path: Path) -> None:
    story = story_of(
        tmp_path, 'Write `{% raw %}{{ name }}{% endraw %}` so:\n\n```\n{% image "a.png" "b" %}\n```\n', "eleventy"
    )

    assert story.body[0].html == "Write <code>{{ name }}</code> so:"
    assert story.body[1].text == '{% image "a.png" "b" %}'


def test_scripts_and_handlers_never_pass_and_are_reported(tmp_path: Path) -> None:
    story = story_of(
        tmp_path,
        'Text <a href="javascript:alert(1)" onclick="steal()">link</a>.\n\n<script>steal()</script>\n\n'
        "<img src=x onerror=steal()>\n\n"
        '<iframe src="https://maps.example/" title="Map"></iframe>\n',
    )

    published = " ".join(block.html for block in story.body)
    assert "steal" not in published
    assert "javascript" not in published
    assert [block.kind for block in story.body] == ["paragraph", "image", "embed"]
    assert "<script> is never published" in reasons(story)


def test_a_video_keeps_all_its_files_and_is_reported_without_a_web_address(tmp_path: Path) -> None:
    story = story_of(tmp_path, '<video controls><source src="a.mp4"><source src="a.ogg">No video here.</video>\n')

    assert shapes(story) == ["embed", "paragraph"]
    assert (story.body[0].url, story.body[0].text) == ("a.mp4", "a.ogg")
    assert "the embed “a.mp4” has no web address" in reasons(story)


def test_an_address_in_angle_brackets_within_html_is_a_link(tmp_path: Path) -> None:
    story = story_of(tmp_path, "<div>\nSee <https://example.org/x>.\n</div>\n")

    assert story.body[0].html == 'See <a href="https://example.org/x">https://example.org/x</a>.'


def test_html_indented_within_html_is_not_taken_for_code(tmp_path: Path) -> None:
    story = story_of(tmp_path, "<div>\n  <p>One</p>\n\n    <p>Two</p>\n\n</div>\n\n    <p>code</p>\n")

    assert shapes(story) == ["paragraph", "paragraph", "code"]
    assert "HTML indented like code" in reasons(story)


def test_words_in_angle_brackets_stay_words(tmp_path: Path) -> None:
    story = story_of(tmp_path, "Run git push <branch-name> now.\n\n<!-- an open comment and\nmore text")

    assert story.body[0].html == "Run git push &lt;branch-name&gt; now."
    assert "an open comment and" in story.body[1].plain_text()


def test_footnotes_definitions_and_unused_references_are_kept(tmp_path: Path) -> None:
    story = story_of(
        tmp_path, "Claim[^1].\n\nTerm\n: Meaning\n\n[^1]: The source.\n\n[unused]: https://example.org/x\n"
    )

    said = words(story)
    assert all(
        word in said
        for word in [["Claim", "sup>[1]", "/sup>"][0], "The source.", "Term", "Meaning", "https://example.org/x"]
    )


def test_links_between_articles_lead_to_their_new_addresses(tmp_path: Path) -> None:
    archive = archive_of(
        tmp_path,
        {
            "content/news/2016-10-19-first.md": "---\ntitle: One\ndate: 2016-10-19\n---\n"
            'See [two]({{< ref "2017-01-05-second.md" >}}), '
            '[it](https://old.example/2017/01/05/two/) and [gone]({{< ref "nowhere.md" >}}).',
            "content/news/2017-01-05-second.md": "---\ntitle: Two\nslug: two\ndate: 2017-01-05\n---\n"
            "Back to [one](/2016/10/19/first/) and [about](/about/).",
        },
        old_site="https://old.example",
    )

    first, second = (archive.read(path) for path in archive.story_paths())

    assert first.body[0].html == 'See <a href="/2017/01/05/two/">two</a>, <a href="/2017/01/05/two/">it</a> and gone.'
    assert (
        second.body[0].html
        == 'Back to <a href="/2016/10/19/first/">one</a> and <a href="https://old.example/about/">about</a>.'
    )
    assert "nowhere.md" in reasons(first)


def test_the_form_of_old_addresses_is_learnt_from_the_archives_own_links(tmp_path: Path) -> None:
    files = {
        f"content/events/2019-05-0{n}-e.md": f"---\ntitle: E\nslug: e{n}\ndate: 2019-05-0{n}\n---\nText."
        for n in (1, 2)
    }
    files["content/news/a.md"] = (
        "---\ntitle: A\ndate: 2019-06-01\n---\nhttps://x.example/event/2019/05/e1/ https://x.example/event/2019/05/e2/"
    )
    archive = archive_of(tmp_path, files, "hugo")

    event = next(archive.read(path) for path in archive.story_paths())

    assert event.url == "/event/2019/05/e1/"


def test_pictures_outside_the_archive_are_never_read(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"secret")
    root = tmp_path / "archive"
    archive = archive_of(
        root, {"content/a.md": "---\ntitle: A\n---\n![x](../../secret.png) ![y](/etc/passwd) ![z](link.png)"}
    )
    (root / "content/link.png").symlink_to(tmp_path / "secret.png")
    (root / "content/linked.md").symlink_to(tmp_path / "secret.png")

    story = archive.read(archive.folder.root / "content/a.md")

    assert [image.path for image in story.images] == [None, None, None]
    assert reasons(story).count("is not in the archive") == 3


def test_an_arabic_page_is_arabic(tmp_path: Path) -> None:
    story = story_of(
        tmp_path, "---\ntitle: كيفية بدء فصل جديد\nlead: خطوة خطوة\n---\nمنظمة عالمية", name="posts/a.ar.md"
    )

    assert (story.language, story.headline, story.standfirst) == ("ar", "كيفية بدء فصل جديد", "خطوة خطوة")


@pytest.mark.parametrize(
    "piece", ["{{< a ", '{{< a "', "{% raw %}", "{{ ", "<a ", "<!--", "[", "> ", "*", "![", "{%", "`", "<div><b>"]
)
def test_hostile_bodies_take_no_time(piece: str, tmp_path: Path) -> None:
    began = time.process_time()

    story_of(tmp_path, piece * 4_000)

    assert time.process_time() - began < 20


WORD = re.compile(r"tide|harbour|Ωmega|שלום|نص")
PIECES = st.sampled_from(
    [
        *("tide", "harbour", "Ωmega", "שלום", "نص", "\n", "\n\n", " ", "*", "**", "_", "`", "```\n", "> ", "- "),
        *("1. ", "# ", "[", "](u)", "<div>", "</div>", "<b>", "<x-y>", "<", ">", "&", "&amp;", "|", "\n---\n"),
        *("{{< a >}}", "{{< /a >}}", "{{", "}}", "{% b %}", "{% endb %}", '"', "<td>", "<!--", "-->"),
    ]
)


@given(text=st.lists(PIECES, max_size=25).map("".join))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_word_of_a_body_is_ever_lost(text: str, tmp_path: Path) -> None:
    wanted = set(WORD.findall(text))

    story = story_of(tmp_path, f"---\ntitle: T\n---\n{text}")

    said = words(story)
    assert not {word for word in wanted if said.count(word) < text.count(word)}
