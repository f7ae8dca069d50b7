"""One generation of the paper's processes: what was installed and set when its keeper was started.

The supervisor starts it as a program of its own (`python -m broadsheet.ops.generation`), so that a reload brings new
code and new settings.
"""

import argparse
import gc
import logging
import logging.config
import os
import select
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module

import django

from broadsheet.kit.structured_logs import log_what_would_be_printed, logging_config
from broadsheet.ops.companions import Companion, Job, end_with, go_by, keep

logging.config.dictConfig(logging_config())  # until the settings say more: they may be what is wrong
log_what_would_be_printed()
go_by("keeper")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.config.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django is set up by the line above, and these need it
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from broadsheet.delivery.epoch import present_epoch  # noqa: E402
from broadsheet.ops.chores import do_chores  # noqa: E402
from broadsheet.ops.health_server import serve_health  # noqa: E402
from broadsheet.ops.readiness import migrations_are_missing  # noqa: E402
from broadsheet.ops.web_worker import run_web_worker  # noqa: E402

logger = logging.getLogger("broadsheet.ops.generation")
CLOCK_OUTLIVES_SECONDS = 30
"""As long as it may take until a paper that was killed is served again, its clocks ready with everything prepared."""
COMMANDS: Sequence[tuple[str, str, Sequence[str], int, int]] = (
    ("tasks worker", "tasks", ["db_worker", "--no-startup-delay", "--no-reload"], 0, 1),
    ("follower", "follower", ["pages", "follow"], 0, 1),
    ("embargo clock", "clock", ["embargo_clock"], CLOCK_OUTLIVES_SECONDS, 2),
    ("embargo clock", "clock", ["embargo_clock"], CLOCK_OUTLIVES_SECONDS, 2),
)
"""Name, role, management command, how long each outlives a paper that is killed, its turn in an orderly stop. The
second clock stands by, should the first one die."""
CHORES = {
    "notices": ["newsroom_notices"],
    "indexer": ["search", "follow"],
    "websub": ["websub", "follow"],
}
"""Role and management command of what shares one process beside those."""
CDN = ("cdn", "cdn", ["cdn", "follow"], 0, 1)
"""Runs beside them where the paper has a CDN."""
EXPORTER = ("exporter", "exporter", ["pages", "export"], 0, 1)
"""Runs beside them where nginx or Caddy serve pages as files."""


def commands() -> Sequence[tuple[str, str, Sequence[str], int, int]]:
    """Return the management commands that run beside the web workers of this paper."""
    wanted = [(CDN, bool(settings.CDN_URL)), (EXPORTER, settings.EXPORT_PAGES)]
    return [*COMMANDS, *(command for command, is_wanted in wanted if is_wanted)]


def members(*, workers: int, listening: int, health: int | None, ready: int) -> list[Companion]:
    """Return everything that runs in a generation."""
    held = [listening, ready] if health is None else [listening, ready, health]
    web = [
        Companion(
            f"web worker {place + 1}",
            partial(run_web_worker, place=place, descriptor=listening, ready=ready),
            role="web",
            ends=0,
        )
        for place in range(workers)
    ]
    beside = [
        Companion(name, partial(_alone, held, partial(_run, command)), role, outlives_seconds, turn)
        for name, role, command, outlives_seconds, turn in commands()
    ]
    beside.append(Companion("chores", partial(_alone, held, partial(do_chores, CHORES)), "chores"))
    if health is not None:
        beside.append(Companion("health", partial(_alone, [listening, ready], partial(serve_health, health)), "health"))
    return web + beside


def _alone(held: Sequence[int], job: Job) -> object:
    """Do a job without what only web workers need: a clock that outlives a paper must not hold its port."""
    for descriptor in held:
        os.close(descriptor)
    return job()


def _run(command: Sequence[str]) -> None:
    """Run a management command without Django's system checks: `serve` has made them, and they cost a process 15 MB."""
    call_command(*command)


def _stop_listening(told: int, descriptors: Sequence[int]) -> None:
    """Refuse connections from now on, if this is the end of the paper and not of a generation.

    At its end the supervisor is gone, or has closed the pipe by which a generation says that it is ready.
    """
    gone = select.poll()
    gone.register(told, 0)
    if any(event & select.POLLERR for _, event in gone.poll(0)):
        for descriptor in descriptors:
            with suppress(OSError), socket.socket(fileno=os.dup(descriptor)) as listening:
                listening.shutdown(socket.SHUT_RD)


def main(arguments: Sequence[str]) -> None:
    """Run a generation until the supervisor ends it."""
    parser = argparse.ArgumentParser(prog="broadsheet.ops.generation")
    for name in ("--parent", "--workers", "--listening", "--ready"):
        parser.add_argument(name, type=int, required=True)
    parser.add_argument("--health", type=int)
    options = parser.parse_args(arguments)
    end_with(options.parent)
    for descriptor in filter(None, (options.listening, options.ready, options.health)):
        os.set_inheritable(descriptor, False)
    os.set_blocking(options.ready, False)
    import_module(settings.ROOT_URLCONF)
    if migrations_are_missing():
        logger.error("The database is older than this version of the paper. Run `broadsheet migrate` first.")
        sys.exit(1)
    connections.close_all()
    present_epoch()
    gc.collect()
    gc.freeze()  # what the processes share stays shared: no collection of theirs writes to it
    run = members(workers=options.workers, listening=options.listening, health=options.health, ready=options.ready)
    listening = [one for one in (options.listening, options.health) if one is not None]
    keep(run, on_stop=partial(_stop_listening, options.ready, listening))


if __name__ == "__main__":
    main(sys.argv[1:])
