"""What stories are about: the paper's own list of subjects, persons, places and organisations."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from modelsearch import index
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from broadsheet.changes.logged_model import LoggedModel
from broadsheet.kit.media_topics import CODE_LENGTH, is_media_topic
from broadsheet.kit.slug_addresses import slug_address
from broadsheet.topics.cache_keys import TOPICS, topic_key, topic_names_key, topic_page_key, topic_words_key

FACTS = "facts"
PAGE_ONLY = frozenset({"photo_id", "parent_id", FACTS})
"""What of a topic nothing shows but its own page."""
DESCRIPTION = "description"
"""What its feeds show besides."""


class TopicKind(models.TextChoices):
    """What sort of thing a topic is."""

    SUBJECT = "subject", _("Subject")
    PERSON = "person", _("Person")
    PLACE = "place", _("Place")
    ORGANISATION = "organisation", _("Organisation")


class Topic(LoggedModel, index.Indexed, ClusterableModel):
    """A topic with its own page at /topic/slug/; a topic merged into another redirects there for ever."""

    kind = models.CharField(_("kind"), max_length=15, choices=TopicKind.choices, default=TopicKind.SUBJECT)
    name = models.CharField(_("name"), max_length=255)
    slug = models.SlugField(_("slug"), max_length=150, unique=True, allow_unicode=True)
    description = RichTextField(_("description"), blank=True, features=["bold", "italic", "link"])
    media_topic = models.CharField(
        _("IPTC Media Topic"),
        max_length=CODE_LENGTH,
        blank=True,
        validators=[is_media_topic],
        help_text=_("By which partners and search engines know the subject, such as medtop:11000000."),
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="children",
    )
    photo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="merged_topics",
    )

    search_auto_update = False  # the indexer of the search follows what is saved
    search_fields = [
        index.SearchField("name", boost=2),
        index.AutocompleteField("name"),
        index.RelatedFields("synonyms", [index.SearchField("name"), index.AutocompleteField("name")]),
        index.FilterField("kind"),
        index.FilterField("merged_into"),
    ]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    def change_keys(self) -> set[str]:
        """Return the key under which pages show this."""
        return {topic_key(self.pk)}

    def changed_keys(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
        """Return the keys of what is other now: of its own page alone, or of all that show it, and of its parents."""
        changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
        is_edited = bool(before and after)
        keys = {topic_words_key(self.pk)} if is_edited and DESCRIPTION in changed else set()
        if rest := changed - {DESCRIPTION}:
            keys.add(topic_page_key(self.pk) if rest <= PAGE_ONLY else topic_key(self.pk))
        if changed & {"parent_id", "merged_into_id"}:
            keys |= {topic_page_key(row["parent_id"]) for row in (before, after) if row.get("parent_id")}
        has_moved = bool(changed & {"slug", "merged_into_id"})
        return keys | {TOPICS} if has_moved else keys

    def _stored(self, *, until_saved: bool = False) -> dict[str, Any] | None:
        """Return its row with its facts."""
        row = super()._stored(until_saved=until_saved)
        if row is not None:
            row[FACTS] = list(TopicFact.objects.filter(topic=self.pk).values_list("label", "value", "as_of"))
        return row

    def get_absolute_url(self) -> str:
        """Return the address of the topic's page."""
        return slug_address("topic", self.slug)

    def clean(self) -> None:
        """Refuse a topic that would stand below itself, and a slug that leads readers to another topic."""
        super().clean()
        leads_to = (
            TopicRedirect.objects.filter(old_slug=self.slug).exclude(topic=self.pk).select_related("topic").first()
        )
        if leads_to is not None:
            sentence = _("This is an old address of “%(topic)s”, and leads there.") % {"topic": leads_to.topic}
            raise ValidationError({"slug": sentence})
        seen = {self.pk} if self.pk else set()
        ancestor = self.parent
        while ancestor is not None:
            if ancestor.pk in seen:
                raise ValidationError({"parent": _("A topic cannot be part of itself.")})
            seen.add(ancestor.pk)
            ancestor = ancestor.parent


class TopicFact(Orderable):
    """One of a topic's key facts, in the order in which its page shows them."""

    topic = ParentalKey(Topic, on_delete=models.CASCADE, related_name="facts")
    label = models.CharField(_("label"), max_length=80, help_text=_("“Founded”, “Inhabitants”."))
    value = models.CharField(_("fact"), max_length=300)
    as_of = models.DateField(_("as of"), null=True, blank=True, help_text=_("For what changes with time."))

    class Meta(Orderable.Meta):
        verbose_name = _("key fact")
        verbose_name_plural = _("key facts")

    def __str__(self) -> str:
        return f"{self.label}: {self.value}"


class TopicSynonym(LoggedModel):
    """Another name by which texts mention a topic; found by the topic suggestions, never shown to readers."""

    topic = ParentalKey(Topic, on_delete=models.CASCADE, related_name="synonyms")
    name = models.CharField(_("also written"), max_length=255)

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def change_keys(self) -> set[str]:
        """Return the key of what the topic is found by; no page shows it."""
        return {topic_names_key(self.topic_id)}


class TopicRedirect(models.Model):
    """A slug that a topic once had, kept so that old links go on working."""

    old_slug = models.SlugField(max_length=150, unique=True, allow_unicode=True)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="old_slugs")

    def __str__(self) -> str:
        return self.old_slug


class DistinctTopics(models.Model):
    """That an editor has said of two topics which look alike: they are not the same."""

    one = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    by_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="distinct_once"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="distinct_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one} is not {self.other}"


class MoveKind(models.TextChoices):
    """Why stories are moved from one topic to another."""

    MERGE = "merge", _("Merge")
    SPLIT = "split", _("Split")


class MoveState(models.TextChoices):
    """How far a move is."""

    RUNNING = "running", _("Under way")
    DONE = "done", _("Done")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")


class TopicMove(models.Model):
    """Stories that are moved from one topic to another, in batches, and what it takes to undo it.

    `selection` says which (`topics/selection.py`); a merge moves all. `total` are the stories counted at the beginning.
    `details` of a merge: what became of names, parts and old addresses. Who did it is kept by number and name.
    """

    kind = models.CharField(max_length=5, choices=MoveKind.choices)
    state = models.CharField(max_length=7, choices=MoveState.choices, default=MoveState.RUNNING)
    source = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="moves_from")
    target = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="moves_to")
    selection = models.JSONField(default=dict)
    total = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    details = models.JSONField(default=dict)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200, blank=True)
    begun_at = models.DateTimeField(_("begun"))
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("move of stories")
        verbose_name_plural = _("moves of stories")
        ordering = ["-begun_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.source} > {self.target}"

    @property
    def is_under_way(self) -> bool:
        """Whether there is more to do."""
        return self.state in {MoveState.RUNNING, MoveState.UNDOING}


class MovedStory(models.Model):
    """A story that a move took along; `was_there` when it stood under the other topic before."""

    move = models.ForeignKey(TopicMove, on_delete=models.CASCADE, related_name="stories")
    story_id = models.BigIntegerField()
    was_there = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["move", "story_id"], name="moved_once")]

    def __str__(self) -> str:
        return f"story {self.story_id}"


class RefiledStory(models.Model):
    """That a story was moved from one topic to another, or put under one.

    Moving 10,000 stories changes no word of them and is no version of them; but whoever publishes one of them next
    has to know which lists readers find it in until then: until the next row of its record `is_recorded` is false.
    Kept for ever: a version that was saved before follows (`topics/topics_of_now.py`).
    """

    story_id = models.BigIntegerField(db_index=True)
    left_id = models.BigIntegerField(null=True)
    joined_id = models.BigIntegerField()
    is_recorded = models.BooleanField(default=False, db_default=False)

    def __str__(self) -> str:
        return f"story {self.story_id}: {self.left_id} > {self.joined_id}"
