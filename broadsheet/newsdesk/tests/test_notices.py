"""Who is told what, in the newsroom and by mail."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import PageLogEntry

from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.kit import clock
from broadsheet.newsdesk.models import Notice, NoticeSetting, OutgoingMail
from broadsheet.newsdesk.notifications.kinds import DEFAULT_WAYS, Kind
from broadsheet.newsdesk.notifications.looks import (
    look_at_due_times,
    look_at_failures,
    look_at_log,
    look_at_publications,
)
from broadsheet.newsdesk.notifications.notify import notify
from broadsheet.newsdesk.tests.in_work import at_the_desk, draft, person, send
from broadsheet.newsdesk.workflow.add_note import add_note
from broadsheet.newsdesk.workflow.assign_story import assign_story
from broadsheet.publishing.models import FailedPublication
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.schedule_story import schedule_story
from broadsheet.publishing.update_story import update_story
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import ChangeClass
from broadsheet.stories.tests.recording import take_down

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 4, 12, 0, tzinfo=dt.UTC)


def told(user) -> list[str]:
    """The kinds of what somebody was told in the newsroom, in order."""
    return [notice.kind for notice in Notice.objects.filter(user=user).order_by("pk")]


def mailed(user) -> list[str]:
    return [letter.subject for letter in OutgoingMail.objects.filter(to=user.email).order_by("pk")]


def test_those_at_a_stage_are_told_what_comes_and_nobody_else():
    city = SectionFactory.create()
    reporter, copy_editor, editor = person("Reporter"), person("Copy editor"), person("Editor")
    own, other = person("Section editor"), person("Section editor")
    city.editors.add(own)
    SectionFactory.create().editors.add(other)

    story = at_the_desk("Ferry", owner=reporter, section=city)
    assert [told(user) for user in (own, other, editor, copy_editor, reporter)] == [["stage"], [], ["stage"], [], []]
    send(story, "approve", own)

    assert [told(user) for user in (own, editor, copy_editor)] == [["stage"], ["stage", "stage"], ["stage"]]
    assert mailed(copy_editor) == [f"{own} sent you “Ferry”: With copy."]


def test_a_writer_is_told_of_what_comes_back_with_its_note():
    reporter, signed, editor = person("Reporter"), person("Reporter"), person("Editor")
    story = at_the_desk("Ferry", owner=reporter, by=[ContributorFactory.create(user=signed)])

    send(story, "reject", editor, "Please name the captain.")

    for user in (reporter, signed):
        assert [notice.words for notice in user.notices.all()] == ["Please name the captain."]
        assert "Please name the captain." in OutgoingMail.objects.get(to=user.email).body


def test_wagtails_own_mails_do_not_double_ours(django_capture_on_commit_callbacks):
    reporter, editor = person("Reporter"), person("Editor")
    with django_capture_on_commit_callbacks(execute=True):
        story = at_the_desk("Ferry", owner=reporter)
        send(story, "reject", editor, "Not yet.")

    assert sorted(letter.to[0] for letter in mail.outbox) == sorted([editor.email, reporter.email])


def test_whom_a_story_is_given_is_told_once():
    editor, reporter = person("Editor"), person("Reporter")
    story = draft()

    for due_at in (None, NOON):
        assign_story(story=story, assignee=reporter, due_at=due_at, by=editor)
    assign_story(story=story, assignee=editor, due_at=NOON, by=editor)

    assert told(reporter) == ["assigned"]
    assert told(editor) == []


def test_a_note_is_told_to_writers_and_assignee_in_the_newsroom():
    editor, reporter, given = person("Editor"), person("Reporter"), person("Reporter")
    story = draft(owner=reporter)
    assign_story(story=story, assignee=given, due_at=None, by=reporter)

    add_note(story=story, by=editor, text="The quay is closed.")

    assert told(reporter) == ["note"]
    assert told(given) == ["assigned", "note"]
    assert mailed(reporter) == []


def test_a_due_time_is_reminded_of_within_the_hour_and_when_it_has_passed():
    editor, reporter = person("Editor"), person("Reporter")
    with time_machine.travel(NOON, tick=False) as time:
        story = draft("Ferry")
        assign_story(story=story, assignee=reporter, due_at=NOON + dt.timedelta(hours=2), by=editor)
        seen = []
        for minutes in (0, 61, 62, 121, 122):
            time.move_to(NOON + dt.timedelta(minutes=minutes))
            look_at_due_times()
            seen.append((told(reporter)[1:], told(editor)))

    soon, late = ["due-soon"], ["due-soon", "overdue"]
    assert seen == [([], []), (soon, []), (soon, []), (late, ["overdue"]), (late, ["overdue"])]
    assert mailed(reporter)[-1] == "“Ferry” was due at 4 March 2026, 14:00."


def test_a_new_due_time_is_reminded_of_anew():
    reporter = person("Reporter")
    with time_machine.travel(NOON, tick=False) as time:
        story = draft()
        for hours in (1, 5):
            assign_story(story=story, assignee=reporter, due_at=NOON + dt.timedelta(hours=hours), by=person("Editor"))
            time.move_to(NOON + dt.timedelta(hours=hours, minutes=-30))
            look_at_due_times()

    assert told(reporter) == ["assigned", "due-soon", "due-soon"]


def test_a_published_story_is_told_to_its_writers_and_its_assignment_is_closed():
    reporter, editor = person("Reporter"), person("Editor")
    story = draft(owner=reporter)
    assign_story(story=story, assignee=reporter, due_at=clock.now(), by=editor)
    look_at_publications()

    publish_story(story=story, user=editor)
    for _ in range(2):
        look_at_publications()

    assert told(reporter) == ["assigned", "published"]
    assert look_at_due_times() == 0


def test_what_was_published_before_the_process_first_ran_is_not_told():
    reporter = person("Reporter")
    publish_story(story=draft(owner=reporter), user=person("Editor"))

    look_at_publications()

    assert told(reporter) == []


def test_a_schedule_is_told_with_its_moment():
    reporter = person("Reporter")
    with time_machine.travel(NOON):
        story = draft("Ferry", owner=reporter)
        schedule_story(story=story, user=person("Editor"), go_live_at=NOON + dt.timedelta(days=1))
        for _ in range(2):
            look_at_log()

    assert [notice.sentence for notice in reporter.notices.all()] == [
        "“Ferry” will be published at 5 March 2026, 12:00."
    ]


def test_whoever_loses_a_lock_to_somebody_else_is_told(client, sign_in):
    holder = sign_in("Editor")
    story = draft()
    client.post(reverse("wagtailadmin_pages:lock", args=[story.pk]))
    sign_in("Editor")
    client.post(reverse("wagtailadmin_pages:unlock", args=[story.pk]))
    assert PageLogEntry.objects.filter(action="wagtail.unlock").count() == 1

    look_at_log()

    assert told(holder) == ["unlocked"]


def test_an_own_lock_opened_is_no_news(client, sign_in):
    holder = sign_in("Editor")
    story = draft()
    for act in ("lock", "unlock"):
        client.post(reverse(f"wagtailadmin_pages:{act}", args=[story.pk]))

    look_at_log()

    assert told(holder) == []


def test_a_failed_publication_is_told_once_to_its_writer_and_those_who_publish():
    city, reporter, editor, other = SectionFactory.create(), person("Reporter"), person("Editor"), person("Reporter")
    section_editor = person("Section editor")
    city.editors.add(section_editor)
    story = draft("Ferry", owner=reporter, section=city)
    FailedPublication.objects.create(
        kind="story",
        object_id=story.pk,
        due_at=clock.now(),
        error="The photo’s rights have ended.",
        **dict.fromkeys(["first_failed_at", "last_failed_at", "next_attempt_at"], clock.now()),
    )

    for _ in range(2):
        look_at_failures()

    assert [told(user) for user in (reporter, editor, section_editor, other)] == [
        ["failed"],
        ["failed"],
        ["failed"],
        [],
    ]
    assert reporter.notices.get().words == "The photo’s rights have ended."


def test_a_failed_front_is_told_by_its_name():
    editor = person("Editor")
    FailedPublication.objects.create(
        kind="front",
        object_id=1,
        due_at=clock.now(),
        error="No.",
        **dict.fromkeys(["first_failed_at", "last_failed_at", "next_attempt_at"], clock.now()),
    )

    look_at_failures()

    assert [notice.sentence for notice in editor.notices.all()] == ["“Front” could not be published."]


def test_the_command_looks_once_at_everything():
    reporter = person("Reporter")
    story = draft("Ferry")
    assign_story(story=story, assignee=reporter, due_at=clock.now(), by=person("Editor"))

    call_command("newsroom_notices", "--once")

    assert told(reporter) == ["assigned", "overdue"]
    assert {letter.status for letter in OutgoingMail.objects.all()} == {OutgoingMail.Status.SENT}


def test_one_occasion_is_told_once():
    editor = person("Editor")
    story = draft("Ferry")

    for _ in range(2):
        notify(
            kind=Kind.PUBLICATION_FAILED, key="failed:1", users=[editor], story=story, words="The photo’s rights ended."
        )

    assert told(editor) == ["failed"]
    assert mailed(editor) == ["“Ferry” could not be published."]


def test_people_choose_how_they_are_told(client, sign_in):
    editor = sign_in("Editor")
    address = reverse("wagtailadmin_account")
    form = {
        f"notices-{kind}-{way}": "on"
        for kind in Kind
        for way in ("by_mail", "in_newsroom")
        if getattr(DEFAULT_WAYS[kind], way)
    }
    form |= {"name_email-first_name": "Ida", "name_email-last_name": "Storm", "name_email-email": editor.email}
    form |= {"theme-theme": "system", "theme-contrast": "system", "theme-density": "default"}
    form |= {"locale-preferred_language": "", "locale-current_time_zone": "", "theme-keyboard_shortcuts": "on"}
    del form[f"notices-{Kind.SENT_TO_STAGE}-by_mail"]

    assert "Tell me when" in client.get(address).content.decode()
    answer = client.post(address, form)

    assert answer.status_code == 302
    assert [(row.kind, row.by_mail, row.in_newsroom) for row in NoticeSetting.objects.all()] == [("stage", False, True)]
    at_the_desk("Ferry")
    assert (told(editor), mailed(editor)) == (["stage"], [])


def test_wagtails_switches_that_would_do_nothing_are_gone(client, sign_in):
    sign_in("Editor")

    page = client.get(reverse("wagtailadmin_account")).content.decode()

    assert "notifications-updated_comments_notifications" in page
    assert "notifications-submitted_notifications" not in page


def test_the_bell_counts_what_was_not_read(client, sign_in):
    editor = sign_in("Editor")
    assert "Notices (" not in client.get("/newsroom/").content.decode()
    for headline in ("First", "Second"):
        at_the_desk(headline)

    assert "Notices (2)" in client.get("/newsroom/").content.decode()
    client.post(reverse("newsdesk_open_notice", args=[editor.notices.first().pk]))
    assert "Notices (1)" in client.get("/newsroom/").content.decode()
    client.post(reverse("newsdesk_read_all_notices"))
    assert "Notices (" not in client.get("/newsroom/").content.decode()


def test_of_a_story_that_is_taken_down_nobody_is_told_and_nothing_is_counted(client, sign_in):
    editor, reporter = sign_in("Editor"), person("Reporter")
    look_at_publications()
    story = draft(owner=editor)
    publish_story(story=story, user=reporter)
    look_at_publications()
    assert "Notices (1)" in client.get("/newsroom/").content.decode()

    update_story(story=story, user=reporter, change_class=ChangeClass.UPDATE)
    take_down(story, "It is gone.")
    look_at_publications()

    assert told(editor) == ["published"]
    assert "Notices (" not in client.get("/newsroom/").content.decode()
    assert "Everything is read." in client.get(reverse("newsdesk_notices")).content.decode()


def test_a_notice_leads_to_its_story(client, sign_in):
    editor = sign_in("Editor")
    story = at_the_desk("Ferry")

    answer = client.post(reverse("newsdesk_open_notice", args=[editor.notices.get().pk]))

    assert answer["Location"] == reverse("newsdesk_story_desk", args=[story.pk])


def test_nobody_opens_the_notices_of_others(client, sign_in):
    editor = person("Editor")
    at_the_desk("Ferry")
    sign_in("Editor")

    assert client.post(reverse("newsdesk_open_notice", args=[editor.notices.get().pk])).status_code == 404
    assert "Ferry" not in client.get(reverse("newsdesk_notices")).content.decode()
    assert editor.notices.get().read_at is None


def test_the_page_of_notices_asks_no_more_for_many(client, sign_in, django_assert_max_num_queries):
    editor = sign_in("Editor")
    address = reverse("newsdesk_notices")
    client.get(address)
    with django_assert_max_num_queries(25) as first:
        client.get(address)
    for number in range(60):
        notify(kind=Kind.NOTE, key=f"n{number}", users=[editor], story=None)

    with django_assert_max_num_queries(len(first)):
        page = client.get(address).content.decode()

    assert "Older" in page
