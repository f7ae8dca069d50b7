from pathlib import Path

import pytest
from django.db import connection
from django.test import override_settings

from broadsheet.delivery.exporting.export_pages import sole_exporter
from broadsheet.ops import checks


def test_an_sqlite_that_may_lose_commits_is_named_loudly() -> None:
    with override_settings(SQLITE_VERSION=(3, 40, 1)):
        found = checks.sqlite_is_safe()
    with override_settings(SQLITE_VERSION=(3, 53, 4)):
        fine = checks.sqlite_is_safe()

    on_sqlite = connection.vendor == "sqlite"
    assert [message.id for message in found] == (["broadsheet.W001"] if on_sqlite else [])
    assert fine == []


def test_a_short_secret_is_refused() -> None:
    with override_settings(PROFILE="production", SECRET_KEY="short"):
        assert [message.id for message in checks.secret_is_long()] == ["broadsheet.E001"]
    with override_settings(PROFILE="production", SECRET_KEY="s" * 50):
        assert checks.secret_is_long() == []


def test_a_directory_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with override_settings(BROADSHEET_DATA=tmp_path / "missing"):
        assert [message.id for message in checks.data_is_writable()] == ["broadsheet.E002"]
    with override_settings(BROADSHEET_DATA=tmp_path):
        assert checks.data_is_writable() == []


@pytest.mark.parametrize(
    ("address", "ids"), [("http://127.0.0.1:8000", ["broadsheet.W002"]), ("https://www.paper.example", [])]
)
def test_a_site_on_the_net_needs_its_own_address(address: str, ids: list[str]) -> None:
    with override_settings(SITE_URL=address):
        assert [message.id for message in checks.site_has_an_address()] == ids


def test_every_finding_says_how_to_mend_it() -> None:
    with override_settings(
        PROFILE="production", SECRET_KEY="short", SQLITE_VERSION=(3, 40, 1), BROADSHEET_DATA=Path("/nowhere")
    ):
        found = [*checks.sqlite_is_safe(), *checks.secret_is_long(), *checks.data_is_writable()]

    assert found
    assert all(message.hint for message in found)


def test_exported_pages_that_nobody_keeps_are_warned_of(tmp_path: Path) -> None:
    with override_settings(BROADSHEET_DATA=tmp_path, EXPORT_PAGES=False):
        assert checks.exported_pages_are_kept_true() == []
        (tmp_path / "exported/pages").mkdir(parents=True)
        assert [message.id for message in checks.exported_pages_are_kept_true()] == ["broadsheet.W003"]
        with sole_exporter(tmp_path / "exported"):
            assert checks.exported_pages_are_kept_true() == []
    with override_settings(BROADSHEET_DATA=tmp_path, EXPORT_PAGES=True):
        assert checks.exported_pages_are_kept_true() == []
