"""Leaves a note on a story, for colleagues."""

from django.db import transaction

from broadsheet.accounts.models import User
from broadsheet.newsdesk.notifications.kinds import Kind
from broadsheet.newsdesk.notifications.notify import notify
from broadsheet.newsdesk.workflow.models import StoryNote
from broadsheet.newsdesk.workflow.staff import concerned_with
from broadsheet.pages.models import BasePage


@transaction.atomic
def add_note(*, story: BasePage, by: User, text: str) -> StoryNote:
    """Add a note to a story's thread, and tell its writers and its assignee."""
    note: StoryNote = StoryNote.objects.create(story_id=story.pk, by=by, text=text.strip())
    people = concerned_with(story)
    notify(kind=Kind.NOTE, key=f"note:{note.pk}", users=people, story=story, by=by, words=note.text)
    return note
