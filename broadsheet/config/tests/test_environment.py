from pathlib import Path

import pytest

from broadsheet.config.environment import ConfigurationError, kept_secret_key, read_environment
from broadsheet.kit.sqlite_library import connection_options, is_safe_for_wal


@pytest.fixture(autouse=True)
def no_file_named_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BROADSHEET_CONFIG", raising=False)


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broadsheet.toml").write_text('site_url = "https://file.example"\npaper_name = "The File"\n')
    monkeypatch.setenv("SITE_URL", "https://environment.example")

    env = read_environment(directory=tmp_path)

    assert env.str("SITE_URL") == "https://environment.example"
    assert env.str("PAPER_NAME") == "The File"


def test_a_secret_may_be_given_by_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "key").write_text("from-the-file")
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.delenv("SECRET_KEY", raising=False)

    assert read_environment(directory=tmp_path).str("SECRET_KEY") == "from-the-file"


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "broadsheet.toml").write_text("site_url = https://forgot.the.quotes")

    with pytest.raises(ConfigurationError, match=r"broadsheet\.toml cannot be read as TOML"):
        read_environment(directory=tmp_path)


def test_the_secret_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    key = kept_secret_key(tmp_path)

    assert kept_secret_key(tmp_path) == key
    assert len(key) >= 50
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 6), True),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), False),
        ((3, 53, 4), True),
    ],
)
def test_an_sqlite_with_the_wal_bug_never_runs_in_wal_mode(version: tuple[int, ...], safe: bool) -> None:
    assert is_safe_for_wal(version) is safe
    assert ("journal_mode=WAL" in connection_options(version)["init_command"]) is safe
