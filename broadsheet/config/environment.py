"""Where settings come from: the environment first, then `broadsheet.toml`, then the defaults.

A secret may be given by file: `SECRET_KEY_FILE=/run/secrets/key` stands for `SECRET_KEY`.
"""

import os
import secrets
import tomllib
from pathlib import Path

import environ
from environ.fileaware_mapping import FileAwareMapping


class ConfigurationError(Exception):
    """A setting is missing or cannot be understood; the message says which and how to mend it."""


def read_environment(*, directory: Path) -> environ.Env:
    """Return the reader of all settings: environment over `broadsheet.toml` in `directory` (or $BROADSHEET_CONFIG)."""
    values = dict(_toml_values(Path(os.environ.get("BROADSHEET_CONFIG", directory / "broadsheet.toml"))))
    values.update(os.environ)
    env = environ.Env()
    env.ENVIRON = FileAwareMapping(env=values)
    return env


def _toml_values(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"{path} cannot be read as TOML: {error}. Mend the line, or remove the file."
        ) from error
    return {name.upper(): _as_environment_text(value) for name, value in table.items()}


def _as_environment_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(str(item) for item in value)
    return str(value)


def kept_secret_key(data: Path) -> str:
    """Return the secret key kept in `data`, made on the first start and readable by its owner only."""
    path = data / "secret-key"
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        data.mkdir(parents=True, exist_ok=True)
    key = secrets.token_urlsafe(50)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key)
    return key
