"""Files of stored pages: whatever changes in the store, and whenever the exporter dies, they are as the store says."""

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadsheet.delivery.exporting import export_pages as module
from broadsheet.delivery.exporting.export_pages import (
    AlreadyExportedError,
    clear_exported,
    is_exporting,
    next_exporter,
    sole_exporter,
)
from broadsheet.delivery.exporting.file_names import CONTENT_TYPES
from broadsheet.delivery.exporting.page_files import PageFiles
from broadsheet.delivery.exporting.usual_headers import usual_headers
from broadsheet.delivery.page_store import PageStore, State
from broadsheet.delivery.tests.exported import (
    USUAL,
    an_exporter,
    as_it_should_be,
    folder_of,
    forget,
    make_old,
    put,
    shown,
    take_away,
)
from broadsheet.kit.fail_points import VARIABLE

STORY = "/2026/11/27/ferry/"
LABELS = ("delivery.export_compared", "delivery.export_staged", "delivery.export_placed", "delivery.exported")
LONG = "The ferry is back, and so are the gulls. " * 40


class Died(BaseException):
    """The process is no more."""


@pytest.fixture(autouse=True)
def _without_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PageFiles, "sync", lambda self: None)


def test_a_page_has_its_file_in_each_encoding(store: PageStore) -> None:
    put(store, STORY, LONG)

    an_exporter(store).drain()

    files = shown(store, "pages")
    page = store.page(STORY)
    assert page is not None
    assert files == {
        "2026/11/27/ferry/@page.html": page.bodies.identity,
        "2026/11/27/ferry/@page.html.br": page.bodies.br,
        "2026/11/27/ferry/@page.html.gz": page.bodies.gzip,
    }
    assert shown(store, "fresh") == files


def test_what_is_written_may_be_read_by_the_server(store: PageStore) -> None:
    put(store, STORY)
    an_exporter(store).drain()
    file = folder_of(store) / "pages/2026/11/27/ferry/@page.html"

    assert file.stat().st_mode & 0o777 == 0o666 & ~_umask()
    assert [path.name for path in (folder_of(store) / "staging").iterdir()] == []


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def test_a_page_rendered_anew_takes_the_place_of_the_old_one(store: PageStore) -> None:
    exporter = an_exporter(store)
    put(store, STORY, LONG)
    exporter.drain()
    first = folder_of(store).joinpath("pages/2026/11/27/ferry/@page.html").stat()
    put(store, STORY, "Short.")
    exporter.drain()

    assert shown(store, "pages") == shown(store, "fresh") == {"2026/11/27/ferry/@page.html": b"Short."}
    second = folder_of(store).joinpath("pages/2026/11/27/ferry/@page.html").stat()
    assert first.st_mtime != second.st_mtime


def test_the_same_version_has_the_same_time_on_every_node(store: PageStore, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = PageStore(tmp_path / "other")
    for node in (store, other):
        put(node, STORY, LONG)
        an_exporter(node).drain()
    times = {int((folder_of(node) / f"pages{STORY}@page.html").stat().st_mtime) for node in (store, other)}
    other.close()

    assert len(times) == 1


def test_an_old_page_stays_for_the_day_when_the_application_is_dead(store: PageStore) -> None:
    exporter = an_exporter(store)
    put(store, STORY, LONG)
    exporter.drain()
    make_old(store, STORY)
    exporter.drain()

    assert len(shown(store, "pages")) == 3
    assert shown(store, "fresh") == {}

    put(store, STORY, LONG)
    exporter.drain()

    assert shown(store, "fresh") == shown(store, "pages")
    assert exporter.report.written == 1


@pytest.mark.parametrize("act", [take_away, forget])
def test_what_is_gone_from_the_store_is_gone_from_the_folder(store: PageStore, act) -> None:
    exporter = an_exporter(store)
    put(store, STORY, LONG)
    exporter.drain()
    act(store, STORY)
    exporter.step()

    assert shown(store, "pages") == shown(store, "fresh") == {}
    assert list((folder_of(store) / "pages").iterdir()) == []


def test_what_was_taken_away_waits_for_nothing_to_be_written(store: PageStore) -> None:
    exporter = an_exporter(store)
    put(store, STORY, LONG)
    exporter.drain()
    for number in range(module.AT_ONCE * 2):
        put(store, f"/story-{number}/")
    take_away(store, STORY)

    exporter.step()

    assert not any("ferry" in file for file in shown(store, "pages"))


def test_a_page_that_is_taken_away_while_it_is_written_is_not_put_there(
    store: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    exporter = an_exporter(store)
    exporter.drain()
    put(store, STORY, LONG)
    monkeypatch.setattr(PageFiles, "sync", lambda self: take_away(store, STORY))

    exporter.step()

    assert shown(store, "pages") == {}


@pytest.mark.parametrize(
    "how",
    [
        {"status": 404},
        {"status": 301},
        {"content_type": "application/octet-stream"},
        {"more": (("X-Robots-Tag", "noindex"),)},
    ],
)
def test_what_a_static_server_could_not_send_alike_is_not_exported(store: PageStore, how) -> None:
    exporter = an_exporter(store)
    put(store, STORY, LONG)
    put(store, "/topic/harbour/?before=5", LONG)
    put(store, "/../secret/", LONG)
    exporter.drain()
    assert len(shown(store, "pages")) == 3

    put(store, STORY, LONG, **how)
    exporter.drain()

    assert shown(store, "pages") == {}


def test_keys_for_caches_do_not_keep_a_page_from_being_exported(store: PageStore) -> None:
    put(store, STORY, more=(("Surrogate-Key", "a:5 site"),))
    an_exporter(store).drain()
    assert len(shown(store, "pages")) == 1


def test_a_page_of_another_type_leaves_none_of_the_first(store: PageStore) -> None:
    exporter = an_exporter(store)
    put(store, STORY, LONG)
    exporter.drain()
    put(store, STORY, LONG, content_type=CONTENT_TYPES["json"])
    exporter.drain()

    assert set(shown(store, "fresh")) == {f"2026/11/27/ferry/@page.json{suffix}" for suffix in ("", ".br", ".gz")}


def test_before_an_exporter_has_come_nothing_is_noted(store: PageStore) -> None:
    put(store, STORY)
    assert store.connection.execute("SELECT count(*) FROM to_export").fetchone() == (0,)


def test_what_readers_make_up_is_not_noted(store: PageStore) -> None:
    an_exporter(store).drain()
    put(store, "/nowhere/", status=404)
    put(store, "/topic/harbour/?before=5")
    make_old(store, "/nowhere/")

    assert store.connection.execute("SELECT count(*) FROM to_export").fetchone() == (0,)


def test_whatever_happened_to_the_folder_a_new_exporter_sees_to_it(store: PageStore) -> None:
    for name in ("/", STORY, "/topic/harbour/"):
        put(store, name, LONG)
    an_exporter(store).drain()
    pages = folder_of(store) / "pages"
    shutil.rmtree(pages / "topic")
    (pages / "@page.html.gz").unlink()
    (pages / "gone").mkdir()
    (pages / "gone/@page.html").write_text("Taken down")
    (folder_of(store) / "staging/rest").touch()

    an_exporter(store).drain()

    assert shown(store, "pages") == shown(store, "fresh") == as_it_should_be(store, "pages")
    assert shown(store, "staging") == {}


def test_a_store_that_was_made_anew_has_no_files(store: PageStore) -> None:
    put(store, STORY)
    an_exporter(store).drain()
    store.close()
    store.path.unlink()

    an_exporter(store).drain()

    assert shown(store, "pages") == shown(store, "fresh") == {}


def test_clearing_leaves_nothing_and_ends_the_noting(store: PageStore) -> None:
    put(store, STORY)
    an_exporter(store).drain()

    assert clear_exported(store=store, folder=folder_of(store)) == 1

    put(store, "/")
    assert not (folder_of(store) / "pages").exists()
    assert store.connection.execute("SELECT count(*) FROM to_export").fetchone() == (0,)


def test_a_node_has_one_exporter(tmp_path: Path) -> None:
    assert not is_exporting(tmp_path)
    with sole_exporter(tmp_path):
        assert is_exporting(tmp_path)
        with pytest.raises(AlreadyExportedError), sole_exporter(tmp_path):
            pass
    assert not is_exporting(tmp_path)


def test_another_exporter_stands_by_until_the_first_has_ended(tmp_path: Path) -> None:
    with ExitStack() as first:
        first.enter_context(sole_exporter(tmp_path))

        with next_exporter(tmp_path, is_stopped=lambda: bool(first.close())) as is_ours:
            assert is_ours
            assert is_exporting(tmp_path)

    assert not is_exporting(tmp_path)


def test_an_exporter_that_stands_by_ends_when_it_is_told_to(store: PageStore) -> None:
    command = [sys.executable, "-m", "broadsheet", "pages", "export"]
    with (
        sole_exporter(folder_of(store)),
        subprocess.Popen(command, env=_environment(store), stderr=subprocess.PIPE, text=True) as standby,
    ):
        assert standby.stderr is not None
        assert any("this one stands by" in line for line in standby.stderr)
        standby.terminate()
        assert standby.wait() == 0


def test_who_exports_once_by_hand_is_told_of_an_exporter_at_work(store: PageStore) -> None:
    with sole_exporter(folder_of(store)):
        assert _run_exporter(store) == 1


def test_the_usual_headers_are_those_of_readers_pages_and_need_no_database() -> None:
    headers = dict(usual_headers())
    assert headers["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert not {"Content-Type", "Cache-Control", "Vary", "Set-Cookie"} & set(headers)


NAMES = st.sampled_from(["/", "/a/", "/a", "/a/b/", "/a/b/c"])
ACTS = st.one_of(
    st.tuples(st.just(put), NAMES, st.sampled_from(["Short.", LONG, LONG * 2])),
    st.tuples(st.sampled_from([make_old, take_away, forget]), NAMES),
    st.tuples(st.just("step"), st.sampled_from([None, *LABELS])),
)


@given(st.lists(ACTS, max_size=25))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_and_whenever_the_exporter_dies(acts: list[tuple]) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        store = PageStore(Path(folder))
        exporter = an_exporter(store)
        for act, *arguments in acts:
            if act != "step":
                act(store, *arguments)
                continue
            patch.setattr(module, "reach", lambda label, at=arguments[0]: _die(label, at))
            with suppress(Died):
                exporter.step()
                continue
            exporter = an_exporter(store)
        patch.setattr(module, "reach", lambda label: None)
        exporter.drain()

        assert shown(store, "pages") == as_it_should_be(store, "pages")
        assert shown(store, "fresh") == as_it_should_be(store, "fresh")
        store.close()


def _die(label: str, at: str | None) -> None:
    if label == at:
        raise Died


@pytest.fixture
def killed(store: PageStore) -> PageStore:
    """A store that has been exported once, and where a page is new, one old, one replaced, and one gone since."""
    usual = tuple(usual_headers() - USUAL)
    for name in (STORY, "/", "/old/", "/taken-down/"):
        put(store, name, LONG, more=usual)
    _run_exporter(store)
    put(store, STORY, LONG + "Updated.", more=usual)
    put(store, "/new/", LONG, more=usual)
    make_old(store, "/old/")
    take_away(store, "/taken-down/")
    return store


@pytest.mark.parametrize("label", LABELS)
def test_killed_at_any_point_it_is_all_right_when_it_runs_again(killed: PageStore, label: str) -> None:
    assert _run_exporter(killed, die_at=label) == -9
    assert _run_exporter(killed) == 0

    assert shown(killed, "pages") == as_it_should_be(killed, "pages")
    assert shown(killed, "fresh") == as_it_should_be(killed, "fresh")
    assert len(shown(killed, "pages")) == 4 * 3
    assert killed.standing("/old/").state is State.STALE


def _run_exporter(store: PageStore, *, die_at: str = "") -> int:
    command = [sys.executable, "-m", "broadsheet", "pages", "export", "--once", "--json"]
    environment = _environment(store) | {VARIABLE: die_at}
    return subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode


def _environment(store: PageStore) -> dict[str, str]:
    database = "sqlite:////nowhere/main.db"  # an exporter asks the page store alone
    return os.environ | {"BROADSHEET_DATA": str(store.path.parent), "DATABASE_URL": database}
