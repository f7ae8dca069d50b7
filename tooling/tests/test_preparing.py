"""Setting up a machine: the right Python, the missing packages, servers that end with us."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tooling import debian
from tooling.debian import MissingProgramError, Need
from tooling.processes import ServerDidNotStartError, running
from tooling.servers import postgresql_server

ROOT = Path(__file__).resolve().parent.parent.parent
TYPESETTER = Need(program="a typesetter", package="typesetter", is_here=lambda: False)
PRESS = Need(program="a press", package="press", is_here=lambda: False)
INK = Need(program="ink", package="ink", is_here=lambda: True)


def test_a_pyenv_shim_that_does_not_run_is_not_believed(tmp_path: Path) -> None:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    shim = tmp_path / "shims" / f"python{version}"
    installed = tmp_path / "pyenv/versions" / f"{version}.99" / "bin/python"
    for path, text in ((shim, "exit 127"), (installed, f'exec "{sys.executable}" "$@"')):
        path.parent.mkdir(parents=True)
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)
    environment = {"PATH": f"{shim.parent}:/usr/bin:/bin", "PYENV_ROOT": str(tmp_path / "pyenv")}

    found = subprocess.check_output([ROOT / "tooling/find_python.sh"], env=environment, text=True).strip()

    assert found in {str(installed), f"/usr/bin/python{version}"}


def test_a_python_chosen_by_hand_must_run() -> None:
    chosen = subprocess.run(
        [ROOT / "tooling/find_python.sh"],
        env={"PYTHON": "/nowhere/python"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert chosen.returncode == 1
    assert "/nowhere/python does not run" in chosen.stderr


def test_who_may_not_install_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(MissingProgramError) as error:
        debian.install_missing(TYPESETTER, INK, PRESS)

    assert str(error.value) == (
        "Missing: a typesetter, a press. On Debian or Ubuntu: sudo apt install typesetter press"
    )


def test_root_gets_what_is_missing_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    needs = Need(program="a press", package="press", is_here=lambda: bool(asked))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(debian.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(debian, "_apt_get", lambda *arguments: asked.append(" ".join(arguments)))

    debian.install_missing(needs, INK)
    debian.install_missing(needs, INK)

    assert asked == ["update --quiet=2", "install --quiet=2 --yes --no-install-recommends press"]


def test_a_server_that_ends_at_once_shows_its_last_words() -> None:
    with (
        pytest.raises(ServerDidNotStartError, match="no paper"),
        running(["sh", "-c", "echo no paper; exit 3"], is_ready=lambda: False),
    ):
        pass


def test_a_server_ends_even_when_we_are_killed(tmp_path: Path) -> None:
    started = tmp_path / "started"
    program = f"""
from pathlib import Path
from tooling.processes import running
server = ["sh", "-c", "echo $$ > {started}; exec sleep 600"]
with running(server, is_ready=lambda: Path("{started}").exists() and Path("{started}").read_text().strip()):
    print("up", flush=True)
    input()
"""
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as tests:
        assert tests.stdout is not None
        assert tests.stdout.readline() == b"up\n"
        server = int(started.read_text())

        os.kill(tests.pid, signal.SIGKILL)

    assert _ends_within_seconds(server, 5)


def test_a_database_server_given_by_its_address_is_used_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROADSHEET_TEST_DATABASE_URL", "postgresql://press@db.example/paper")

    with postgresql_server() as url:
        assert url == "postgresql://press@db.example/paper"


def _ends_within_seconds(process: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        state = Path(f"/proc/{process}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False
