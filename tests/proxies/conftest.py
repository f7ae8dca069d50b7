"""A paper that is made once for the tests of a module, and the programs they need."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.proxies.serving import Door, Paper, caddy, demand, nginx, wait_until
from tooling.debian import CADDY, NGINX, OPENSSL


@pytest.fixture(scope="module")
def made_paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    """A paper that is there, and not served."""
    demand(NGINX, OPENSSL)
    paper = Paper(tmp_path_factory.mktemp("paper"))
    paper.make()
    yield paper
    paper.kill()


@pytest.fixture
def paper(made_paper: Paper) -> Paper:
    """The paper, served."""
    if made_paper.process is None:
        made_paper.start()
    return made_paper


@pytest.fixture(params=["nginx", "caddy"])
def door(paper: Paper, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Door]:
    """A documented proxy in front of the paper."""
    application = f"127.0.0.1:{paper.port}"
    if request.param == "caddy":
        demand(CADDY)
        with caddy(tmp_path, paper.data, application) as door:
            yield door
    else:
        with nginx(tmp_path, paper.data, application) as (door, _):
            yield door


@pytest.fixture
def read_paper(paper: Paper, door: Door) -> Paper:
    """The paper, when readers have read all of it and its pages are exported."""

    def is_exported() -> bool:
        codes = {door.get(path).code for path in paper.addresses.values()}
        assert codes == {200}
        return all(paper.file(name, "fresh").exists() for name in paper.addresses)

    wait_until(is_exported)
    return paper
