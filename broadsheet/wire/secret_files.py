"""Passwords and tokens of agencies: files of the operator's, each bound to the host that may get it.

A file in `WIRE_SECRETS` has two lines: the host, and what proves that we may read there: `user:password`, a token
with its kind (`Bearer …`), or a header (`X-Api-Key: …`). It goes to that host and to no other, so that whoever may
edit sources in the newsroom cannot have it sent to themselves.
"""

import base64
import re

from django.conf import settings
from django.utils.translation import gettext as _

from broadsheet.kit.outbound.guarded_request import origin

_TOKEN = re.compile(r"(?:Bearer|Basic|Token|Digest) \S.*", re.IGNORECASE)
_HEADER = re.compile(r"([A-Za-z0-9-]+): (\S.*)")


class SecretError(Exception):
    """A source's secret cannot be used; the message says why, and never what it is."""


def secret_headers(name: str, *, url: str) -> dict[str, str]:
    """Return the headers that prove to the host of `url` that we may read there. Raises SecretError."""
    if not name:
        return {}
    try:
        lines = (settings.WIRE_SECRETS / name).read_text(encoding="utf-8").split("\n")
    except (OSError, ValueError) as error:
        raise SecretError(_("The secret “%(name)s” cannot be read. Ask the operator.") % {"name": name}) from error
    host, proof = (lines[0].strip().lower(), lines[1].strip()) if len(lines) > 1 else ("", "")
    if not host or not proof:
        raise SecretError(_("The secret “%(name)s” has not two lines: host and password.") % {"name": name})
    if origin(url)[1].lower() != host:
        raise SecretError(_("The secret “%(name)s” is for another host.") % {"name": name})
    if _TOKEN.fullmatch(proof):
        return {"Authorization": proof}
    if found := _HEADER.fullmatch(proof):
        return {found[1]: found[2]}
    return {"Authorization": f"Basic {base64.b64encode(proof.encode()).decode()}"}
