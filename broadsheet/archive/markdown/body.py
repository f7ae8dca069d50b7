"""A Markdown body made into blocks: shortcodes set aside, Markdown rendered, HTML taken apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path

from broadsheet.archive.markdown.archive_folder import ArchiveFolder, humanise
from broadsheet.archive.markdown.dialects import Dialect
from broadsheet.archive.markdown.known_shortcodes import meaning_of
from broadsheet.archive.markdown.placeholders import Meaning, Placeholders
from broadsheet.archive.markdown.render import render_markdown
from broadsheet.archive.markdown.shortcodes import Shortcode, replace_hugo, replace_liquid
from broadsheet.archive.source_story import SourceStory
from broadsheet.stories.brought_in.html_blocks import BlockReader
from broadsheet.stories.brought_in.source_block import SourceBlock, SourceImage

MAX_NESTING = 10
ResolveLink = Callable[[str], str | None]

_KRAMDOWN = re.compile(r"(?m)^[ \t]*\{:[^}\n]{0,300}\}[ \t]*$|\{:[^}\n]{0,300}\}")
_HREF = re.compile(r'<a href="([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)


class BodyReader:
    """Reads one article's body; what a shortcode may ask of its surroundings (`known_shortcodes`) is here."""

    def __init__(
        self,
        *,
        folder: ArchiveFolder,
        dialect: Dialect,
        path: Path,
        story: SourceStory,
        resolve_link: ResolveLink,
        old_site: str = "",
    ) -> None:
        self._folder = folder
        self._dialect = dialect
        self._path = path
        self._story = story
        self._resolve_link = resolve_link
        self._old_site = old_site
        self._depth = 0
        self._body = ""
        self._body_line = 1
        self._holding = Placeholders("")

    def read(self, body: str, body_line: int) -> list[SourceBlock]:
        """The blocks of a body that begins on line `body_line` of its file; problems go to the story."""
        self._body, self._body_line = body, body_line
        self._holding = Placeholders(body)
        return [self._with_links(block) for block in self.inner_blocks(body)]

    @property
    def excerpt(self) -> str:
        return self._story.standfirst

    def image(self, ref: str) -> SourceImage:
        local = ref.removeprefix(self._old_site) if self._old_site else ref
        found = self._folder.image(local, self._path)
        return found if found.path else replace(found, ref=ref)

    def link(self, ref: str) -> str | None:
        return self._resolve_link(ref)

    def contributor_name(self, slug: str) -> str:
        return self._folder.contributor_name(slug) or humanise(slug)

    def report(self, reason: str, kept_as: str, source: str) -> None:
        written = self._holding.restore(source)
        offset = self._body.find(written)
        line = self._body_line + self._body.count("\n", 0, offset) if offset >= 0 else None
        self._story.report(line, reason, self._holding.restore(kept_as))

    def inner_blocks(self, text: str) -> list[SourceBlock]:
        """Blocks of a piece of Markdown (a body, or what a shortcode encloses)."""
        if self._depth >= MAX_NESTING:
            self.report(f"shortcodes nested deeper than {MAX_NESTING}", "as text", text)
            return [SourceBlock("unknown", text=self._holding.restore(text))]
        self._depth += 1
        try:
            prepared = self._set_shortcodes_aside(text)
            html = render_markdown(prepared, self.report, self._holding.mark)
            reader = BlockReader(self.image, self._holding.blocks, self._holding.pattern)
            return self._merged(reader.read(self._holding.settle(html)))
        except RecursionError:
            self.report("elements nested too deeply to be taken apart", "the text as it stood in the source", text)
            return [SourceBlock("unknown", text=self._holding.restore(text))]
        finally:
            self._depth -= 1

    def inner_html(self, text: str) -> str:
        """One line of Markdown as the HTML of a line; whole blocks in it give their words."""
        blocks = self.inner_blocks(unescape(text))
        return " ".join(block.html or block.plain_text() for block in blocks)

    def _set_shortcodes_aside(self, text: str) -> str:
        if self._dialect.kramdown:
            text = _KRAMDOWN.sub("", text)
        if self._dialect.liquid_tags:
            text = replace_liquid(text, self._stand_in, self._literal, self._left_out)
        if self._dialect.hugo_tags:
            text = replace_hugo(text, self._stand_in, self._literal)
        return text

    def _stand_in(self, code: Shortcode) -> str:
        result = meaning_of(code, self)
        if isinstance(result, str):
            return result
        return self._holding.hold(code.source, result)

    def _literal(self, text: str) -> str:
        return self._holding.hold(text, Meaning(text=text))

    def _left_out(self, comment: str) -> str:
        if comment:
            self.report("a comment, which readers never saw", f"left out: {comment[:500]}", comment)
        return ""

    def _merged(self, blocks: list[SourceBlock]) -> list[SourceBlock]:
        """Without a picture's caption repeated as the next paragraph (a habit of older themes)."""
        kept: list[SourceBlock] = []
        for block in blocks:
            before = kept[-1] if kept else None
            if before and before.image and before.image.caption and block.html == before.image.caption:
                continue
            kept.append(block)
        return kept

    def _with_links(self, block: SourceBlock) -> SourceBlock:
        """The block with links inside the archive leading to their stories' new addresses."""
        if "<a " not in f"{block.html}{block.attribution}{block.rows}":
            return block
        rows = tuple(tuple(self._linked(cell) for cell in row) for row in block.rows)
        return replace(block, html=self._linked(block.html), attribution=self._linked(block.attribution), rows=rows)

    def _linked(self, html: str) -> str:
        return _HREF.sub(self._one_link, html)

    def _one_link(self, match: re.Match[str]) -> str:
        href = unescape(match[1])
        if href == "#not-in-the-archive":
            return match[3]
        if href.startswith("#"):
            return match[3]
        found = self._resolve_link(href)
        if found is None:
            self.report(f"a link to “{href}”, which the archive does not hold", "the link's words stay", href)
            return match[3]
        return match[0] if found == href else f'<a href="{found}"{match[2]}>{match[3]}</a>'
