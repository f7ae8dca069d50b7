"""How every process of the paper writes its log: a line for a person, or a JSON object a line for a machine.

What could open an account or name a reader never gets into it, whoever wrote the message: cookies, authorization
headers, tokens, passwords and mail addresses are struck out of messages and tracebacks alike.
"""

import logging
import re
import sys
import threading
from collections.abc import MutableMapping
from typing import Any

import structlog

logger = logging.getLogger(__name__)
FORMATS = ("json", "line")
STRUCK = "[struck out]"
SECRETS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"(?i)\b((?:set-)?cookie|(?:proxy-)?authorization|http_cookie|http_authorization)\b(['\"]?\s*[:=]\s*).*"
        ),
        r"\1\2" + STRUCK,
    ),
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}"), rf"\1 {STRUCK}"),
    (
        re.compile(
            r"(?i)\b([\w-]{0,40}(?:token|secret|password|passwd|sessionid|api_?key|signature)[\w-]{0,40})"
            r"(['\"]?\s*[:=]\s*)(?:'[^'\n]*'|\"[^\"\n]*\"|[^\s&,;'\")}\]]+)"
        ),
        rf"\1\2{STRUCK}",
    ),
    (re.compile(r"(?<=://)[^\s/@:]{1,200}:[^\s/@]{1,200}(?=@)"), STRUCK),
    (re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"), "[mail address]"),
)
Event = MutableMapping[str, Any]


class _Process:
    """What this process is for: `web`, `clock`, `tasks`, `follower`, `chores`, `keeper`, `supervisor` or `command`."""

    role = "command"


class _Thread(threading.local):
    """What this thread is for, where a process has several jobs: `notices`, `indexer` or `websub`."""

    role = ""


_thread = _Thread()


def set_role(role: str) -> None:
    """Say from now on, in every line of this process's log, what it is for."""
    _Process.role = role


def set_role_of_thread(role: str) -> None:
    """Say from now on, in every line that this thread logs, what it is for."""
    _thread.role = role


def log_what_would_be_printed() -> None:
    """Have what Python itself says on standard error stand in the log: exceptions that nobody caught, and warnings."""

    def log(kind: Any, error: Any, traceback: Any, where: str) -> None:
        logger.critical("%s: %s", where, error or kind, exc_info=(kind, error, traceback))

    sys.excepthook = lambda kind, error, traceback: log(kind, error, traceback, "This process ends")
    threading.excepthook = lambda args: log(args.exc_type, args.exc_value, args.exc_traceback, "A thread ends")
    sys.unraisablehook = lambda args: log(args.exc_type, args.exc_value, args.exc_traceback, "Passed over")
    logging.captureWarnings(capture=True)


def without_secrets(text: str) -> str:
    """Return a text without what must not be kept: secrets, and addresses of people."""
    for pattern, instead in SECRETS:
        text = pattern.sub(instead, text)
    return text


def logging_config(*, log_format: str = "", level: str = "INFO") -> dict[str, Any]:
    """Return the configuration of logging: `json` or `line`, or as it suits where the log goes."""
    chosen = log_format or ("line" if sys.stderr.isatty() else "json")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"chosen": {"()": f"{__name__}.formatter", "log_format": chosen}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "chosen"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {"django": {"handlers": []}, "django_tasks": {"level": "WARNING"}},
    }


def formatter(*, log_format: str) -> logging.Formatter:
    """Return what makes a line of a log record."""
    if log_format not in FORMATS:
        raise ValueError(f"LOG_FORMAT is {log_format!r}. Choose one of: {', '.join(FORMATS)}.")
    last = structlog.processors.JSONRenderer(ensure_ascii=False) if log_format == "json" else _as_line
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(allow=["status_code"]),
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            structlog.processors.format_exc_info,
            _in_order,
            last,
        ],
    )


def _in_order(logger: object, method: str, event: Event) -> Event:
    """Name what was logged as docs/operators/running.md says, with secrets struck out."""
    ordered: Event = {
        "time": event.pop("time"),
        "level": event.pop("level"),
        "role": _thread.role or _Process.role,
        "logger": event.pop("logger"),
        "message": event.pop("event"),
    }
    ordered.update(event)
    return {key: without_secrets(value) if isinstance(value, str) else value for key, value in ordered.items()}


def _as_line(logger: object, method: str, event: Event) -> str:
    known = [event.pop(key) for key in ("time", "level", "role", "logger", "message")]
    exception = event.pop("exception", "")
    line = "{} {} {} {}: {}".format(*known)
    return f"{line}\n{exception}" if exception else line
