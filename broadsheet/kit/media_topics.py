"""IPTC Media Topics: the news trade's common list of subjects, by which others file what a paper sends them.

The list itself is IPTC's (https://iptc.org/standards/media-topics/) and is not kept here: a subject is known by its
code.
"""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

PREFIX = "medtop:"
VOCABULARY = "http://cv.iptc.org/newscodes/mediatopic/"
"""Its address as IPTC gives it; with the digits of a code it is the subject's own."""
CODE_LENGTH = len(PREFIX) + 8
is_media_topic = RegexValidator(r"^medtop:[0-9]{8}\Z", _("Write it as medtop: and eight digits."))


def media_topic_address(code: str) -> str:
    """Return the address by which the trade knows a subject: of `medtop:11000000` what ends in `11000000`."""
    return f"{VOCABULARY}{code.removeprefix(PREFIX)}"
