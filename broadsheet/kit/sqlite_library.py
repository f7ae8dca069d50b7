"""Which SQLite the process uses, and how its databases may be opened.

SQLite 3.7.0 to 3.51.2 can lose commits or corrupt a WAL database when a checkpoint races a commit of another
connection (fixed in 3.51.3; backported to 3.50.7 and 3.44.6). Debian 12's Python carries 3.40.1, so where a
wheel of pysqlite3 exists we use its newer library; elsewhere WAL is not used at all.
"""

import importlib
import sqlite3
import sys
from typing import Any

FIRST_SAFE_FOR_WAL = (3, 51, 3)
SAFE_BACKPORTS = {(3, 50): 7, (3, 44): 6}
BUSY_TIMEOUT_SECONDS = 20


def use_newest_library() -> tuple[int, ...]:
    """Put pysqlite3 in the place of the standard library's sqlite3 and return the version now in use.

    Must run before Django opens its first connection; without pysqlite3 the standard library's stays.
    """
    try:
        replacement = importlib.import_module("pysqlite3")
    except ImportError:
        return sqlite3.sqlite_version_info
    sys.modules["sqlite3"] = replacement
    sys.modules["sqlite3.dbapi2"] = replacement.dbapi2
    version: tuple[int, ...] = replacement.sqlite_version_info
    return version


def is_safe_for_wal(version: tuple[int, ...]) -> bool:
    """Tell whether this SQLite version is free of the WAL reset bug."""
    if version >= FIRST_SAFE_FOR_WAL and version[:2] != (3, 52):
        return True
    return version[2] >= SAFE_BACKPORTS.get((version[0], version[1]), sys.maxsize)


def connection_options(version: tuple[int, ...]) -> dict[str, Any]:
    """Return Django's OPTIONS for a SQLite database file opened by several processes."""
    if is_safe_for_wal(version):
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;"
    else:
        pragmas = "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL;"
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": BUSY_TIMEOUT_SECONDS,
        "init_command": pragmas,
    }
