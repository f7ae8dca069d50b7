"""The forms in which stories and information pages are edited: what is filled in, refused, and asked for."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from broadsheet.bylines.models import Contributor
from broadsheet.kit import clock
from broadsheet.newsdesk.raw_html import forbidden_html_error, holds_html, widget_without_html
from broadsheet.newsdesk.schedule_fields import ScheduledPageForm
from broadsheet.newsdesk.taken_slug import taken_address_sentence, taken_slug_sentence
from broadsheet.newsdesk.why_it_changes import choices_with_meanings, is_to_be_explained
from broadsheet.newsdesk.workflow.models import RETURN_TO_WRITER, SEND_BACK
from broadsheet.pages.models import BasePage
from broadsheet.stories.attachments import Byline
from broadsheet.stories.permissions import USE_RAW_HTML, own_section_ids
from broadsheet.stories.readiness import HEADLINE, body_photo_problems, photo_problems
from broadsheet.stories.record import NOTED_CLASSES
from broadsheet.wire.hold_embargo import agency_embargo, agency_kill

WHY_IT_CHANGES = ("change_class", "change_note", "change_is_serious")


class BodyForm(ScheduledPageForm):
    """A form with a body in which HTML is for a trusted few, and with a schedule."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_use_html = self.for_user is None or self.for_user.has_perm(USE_RAW_HTML)
        field = self.fields.get("body")
        body = getattr(self.instance, "body", None)
        if field and not self.may_use_html and not holds_html(body, self.data, self.add_prefix("body")):
            field.widget = widget_without_html(field.block)

    def clean(self) -> dict[str, Any]:
        """Refuse HTML that this user added or changed; say which page has a slug that is taken."""
        slug = self.cleaned_data.get("slug")
        cleaned: dict[str, Any] = super().clean()
        if slug and "slug" in self.errors and self.parent_page is not None:
            sentence = taken_slug_sentence(slug, parent=self.parent_page, page=self.instance)
            self.errors["slug"] = self.error_class([sentence] if sentence else self.errors["slug"])
        body = cleaned.get("body")
        if body is not None and not self.may_use_html:
            error = forbidden_html_error(body, self.instance.body)
            if error:
                self.add_error("body", error)
        return cleaned


class StoryForm(BodyForm):
    """A story's form. A draft may be incomplete; publishing and sending for approval ask for the whole."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if instance is not None and instance.pk is None and kwargs.get("for_user"):
            fill_new_story(instance, kwargs["for_user"])
        if instance is not None:
            follow_merged_topics(instance)
        super().__init__(*args, **kwargs)
        if "section" in self.fields:
            self.fields["section"].required = True
        self._ask_why_it_changes()

    def _ask_why_it_changes(self) -> None:
        """Offer the kinds of change with their meanings; ask nothing of a story that readers have not seen."""
        if not is_to_be_explained(self.instance):
            for name in WHY_IT_CHANGES:
                self.fields.pop(name, None)
        elif "change_class" in self.fields:
            self.fields["change_class"].choices = choices_with_meanings()

    def clean(self) -> dict[str, Any]:
        """Check what publication needs, unless this is a draft being saved."""
        cleaned: dict[str, Any] = super().clean()
        if len(cleaned.get("title") or "") > HEADLINE.most:
            self.add_error("title", _("A headline has at most %(most)d characters.") % {"most": HEADLINE.most})
        if not self.is_deferred_validation:
            self._check_bylines()
            self._check_photos(cleaned)
            self._check_section(cleaned)
            self._check_why_it_changes(cleaned)
            self._check_address(cleaned)
            self._check_embargo(cleaned)
        return cleaned

    def _check_why_it_changes(self, cleaned: dict[str, Any]) -> None:
        """Ask for the reason of an update, and for the note where readers need one; not of what is sent back."""
        if "change_class" not in self.fields or self.data.get("workflow-action-name") in {SEND_BACK, RETURN_TO_WRITER}:
            return
        kind = cleaned.get("change_class")
        if not kind and "change_class" not in self.errors:
            self.add_error("change_class", _("Say why the published story changes: choose one of these."))
        elif kind in NOTED_CLASSES and not (cleaned.get("change_note") or "").strip():
            sentence = _("Tell readers what was wrong or unclear, and what is right now.")
            self.add_error("change_note", sentence)
        if kind not in NOTED_CLASSES:
            cleaned["change_is_serious"] = False

    def _check_bylines(self) -> None:
        formset = self.formsets.get("bylines")
        if formset is None:
            return
        if not any(form["contributor"].value() and not form["DELETE"].value() for form in formset.forms):
            self.add_error(None, _("Say who wrote this story: it needs at least one byline."))

    def _check_address(self, cleaned: dict[str, Any]) -> None:
        """Refuse a first publication at an address that another story has: its day may not be that of its draft."""
        slug = cleaned.get("slug")
        if not slug or self.parent_page is None or self.instance.first_published_at:
            return
        sentence = taken_address_sentence(
            slug, go_live_at=cleaned.get("go_live_at"), parent=self.parent_page, page=self.instance
        )
        if sentence:
            self.add_error("slug", sentence)

    def _check_embargo(self, cleaned: dict[str, Any]) -> None:
        """Refuse to plan, or publish, what the agency of whose item the story was made has under embargo, or killed.

        Neither keeps anything from readers that they see already.
        """
        moment = cleaned.get("go_live_at") or (clock.now() if "action-publish" in self.data else None)
        if moment is None or not self.instance.pk or self.instance.live:
            return
        at = max(moment, clock.now())
        if reason := agency_embargo(self.instance.pk, at):
            self.add_error("go_live_at" if "go_live_at" in self.fields else None, reason)
        if reason := agency_kill(self.instance.pk):
            self.add_error(None, reason)

    def _check_photos(self, cleaned: dict[str, Any]) -> None:
        photo = cleaned.get("lead_photo")
        if photo and "lead_photo" in self.fields:
            for problem in photo_problems(photo):
                self.add_error("lead_photo", problem)
        if body := cleaned.get("body"):
            problems = list(dict.fromkeys(body_photo_problems(body)))
            if problems:
                self.add_error(None, ValidationError([ValidationError(problem) for problem in problems]))

    def _check_section(self, cleaned: dict[str, Any]) -> None:
        """Refuse a section editor's publishing into a section of somebody else's."""
        section = cleaned.get("section")
        if section is None or not self.data.get("action-publish") or not self.for_user or self.parent_page is None:
            return
        publishes_anywhere = self.parent_page.permissions_for_user(self.for_user).can_publish_subpage()
        if not publishes_anywhere and section.pk not in own_section_ids(self.for_user):
            self.add_error(
                "section", _("You publish the stories of your own sections. Save this one, and send it for approval.")
            )


def fill_new_story(story: BasePage, user: Any) -> None:
    """Give a story that is being begun its author's byline and section, where they have just one."""
    contributor = Contributor.objects.filter(user=user).first()
    if contributor and not story.bylines.all():
        story.bylines = [Byline(contributor=contributor)]
    sections = list(user.edited_sections.all()[:2])
    if story.section_id is None and len(sections) == 1:
        story.section = sections[0]


def follow_merged_topics(story: BasePage) -> None:
    """Put the topics that others were merged into where a kept version of the story still names those."""
    rows = list(story.story_topics.all())
    if not any(row.topic.merged_into_id for row in rows):
        return
    seen: set[int] = set()
    kept = []
    for row in rows:
        row.topic = row.topic.merged_into or row.topic
        if row.topic_id not in seen:
            seen.add(row.topic_id)
            kept.append(row)
    story.story_topics = kept
