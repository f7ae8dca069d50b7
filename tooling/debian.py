"""Programs that come as Debian packages: which are here, and installing those that are not."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

POSTGRESQL_PORT = 5432
REDIS_PORT = 6379
SERVERS = Path("/usr/sbin")
"""Where Debian keeps servers; not every user's PATH names it."""
_LOCK_TIMEOUT_SECONDS = 300


class MissingProgramError(Exception):
    """Something must be installed by hand first; the message says what."""


@dataclass(frozen=True, kw_only=True)
class Need:
    """One program, the Debian package that carries it, and how to see whether it is here."""

    program: str
    package: str
    is_here: Callable[[], bool]


def find_program(name: str) -> Path | None:
    """Return the path of a program on PATH or where Debian keeps servers; PostgreSQL's own of the newest version."""
    if found := shutil.which(name):
        return Path(found)
    if (SERVERS / name).exists():
        return SERVERS / name
    folders = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    return max(folders, key=lambda path: int(path.parts[4]), default=None)


def answers(port: int) -> bool:
    """Tell whether a server of this machine accepts connections on `port`."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def _virtual_environments() -> Need:
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return Need(
        program="Python's venv and ensurepip",
        package=f"{version}-venv",
        is_here=lambda: find_spec("ensurepip") is not None,
    )


VIRTUAL_ENVIRONMENTS = _virtual_environments()
CHROMIUM = Need(program="Chromium", package="chromium", is_here=lambda: find_program("chromium") is not None)
JAVA = Need(program="Java", package="default-jre-headless", is_here=lambda: find_program("java") is not None)
CADDY = Need(program="Caddy", package="caddy", is_here=lambda: find_program("caddy") is not None)
NGINX = Need(program="nginx", package="nginx", is_here=lambda: find_program("nginx") is not None)
OPENSSL = Need(program="OpenSSL", package="openssl", is_here=lambda: find_program("openssl") is not None)
NODE = Need(program="Node.js", package="nodejs", is_here=lambda: find_program("node") is not None)
NPM = Need(program="npm", package="npm", is_here=lambda: find_program("npm") is not None)
POSTGRESQL = Need(
    program="PostgreSQL",
    package="postgresql",
    is_here=lambda: find_program("initdb") is not None or answers(POSTGRESQL_PORT),
)
REDIS = Need(
    program="Redis",
    package="redis-server",
    is_here=lambda: find_program("redis-server") is not None or answers(REDIS_PORT),
)
VARNISH = Need(program="Varnish", package="varnish", is_here=lambda: find_program("varnishd") is not None)
VARNISH_MODULES = Need(
    program="Varnish's module xkey",
    package="varnish-modules",
    is_here=lambda: any(Path("/usr/lib").glob("*/varnish/vmods/libvmod_xkey.so")),
)


def missing(*needs: Need) -> MissingProgramError:
    """Return the error whose one sentence says how to install these programs."""
    names = ", ".join(need.program for need in needs)
    packages = " ".join(need.package for need in needs)
    return MissingProgramError(f"Missing: {names}. On Debian or Ubuntu: sudo apt install {packages}")


def install_missing(*needs: Need) -> None:
    """Install with apt whatever is missing when we are root; else, or when apt fails, raise `MissingProgramError`."""
    packages = [need.package for need in needs if not need.is_here()]
    if packages and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing Debian packages: {' '.join(packages)}", flush=True)
        _apt_get("update", "--quiet=2")
        _apt_get("install", "--quiet=2", "--yes", "--no-install-recommends", *packages)
    if still_missing := [need for need in needs if not need.is_here()]:
        raise missing(*still_missing)


def _apt_get(*arguments: str) -> None:
    subprocess.run(
        ["apt-get", "-o", f"DPkg::Lock::Timeout={_LOCK_TIMEOUT_SECONDS}", *arguments],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdout=subprocess.DEVNULL,
        check=False,
    )
