"""What the tasks worker does for the outbox."""

from django_tasks import task

from broadsheet.newsdesk.notifications.models import OutgoingMail
from broadsheet.newsdesk.notifications.send_outgoing_mail import send_outgoing_mail


@task()
def send_mail_task(keys: list[str]) -> None:
    """Send the mails with these keys that were not sent yet."""
    for mail in OutgoingMail.objects.filter(key__in=keys, status=OutgoingMail.Status.WAITING):
        send_outgoing_mail(mail=mail)
