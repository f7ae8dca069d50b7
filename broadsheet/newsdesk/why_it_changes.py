"""Why a published story changes, as its editor says it in the form: asked anew for every update."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from broadsheet.stories.models import Act, ChangeClass, PublishedVersion, RecordedKind, Story

MEANINGS: Mapping[str, Promise | str] = {
    ChangeClass.TYPO: _("A slip of spelling or grammar; the meaning stays the same."),
    ChangeClass.UPDATE: _("Something new; what stood there was right when it was written."),
    ChangeClass.CLARIFICATION: _("What stood there was right, but could be misunderstood. Needs a note."),
    ChangeClass.CORRECTION: _("What stood there was wrong. Needs a note."),
    ChangeClass.RETRACTION: _("The paper no longer stands by the story. Needs a note, which is set at its head."),
}
"""What each kind of change is, for the editor who has to choose."""


def choices_with_meanings() -> list[tuple[str, SafeString]]:
    """Return the kinds of change with their meanings, for radio buttons."""
    return [
        (kind.value, format_html("<span><b>{}</b> <span>{}</span></span>", kind.label, MEANINGS[kind]))
        for kind in ChangeClass
    ]


def is_to_be_explained(story: Story) -> bool:
    """Tell whether readers have seen the story, so that they are told why it changes."""
    return bool(story.pk and story.first_published_at)


def forget_spent_explanation(story: Story) -> None:
    """Empty the reason of a story's newest version where it was that of an update readers have seen already."""
    if is_to_be_explained(story) and story.change_class and _is_spent(story):
        forget_explanation(story)


def forget_explanation(story: Story) -> None:
    """Empty the reason that a version carries, for instance an old one that is being restored."""
    story.change_class = story.change_note = ""
    story.change_is_serious = False


def _is_spent(story: Story) -> bool:
    """Tell whether the newest version is the one that became public, or older and with the very same reason."""
    published = PublishedVersion.objects.filter(kind=RecordedKind.STORY, object_id=story.pk, act=Act.PUBLISHED)
    last = published.order_by("-number").only("revision_id", "change_class", "note", "at").first()
    newest = Revision.objects.filter(pk=story.latest_revision_id).only("pk", "created_at").first()
    if last is None or newest is None:
        return newest is None
    same = (last.change_class, last.note) == (story.change_class, story.change_note.strip())
    return last.revision_id == newest.pk or (same and newest.created_at <= last.at)
