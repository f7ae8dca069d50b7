"""Makes what a purpose needs, and nothing when it is there already: `python -m tooling.prepare house`.

Purposes: `run` (a Python environment; the demonstration does the rest itself), `house` (also the database migrated and
static files gathered, for a paper of one's own), `check` (ruff, mypy and their like), `test` (also Chromium, Java,
PostgreSQL, Redis, nginx, Caddy, Varnish and the checkers of pages), `lighthouse` (`run`, Chromium and Lighthouse).
Written for the standard library alone, since it runs before anything is installed.
"""

import argparse
import fcntl
import hashlib
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

from tooling import debian

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PACKAGE = ROOT / "broadsheet"
NODE_MODULES = ROOT / "node_modules"
LOCKS = {"run": "run.txt", "house": "run.txt", "check": "dev.txt", "test": "dev.txt", "lighthouse": "run.txt"}
NEEDED_BY_TESTS = [
    debian.CADDY,
    debian.CHROMIUM,
    debian.JAVA,
    debian.NGINX,
    debian.NODE,
    debian.NPM,
    debian.OPENSSL,
    debian.POSTGRESQL,
    debian.REDIS,
    debian.VARNISH,
    debian.VARNISH_MODULES,
]


def main() -> int:
    """Prepare for one purpose; exit 1 with a sentence when something must be installed by hand first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("purpose", choices=LOCKS)
    purpose = parser.parse_args().purpose
    (ROOT / ".tooling").mkdir(exist_ok=True)
    with (ROOT / ".tooling" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            prepare(purpose)
        except debian.MissingProgramError as error:
            print(error, file=sys.stderr)
            return 1
        except subprocess.CalledProcessError as error:
            print(f"Failed: {' '.join(map(str, error.cmd))}", file=sys.stderr)
            return 1
    return 0


def prepare(purpose: str) -> None:
    """Bring Python packages, Debian packages, Node packages and the paper's data to what `purpose` needs."""
    _prepare_python(purpose)
    if purpose == "test":
        try:
            debian.install_missing(*NEEDED_BY_TESTS)
        except debian.MissingProgramError as error:
            if os.environ.get("CI"):
                raise
            print(f"{error}\nTests that need them are skipped.", file=sys.stderr)
        if debian.NPM.is_here():
            _prepare_node(without=["optional"])
    if purpose == "house":
        _prepare_house()
    if purpose == "lighthouse":
        debian.install_missing(debian.CHROMIUM, debian.NODE, debian.NPM)
        _prepare_node(without=[])


def _prepare_python(purpose: str) -> None:
    """Make `.venv` with the running interpreter and install the locked packages and the `broadsheet` command.

    A `.venv` that is a symbolic link belongs to another working copy and is used as it stands, unless it is gone.
    """
    if ENVIRONMENT.is_symlink():
        if ENVIRONMENT.exists():
            return
        ENVIRONMENT.unlink()
    locks = [ROOT / "requirements" / name for name in ("build.txt", LOCKS[purpose])]
    if not _environment_is_ours():
        debian.install_missing(debian.VIRTUAL_ENVIRONMENTS)
        print(f"Making .venv with Python {sys.version.split()[0]}", flush=True)
        _run(sys.executable, "-m", "venv", "--clear", ENVIRONMENT)
    stamp = ENVIRONMENT / f".installed-{LOCKS[purpose]}"
    key = _digest([*locks, ROOT / "pyproject.toml"], sys.version, str(ROOT))
    if _holds(stamp, key):
        return
    print("Installing Python packages (a minute or two the first time)", flush=True)
    pip = [str(ENVIRONMENT / "bin" / "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    _run(*pip, "--require-hashes", *(f"--requirement={lock}" for lock in locks))
    _run(*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT)
    stamp.write_text(key)


def _environment_is_ours() -> bool:
    """Tell whether `.venv` runs and has the version of the interpreter that runs us."""
    python = ENVIRONMENT / "bin" / "python"
    try:
        version = subprocess.check_output([python, "-c", "import sys; print(sys.version)"], text=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return version.strip() == sys.version.strip()


def _prepare_house() -> None:
    """Migrate the database and gather static files, unless both were done from the same sources already.

    Gathering compresses every file of the newsroom anew, which takes a quarter of a minute.
    """
    sources = [*PACKAGE.glob("*/migrations/*.py"), *PACKAGE.glob("*/static/**/*.*"), ROOT / "requirements" / "run.txt"]
    data = _data_folder()
    stamp = data / ".house-prepared"
    key = _digest(sorted(sources), os.environ.get("DATABASE_URL", ""))
    if _holds(stamp, key):
        return
    print("Preparing the database and static files", flush=True)
    broadsheet = (ENVIRONMENT / "bin" / "python", "-m", "broadsheet")
    _run(*broadsheet, "migrate", "--no-input", "--verbosity=0")
    _run(*broadsheet, "collectstatic", "--no-input", "--verbosity=0")
    data.mkdir(parents=True, exist_ok=True)
    stamp.write_text(key)


def _data_folder() -> Path:
    """Return the folder of the paper's data, as `broadsheet/config/settings.py` finds it."""
    configuration = Path(os.environ.get("BROADSHEET_CONFIG", ROOT / "broadsheet.toml"))
    values = tomllib.loads(configuration.read_text()) if configuration.is_file() else {}
    chosen = os.environ.get("BROADSHEET_DATA") or values.get("broadsheet_data") or "broadsheet-data"
    return ROOT / chosen


def _prepare_node(*, without: list[str]) -> None:
    """Install the locked Node packages; scripts of packages never run (see `.npmrc`)."""
    stamp = NODE_MODULES / ".prepared"
    key = _digest([ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc"], "")
    if _holds(stamp, f"{key} all") or _holds(stamp, f"{key} {without}"):
        return
    print("Installing Node packages", flush=True)
    _run("npm", "ci", "--loglevel=error", *(f"--omit={kind}" for kind in without))
    stamp.write_text(f"{key} {without}" if without else f"{key} all")


def _digest(files: Iterable[Path], *facts: str) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    digest.update("\0".join(facts).encode())
    return digest.hexdigest()


def _holds(stamp: Path, text: str) -> bool:
    return stamp.is_file() and stamp.read_text() == text


def _run(*command: str | Path) -> None:
    subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main())
