"""What editors show first to readers who look for certain words, and what readers look for and do not find."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from broadsheet.changes.logged_model import LoggedModel
from broadsheet.search.cache_keys import BEST_BETS
from broadsheet.search.folded_words import LONGEST, folded
from broadsheet.search.newsroom.models import NewsroomChange

__all__ = [
    "BestBet",
    "BestBetPage",
    "BestBetPhrase",
    "IgnoredSearch",
    "MissedSearch",
    "NewsroomChange",
    "SuggestedName",
]
LONGEST_PHRASE = 100


class BestBet(LoggedModel, ClusterableModel):
    """Pages that come first, in this order, for who looks for just these words, until a moment or for good."""

    until = models.DateTimeField(
        _("shown until"), null=True, blank=True, help_text=_("Empty: until you take it away again.")
    )

    class Meta:
        verbose_name = _("best bet")
        verbose_name_plural = _("best bets")
        ordering = ["-id"]

    def __str__(self) -> str:
        return ", ".join(phrase.text for phrase in self.phrases.all()) or gettext("Best bet")

    def change_keys(self) -> set[str]:
        """Return the key under which pages show this."""
        return {BEST_BETS}

    def _stored(self, *, until_saved: bool = False) -> dict[str, Any] | None:
        """Return its row with its words and pages."""
        row = super()._stored(until_saved=until_saved)
        if row is not None:
            row["phrases"] = list(BestBetPhrase.objects.filter(bet=self.pk).values_list("text", flat=True))
            row["pages"] = list(BestBetPage.objects.filter(bet=self.pk).values_list("page_id", flat=True))
        return row


class BestBetPhrase(Orderable):
    """Words for which a best bet is meant; `words` is what a search must come to."""

    bet = ParentalKey(BestBet, on_delete=models.CASCADE, related_name="phrases")
    text = models.CharField(_("words"), max_length=LONGEST_PHRASE)
    words = models.CharField(max_length=LONGEST, editable=False, db_index=True)

    class Meta(Orderable.Meta):
        verbose_name = _("words of a best bet")
        verbose_name_plural = _("words of best bets")

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        """Refuse what is no word, and words for which there is another best bet: readers would see one of the two."""
        super().clean()
        self.words = folded(self.text)
        if not self.words:
            raise ValidationError({"text": _("There is no word in this.")})
        if BestBetPhrase.objects.filter(words=self.words).exclude(bet=self.bet_id).exists():
            raise ValidationError({"text": _("There is a best bet for these words already.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the words that a search must come to."""
        self.words = folded(self.text)
        super().save(*args, **kwargs)


class BestBetPage(Orderable):
    """A page that a best bet shows."""

    bet = ParentalKey(BestBet, on_delete=models.CASCADE, related_name="pages")
    page = models.ForeignKey(
        settings.WAGTAIL_PAGE_MODEL, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )

    def __str__(self) -> str:
        return str(self.page)


class MissedSearch(models.Model):
    """How often readers looked for something on one day that the paper has not. Nothing is kept about who they were.

    `occasions` are the different hours of that day, the last of which is kept for counting them. The empty words stand
    for all that were too many, too long, or might tell of somebody.
    """

    day = models.DateField(_("day"))
    words = models.CharField(_("words"), max_length=LONGEST, blank=True)
    count = models.PositiveBigIntegerField(_("times"), default=0)
    occasions = models.PositiveSmallIntegerField(_("hours"), default=0)
    last_hour = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name = _("search in vain")
        verbose_name_plural = _("searches in vain")
        constraints = [models.UniqueConstraint(fields=["day", "words"], name="missed_search_of_day")]

    def __str__(self) -> str:
        return self.words


class IgnoredSearch(models.Model):
    """Words that the paper need not have anything for."""

    words = models.CharField(_("words"), max_length=LONGEST, unique=True)

    class Meta:
        verbose_name = _("ignored search")
        verbose_name_plural = _("ignored searches")

    def __str__(self) -> str:
        return self.words


class SuggestedName(models.Model):
    """A section, topic or person as it is suggested to who begins to write its name, on one shelf of names.

    `weight` grows by one when its stories become twice as many. Written by `follow_names.py` alone.
    """

    kind = models.CharField(max_length=8)
    """As `engine.interface.Kind` names it."""
    object_id = models.BigIntegerField()
    shelf = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=255)
    url = models.TextField()
    also = models.JSONField(default=list)
    """Its other names, by which it is found, too."""
    weight = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id", "shelf"], name="suggested_once")]
        indexes = [models.Index(fields=["shelf", "-weight", "label", "object_id"], name="suggested_of_shelf")]

    def __str__(self) -> str:
        return self.label
