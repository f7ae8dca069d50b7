"""Tells people of something: in the newsroom, by mail, or both, as each of them wishes."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from wagtail.users.models import UserProfile

from broadsheet.accounts.models import User
from broadsheet.newsdesk.notifications.kinds import DEFAULT_WAYS, Kind, Ways
from broadsheet.newsdesk.notifications.models import Notice, NoticeSetting, OutgoingMail
from broadsheet.newsdesk.notifications.tasks import send_mail_task
from broadsheet.pages.models import BasePage
from broadsheet.stories.taken_down import is_taken_down


@transaction.atomic
def notify(
    *,
    kind: Kind,
    key: str,
    users: Iterable[User],
    story: BasePage | None = None,
    by: User | None = None,
    words: str = "",
    detail: str | dt.datetime = "",
    about: str = "",
) -> None:
    """Tell people of an occasion, once for each `key`; whoever caused it (`by`) knows already.

    `words` are quoted: a note, an error. `detail` is a stage or a moment. `about` names what has no story. All is
    written in the present transaction, and mail goes out after its commit. Of a story that is taken down nothing is
    told.
    """
    told = [user for user in dict.fromkeys(users) if user.is_active and user != by]
    if not told or (story is not None and is_taken_down(story.pk)):
        return
    wished = _ways(told, kind)
    moment = detail.isoformat() if isinstance(detail, dt.datetime) else str(detail)
    notices = [
        Notice(
            user=user,
            kind=kind,
            key=key,
            story_id=story.pk if story else None,
            headline=(story.draft_title or story.title) if story else about[:255],
            by_name=str(by)[:200] if by else "",
            words=words,
            detail=moment[:200],
        )
        for user in told
    ]
    Notice.objects.bulk_create(
        [notice for notice in notices if wished[notice.user_id].in_newsroom], ignore_conflicts=True
    )
    _put_into_outbox([notice for notice in notices if wished[notice.user_id].by_mail and notice.user.email])


def _ways(users: Sequence[User], kind: Kind) -> dict[int, Ways]:
    chosen = {
        setting.user_id: Ways(by_mail=setting.by_mail, in_newsroom=setting.in_newsroom)
        for setting in NoticeSetting.objects.filter(user__in=users, kind=kind)
    }
    return {user.pk: chosen.get(user.pk, DEFAULT_WAYS[kind]) for user in users}


def _put_into_outbox(notices: Sequence[Notice]) -> None:
    """Write a mail for each notice, in its reader's language, and have them sent after the commit."""
    if not notices:
        return
    users = [notice.user_id for notice in notices]
    profiles = {profile.user_id: profile for profile in UserProfile.objects.filter(user__in=users)}
    mails = []
    for notice in notices:
        profile = profiles.get(notice.user_id)
        with translation.override(profile.get_preferred_language() if profile else settings.LANGUAGE_CODE):
            mails.append(_mail(notice))
    OutgoingMail.objects.bulk_create(mails, ignore_conflicts=True)
    keys = [mail.key for mail in mails]
    transaction.on_commit(lambda: send_mail_task.enqueue(keys))


def _mail(notice: Notice) -> OutgoingMail:
    base = settings.WAGTAILADMIN_BASE_URL
    about = reverse("newsdesk_story_desk", args=[notice.story_id]) if notice.story_id else reverse("newsdesk_notices")
    context = {
        "notice": notice,
        "address": f"{base}{about}",
        "settings_address": f"{base}{reverse('wagtailadmin_account')}#tab-notifications",
    }
    return OutgoingMail(
        key=f"{notice.key}:{notice.user_id}",
        to=notice.user.email,
        subject=" ".join(notice.sentence.split())[:300],
        body=render_to_string("newsdesk/notifications/mail.txt", context),
    )
