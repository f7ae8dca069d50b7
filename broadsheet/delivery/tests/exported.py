"""Stored pages without the newsroom, and what a static server would find of them."""

from pathlib import Path

from broadsheet.delivery.exporting.export_pages import Exporter
from broadsheet.delivery.exporting.file_names import CONTENT_TYPES, file_of, place_of
from broadsheet.delivery.exporting.page_files import SUFFIXES
from broadsheet.delivery.page_store import PageStore, State
from broadsheet.delivery.render_page import RenderedPage
from broadsheet.delivery.store_page import _write, digest_of

USUAL = frozenset({("X-Frame-Options", "DENY")})
HTML = CONTENT_TYPES["html"]
Files = dict[str, bytes]


def put(
    store: PageStore,
    name: str,
    text: str = "Ferry returns",
    *,
    content_type: str = HTML,
    status: int = 200,
    state: State = State.FRESH,
    more: tuple[tuple[str, str], ...] = (),
) -> None:
    """Store a page as the follower would; a short text is not compressed."""
    page = RenderedPage(name, 0, status, (("Content-Type", content_type), *sorted(USUAL), *more), text.encode())
    with store.writing():
        _write(store, page, store.standing(name), digest_of(page), state)


def make_old(store: PageStore, name: str) -> None:
    """Let something that a page shows have changed."""
    with store.writing():
        store.mark_stale("name = ?", (name,))


def take_away(store: PageStore, name: str) -> None:
    """Let a page be gone."""
    with store.writing() as connection:
        connection.execute("DELETE FROM body WHERE page IN (SELECT id FROM page WHERE name = ?)", (name,))
        connection.execute("UPDATE page SET state = 2 WHERE name = ?", (name,))


def forget(store: PageStore, name: str) -> None:
    """Let the store forget a page."""
    with store.writing():
        store.forget("name = ?", (name,))


def an_exporter(store: PageStore) -> Exporter:
    """Return an exporter that begins."""
    return Exporter(store=store, folder=folder_of(store), usual=USUAL)


def folder_of(store: PageStore) -> Path:
    """Return the folder of exported pages beside a store."""
    return store.path.with_name("exported")


def shown(store: PageStore, tree: str) -> Files:
    """Return the files of a tree."""
    top = folder_of(store) / tree
    return {str(path.relative_to(top)): path.read_bytes() for path in top.rglob("*") if path.is_file()}


def as_it_should_be(store: PageStore, tree: str) -> Files:
    """Return the files that a tree should have, by what the store holds."""
    files: Files = {}
    for name in store.names("status = 200 AND state != 2"):
        page, place = store.page(name), place_of(name)
        if page is None or place is None or (tree == "fresh" and page.standing.state is not State.FRESH):
            continue
        file = file_of(place, dict(page.headers)["Content-Type"])
        for encoding, suffix in SUFFIXES.items():
            body = page.bodies.get(encoding)
            if body is not None and file is not None:
                files[(file + suffix).decode()] = body
    return files
