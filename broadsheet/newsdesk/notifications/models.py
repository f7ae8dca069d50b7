"""What people were told, how they wish to be told, and the mail that goes out for it."""

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from broadsheet.kit import clock
from broadsheet.kit.wall_time import told
from broadsheet.newsdesk.notifications.kinds import SENTENCES, Kind
from broadsheet.pages.models import BasePage


class Notice(models.Model):
    """Something that one person was told. `key` names the occasion: nobody is told of one twice."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.CharField(max_length=120)
    story = models.ForeignKey(BasePage, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    headline = models.CharField(max_length=255, blank=True)
    by_name = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)
    detail = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="notice_once")]
        indexes = [
            models.Index(fields=["user", "-at", "-id"], name="notice_latest"),
            models.Index(fields=["user"], name="notice_unread", condition=Q(read_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """What happened, in the language of whoever reads it."""
        return str(SENTENCES[Kind(self.kind)]) % {
            "by": self.by_name or _("Somebody"),
            "headline": self.headline,
            "detail": self.detail,
            "moment": _moment(self.detail),
        }


def _moment(text: str) -> str:
    """Return a kept date and time as people read it."""
    found: dt.datetime | None = parse_datetime(text) if text[:2].isdigit() else None
    return told(found, form="j F Y, H:i") if found else text


class NoticeSetting(models.Model):
    """How somebody wishes to be told of one kind of occasion, where they chose otherwise than the default."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_settings")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    by_mail = models.BooleanField()
    in_newsroom = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="notice_setting_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}"


class OutgoingMail(models.Model):
    """A mail that must go out once. Written in the transaction of what it tells of, sent after its commit.

    `claimed` says that a process is handing it to the mail server. A mail that stays there was being handed over when
    that process died: whether it went out nobody knows, so it becomes `unsure` and is not sent again.
    """

    class Status(models.TextChoices):
        """How far it has come."""

        WAITING = "waiting", gettext_lazy("Waiting")
        CLAIMED = "claimed", gettext_lazy("Being sent")
        SENT = "sent", gettext_lazy("Sent")
        FAILED = "failed", gettext_lazy("Failed")
        UNSURE = "unsure", gettext_lazy("Unsure")

    UNFINISHED: ClassVar[list[str]] = [Status.WAITING, Status.CLAIMED]

    key = models.CharField(max_length=160, unique=True)
    to = models.EmailField()
    subject = models.CharField(max_length=300)
    body = models.TextField()
    made_at = models.DateTimeField(default=clock.now)
    status = models.CharField(max_length=7, choices=Status.choices, default=Status.WAITING)
    try_after = models.DateTimeField(default=clock.now)
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["try_after"],
                name="mail_unfinished",
                condition=Q(status__in=["waiting", "claimed"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"
