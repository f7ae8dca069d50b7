"""Markdown to HTML, as the generators do it, but with nothing swallowed.

What HTML would hide or eat (unknown elements, unclosed tags and comments) becomes visible text; what is left
out on purpose (scripts, styles, comments) is handed to `report`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from broadsheet.stories.brought_in.tidy_html import PASSING

Report = Callable[[str, str, str], None]
"""Called with the reason, what became of the text, and the source text (to find its line)."""

_LEFT_OUT = re.compile(
    r"<(script|style|svg|noscript|template)\b[^>]{0,3000}>(.{0,100000}?)</\1\s*>", re.DOTALL | re.IGNORECASE
)
_ADDRESS = re.compile(r"<(https?://[^\s<>\"']{1,2000})>")
_COMMENT = re.compile(r"<!--(.{0,100000}?)-->", re.DOTALL)
_TAG = re.compile(
    r"""</?([A-Za-z][A-Za-z0-9:-]{0,60})(?=[\s/>])(?:"[^"]{0,3000}+"|'[^']{0,3000}+'|[^'"<>]{1,3000}+){0,200}+>"""
)
_CONTAINER = re.compile(
    r"<(/?)(?:div|section|article|ul|ol|table|tbody|tr|td|blockquote|figure|aside)\b", re.IGNORECASE
)
_UNSAFE = re.compile(r"""\s(on[a-z]{3,20})\s*=|(?:href|src)\s*=\s*["']?\s*(javascript|vbscript|data):""", re.IGNORECASE)


class _Renderer(RendererHTML):
    """markdown-it's renderer with raw HTML made harmless first, and footnotes without jump links."""

    def html_block(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return settle_html(tokens[idx].content, env["report"])

    def html_inline(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return settle_html(tokens[idx].content, env["report"])


def settle_html(html: str, report: Report) -> str:
    """Raw HTML with scripts and comments left out (reported) and everything unknown turned into visible text."""

    def leave_out(match: re.Match[str]) -> str:
        report(f"<{match[1].lower()}> is never published", f"left out: {match[2].strip()[:500]}", match[0])
        return ""

    def comment(match: re.Match[str]) -> str:
        if match[1].strip().lower() not in {"more", "excerpt", ""}:
            report("a comment, which readers never saw", f"left out: {match[1].strip()[:500]}", match[0])
        return ""

    html = _ADDRESS.sub(r'<a href="\1">\1</a>', html)
    html = _COMMENT.sub(comment, _LEFT_OUT.sub(leave_out, html))
    parts: list[str] = []
    position = 0
    for match in _TAG.finditer(html):
        parts.append(html[position : match.start()].replace("<", "&lt;"))
        known = match[1].lower() in PASSING
        if known and (unsafe := _UNSAFE.search(match[0])):
            report(f"“{unsafe[1] or unsafe[2]}” is never published", f"left out of {match[0][:300]}", match[0])
        elif not known:
            report(f"<{match[1]}> is not an element of HTML that stories have", "shown as text", match[0])
        parts.append(match[0] if known else escape(match[0], quote=False))
        position = match.end()
    return "".join([*parts, html[position:].replace("<", "&lt;")])


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 40}, renderer_cls=_Renderer)
    parser.enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=False, move_to_end=True).use(deflist_plugin)
    parser.add_render_rule("footnote_ref", _footnote_mark)
    parser.add_render_rule("footnote_block_open", lambda *_: "<ol>\n")
    parser.add_render_rule("footnote_block_close", lambda *_: "</ol>\n")
    parser.add_render_rule("footnote_open", lambda *_: "<li>")
    parser.add_render_rule("footnote_close", lambda *_: "</li>\n")
    parser.add_render_rule("footnote_anchor", lambda *_: "")
    return parser


def _footnote_mark(self: Any, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    return f"<sup>[{int(tokens[idx].meta['id']) + 1}]</sup>"


_PARSER = _parser()


def render_markdown(text: str, report: Report, mark: str) -> str:
    """Markdown as HTML. `mark` is the character placeholders are made with; link targets holding it stay as they are.

    Link references that nothing uses are reported: Markdown drops them.
    """
    env: dict[str, Any] = {"report": report}
    plain_normalize = MarkdownIt.normalizeLink
    _PARSER.normalizeLink = lambda url: url if mark in url else plain_normalize(_PARSER, url)  # type: ignore[method-assign]
    tokens = _PARSER.parse(text, env)
    _undo_code(tokens, report, re.compile(rf"(?:\s*{mark}\d+{mark})+\s*"))
    _report_cut_rows(tokens, text, report)
    html: str = _PARSER.renderer.render(tokens, _PARSER.options, env)
    for label, reference in env.get("references", {}).items():
        if escape(reference["href"]) not in html and reference["href"] not in html:
            report(f"the link reference “{label}” is not used in the text", reference["href"], f"[{label.lower()}]")
    return html


def _undo_code(tokens: Sequence[Token], report: Report, shortcodes: re.Pattern[str]) -> None:
    """Indented HTML within HTML is HTML, an indented shortcode a shortcode: Markdown takes both for code."""
    open_elements = 0
    for token in tokens:
        if token.type == "code_block" and shortcodes.fullmatch(token.content):
            token.type = "html_block"
        elif token.type == "code_block" and open_elements > 0 and token.content.lstrip().startswith("<"):
            token.type = "html_block"
            report("HTML indented like code", "read as HTML", token.content.strip().split("\n")[0])
        if token.type == "html_block":
            open_elements += sum(-1 if tag[1] else 1 for tag in _CONTAINER.finditer(token.content))


def _report_cut_rows(tokens: Sequence[Token], text: str, report: Report) -> None:
    """Markdown drops the cells of a table row beyond the heading's; the whole row goes to the report."""
    lines = text.split("\n")
    columns = 0
    for index, token in enumerate(tokens):
        if token.type == "thead_open":
            columns = _columns_of(tokens, index)
        elif token.type == "tr_open" and token.map:
            row = lines[token.map[0]].strip()
            if len(escapedSplit(row.strip("|"))) > columns:
                report("a table row with more cells than its heading", row, row)


def _columns_of(tokens: Sequence[Token], start: int) -> int:
    columns = 0
    for token in tokens[start:]:
        columns += token.type == "th_open"
        if token.type == "thead_close":
            break
    return columns
