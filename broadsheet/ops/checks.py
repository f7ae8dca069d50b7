"""What `broadsheet check` says about the machine and the settings, each with the way to mend it."""

import os
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register

from broadsheet.delivery.exporting.export_pages import FOLDER, is_exporting
from broadsheet.kit.sqlite_library import FIRST_SAFE_FOR_WAL, is_safe_for_wal

MINIMUM_SECRET_LENGTH = 40


@register(Tags.database)
def sqlite_is_safe(**kwargs: Any) -> list[CheckMessage]:
    """Warn when the SQLite in use may lose commits in WAL mode, so that WAL is off and writing slower."""
    if not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") or is_safe_for_wal(settings.SQLITE_VERSION):
        return []
    version, safe = (".".join(map(str, numbers)) for numbers in (settings.SQLITE_VERSION, FIRST_SAFE_FOR_WAL))
    return [
        checks.Warning(
            f"SQLite {version} can lose commits in WAL mode; the database runs in the slower rollback-journal mode.",
            hint=f"Use Python 3.12 or newer (pysqlite3 then brings SQLite {safe} or newer), or PostgreSQL: "
            "DATABASE_URL=postgres://user:password@host/name.",
            id="broadsheet.W001",
        )
    ]


@register(Tags.security)
def secret_is_long(**kwargs: Any) -> list[CheckMessage]:
    """Refuse a short secret key: sessions and links could be forged."""
    if settings.PROFILE == "test" or len(settings.SECRET_KEY) >= MINIMUM_SECRET_LENGTH:
        return []
    return [
        Error(
            f"SECRET_KEY has fewer than {MINIMUM_SECRET_LENGTH} characters.",
            hint="Remove it, and a good one is made and kept in BROADSHEET_DATA; or give one by SECRET_KEY_FILE.",
            id="broadsheet.E001",
        )
    ]


@register()
def data_is_writable(**kwargs: Any) -> list[CheckMessage]:
    """Refuse a data directory in which nothing can be kept."""
    if os.access(settings.BROADSHEET_DATA, os.W_OK | os.X_OK):
        return []
    return [
        Error(
            f"BROADSHEET_DATA ({settings.BROADSHEET_DATA}) cannot be written to.",
            hint="Give the directory to the user that runs broadsheet, or name another by BROADSHEET_DATA.",
            id="broadsheet.E002",
        )
    ]


@register(deploy=True)
def site_has_an_address(**kwargs: Any) -> list[CheckMessage]:
    """Warn when a site put on the net still calls itself this machine."""
    if "127.0.0.1" not in settings.SITE_URL and "localhost" not in settings.SITE_URL:
        return []
    return [
        checks.Warning(
            f"SITE_URL is {settings.SITE_URL}: shared links, feeds and e-mails would lead to the reader's own machine.",
            hint="Set SITE_URL=https://www.your-paper.example in the environment or in broadsheet.toml.",
            id="broadsheet.W002",
        )
    ]


@register()
def exported_pages_are_kept_true(**kwargs: Any) -> list[CheckMessage]:
    """Warn of exported pages that nobody keeps: they would show what was taken down since."""
    folder = settings.BROADSHEET_DATA / FOLDER
    if settings.EXPORT_PAGES or not (folder / "pages").exists() or is_exporting(folder):
        return []
    return [
        checks.Warning(
            f"There are exported pages in {folder}, and nothing replaces or removes them when stories change.",
            hint="Set EXPORT_PAGES=true, or remove them: broadsheet pages export --clear",
            id="broadsheet.W003",
        )
    ]
