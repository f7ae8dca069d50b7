"""What the shortcodes of real archives mean.

Names are shared by many themes (`figure`, `youtube`, `note`), so one table serves every dialect. A name that is
not in it is guessed from its arguments: a picture when one of them names a picture file, an embed when one is
the address of a video, otherwise a visible block that keeps every word and is reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from html import escape, unescape
from typing import Protocol

from broadsheet.archive.markdown.placeholders import Meaning
from broadsheet.archive.markdown.shortcodes import Shortcode
from broadsheet.stories.brought_in.html_blocks import box_of
from broadsheet.stories.brought_in.source_block import SourceBlock, SourceImage

PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?)(?:\?[^\s]*)?$", re.IGNORECASE)
VIDEO_URL = re.compile(
    r"^(?:https?:)?//(?:www\.|m\.)?(?:youtube\.com|youtu\.be|youtube-nocookie\.com|vimeo\.com|player\.vimeo\.com)/\S+$"
)


class Surroundings(Protocol):
    """What a shortcode's meaning may depend on: the article it stands in and the archive round it."""

    def image(self, ref: str) -> SourceImage: ...
    def link(self, ref: str) -> str | None: ...
    def inner_blocks(self, text: str) -> list[SourceBlock]: ...
    def inner_html(self, text: str) -> str: ...
    def contributor_name(self, slug: str) -> str: ...
    def report(self, reason: str, kept_as: str, source: str) -> None: ...
    @property
    def excerpt(self) -> str: ...


Result = str | Meaning
Handler = Callable[[Shortcode, Surroundings], Result]


def meaning_of(code: Shortcode, around: Surroundings) -> Result:
    """Text to stand in the Markdown, or a meaning to be held for later. Unknown shortcodes are reported."""
    handler = HANDLERS.get(code.name.lower())
    result = handler(code, around) if handler else None
    return result if result is not None else _guess(code, around)


def _picture(code: Shortcode, around: Surroundings) -> Result:
    ref = code.get("src", "file", "image", "url", "path", "uid", "filename", "name") or (
        code.args[0] if code.args else ""
    )
    ref = ref.replace("\\", "")
    found = around.image(ref)
    alt = code.get("alt", "alttext", "alt_text") or found.alt
    caption = code.get("caption", "figcaption", "title", "description") or found.caption
    rest = [arg for arg in code.args[1:] if arg and arg != "figure.html"]
    if rest and not code.get("alt"):
        alt = rest[-1] if code.name.endswith("_with_class") else rest[0]
        extra = rest[:0] if code.name.endswith("_with_class") else rest[1:]
        caption = caption or " ".join(extra)
    credit = code.get("credit", "attr", "attribution", "source", "copyright") or found.credit
    image = replace(
        found,
        alt=unescape(alt),
        caption=around.inner_html(caption) if caption else "",
        credit=credit,
        link=code.get("link", "href", "url") if code.get("src", "image") else code.get("link", "href"),
    )
    if code.inner and code.inner.strip():
        image = replace(image, caption=" ".join([image.caption, around.inner_html(code.inner)]).strip())
    return Meaning(blocks=(SourceBlock("image", image=image),))


def _include(code: Shortcode, around: Surroundings) -> Result:
    if any(PICTURE_FILE.search(value) for value in code.named.values()):
        return _picture(replace(code, args=code.args[1:]), around)
    return _guess(code, around)


def _embed_of(template: str) -> Handler:
    def embed(code: Shortcode, around: Surroundings) -> Result:
        target = code.get("id", "src", "url", "href", "video", "v") or (code.args[0] if code.args else "")
        user = code.get("user") or "i"
        url = target if "//" in target else template.format(id=target, user=user)
        title = code.get("title", "caption", "alt", "description") or " ".join(code.args[1:])
        blocks = [SourceBlock("embed", url=url, title=title)] if target else []
        inner = around.inner_blocks(code.inner) if code.inner and code.inner.strip() else []
        return Meaning(blocks=(*blocks, *inner))

    return embed


def _quote(code: Shortcode, around: Surroundings) -> Result:
    text = code.get("text", "quote", "content") or code.inner or (code.args[0] if code.args else "")
    by = code.get("cite", "author", "attribution", "source", "by", "name", "footer")
    rest = "" if code.inner else " ".join(code.args[1:])
    html = "".join(f"<p>{block.html or escape(block.plain_text())}</p>" for block in around.inner_blocks(text))
    return (
        Meaning(blocks=(SourceBlock("quote", html=html, attribution=around.inner_html(by.strip() or rest)),))
        if html
        else ""
    )


def _box(code: Shortcode, around: Surroundings) -> Result:
    title = code.get("title", "heading", "summary", "label", "header")
    kicker, link = code.get("kicker"), code.get("src", "href", "link", "url")
    inner = code.inner if code.inner is not None else code.get("text", "content", "body")
    title_html = around.inner_html(": ".join(part for part in (kicker, title) if part))
    blocks = around.inner_blocks(inner) if inner.strip() else []
    plain_title = re.sub(r"<[^>]+>", "", title_html)
    if link:
        blocks.append(SourceBlock("paragraph", html=f'<a href="{escape(link)}">{plain_title or escape(link)}</a>'))
    return Meaning(blocks=tuple(box_of(plain_title, blocks)))


def _button(code: Shortcode, around: Surroundings) -> Result:
    href = code.get("href", "link", "url", "src") or (code.args[0] if code.args else "")
    text = code.get("text", "label", "title") or code.inner or (code.args[1] if len(code.args) > 1 else href)
    return Meaning(html=f'<a href="{escape(around.link(href) or href)}">{around.inner_html(text)}</a>')


def _attachment(code: Shortcode, around: Surroundings) -> Result:
    name = code.get("file", "src", "href") or (code.args[0] if code.args else "")
    around.report(f"the attached file “{name}” is not brought along", "its label stays as text", code.source)
    return Meaning(html=around.inner_html(code.get("label", "text", "title") or name))


def _highlight(code: Shortcode, around: Surroundings) -> Result:
    if code.args and code.inner is not None:
        return Meaning(blocks=(SourceBlock("code", text=code.inner.strip("\n"), language=code.args[0]),))
    return Meaning(html=f"<mark>{around.inner_html(code.inner)}</mark>") if code.inner else _guess(code, around)


def _link(code: Shortcode, around: Surroundings) -> Result:
    target = code.get("path", "to") or (code.args[0] if code.args else "")
    found = around.link(target)
    if found is None:
        around.report(f"a link to “{target}”, which the archive does not hold", "the link's words stay", code.source)
        return "#not-in-the-archive"
    return re.sub(r"\s", "%20", found).replace("(", "%28").replace(")", "%29")


def _output(code: Shortcode, around: Surroundings) -> Result:
    value = code.args[0] if code.args else ""
    if value in {"site.baseurl", "site.url", "baseurl", "site.base_url"}:
        return ""
    if value in {"page.excerpt", "excerpt", "page.description", "description"}:
        return Meaning(text=around.excerpt)
    if code.named.get("literal"):
        return Meaning(text=value)
    return _guess(code, around)


def _url_filter(code: Shortcode, around: Surroundings) -> Result:
    return _link(code, around) if code.named.get("literal") else _guess(code, around)


def _embed_filter(code: Shortcode, around: Surroundings) -> Result:
    return Meaning(blocks=(SourceBlock("embed", url=code.args[0], title=" ".join(code.args[1:])),))


def _person(code: Shortcode, around: Surroundings) -> Result:
    name = around.contributor_name(code.args[0])
    around.report(f"“{code.name.strip('|')}” of “{code.args[0]}”", f"the name: {name}", code.source)
    return Meaning(text=name)


def _portrait(code: Shortcode, around: Surroundings) -> Result:
    around.report(f"the portrait of “{code.args[0]}” is not in the archive", "left out beside the name", code.source)
    return ""


def _stray(code: Shortcode, around: Surroundings) -> Result:
    around.report(f"“{code.source}” closes nothing", "left out", code.source)
    return ""


def _guess(code: Shortcode, around: Surroundings) -> Meaning:
    """An unknown shortcode by its arguments; at worst a visible block with all its words."""
    values = [*code.args, *code.named.values()]
    picture = next((value for value in values if PICTURE_FILE.search(value)), "")
    if picture:
        named = {key: value for key, value in code.named.items() if value != picture}
        args = tuple(arg for arg in code.args if arg != picture)
        around.report(f"unknown shortcode “{code.name}”", "read as a picture", code.source)
        result = _picture(replace(code, args=(picture, *args), named=named), around)
        return _with_leftovers(result, code, around) if isinstance(result, Meaning) else Meaning()
    video = next((value for value in values if VIDEO_URL.match(value)), "")
    around.report(f"unknown shortcode “{code.name}”", "read as an embed" if video else "a visible block", code.source)
    if video:
        return _with_leftovers(
            Meaning(blocks=(SourceBlock("embed", url=video, title=code.get("title")),)), code, around
        )
    shown = (
        code.source
        if code.inner is None
        else code.source[: code.source.find(code.inner)]
        if code.inner
        else code.source
    )
    inner = around.inner_blocks(code.inner) if code.inner and code.inner.strip() else []
    return Meaning(blocks=(SourceBlock("unknown", title=code.name.strip("|"), text=shown.strip()), *inner))


def _with_leftovers(meaning: Meaning, code: Shortcode, around: Surroundings) -> Meaning:
    """Arguments and enclosed text that a guess had no use for, as a visible block after it."""
    used = " ".join(block.plain_text() for block in meaning.blocks)
    left = [value for value in (*code.args, *code.named.values()) if value and value not in used and " " in value]
    extra = [SourceBlock("unknown", title=code.name, text=" ".join(left))] if left else []
    inner = (
        around.inner_blocks(code.inner) if code.inner and code.inner.strip() and code.inner.strip() not in used else []
    )
    return replace(meaning, blocks=(*meaning.blocks, *extra, *inner))


def _named(names: str, handler: Handler) -> Iterable[tuple[str, Handler]]:
    return ((name, handler) for name in names.split())


HANDLERS: dict[str, Handler] = {
    **dict(
        _named(
            "figure img image picture photo legacy-img legacy-img-right legacy-img-left img-right img-left", _picture
        )
    ),
    **dict(_named("image_with_class responsive_image imgproc lazyimg", _picture)),
    **dict(_named("include include_cached include_relative render", _include)),
    **dict(_named("youtube yt youtube-lite", _embed_of("https://www.youtube.com/watch?v={id}"))),
    **dict(_named("vimeo vimeo_simple", _embed_of("https://vimeo.com/{id}"))),
    **dict(_named("tweet twitter twitter_simple x", _embed_of("https://twitter.com/{user}/status/{id}"))),
    **dict(_named("instagram instagram_simple", _embed_of("https://www.instagram.com/p/{id}/"))),
    **dict(_named("gist", _embed_of("https://gist.github.com/{user}/{id}"))),
    **dict(
        _named("iframe embed video audio fb-video cspan-iframe soundcloud spotify bluesky mastodon", _embed_of("{id}"))
    ),
    **dict(_named("quote quote-block blockquote pullquote pull-quote", _quote)),
    **dict(
        _named(
            "note box ring accordion callout alert notice admonition card card-policy details aside info warning tip",
            _box,
        )
    ),
    **dict(_named("expand sidebar hint factbox fact-box", _box)),
    **dict(_named("button btn", _button)),
    **dict(_named("asset-static attachment download", _attachment)),
    **dict(_named("highlight", _highlight)),
    **dict(_named("ref relref link tmp post_url", _link)),
    **dict(_named("|url |relative_url |absolute_url |relurl |absurl |prepend", _url_filter)),
    **dict(_named("|output |safe |markdownify |escape |upcase |downcase", _output)),
    **dict(_named("|embed", _embed_filter)),
    **dict(_named("|team_link |author_link", _person)),
    **dict(_named("|team_photo |author_photo", _portrait)),
    **dict(_named("/raw /endraw endraw /figure /note /box", _stray)),
}
