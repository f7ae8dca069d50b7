"""What readers are told by the machine's names of fields, passages and changes."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from broadsheet.stories.compare_versions import Change

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FIELD_LABELS: dict[str, "StrOrPromise"] = {
    "kicker": _("Line above the headline"),
    "headline": _("Headline"),
    "short_headline": _("Headline on fronts"),
    "standfirst": _("Introduction"),
    "byline": _("Byline"),
    "dateline": _("Dateline"),
    "caption": _("Caption of the lead photo"),
    "credit": _("Credit of the lead photo"),
    "alt_text": _("Alternative text of the lead photo"),
    "body": pgettext_lazy("of a story", "Text"),
    "topics": _("Topics"),
    "section": _("Section"),
}
KIND_LABELS: dict[str, "StrOrPromise"] = {
    "photo": _("Photo"),
    "photo_credit": _("Credit of the photo"),
    "photo_alt_text": _("Alternative text of the photo"),
    "gallery": _("Gallery"),
    "pull_quote": _("Pull quote"),
    "quote": _("Quotation"),
    "list": _("List"),
    "fact_box": _("Fact box"),
    "table": _("Table"),
    "embed": _("Embed"),
    "related_story": _("Related story"),
    "correction_note": _("Correction"),
    "preformatted": _("Preformatted text"),
    "unrecognised": _("Text from the archive"),
    "html": _("Other content"),
}
"""Kind of passage -> its name, for passages that are not plain text of their field."""
CHANGE_LABELS: dict[str, "StrOrPromise"] = {
    Change.MOVED: _("Moved here"),
    Change.RESHAPED: _("Only a link, the emphasis or a picture changed"),
}
"""What cannot be seen from the words."""
BESIDES_LABELS: dict[str, "StrOrPromise"] = {
    "work-type": _("type of work"),
    "language": _("language"),
    "photo": _("lead photo"),
    "photos": _("photos in the text"),
    "related": _("related stories"),
    "search": _("words for search engines and shared links"),
    "date": _("date of publication"),
}
LABELS = FIELD_LABELS | CHANGE_LABELS | BESIDES_LABELS
