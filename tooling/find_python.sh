#!/bin/sh
# Prints the Python to build the environment with: 3.13 or 3.12 where one runs (on PATH, or among the versions
# pyenv has installed), else 3.11. PYTHON=/path/to/python chooses by hand.
# A candidate is run before it is believed: a pyenv shim answers for versions that are not active.
set -u

runs() { # interpreter, wanted version ("3.13") or "any"
    "$1" -c '
import sys, sqlite3, ssl, zlib
wanted = sys.argv[1]
sys.exit(sys.version_info < (3, 11) if wanted == "any" else "%d.%d" % sys.version_info[:2] != wanted)
' "$2" >/dev/null 2>&1
}

if [ -n "${PYTHON:-}" ]; then
    runs "$PYTHON" any && command -v "$PYTHON" && exit 0
    echo "PYTHON=$PYTHON does not run, or is older than Python 3.11." >&2
    exit 1
fi

pyenv_versions="${PYENV_ROOT:-$HOME/.pyenv}/versions"
for version in 3.13 3.12 3.11; do
    for candidate in "python$version" "/usr/bin/python$version" \
        $(ls -d "$pyenv_versions/$version".* 2>/dev/null | sort -rV | sed 's|$|/bin/python|'); do
        if runs "$candidate" "$version"; then
            command -v "$candidate"
            exit 0
        fi
    done
done
if runs python3 any; then
    command -v python3
    exit 0
fi
echo "Broadsheet needs Python 3.11 or newer; on Debian or Ubuntu: apt install python3 python3-venv" >&2
exit 1
