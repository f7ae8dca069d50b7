"""Servers that tests need: those that answer on this machine, else private ones that live as long as the tests.

From the command line, to give one command a PostgreSQL to test on:
`python -m tooling.servers -- python -m pytest -m database`.
"""

import argparse
import getpass
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import redis

from tooling.debian import (
    JAVA,
    POSTGRESQL,
    POSTGRESQL_PORT,
    REDIS,
    REDIS_PORT,
    MissingProgramError,
    answers,
    find_program,
    missing,
)
from tooling.processes import free_port, running, stop_in_order_when_terminated

DATABASE_VARIABLE = "BROADSHEET_TEST_DATABASE_URL"
REDIS_VARIABLE = "BROADSHEET_TEST_REDIS_URL"
VNU_JAR = Path(__file__).resolve().parent.parent / "node_modules/vnu-jar/build/dist/vnu.jar"
_OLDEST_POSTGRESQL = 140_000  # Django 5.2 supports PostgreSQL 14 and later
_LAST_REDIS_DATABASE = 15  # a Redis has 16 databases unless configured otherwise


@contextmanager
def postgresql_server() -> Iterator[str]:
    """Yield the URL of a PostgreSQL on which databases may be created.

    It is the one of $BROADSHEET_TEST_DATABASE_URL, or one that answers on 127.0.0.1 with usual credentials, else a
    private one. Raises `MissingProgramError` when neither is to be had.
    """
    if url := _answering_postgresql():
        yield url
        return
    if find_program("initdb") is None:
        raise missing(POSTGRESQL)
    with _private_postgresql() as url:
        yield url


def _answering_postgresql() -> str | None:
    """Return a URL whose database name is ours alone, so that two runs on one server do not meet."""
    given = os.environ.get(DATABASE_VARIABLE)
    if given:
        return given
    if not answers(POSTGRESQL_PORT):
        return None
    for credentials in ("postgres:postgres", "postgres", getpass.getuser()):
        address = f"postgresql://{credentials}@127.0.0.1:{POSTGRESQL_PORT}"
        if _may_create_databases(f"{address}/postgres"):
            return f"{address}/broadsheet_{os.getpid()}"
    return None


def _may_create_databases(url: str) -> bool:
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            query = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            allowed = connection.execute(query).fetchone()
            return connection.info.server_version >= _OLDEST_POSTGRESQL and allowed == (True,)
    except psycopg.OperationalError:
        return False


@contextmanager
def _private_postgresql() -> Iterator[str]:
    """Run a cluster of our own in a temporary folder, without the safety (fsync) that tests do not need."""
    user = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    password = secrets.token_urlsafe(16)
    port = free_port()
    folder = tempfile.mkdtemp(prefix="broadsheet-pg-", dir="/tmp")  # a socket's path is 107 bytes at most
    try:
        make_cluster(Path(folder), user, password)
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": folder,
            "fsync": "off",
            "full_page_writes": "off",
            "synchronous_commit": "off",
        }
        command = [str(find_program("postgres")), "-D", f"{folder}/data"]
        command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        url = f"postgresql://postgres:{password}@127.0.0.1:{port}"
        ready = f"{url}/postgres"
        with running(command, is_ready=lambda: _may_create_databases(ready), user=user, stop_signal=signal.SIGINT):
            yield f"{url}/broadsheet"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_cluster(folder: Path, user: str | None, password: str) -> None:
    """Make an empty cluster in `folder`/data, owned by `user` (of this machine) if one is named."""
    password_file = folder / "password"
    password_file.write_text(password)
    if user:
        shutil.chown(folder, user)
        shutil.chown(password_file, user)
    command = [str(find_program("initdb")), "--pgdata", str(folder / "data"), "--username=postgres", "--no-sync"]
    command += ["--auth=scram-sha-256", f"--pwfile={password_file}", "--encoding=UTF8", "--locale=C.UTF-8"]
    subprocess.run(
        command, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL, extra_groups=[] if user else None
    )


@contextmanager
def redis_server() -> Iterator[str]:
    """Yield the URL of a Redis database without anyone's data, chosen as for PostgreSQL.

    On a server that answers an empty database is claimed by one key, and emptied afterwards.
    """
    given = os.environ.get(REDIS_VARIABLE) or _empty_redis_database()
    if given:
        try:
            yield given
        finally:
            with redis.Redis.from_url(given) as client:
                client.flushdb()
        return
    program = find_program("redis-server")
    if program is None:
        raise missing(REDIS)
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="broadsheet-redis-") as folder:
        keep_nothing = ["--save", "", "--appendonly", "no", "--dir", folder]
        command = [str(program), "--bind", "127.0.0.1", "--port", str(port), *keep_nothing]
        with running(command, is_ready=lambda: answers(port)):
            yield f"redis://127.0.0.1:{port}/0"


def _empty_redis_database() -> str | None:
    if not answers(REDIS_PORT):
        return None
    for number in range(_LAST_REDIS_DATABASE, 0, -1):
        url = f"redis://127.0.0.1:{REDIS_PORT}/{number}"
        claim = f"broadsheet-tests-{os.getpid()}"
        try:
            with redis.Redis.from_url(url) as client:
                if client.dbsize() == 0 and client.set("claimed-by", claim, nx=True):
                    return url
        except redis.RedisError:
            return None
    return None


@contextmanager
def vnu_server() -> Iterator[str]:
    """Yield the address of a Nu HTML checker; raises `MissingProgramError` without Java or the package vnu-jar."""
    if not JAVA.is_here():
        raise missing(JAVA)
    if not VNU_JAR.is_file():
        raise MissingProgramError("Missing: the Nu HTML checker. In the project's folder: npm ci")
    port = free_port()
    command = ["java", "-XX:TieredStopAtLevel=1", "-Xss8m", "-Xmx512m", "-Dnu.validator.servlet.bind-address=127.0.0.1"]
    command += ["-cp", str(VNU_JAR), "nu.validator.servlet.Main", str(port)]
    with running(command, is_ready=lambda: answers(port)):
        yield f"http://127.0.0.1:{port}/?out=json"


def main() -> int:
    """Run the command given after `--` with $BROADSHEET_TEST_DATABASE_URL set; its exit code is ours."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", nargs="+")
    command = parser.parse_args().command
    stop_in_order_when_terminated()
    with postgresql_server() as url:
        return subprocess.run(command, env={**os.environ, DATABASE_VARIABLE: url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
