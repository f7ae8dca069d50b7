"""A real Varnish in front of the paper, with the configuration that the operators' docs give."""

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import pytest

from broadsheet.changes.append_change import append_change
from broadsheet.delivery.cdn.configured_cdn import cdn_from
from broadsheet.delivery.cdn.purge_changes import COALESCE_SECONDS, PURGED_EPOCH, Purger
from broadsheet.delivery.epoch import begin_epoch, present_epoch
from broadsheet.delivery.invalidate_pages import invalidate_pages
from broadsheet.delivery.page_store import PageStore
from broadsheet.delivery.render_page import Renderer
from broadsheet.delivery.serve_stored import StoredPages
from broadsheet.delivery.store_page import store_page
from broadsheet.delivery.tests.cdn.conftest import Clock
from broadsheet.pages.cache_keys import page_key
from broadsheet.stories.models import Story
from broadsheet.stories.tests.factories import make_story
from tooling.debian import VARNISH, VARNISH_MODULES, find_program, missing
from tooling.processes import free_port, running
from tooling.pytest_environment import skip_or_fail

pytestmark = pytest.mark.django_db
VCL = Path(__file__).resolve().parents[4] / "docs/operators/broadsheet.vcl"
PATIENCE_SECONDS = 60


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = False


class Silent(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@dataclass
class Paper:
    """The paper behind a Varnish. Its server only reads the store: what is not in it, nobody gets."""

    store: PageStore
    varnish: str
    asked: list[str]
    purger: Purger
    clock: Clock

    def get(self, path: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection(self.varnish, timeout=PATIENCE_SECONDS)
        try:
            connection.request("GET", path, headers={"Host": "localhost", "Accept-Encoding": "identity"})
            with connection.getresponse() as response:
                response.text = response.read().decode()  # type: ignore[attr-defined]
                return response
        finally:
            connection.close()

    def text(self, path: str) -> str:
        return self.get(path).text  # type: ignore[attr-defined]

    def render(self, path: str) -> None:
        store_page(store=self.store, page=Renderer().render(path))

    def purge(self) -> None:
        """Let the purger do what is due."""
        for _ in range(3):
            self.purger.step()
            self.clock.now += COALESCE_SECONDS


@pytest.fixture
def paper(store: PageStore, tmp_path: Path) -> Iterator[Paper]:
    needs = [need for need in (VARNISH, VARNISH_MODULES) if not need.is_here()]
    if needs:
        skip_or_fail(str(missing(*needs)))
    begin_epoch(store=store)
    invalidate_pages(store=store)
    with store.writing():
        store.set_fact(PURGED_EPOCH, present_epoch())
    port = free_port()
    cdn, asked = cdn_from(f"varnish://127.0.0.1:{port}"), list[str]()
    pages = StoredPages(_not_there, store=store, cdn=cdn)

    def application(environ: dict[str, Any], start_response: Any) -> Any:
        asked.append(environ["PATH_INFO"])
        return pages(environ, start_response)

    server = Server(("127.0.0.1", 0), Silent)
    server.set_app(application)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    vcl = tmp_path / "broadsheet.vcl"
    vcl.write_text(VCL.read_text().replace('"8000"', f'"{server.server_port}"'))
    command = [str(find_program("varnishd")), "-F", "-j", "none", "-n", str(tmp_path / "varnish"), "-f", str(vcl)]
    command += ["-a", f"127.0.0.1:{port}", "-s", "malloc,16m", "-T", "none"]
    with running(command, is_ready=lambda: _answers(port)):
        clock = Clock()
        yield Paper(store, f"127.0.0.1:{port}", asked, Purger(store=store, cdn=cdn, clock=clock), clock)
    server.shutdown()
    server.server_close()


def _not_there(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain"), ("Cache-Control", "no-store")])
    return [b"Django"]


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        with connection.getresponse() as response:
            return response.status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def eventually(true: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (done := true()) and time.monotonic() < deadline:
        threading.Event().wait(0.02)
    return done


@pytest.fixture
def story(paper: Paper) -> Story:
    story = make_story(headline="Ferry returns to Eastmere")
    paper.purge()
    invalidate_pages(store=paper.store)
    paper.render(story.url)
    return story


def test_readers_get_the_page_from_varnish_until_it_changes(paper: Paper, story: Story) -> None:
    other = make_story(headline="Harvest begins")
    paper.render(other.url)
    for _ in range(3):
        assert "Ferry returns" in paper.text(story.url)
        assert "Harvest begins" in paper.text(other.url)
    assert (paper.asked.count(story.url), paper.asked.count(other.url)) == (1, 1)

    Story.objects.filter(pk=story.pk).update(title="Ferry sinks")
    append_change(keys=[page_key(story.pk)])
    invalidate_pages(store=paper.store)
    paper.render(story.url)
    paper.purge()

    assert eventually(lambda: "Ferry sinks" in paper.text(story.url))
    assert "Ferry sinks" in paper.text(story.url)
    assert "Harvest begins" in paper.text(other.url)
    assert (paper.asked.count(story.url), paper.asked.count(other.url)) == (2, 1)


def test_what_was_taken_away_nobody_sees_once_more(paper: Paper, story: Story) -> None:
    assert "Ferry returns" in paper.text(story.url)

    Story.objects.filter(pk=story.pk).update(live=False)
    append_change(keys=[page_key(story.pk)], hard=True)
    invalidate_pages(store=paper.store)
    paper.render(story.url)
    paper.purge()

    assert paper.get(story.url).status == 404


def test_an_old_copy_that_varnish_fetched_too_early_does_not_stay(paper: Paper, story: Story) -> None:
    Story.objects.filter(pk=story.pk).update(title="Ferry sinks")
    append_change(keys=[page_key(story.pk)])
    paper.clock.now += COALESCE_SECONDS
    with paper.store.writing():
        paper.store.set_fact("applied_seq", 10**9)  # as if this node's store were ahead of that of another
    paper.purge()
    assert "Ferry returns" in paper.text(story.url)
    paper.render(story.url)
    assert "Ferry returns" in paper.text(story.url)

    paper.clock.now += 31
    paper.purge()

    assert eventually(lambda: "Ferry sinks" in paper.text(story.url))


def test_readers_are_shown_no_keys(paper: Paper, story: Story) -> None:
    told = {name.lower() for name, _ in paper.get(story.url).getheaders()}

    assert not told & {"surrogate-key", "surrogate-control", "xkey"}
    assert {"etag", "cache-control", "age"} <= told
