"""HTML from elsewhere taken apart into body blocks: paragraphs, headings, lists, pictures and the rest.

Markdown reaches this point rendered as HTML, since authors mix the two freely. Every word of the HTML ends in
a block; what cannot be shown (scripts, forms' controls) is reported by the caller before it gets here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from bs4 import BeautifulSoup, NavigableString, PageElement, Tag

from broadsheet.kit.html import clean_prose, text_of
from broadsheet.stories.brought_in.source_block import SourceBlock, SourceImage
from broadsheet.stories.brought_in.tidy_html import tidy_html

MEDIA = frozenset({"img", "iframe", "video", "audio", "embed", "object"})
TRANSPARENT = [
    *("div", "section", "article", "main", "center", "header", "footer", "nav", "address"),
    *("picture", "span", "font", "body", "dl", "aside", "details", "summary", "blockquote"),
]
"""Elements whose contents count in a list, not they themselves."""
BLOCKS = frozenset(
    (
        *(
            "p",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "ul",
            "ol",
            "dt",
            "dd",
            "blockquote",
            "table",
            "pre",
            "figure",
            "hr",
        ),
        *("aside", "details", "section", "article", "div", "center", "header", "footer"),
    )
)
_ATTRIBUTION = re.compile(r"^\s*(?:[—–―]|--?|&mdash;|\u2014)\s*(\S.*)$", re.DOTALL)
_BARE_URL = re.compile(r"(?<![\w/\"'=>])(https?://[^\s<>\"'()]+[^\s<>\"'().,;:!?])")

FindImage = Callable[[str], SourceImage]
Held = Callable[[str], list[SourceBlock] | None]


class BlockReader:
    """Turns tidy HTML into blocks.

    `find_image` looks a picture up by its reference; `held` gives the blocks that a placeholder in the text
    stands for (None when the text is no placeholder); `placeholder` matches placeholders.
    """

    def __init__(self, find_image: FindImage, held: Held, placeholder: re.Pattern[str]) -> None:
        self._find_image = find_image
        self._held = held
        self._placeholder = placeholder
        self._soup = BeautifulSoup("", "html.parser")

    def read(self, html: str) -> list[SourceBlock]:
        """The blocks of a piece of HTML, in order."""
        soup = BeautifulSoup(tidy_html(html), "html.parser")
        return self._children(soup)

    def _children(self, parent: Tag) -> list[SourceBlock]:
        blocks: list[SourceBlock] = []
        run: list[PageElement] = []
        for child in list(parent.children):
            if isinstance(child, Tag) and (child.name in BLOCKS or self._has_blocks(child)):
                blocks += self._inline(run)
                run = []
                blocks += self._block(child)
            else:
                run.append(child)
        return blocks + self._inline(run)

    @staticmethod
    def _has_blocks(tag: Tag) -> bool:
        return any(isinstance(inner, Tag) and inner.name in BLOCKS for inner in tag.descendants)

    def _block(self, tag: Tag) -> list[SourceBlock]:
        readers = {
            "ul": self._list,
            "ol": self._list,
            "blockquote": self._quote,
            "table": self._table,
            "pre": self._code,
            "figure": self._figure,
            "aside": self._box,
            "details": self._box,
            "a": self._linked_blocks,
            "hr": _nothing,
        }
        if read := readers.get(tag.name):
            return read(tag)
        if re.fullmatch(r"h[1-6]", tag.name):
            return self._heading(tag)
        if tag.name == "dt":
            return self._inline(_wrapped(tag, "strong"))
        return self._children(tag)

    def _linked_blocks(self, tag: Tag) -> list[SourceBlock]:
        """A link round whole blocks: the blocks, the link given to its pictures, else as a line of its own."""
        href = str(tag.get("href") or "")
        blocks = self._children(tag)
        pictures = [block for block in blocks if block.image]
        if pictures:
            return [replace(block, image=replace(block.image, link=href)) if block.image else block for block in blocks]
        return (
            [
                *blocks,
                SourceBlock("paragraph", html=clean_prose(f'<a href="{_attribute(href)}">{_attribute(href)}</a>')),
            ]
            if href
            else blocks
        )

    def _inline(self, nodes: list[PageElement]) -> list[SourceBlock]:
        """A run of inline nodes: a paragraph, with pictures and other media set before or after it."""
        holder = self._soup.new_tag("div")
        for node in nodes:
            holder.append(node.extract())
        before, after = self._lift_media(holder)
        html = clean_prose(_with_links(holder)).strip()
        html = re.sub(r"^(?:\s|<br>)+|(?:\s|<br>)+$", "", html)
        paragraph = [SourceBlock("paragraph", html=html)] if text_of(html) else []
        return before + paragraph + after

    def _lift_media(self, holder: Tag) -> tuple[list[SourceBlock], list[SourceBlock]]:
        """Take media and placeholders out of a run: those before its first word, and those after it."""
        before: list[SourceBlock] = []
        after: list[SourceBlock] = []
        seen_text = False
        lifted: list[Tag] = []
        for node in list(holder.descendants):
            if isinstance(node, Tag) and node.name in MEDIA:
                lifted.append(node)
                (after if seen_text else before).extend(self._media(node))
            elif isinstance(node, NavigableString):
                seen_text = self._lift_held(node, before, after, seen_text)
        for tag in lifted:
            tag.replace_with(NavigableString(" "))
        for link in holder.find_all("a") if lifted else ():
            if not link.get_text(strip=True):
                link.extract()
        return before, after

    def _lift_held(
        self, node: NavigableString, before: list[SourceBlock], after: list[SourceBlock], seen_text: bool
    ) -> bool:
        kept: list[str] = []
        position = 0
        for match in self._placeholder.finditer(str(node)):
            kept.append(str(node)[position : match.start()])
            seen_text = seen_text or bool(kept[-1].strip())
            (after if seen_text else before).extend(self._held(match[0]) or [])
            position = match.end()
        kept.append(str(node)[position:])
        if position:
            node.replace_with(NavigableString(" ".join(kept)))
        return seen_text or bool(kept[-1].strip())

    def _media(self, tag: Tag) -> list[SourceBlock]:
        title = str(tag.get("title") or "")
        if tag.name == "img":
            return [self._picture(tag)]
        given = [str(one.get("src") or one.get("data") or "") for one in (tag, *tag.find_all("source"))]
        urls = [f"https:{url}" if url.startswith("//") else url for url in given if url]
        said = tag.get_text(" ", strip=True)
        blocks = [SourceBlock("embed", url=urls[0], title=title, text=" ".join(urls[1:]))] if urls else []
        return [*blocks, SourceBlock("paragraph", html=clean_prose(_attribute(said)))] if said else blocks

    def _picture(self, tag: Tag) -> SourceBlock:
        image = self._find_image(str(tag.get("src") or ""))
        link = tag.find_parent("a")
        href = str(link.get("href") or "") if link else ""
        caption = str(tag.get("title") or "") or image.caption
        credit = str(tag.get("data-credit") or "") or image.credit
        return SourceBlock(
            "image",
            image=replace(image, alt=str(tag.get("alt") or "") or image.alt, caption=caption, credit=credit, link=href),
        )

    def _heading(self, tag: Tag) -> list[SourceBlock]:
        before, after = self._lift_media(tag)
        html = clean_prose(tag.decode_contents()).strip()
        text = " ".join(text_of(html).split())
        level = min(max(int(tag.name[1]), 2), 4)
        links = [str(link.get("href")) for link in tag.find_all("a") if link.get("href")]
        heading = [SourceBlock("heading", html=html, text=text, level=level, url=" ".join(links))] if text else []
        return before + heading + after

    def _list(self, tag: Tag) -> list[SourceBlock]:
        lifted: list[SourceBlock] = []
        for nested in tag.find_all(["table", "figure", "pre"]):
            if nested.find_parent(["table", "figure", "pre"]) is None:
                lifted += self._block(nested.extract())
        before, after = self._lift_media(tag)
        for nested in tag.find_all(TRANSPARENT):
            nested.unwrap()
        html = clean_prose(_with_links(tag, outer=True)).strip()
        blocks = [SourceBlock("list", html=html)] if text_of(html) else []
        return blocks + before + after + lifted

    def _quote(self, tag: Tag) -> list[SourceBlock]:
        blocks = self._children(tag)
        words = [block for block in blocks if block.kind in {"paragraph", "heading", "list"}]
        others = [block for block in blocks if block.kind not in {"paragraph", "heading", "list"}]
        if not words:
            return others
        attribution = ""
        last = _ATTRIBUTION.match(words[-1].html) if len(words) > 1 else None
        if last:
            attribution, words = clean_prose(last[1]), words[:-1]
        html = "".join(_paragraph(block) for block in words)
        return [SourceBlock("quote", html=html, attribution=attribution), *others]

    def _table(self, tag: Tag) -> list[SourceBlock]:
        before, after = self._lift_media(tag)
        caption = tag.find("caption")
        title = caption.get_text(" ", strip=True) if caption else ""
        lines = [row for row in tag.find_all("tr") if row.find_parent("table") is tag]
        plain = not tag.find("table") and not any(
            cell.get("colspan", "1") != "1" or cell.get("rowspan", "1") != "1" for cell in tag.find_all(["td", "th"])
        )
        if not plain or not lines:
            html = clean_prose(str(tag))
            return [*before, *([SourceBlock("html", html=html)] if text_of(html) else []), *after]
        rows = [tuple(_cell(cell) for cell in row.find_all(["td", "th"])) for row in lines]
        width = max(len(row) for row in rows)
        filled = tuple(row + ("",) * (width - len(row)) for row in rows if any(row))
        header = bool(lines[0].find("th")) and not lines[0].find("td")
        table = [SourceBlock("table", rows=filled, header_row=header, title=title)] if filled and width else []
        return before + table + after

    def _code(self, tag: Tag) -> list[SourceBlock]:
        inner = tag.find("code")
        classes = inner.get("class") if isinstance(inner, Tag) else None
        names = [classes] if isinstance(classes, str) else list(classes or [])
        language = " ".join(name.removeprefix("language-") for name in names)
        text = tag.get_text().strip("\n")
        return [SourceBlock("code", text=text, language=language)] if text.strip() else []

    def _figure(self, tag: Tag) -> list[SourceBlock]:
        caption_tag = tag.find("figcaption")
        caption = ""
        if caption_tag:
            caption = clean_prose(caption_tag.decode_contents()).strip()
            caption_tag.extract()
        blocks = self._children(tag)
        for index, block in enumerate(blocks):
            if block.image:
                joined = caption or block.image.caption
                blocks[index] = replace(block, image=replace(block.image, caption=joined))
                return blocks
            if block.kind == "quote" and not block.attribution:
                blocks[index] = replace(block, attribution=caption)
                return blocks
        return [*blocks, SourceBlock("paragraph", html=caption)] if caption else blocks

    def _box(self, tag: Tag) -> list[SourceBlock]:
        heading = tag.find(["summary", "h2", "h3", "h4"])
        title = heading.extract().get_text(" ", strip=True) if heading else ""
        return box_of(title, self._children(tag))


def box_of(title: str, blocks: list[SourceBlock]) -> list[SourceBlock]:
    """A fact box of the blocks that are prose; the others follow it."""
    prose = [block for block in blocks if block.kind in {"paragraph", "heading", "list"}]
    others = [block for block in blocks if block.kind not in {"paragraph", "heading", "list"}]
    html = "".join(_paragraph(block) for block in prose)
    return [*([SourceBlock("box", title=title, html=html)] if html or title else []), *others]


def _nothing(tag: Tag) -> list[SourceBlock]:
    return []


def _paragraph(block: SourceBlock) -> str:
    if block.kind == "heading":
        return f"<h{block.level}>{block.html}</h{block.level}>"
    return block.html if block.kind == "list" else f"<p>{block.html}</p>"


def _cell(cell: Tag) -> str:
    html = clean_prose(cell.decode_contents())
    html = re.sub(r"</(?:p|div|li)>\s*<(?:p|div|li)[^>]*>", "<br>", html)
    return re.sub(r"</?(?:p|div|ul|ol|li|span|h\d)(?:\s[^>]*)?>", " ", html).strip()


def _wrapped(tag: Tag, name: str) -> list[PageElement]:
    wrapper = BeautifulSoup("", "html.parser").new_tag(name)
    for child in list(tag.children):
        wrapper.append(child.extract())
    return [wrapper]


def _with_links(tag: Tag, *, outer: bool = False) -> str:
    """The tag's HTML, bare web addresses in its text made links."""
    for node in list(tag.find_all(string=_BARE_URL)) if "http" in tag.get_text() else ():
        if node.find_parent(["a", "code", "pre"]) is None:
            linked = _BARE_URL.sub(r'<a href="\1">\1</a>', _attribute(str(node)))
            node.replace_with(BeautifulSoup(linked, "html.parser"))
    return str(tag) if outer else tag.decode_contents()


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
