"""What waits is no story: who publishes, moves and cancels pages and fronts from the board, and who does not."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from broadsheet.accounts.models import User
from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.fronts.models import Front, HomePage
from broadsheet.fronts.publish_front import publish_front
from broadsheet.fronts.save_front import save_front
from broadsheet.fronts.zones import Rule, Zone, ZoneKind
from broadsheet.newsdesk.embargoes.selectors import EmbargoRow, embargo_days
from broadsheet.newsdesk.tests.conftest import SignIn
from broadsheet.publishing.publish_revision import publish_revision
from broadsheet.publishing.tests.embargoed_stories import NOON
from broadsheet.sections.models import Section
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import InformationPage, PublishedVersion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]
TONIGHT = NOON + dt.timedelta(hours=6, seconds=7)
ACTS = ("publish", "move", "cancel")


@pytest.fixture
def chief() -> User:
    user: User = UserFactory.create(is_superuser=True)
    return user


@pytest.fixture
def page(chief: User) -> InformationPage:
    """An information page that readers see, of which a new version waits."""
    about: InformationPage = HomePage.objects.get().add_child(instance=InformationPage(title="About us", slug="about"))
    publish_revision(revision=about.save_revision(user=chief), user=chief)
    about.refresh_from_db()
    about.title = "About us, from tonight"
    about.go_live_at = TONIGHT
    publish_revision(revision=about.save_revision(user=chief), user=chief)
    return InformationPage.objects.get(pk=about.pk)


def zones(number: int) -> list[Zone]:
    return [Zone(f"z{place}", ZoneKind.LEAD, Rule(), (None,)) for place in range(number)]


def planned_front(chief: User, section: Section | None = None) -> Front:
    """Return a front of one zone, of which a version with two waits."""
    seen = publish_front(section=section, zones=zones(1), user=chief, seen_version=None)
    publish_front(section=section, zones=zones(2), user=chief, seen_version=seen.pk, go_live_at=TONIGHT)
    return Front.objects.get(section=section)


def rows(user: User) -> list[EmbargoRow]:
    return [row for day in embargo_days(user) for row in day.rows]


def waits_until(scheduled: Any) -> list[dt.datetime]:
    return list(scheduled.revisions.exclude(approved_go_live_at=None).values_list("approved_go_live_at", flat=True))


def address(name: str, scheduled: Any) -> str:
    kind = "page" if isinstance(scheduled, InformationPage) else "front"
    return reverse(f"newsdesk_embargo_{name}", args=[kind, scheduled.pk])


def act(client: Client, name: str, scheduled: Any, **data: str) -> str:
    """Read the question, answer it, and return what the next page says."""
    title = scheduled.draft_title if isinstance(scheduled, InformationPage) else str(scheduled)
    assert title in client.get(address(name, scheduled)).content.decode()
    return client.post(address(name, scheduled), data, follow=True).content.decode()


def test_an_editor_publishes_a_page_and_a_front_before_their_moment(
    client: Client, sign_in: SignIn, page: InformationPage, chief: User
) -> None:
    user, front = sign_in("Editor"), planned_front(chief)

    assert "“About us, from tonight” is published." in act(client, "publish", page)
    assert "“Front page” is published." in act(client, "publish", front)

    page.refresh_from_db()
    front.refresh_from_db()
    assert (page.title, page.has_unpublished_changes, waits_until(page)) == ("About us, from tonight", False, [])
    assert (len(front.zones), front.has_unpublished_changes, waits_until(front)) == (2, False, [])
    assert sorted(PublishedVersion.objects.filter(by_id=user.pk).values_list("kind", flat=True)) == ["front", "page"]


def test_an_editor_moves_a_page_and_a_front(
    client: Client, sign_in: SignIn, page: InformationPage, chief: User
) -> None:
    sign_in("Editor")
    for scheduled in (page, planned_front(chief)):
        assert "still to come" in act(client, "move", scheduled, go_live_at="2026-03-04 11:59:59")
        assert "new moment" in act(client, "move", scheduled, go_live_at="2026-03-05 06:00:30")

        assert waits_until(scheduled) == [dt.datetime(2026, 3, 5, 6, 0, 30, tzinfo=dt.UTC)]


def test_an_editor_cancels_a_page_and_a_front_and_is_told_when_nothing_waits(
    client: Client, sign_in: SignIn, page: InformationPage, chief: User
) -> None:
    sign_in("Editor")
    for scheduled in (page, planned_front(chief)):
        assert "is a draft again" in act(client, "cancel", scheduled)

        assert waits_until(scheduled) == []
        assert "no longer waits" in client.post(address("publish", scheduled), follow=True).content.decode()
        scheduled.refresh_from_db()
        assert scheduled.has_unpublished_changes


def test_a_later_draft_of_a_front_stays_when_the_planned_one_is_published(
    client: Client, sign_in: SignIn, chief: User
) -> None:
    sign_in("Editor")
    front = planned_front(chief)
    save_front(section=None, zones=zones(3), user=chief, seen_version=front.latest_revision_id)

    act(client, "publish", front)

    front.refresh_from_db()
    assert (len(front.zones), front.has_unpublished_changes) == (2, True)
    assert len(front.get_latest_revision_as_object().zones) == 3


def test_what_cannot_be_published_says_why_and_stays_planned(
    client: Client, sign_in: SignIn, page: InformationPage, chief: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse_in_the_end(*, revision: Any, user: Any) -> None:
        publish_revision(revision=revision, user=user)
        raise ValidationError("The address is taken.")

    monkeypatch.setattr("broadsheet.publishing.publish_scheduled.publish_revision", refuse_in_the_end)
    sign_in("Editor")
    for scheduled in (page, planned_front(chief)):
        before = scheduled.revisions.count()

        assert "The address is taken." in act(client, "publish", scheduled)

        assert (waits_until(scheduled), scheduled.revisions.count()) == ([TONIGHT], before)
    page.refresh_from_db()
    assert page.title == "About us"


@pytest.mark.parametrize("role", ["Reporter", "Section editor", "Copy editor", "Moderator"])
def test_who_may_not_decide_of_pages_and_fronts_does_not_from_the_board(
    client: Client, sign_in: SignIn, page: InformationPage, chief: User, role: str
) -> None:
    user, section = sign_in(role), SectionFactory.create()
    section.editors.add(user)
    InformationPage.objects.filter(pk=page.pk).update(section=section)
    front = planned_front(chief)

    assert [row.may_act for row in rows(user)] == [False, False]
    for name in ACTS:
        for scheduled in (page, front):
            client.post(address(name, scheduled), {"go_live_at": "2026-03-05 06:00"})
    assert (waits_until(page), waits_until(front)) == ([TONIGHT], [TONIGHT])


def test_a_section_editor_decides_of_the_fronts_of_the_section_only(
    client: Client, sign_in: SignIn, chief: User
) -> None:
    user, own, other = sign_in("Section editor"), SectionFactory.create(), SectionFactory.create()
    own.editors.add(user)
    mine, theirs = planned_front(chief, own), planned_front(chief, other)

    assert [row.may_act for row in rows(user)] == [True, False]
    assert [bool(row.open_url) for row in rows(user)] == [True, False]
    assert "is a draft again" in act(client, "cancel", mine)
    client.post(address("cancel", theirs))
    assert (waits_until(mine), waits_until(theirs)) == ([], [TONIGHT])


def test_an_address_of_something_else_leads_nowhere(client: Client, sign_in: SignIn, page: InformationPage) -> None:
    sign_in("Editor")

    for kind in ("story", "front", "poem"):
        assert client.get(f"/newsroom/embargoes/{kind}/{page.pk}/cancel/").status_code == 404
