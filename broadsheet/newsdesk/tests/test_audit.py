"""The audit: complete, narrowed and exported by those who may read it, and rewritten by nobody."""

import csv
import datetime as dt
import io
import json

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, PageLogEntry

from broadsheet.accounts.models import User
from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.fronts.publish_front import publish_front
from broadsheet.fronts.usual_zones import usual_zones
from broadsheet.newsdesk.audit import AuditFilter, audit_rows, every_row
from broadsheet.newsdesk.tests.conftest import SignIn
from broadsheet.pages.models import BasePage
from broadsheet.publishing.cancel_schedule import cancel_schedule
from broadsheet.publishing.move_embargo import move_embargo
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.record_unrecorded import record_unrecorded
from broadsheet.publishing.schedule_story import schedule_story
from broadsheet.publishing.take_down_story import take_down_story
from broadsheet.stories.models import Story, TakedownGround
from broadsheet.stories.tests.factories import make_story

pytestmark = pytest.mark.django_db
FAR = dt.datetime(2031, 5, 6, 7, tzinfo=dt.UTC)


@pytest.fixture
def ida() -> User:
    user: User = UserFactory.create(first_name="Ida", last_name="Storm")
    user.groups.add(Group.objects.get(name="Editor"))
    return user


@pytest.fixture
def story(ida: User) -> Story:
    made = make_story(headline="Ferry returns", live=False)
    publish_story(story=made, user=ida)
    return made


def shown(client: Client, query: str = "") -> str:
    return client.get(reverse("newsdesk_audit") + query).content.decode()


def acts(reader: User, **wanted: object) -> list[str]:
    return [row.act for row in every_row(AuditFilter(**wanted), reader=reader)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "role", ["Reporter", "Photographer", "Section editor", "Editor", "Moderator", "Publisher", "Admin"]
)
def test_who_reads_the_audit(client: Client, sign_in: SignIn, role: str) -> None:
    sign_in(role)

    answer = client.get(reverse("newsdesk_audit"))

    assert (answer.status_code == 200) == (role in {"Editor", "Publisher", "Admin"})


def test_stories_fronts_and_embargoes_stand_in_one_list(ida: User, story: Story) -> None:
    version = publish_front(section=None, zones=usual_zones(None), user=ida, seen_version=None)
    planned = publish_front(section=None, zones=usual_zones(None), user=ida, seen_version=version.pk, go_live_at=FAR)
    cancel_schedule(instance=planned.content_object, user=ida)
    draft = make_story(headline="Later", live=False)
    draft.save_revision()
    schedule_story(story=draft, user=ida, go_live_at=FAR)
    move_embargo(instance=draft, user=ida, go_live_at=FAR + dt.timedelta(hours=1))
    BasePage.objects.filter(pk=story.pk).update(standfirst="By SQL.")
    record_unrecorded()

    rows = list(every_row(AuditFilter(), reader=ida))

    done = [(row.act, row.kind, row.who) for row in rows]
    assert ("wagtail.publish", "Story", "Ida Storm") in done
    assert ("wagtail.publish", "Front", "Ida Storm") in done
    assert ("wagtail.publish.schedule", "Front", "Ida Storm") in done
    assert ("wagtail.schedule.cancel", "Front", "Ida Storm") in done
    assert ("broadsheet.move_embargo", "Story", "Ida Storm") in done
    assert ("broadsheet.outside", "Story", "") in done
    assert [row.at for row in rows] == sorted((row.at for row in rows), reverse=True)


def test_a_publication_names_the_version_it_came_from(ida: User, story: Story) -> None:
    (row,) = [row for row in every_row(AuditFilter(), reader=ida) if row.act == "wagtail.publish"]

    assert row.version == story.live_revision_id


def test_the_list_is_narrowed_by_person_act_story_and_day(client: Client, sign_in: SignIn, ida: User) -> None:
    with time_machine.travel(dt.datetime(2026, 3, 4, 12, tzinfo=dt.UTC), tick=False):
        old = make_story(headline="Old ferry", live=False)
        publish_story(story=old, user=ida)
    new = make_story(headline="New ferry", live=False)
    publish_story(story=new, user=sign_in("Editor"))

    assert "Old ferry" in shown(client)
    assert "New ferry" not in shown(client, f"?person={ida.pk}")
    assert "Old ferry" not in shown(client, f"?story={new.pk}")
    assert "ferry" not in shown(client, "?act=wagtail.lock").lower()
    assert "New ferry" not in shown(client, "?since=2026-03-04&until=2026-03-04")
    assert "Old ferry" in shown(client, "?since=2026-03-04&until=2026-03-04")
    assert "Old ferry" not in shown(client, "?since=2026-03-05")


@pytest.mark.parametrize("query", ["?story=x", "?person=999999", "?since=never", "?until=9999-12-31", "?act=' OR 1=1"])
def test_what_cannot_be_understood_breaks_nothing(client: Client, sign_in: SignIn, story: Story, query: str) -> None:
    sign_in("Editor")

    assert "Ferry returns" in shown(client, query)


def test_a_made_up_place_in_the_list_is_not_found(client: Client, sign_in: SignIn) -> None:
    sign_in("Editor")

    assert client.get(reverse("newsdesk_audit") + "?before=x123").status_code == 404


def test_paging_loses_and_repeats_nothing_even_within_one_moment(ida: User) -> None:
    with time_machine.travel(dt.datetime(2026, 3, 4, 12, tzinfo=dt.UTC), tick=False):
        page = make_story(headline="Ferry", live=False)
        for number in range(7):
            log(instance=page if number % 2 else ida, action="wagtail.edit", user=ida)
    everything = [row.cursor for row in audit_rows(AuditFilter(), reader=ida, limit=100)[0]]

    seen, before = [], None
    while True:
        rows, before = audit_rows(AuditFilter(), reader=ida, before=before, limit=2)
        seen += [row.cursor for row in rows]
        if before is None:
            break

    assert seen == everything
    assert len(set(seen)) == PageLogEntry.objects.count() + ModelLogEntry.objects.count()


def test_the_list_costs_the_same_however_long_it_is(client: Client, sign_in: SignIn, ida: User) -> None:
    editor = sign_in("Editor")
    page = make_story(headline="Ferry", live=False)

    def cost() -> int:
        shown(client)
        with CaptureQueriesContext(connection) as captured:
            shown(client)
        return len(captured)

    log(instance=page, action="wagtail.edit", user=editor)
    few = cost()
    for _ in range(30):
        log(instance=page, action="wagtail.edit", user=UserFactory.create())
        log(instance=ida, action="wagtail.edit", user=ida)

    assert cost() == few


def test_it_is_exported_as_csv_and_as_json_lines(client: Client, sign_in: SignIn, story: Story, ida: User) -> None:
    log(instance=story, action="wagtail.edit", user=ida, title="=cmd|' /C calc'!A0")
    sign_in("Publisher")
    address = reverse("newsdesk_audit")

    table = b"".join(client.get(f"{address}?export=csv&story={story.pk}").streaming_content).decode()
    lines = b"".join(client.get(f"{address}?export=jsonl&story={story.pk}").streaming_content).decode()

    rows = list(csv.DictReader(io.StringIO(table)))
    objects = [json.loads(line) for line in lines.splitlines()]
    assert [row["act"] for row in rows] == [row["act"] for row in objects]
    assert "wagtail.publish" in {row["act"] for row in rows}
    assert rows[0]["what"] == "'=cmd|' /C calc'!A0"
    assert objects[0]["what"] == "=cmd|' /C calc'!A0"


def test_headlines_of_what_is_taken_down_are_for_few(client: Client, sign_in: SignIn, story: Story, ida: User) -> None:
    take_down_story(story=story, user=ida, ground=TakedownGround.LEGAL, sentence="Gone.", reason="Ruling.")

    sign_in("Editor")
    for_editor = shown(client)
    file = b"".join(client.get(reverse("newsdesk_audit") + "?export=jsonl").streaming_content).decode()
    sign_in("Publisher")

    assert "Ferry returns" not in for_editor + file
    assert f"Taken down (story {story.pk})" in for_editor
    assert "Ferry returns" in shown(client)


@pytest.mark.parametrize("model", [PageLogEntry, ModelLogEntry])
def test_nobody_rewrites_the_audit(story: Story, ida: User, model: type[PageLogEntry | ModelLogEntry]) -> None:
    log(instance=ida, action="wagtail.edit", user=ida)
    before = list(model.objects.order_by("pk").values())
    table = model._meta.db_table

    for rewrite in (
        lambda: model.objects.update(user=None),
        lambda: model.objects.all().delete(),
        lambda: model.objects.latest("pk").save(),
        lambda: model.objects.latest("pk").delete(),
        lambda: connection.cursor().execute(f"UPDATE {table} SET label = 'x'"),
        lambda: connection.cursor().execute(f"DELETE FROM {table}"),
    ):
        with pytest.raises(DatabaseError, match="kept as it was written"), transaction.atomic():
            rewrite()

    assert list(model.objects.order_by("pk").values()) == before


def test_people_and_drafts_can_be_deleted_and_the_audit_stays(client: Client, sign_in: SignIn, ida: User) -> None:
    draft = make_story(headline="Never mind", live=False, owner=ida)
    draft.save_revision(user=ida, log_action=True)
    sign_in("Admin")

    client.post(reverse("wagtailadmin_pages:delete", args=[draft.pk]))
    client.post(reverse("wagtailusers_users:delete", args=[ida.pk]))

    assert not User.objects.filter(pk=ida.pk).exists()
    assert not Story.objects.filter(pk=draft.pk).exists()
    page = shown(client, f"?story={draft.pk}")
    assert "Never mind" in page
    assert f"user {ida.pk} (deleted)" in page


def test_wagtails_own_history_of_the_site_leads_to_the_audit(client: Client, sign_in: SignIn) -> None:
    sign_in("Editor")

    assert client.get(reverse("wagtailadmin_reports:site_history"))["Location"] == reverse("newsdesk_audit")
