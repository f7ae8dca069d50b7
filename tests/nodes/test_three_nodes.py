"""Three nodes over one PostgreSQL, of which one is cut off and returns: all end with the same bytes.

Each is what `broadsheet serve` runs for readers: a web worker on a port of its own, a follower, data of its own. The
cut lasts for some publications; `NODES_CUT_SECONDS` makes it last so long at least.
"""

import http.client
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from django.db import connection

from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.changes.selectors import newest_seq
from broadsheet.delivery.invalidate_pages import CURSOR
from broadsheet.delivery.page_store import PageStore
from broadsheet.delivery.render_page import Renderer
from broadsheet.delivery.tests.dying import take_down, unpublish, update
from broadsheet.kit import clock
from broadsheet.publishing.publish_story import publish_story
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import Story
from broadsheet.stories.tests.factories import make_story
from tests.nodes.wire import Wire
from tests.proxies.serving import ROOT, wait_until
from tooling.debian import answers
from tooling.processes import free_port, running

CUT_SECONDS = float(os.environ.get("NODES_CUT_SECONDS", "0"))
ACTS = 12
"""What the newsroom does before the cut, during it, and after it."""
Answer = tuple[int, str | None, bytes]


@dataclass
class Node:
    """What a reader and an operator see of a node."""

    port: int
    store: PageStore

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        reader = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            reader.request("GET", path)
            response = reader.getresponse()
            return response.status, response.getheader("ETag"), response.read()
        finally:
            reader.close()

    def answers(self, path: str) -> bool:
        """Tell whether it has the page, or gets it."""
        return self.get(path)[0] != 503

    def says_of_itself(self) -> dict[str, int]:
        """Return what its operator's tools hear."""
        return {path: self.get(path)[0] for path in ("/healthz", "/readyz", "/readyz?serving")}

    def is_up_to_date(self) -> bool:
        """Tell whether it has followed the whole log and rendered anew what changed."""
        return self.store.fact(CURSOR, -1) == newest_seq() and not self.store.names("state = 1")


@contextmanager
def running_node(folder: Path, database: str) -> Iterator[Node]:
    (folder / "static").mkdir(parents=True)
    environment = {
        "BROADSHEET_DATA": str(folder),
        "DATABASE_URL": database,
        "LOG_LEVEL": "ERROR",
        "PYTHONPATH": str(ROOT),
    }
    environment |= {"BROADSHEET_CONFIG": str(folder / "none.toml"), "PAGES_STORED": "true"}
    port, store = free_port(), PageStore(folder)
    follower = [sys.executable, "-m", "broadsheet", "pages", "follow"]
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    web += ["--blocking-threads", "1", "broadsheet.config.wsgi:application"]
    with (
        running(follower, is_ready=lambda: store.fact(CURSOR, -1) >= 0, environment=environment),
        running(web, is_ready=lambda: answers(port), environment=environment),
    ):
        yield Node(port, store)
    store.close()


class Newsroom:
    """It does this and that, and readers of all nodes read meanwhile."""

    def __init__(self, nodes: list[Node], chance: random.Random) -> None:
        self.nodes = nodes
        self.chance = chance
        self.editor = UserFactory.create(is_superuser=True)
        self.section = SectionFactory.create()
        self.number = 0

    def publish(self) -> None:
        self.number += 1
        story = make_story(headline=f"Story {self.number}", section=self.section, live=False)
        story.save_revision(user=self.editor)
        publish_story(story=story, user=self.editor)

    def rename_section(self) -> None:
        self.number += 1
        self.section.name = f"Section {self.number}"
        self.section.save()

    def change(self, how: Callable[[Story, object], None]) -> None:
        """Change a story that readers see, but for the first: there is always one. Else publish."""
        if stories := list(Story.objects.filter(live=True).order_by("pk")[1:]):
            how(self.chance.choice(stories), self.editor)
        else:
            self.publish()

    def act(self) -> None:
        acts = [self.publish, self.rename_section, *(lambda: self.change(update),) * 3]
        acts += [lambda: self.change(unpublish), lambda: self.change(take_down)]
        self.chance.choice(acts)()

    def addresses(self) -> list[str]:
        stories = [f"/{story.url_path.split('/', 2)[2]}" for story in Story.objects.order_by("pk")]
        lists = ["/", "/corrections/", f"/{clock.now().year}/", self.section.get_absolute_url()]
        return [*lists, *stories, *(f"{story}changes/" for story in stories)]


def test_a_wire_that_is_cut_passes_nothing() -> None:
    with Wire(host="127.0.0.1", port=1) as wire:
        assert answers(wire.port)
        wire.cut()
        assert not answers(wire.port)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_nodes_end_with_identical_bytes_though_one_was_cut_off(tmp_path: Path) -> None:
    place = connection.settings_dict
    url = "postgresql://{USER}:{PASSWORD}@{HOST}:{port}/{NAME}"
    seed = int(os.environ.get("NODES_SEED", random.randrange(10**6)))
    sys.stdout.write(f"NODES_SEED={seed}\n")
    with Wire(host=place["HOST"], port=int(place["PORT"])) as wire, ExitStack() as stack:
        ports = [place["PORT"], place["PORT"], wire.port]
        databases = [url.format(**place, port=port) for port in ports]
        nodes = [
            stack.enter_context(running_node(tmp_path / str(number), database))
            for number, database in enumerate(databases)
        ]
        newsroom = Newsroom(nodes, random.Random(seed))
        newsroom.publish()

        _busy(newsroom, nodes)
        _all_are_up_to_date(nodes)
        known = newsroom.addresses()
        before = {address: nodes[2].get(address) for address in known}

        wire.cut()
        cut_at = time.monotonic()
        _busy(newsroom, nodes[:2])
        while time.monotonic() < cut_at + CUT_SECONDS:
            newsroom.act()
        _all_are_up_to_date(nodes[:2])
        assert not nodes[2].is_up_to_date()
        assert nodes[2].says_of_itself() == {"/healthz": 200, "/readyz": 503, "/readyz?serving": 200}
        assert {address: nodes[2].get(address) for address in known} == before

        wire.mend()
        _busy(newsroom, nodes[:2])
        for address in newsroom.addresses():
            for node in nodes:
                wait_until(partial(node.answers, address))
        _all_are_up_to_date(nodes)

        renderer = Renderer()
        for address in newsroom.addresses():
            fresh = renderer.render(address)
            first, *others = [node.get(address) for node in nodes]
            assert others == [first, first], address
            assert (first[0], first[2]) == (fresh.status, fresh.body), address


def _busy(newsroom: Newsroom, nodes: list[Node]) -> None:
    for _ in range(ACTS):
        newsroom.act()
        for node in nodes:
            for address in newsroom.chance.choices(newsroom.addresses(), k=3):
                assert node.get(address)[0] in {200, 301, 302, 404, 410}, address
    for node in nodes:
        for address in newsroom.addresses():
            node.get(address)


def _all_are_up_to_date(nodes: list[Node]) -> None:
    for number, node in enumerate(nodes):
        try:
            wait_until(node.is_up_to_date)
        except AssertionError:
            followed, old = node.store.fact(CURSOR, -1), node.store.names("state = 1")
            raise AssertionError(f"Node {number} has followed to {followed} of {newest_seq()}; old: {old}") from None
