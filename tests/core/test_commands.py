"""Commands of the ground floor: the minute job, the first administrator."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from pug_portal.core import drafts, obligations, outbox
from pug_portal.core.models import AuditEvent, Draft, Invitation, Obligation, OutboxMessage, User
from pug_portal.core.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_anchors(settings, tmp_path):
    settings.AUDIT_ANCHOR_FILE = tmp_path / "anchors.jsonl"


def letter(key="satu", **context):
    return outbox.queue("invitation", to="a@contoh.test", context={"hours": 72, **context}, key=key)


def test_the_minute_job_sends_escalates_and_sweeps(person, settings):
    letter()
    drafts.keep("x", "lama", {}, minutes=-1)
    duty = obligations.start(
        "activity.report", target=person(), due=timezone.now() - timedelta(hours=1), owner_role="ketua"
    )
    call_command("tick")
    assert len(mail.outbox) == 1
    assert not Draft.objects.exists()
    assert Obligation.objects.get(pk=duty.pk).escalated_at
    assert AuditEvent.objects.filter(kind="clock.escalated").count() == 1
    assert settings.AUDIT_ANCHOR_FILE.exists()
    call_command("tick")
    assert len(mail.outbox) == 1
    assert AuditEvent.objects.filter(kind="clock.escalated").count() == 1


def test_one_duty_that_fails_does_not_keep_the_others_waiting(settings):
    settings.TICK = ["pug_portal.core.tidak.ada", *settings.TICK]
    letter()
    with pytest.raises(CommandError, match=r"tidak\.ada"):
        call_command("tick")
    assert len(mail.outbox) == 1


def test_a_broken_letter_holds_up_no_other(settings):
    broken = letter("rusak")
    OutboxMessage.objects.filter(pk=broken.pk).update(letter="tidak_ada")
    letter("baik")
    assert outbox.send_waiting() == (1, 1)
    broken.refresh_from_db()
    assert broken.problem == "TemplateDoesNotExist" and broken.sent_at is None


def test_a_mail_server_that_does_not_answer_is_asked_again_later_and_given_up_after_a_day(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    waiting = letter()
    assert outbox.send_waiting() == (0, 1)
    assert outbox.send_waiting() == (0, 0)  # not before its time
    OutboxMessage.objects.filter(pk=waiting.pk).update(
        next_try_at=timezone.now(), created_at=timezone.now() - timedelta(hours=25)
    )
    outbox.send_waiting()
    waiting.refresh_from_db()
    assert waiting.failed_at and waiting.tries == 2
    assert outbox.send_waiting() == (0, 0)


def test_letters_sent_long_ago_are_thrown_away():
    old, new = letter("lama"), letter("baru")
    OutboxMessage.objects.filter(pk=old.pk).update(sent_at=timezone.now() - timedelta(days=31))
    assert outbox.sweep() == 1
    assert OutboxMessage.objects.get() == new


FIRST = {"username": "Rini.Astuti", "email": "rini@contoh.test", "name": "Rini (fiktif)"}


def test_the_first_administrator_is_invited_without_a_password_in_anybodys_hands(capsys, settings):
    call_command("create_first_admin", **FIRST)
    link = capsys.readouterr().out.strip().splitlines()[-1]
    assert link.startswith(f"{settings.SITE_URL}/undangan/")
    user = User.objects.get()
    assert (user.username, user.is_active, user.has_usable_password()) == ("rini.astuti", False, False)
    assert [t.role for t in user.terms.all()] == [Role.SYSTEM_ADMIN]
    assert Invitation.objects.get().is_open


@pytest.mark.parametrize("missing", sorted(FIRST))
def test_a_missing_answer_is_named(missing):
    with pytest.raises(CommandError, match=f"--{missing}"):
        call_command("create_first_admin", **(FIRST | {missing: ""}), no_input=True)
    assert not User.objects.exists()


def test_wrong_answers_are_refused_with_a_sentence():
    with pytest.raises(CommandError, match="--email"):
        call_command("create_first_admin", **(FIRST | {"email": "bukan surel"}), no_input=True)
    with pytest.raises(CommandError):
        call_command("create_first_admin", **(FIRST | {"username": "nama dengan spasi"}), no_input=True)


def test_a_portal_with_people_makes_no_first_administrator(secretary):
    with pytest.raises(CommandError, match="sudah punya akun"):
        call_command("create_first_admin", **FIRST)
