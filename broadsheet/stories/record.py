"""The record of what was published: every version for good, who, when and why.

`publishing/` writes these rows and nothing else does; readers' pages read them. The database refuses to change or
delete what must stay (`stories/record_guards.py`). Rows name pages, versions and people by number and by name, without
foreign keys: the record outlives what it tells of.
"""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class RecordedKind(models.TextChoices):
    """What sort of thing a record tells of."""

    STORY = "story", _("Story")
    PAGE = "page", _("Page")
    FRONT = "front", _("Front")


class Act(models.TextChoices):
    """What was done to something that readers see, or saw from then on."""

    PUBLISHED = "published", _("Published")
    UNPUBLISHED = "unpublished", _("Unpublished")
    TAKEN_DOWN = "taken-down", _("Taken down")
    DELETED = "deleted", _("Deleted")


class ChangeClass(models.TextChoices):
    """Why a published story was changed, from the least to the gravest; told to readers."""

    TYPO = "typo", _("Typo")
    UPDATE = "update", _("Update")
    CLARIFICATION = "clarification", _("Clarification")
    CORRECTION = "correction", _("Correction")
    RETRACTION = "retraction", _("Retraction")


NOTED_CLASSES = (ChangeClass.CLARIFICATION, ChangeClass.CORRECTION, ChangeClass.RETRACTION)
"""Classes that need a note to readers, stand at the story and on the page of corrections."""


class Source(models.TextChoices):
    """By what way a change came."""

    NEWSROOM = "newsroom", _("Newsroom")
    CLOCK = "clock", _("Embargo clock")
    IMPORT = "import", _("Import")
    PROGRAM = "program", _("Program")
    OUTSIDE = "outside", _("Outside the newsroom")


class PublishedVersion(models.Model):
    """One act upon something published, and the whole of its text and structure as it stood from then on.

    `number` counts from 1 for each object. `content` is that of `stories/recorded_content.py`, empty for acts that
    take something away; `digest` is its SHA-256; `names` gives the names of those whom the content knows by number.
    `change_class` is empty at a first publication and where nobody chose one. `is_serious` sets a correction at the
    story's head instead of its foot. `revision_id` is the newsroom's version that became public, if there was one.
    """

    kind = models.CharField(max_length=8, choices=RecordedKind.choices)
    object_id = models.BigIntegerField()
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=12, choices=Act.choices, default=Act.PUBLISHED)
    change_class = models.CharField(_("kind of change"), max_length=14, choices=ChangeClass.choices, blank=True)
    note = models.TextField(_("note to readers"), blank=True)
    is_serious = models.BooleanField(default=False)
    content = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    names = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(_("at"))
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.NEWSROOM)
    revision_id = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("published version")
        verbose_name_plural = _("published versions")
        constraints = [models.UniqueConstraint(fields=["kind", "object_id", "number"], name="published_version_number")]
        indexes = [
            models.Index(
                fields=["-at", "-id"],
                name="published_version_noted",
                condition=models.Q(change_class__in=[*NOTED_CLASSES]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}, version {self.number}"


class AmendmentKind(models.TextChoices):
    """What is taken back from the public part of the record, while the record itself stays."""

    NOTE_WITHDRAWN = "note-withdrawn", _("Note withdrawn")
    WORDS_WITHHELD = "words-withheld", _("Words withheld")


class RecordAmendment(models.Model):
    """A tombstone on a version: its note to readers, or its words, are no longer shown, for the reason that is."""

    kind = models.CharField(max_length=16, choices=AmendmentKind.choices)
    version = models.ForeignKey(PublishedVersion, on_delete=models.DO_NOTHING, related_name="amendments")
    reason = models.TextField(_("reason, told to readers"))
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("amendment of the record")
        verbose_name_plural = _("amendments of the record")
        constraints = [models.UniqueConstraint(fields=["kind", "version"], name="amended_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.reason}"


class TakedownGround(models.TextChoices):
    """Why a story had to go at once."""

    LEGAL = "legal", _("Legal")
    SAFETY = "safety", _("Safety of a person")


class Takedown(models.Model):
    """A story that was taken away from readers altogether; its address answers 410 with `sentence`.

    `page_id` is the story's. In force until `lifted_at`.
    """

    page_id = models.BigIntegerField()
    ground = models.CharField(_("ground"), max_length=6, choices=TakedownGround.choices)
    sentence = models.TextField(_("sentence for readers"))
    reason = models.TextField(_("reason, for the record only"), blank=True)
    photo_ids = models.JSONField(default=list)
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200, blank=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("takedown")
        verbose_name_plural = _("takedowns")
        constraints = [
            models.UniqueConstraint(
                fields=["page_id"], condition=models.Q(lifted_at__isnull=True), name="taken_down_once"
            )
        ]

    def __str__(self) -> str:
        return f"page {self.page_id}: {self.sentence}"


class ShownPhoto(models.Model):
    """That a page which readers see shows a photo with its words, as the newest row of its record says.

    Written with each row of the record. Wagtail's own index of references is not asked: it knows nothing of bulk
    loads, `update()` and SQL, and is brought up to date after the commit. `own_caption` tells whether the photo's own
    caption is shown anywhere on the page.
    """

    page_id = models.BigIntegerField()
    photo_id = models.BigIntegerField(db_index=True)
    own_caption = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page_id", "photo_id"], name="photo_shown_once")]

    def __str__(self) -> str:
        return f"page {self.page_id}: photo {self.photo_id}"


class FormerPhotoWords(models.Model):
    """What a photo said until then, kept by the database itself when the words of a shown photo change or go.

    For rows of the record that hold no words of photos (`recorded_photos.py`).
    """

    photo_id = models.BigIntegerField()
    caption = models.TextField(blank=True)
    credit = models.CharField(max_length=255, blank=True)
    alt_text = models.TextField(blank=True)
    is_decorative = models.BooleanField()
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["photo_id", "until"], name="former_photo_words")]

    def __str__(self) -> str:
        return f"photo {self.photo_id} until {self.until}"


class UnrecordedChange(models.Model):
    """A published page whose text changed in the database, and of which the record says nothing yet.

    Written by the database itself (`stories/record_guards.py`) in whatever transaction touches published text, and
    taken away by whoever writes the record, mostly in that same transaction. What stays was changed behind the
    newsroom's back; `publishing/record_unrecorded.py` puts it on the record within a second.
    """

    page_id = models.BigIntegerField(unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"page {self.page_id}"
