"""Mail goes out once: after the commit, through a real mail server, whatever that answers and whoever dies."""

import datetime as dt
import socket
from collections.abc import Iterator

import pytest
import time_machine
from django.db import transaction

from broadsheet.kit import clock
from broadsheet.newsdesk.models import OutgoingMail
from broadsheet.newsdesk.notifications import send_outgoing_mail as sending
from broadsheet.newsdesk.notifications.kinds import Kind
from broadsheet.newsdesk.notifications.notify import notify
from broadsheet.newsdesk.notifications.send_outgoing_mail import send_outgoing_mail
from broadsheet.newsdesk.notifications.send_waiting_mail import send_waiting_mail
from broadsheet.newsdesk.notifications.tasks import send_mail_task
from broadsheet.newsdesk.tests.in_work import draft, person
from tooling.smtp_server import Mailbox, smtp_server

pytestmark = pytest.mark.django_db
Status = OutgoingMail.Status


@pytest.fixture
def mailbox(settings) -> Iterator[Mailbox]:
    with smtp_server() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", box.port, 5
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield box


def tell(key: str = "a", **fields) -> OutgoingMail:
    user = person("Editor")
    notify(kind=Kind.PUBLICATION_FAILED, key=key, users=[user], story=draft("Færgen er tilbage", slug=key), **fields)
    return OutgoingMail.objects.get(key=f"{key}:{user.pk}")


def status(letter: OutgoingMail) -> tuple[str, int]:
    letter.refresh_from_db()
    return letter.status, letter.tries


def test_a_mail_goes_out_after_the_commit_and_says_what_happened(mailbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        letter = tell(words="The rights to the photo ended.\r\nBcc: nobody@paper.example")
        assert mailbox.messages == []

    (message,) = mailbox.messages
    assert message["to"] == letter.to
    assert message["bcc"] is None
    assert message["subject"].strip() == "“Færgen er tilbage” could not be published."
    assert message["auto-submitted"] == "auto-generated"
    text = message.get_content()
    assert "The rights to the photo ended." in text
    assert "/desk/" in text
    assert status(letter) == (Status.SENT, 1)


def test_what_is_rolled_back_is_not_told(mailbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        tell()
        transaction.set_rollback(True)

    assert mailbox.messages == []
    assert not OutgoingMail.objects.exists()


def test_whoever_comes_second_sends_nothing(mailbox):
    letter = tell()

    send_mail_task.call([letter.key])
    send_outgoing_mail(mail=letter)
    send_waiting_mail()

    assert len(mailbox.messages) == 1


def test_a_mail_claimed_by_another_process_is_left_to_it(mailbox):
    letter = tell()
    seen = OutgoingMail.objects.get(pk=letter.pk)
    OutgoingMail.objects.filter(pk=letter.pk).update(status=Status.CLAIMED, claimed_at=clock.now())

    send_outgoing_mail(mail=seen)
    send_waiting_mail()

    assert mailbox.messages == []
    assert status(letter) == (Status.CLAIMED, 0)


def test_a_server_that_says_not_now_is_asked_again_later(mailbox):
    letter = tell()
    mailbox.to_text = b"451 Try again later"

    send_waiting_mail()
    assert status(letter) == (Status.WAITING, 1)
    mailbox.to_text = b"250 Taken"
    send_waiting_mail()
    assert mailbox.messages == []
    with time_machine.travel(clock.now() + dt.timedelta(minutes=2)):
        send_waiting_mail()

    assert status(letter) == (Status.SENT, 2)
    assert len(mailbox.messages) == 1


def test_an_address_that_does_not_exist_is_not_tried_again(mailbox):
    letter = tell()
    mailbox.to_recipient = b"550 No such person"

    send_waiting_mail()

    assert status(letter) == (Status.FAILED, 1)
    assert "No such person" in letter.error


def test_a_server_that_is_down_is_tried_six_times_and_then_given_up(mailbox, settings):
    letter = tell()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = taken.getsockname()[1]

        with time_machine.travel(clock.now(), tick=False) as time:
            for _ in range(7):
                send_waiting_mail()
                time.shift(dt.timedelta(hours=5))

    assert status(letter) == (Status.FAILED, 6)


def test_a_server_that_hangs_up_after_the_text_leaves_doubt_and_gets_no_second_mail(mailbox):
    letter = tell()
    mailbox.hangs_up_after_text = True

    for _ in range(2):
        send_waiting_mail()

    assert status(letter) == (Status.UNSURE, 1)
    assert len(mailbox.messages) == 1


class Died(BaseException):
    """The process ended here."""


@pytest.mark.parametrize(("label", "went_out"), [("mail.claimed", 0), ("mail.sent", 1)])
def test_a_process_that_dies_while_sending_leaves_doubt_and_no_second_mail(mailbox, monkeypatch, label, went_out):
    letter = tell()

    def die(reached: str) -> None:
        if reached == label:
            raise Died

    monkeypatch.setattr(sending, "reach", die)
    with pytest.raises(Died):
        send_waiting_mail()
    monkeypatch.undo()

    send_waiting_mail()
    assert status(letter) == (Status.CLAIMED, 1)
    with time_machine.travel(clock.now() + dt.timedelta(minutes=11)):
        send_waiting_mail()

    assert status(letter) == (Status.UNSURE, 1)
    assert len(mailbox.messages) == went_out


def test_a_refused_mail_does_not_keep_the_others(mailbox):
    first, second = tell("a"), tell("b")
    OutgoingMail.objects.filter(pk=first.pk).update(to="not an address\n")

    send_waiting_mail()

    assert status(second) == (Status.SENT, 1)
    assert status(first) == (Status.FAILED, 1)
