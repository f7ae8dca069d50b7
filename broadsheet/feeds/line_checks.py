"""What may be written into the small files by which programs know the paper: trust.txt, ads.txt, security.txt."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

TRUST_LINE = re.compile(r"(?:member|belongto|control|controlledby|social|vendor|customer|disclosure|contact)=\S{1,500}")
"""An attribute and its value, as the JournalList's trust.txt specification 1.6 has them, no blanks between."""
DOMAIN = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
SELLER = rf"{DOMAIN}\s*,\s*[^,\s]+(?: [^,\s]+)*\s*,\s*(?:DIRECT|RESELLER)\s*(?:,\s*[0-9a-z]+)?"
VARIABLE = r"(?:CONTACT|SUBDOMAIN|INVENTORYPARTNERDOMAIN|OWNERDOMAIN|MANAGERDOMAIN)\s*=\s*\S.*"
ADS_LINE = re.compile(rf"(?:{SELLER}|{VARIABLE})\s*(?:#.*)?", re.IGNORECASE)
"""A seller or a variable, as the IAB's ads.txt 1.1 has them."""
CONTACT_LINE = re.compile(r"(?:mailto:[^\s@]+@[^\s@]+|tel:\+?[0-9-]+|https://\S+)")
"""An address to write to, to ring, or of a page, as RFC 9116, 2.5.3, has them."""


def _check(pattern: re.Pattern[str], text: str) -> None:
    """Raise ValidationError for the first line that is neither empty, nor a comment, nor as the pattern says."""
    for number, line in enumerate(text.splitlines(), start=1):
        said = line.strip()
        if said and not said.startswith("#") and not pattern.fullmatch(said):
            raise ValidationError(
                _("Line %(number)d cannot be read: %(line)s"), params={"number": number, "line": said[:80]}
            )


def check_trust(text: str) -> None:
    """Check lines of trust.txt."""
    _check(TRUST_LINE, text)


def check_ads(text: str) -> None:
    """Check lines of ads.txt."""
    _check(ADS_LINE, text)


def check_contacts(text: str) -> None:
    """Check contacts of security.txt; a comment is none."""
    if "#" in text:
        raise ValidationError(_("Write contacts alone, one a line."))
    _check(CONTACT_LINE, text)


def lines_of(text: str) -> list[str]:
    """Return the lines of a text that say anything."""
    return [line.strip() for line in text.splitlines() if line.strip()]
