"""Letters leave through the outbox: written with the act, sent after it, tried again for a day.

A letter says that something waits and where; never what. One template pair per letter:
templates/emails/<letter>.subject.txt and .txt.
"""

import logging
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, connection, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from pug_portal.core.models import OutboxMessage

log = logging.getLogger("portal.outbox")
GIVE_UP_AFTER = timedelta(hours=24)
KEEP_SENT = timedelta(days=30)


def queue(letter: str, *, to: str, context: dict, key: str) -> OutboxMessage | None:
    """Write a letter into the running transaction; the same `key` is written once.

    `context` holds plain JSON values for the template. Returns None when the key is known. Raises
    RuntimeError outside a transaction: a letter belongs to its act.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a letter is queued in the transaction of its act")
    try:
        with transaction.atomic():
            return OutboxMessage.objects.create(letter=letter, recipient=to, context=context, key=key)
    except IntegrityError:
        if OutboxMessage.objects.filter(key=key).exists():
            return None
        raise


def send_waiting(limit: int = 100) -> tuple[int, int]:
    """Send what is due; return (sent, failed this time). Safe to run in several processes."""
    due = OutboxMessage.objects.filter(
        sent_at__isnull=True, failed_at__isnull=True, next_try_at__lte=timezone.now()
    )
    results = [_send_one(pk) for pk in due.values_list("pk", flat=True)[:limit]]
    return results.count(True), results.count(False)


def _claim(pk) -> OutboxMessage | None:
    """Take one letter by pushing its next try into the future; only one process succeeds."""
    now = timezone.now()
    message = OutboxMessage.objects.filter(pk=pk, next_try_at__lte=now, sent_at=None).first()
    if message is None:
        return None
    wait = timedelta(minutes=2 ** min(message.tries, 7))
    won = OutboxMessage.objects.filter(pk=pk, tries=message.tries, sent_at=None).update(
        tries=message.tries + 1, next_try_at=now + wait
    )
    return message if won else None


def _send_one(pk) -> bool | None:
    message = _claim(pk)
    if message is None:
        return None
    try:
        _deliver(message)
    except Exception as problem:
        _keep_failure(message, problem)
        return False
    OutboxMessage.objects.filter(pk=pk).update(sent_at=timezone.now(), problem="")
    return True


def _deliver(message: OutboxMessage) -> None:
    context = {**message.context, "site_url": settings.SITE_URL, "site_name": settings.SITE_NAME}
    subject = render_to_string(f"emails/{message.letter}.subject.txt", context).strip()
    body = render_to_string(f"emails/{message.letter}.txt", context)
    send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [message.recipient])


def _keep_failure(message: OutboxMessage, problem: Exception) -> None:
    # Only the kind of failure: a mail server's words may repeat the address.
    changes: dict[str, Any] = {"problem": type(problem).__name__}
    if timezone.now() - message.created_at > GIVE_UP_AFTER:
        changes["failed_at"] = timezone.now()
    with transaction.atomic():
        OutboxMessage.objects.filter(pk=message.pk).update(**changes)
    log.warning("letter %s not sent: %s", message.letter, type(problem).__name__)


def sweep() -> int:
    """Throw away letters that were sent long ago: they hold addresses; return how many."""
    return OutboxMessage.objects.filter(sent_at__lt=timezone.now() - KEEP_SENT).delete()[0]
