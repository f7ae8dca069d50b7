"""Renders every stored page anew and compares: does the store hold what is true?"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from broadsheet.delivery.page_store import PageStore, State
from broadsheet.delivery.render_page import RenderedPage, Renderer, RenderFailedError
from broadsheet.delivery.store_page import digest_of


@dataclass
class PagesReport:
    """What was found, by name of page."""

    compared: int = 0
    stale: list[str] = field(default_factory=list)
    """Known to be old, and to be rendered anew: nothing wrong."""
    wrong: list[str] = field(default_factory=list)
    """Held to be fresh, and a new rendering differs."""
    missing_keys: list[str] = field(default_factory=list)
    """A new rendering depends on something that the stored page would not hear of."""
    failed: list[str] = field(default_factory=list)
    """Could not be rendered."""

    @property
    def is_clean(self) -> bool:
        """Whether every page that is served as fresh is what readers should see."""
        return not (self.wrong or self.missing_keys or self.failed)


def verify_pages(report: PagesReport, *, store: PageStore, renderer: Renderer) -> Iterator[None]:
    """Compare page by page, and yield after each. A page that changes meanwhile is looked at again."""
    for name in store.names("state != 2 ORDER BY id"):
        _verify(report, name, store, renderer)
        report.compared += 1
        yield


def _verify(report: PagesReport, name: str, store: PageStore, renderer: Renderer) -> None:
    for _ in range(2):
        standing = store.standing(name)
        if standing is None or standing.state is State.GONE:
            return
        if standing.state is State.STALE:
            report.stale.append(name)
            return
        keys = store.keys_of(standing.id)
        try:
            page = renderer.render(name)
        except RenderFailedError:
            report.failed.append(name)
            return
        if store.standing(name) == standing:
            _compare(report, page, standing.digest, keys)
            return


def _compare(report: PagesReport, page: RenderedPage, digest: str, keys: set[str]) -> None:
    if page.personal or digest_of(page) != digest:
        report.wrong.append(page.name)
    elif not page.keys <= keys:
        report.missing_keys.append(page.name)
