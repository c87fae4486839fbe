"""Duties with a clock: started and stopped by the acts of the rooms, escalated by the tick."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from pug_portal.core import audit
from pug_portal.core.actors import SYSTEM
from pug_portal.core.models import Obligation

# kind -> words on the homes; one line per duty of a room
LABELS: dict[str, str] = {
    "complaint.triage": "Triase aduan",
    "complaint.first_contact": "Kontak pertama",
    "referral.answer": "Jawaban rujukan",
    "case.follow_up": "Tindak lanjut",
    "case.assess": "Asesmen",
    "case.consent": "Lengkapi persetujuan",
    "case.plan_approval": "Persetujuan rencana",
    "duty.repair": "Perbaikan laporan",
    "activity.report": "Laporan kegiatan",
}


def start(
    kind: str,
    *,
    target,
    due: datetime,
    label: str = "",
    owner=None,
    owner_role: str = "",
    institution=None,
    started: datetime | None = None,
) -> Obligation:
    """Start the clock of a duty about `target`; a running clock of the same kind is replaced."""
    LABELS[kind]
    Obligation.objects.about(target).open().filter(kind=kind).update(stopped_at=timezone.now())
    return Obligation.objects.create(
        kind=kind,
        target_type=target._meta.label_lower,
        target_id=target.pk,
        target_label=label or target.audit_label(),
        owner=owner,
        owner_role=owner_role,
        institution=institution,
        started_at=started or timezone.now(),
        due_at=due,
    )


def stop(kind: str, *, target, reason: str = "") -> int:
    """Stop the clock; return how many were running. `reason` says why it was late."""
    running = Obligation.objects.about(target).open().filter(kind=kind)
    return running.update(stopped_at=timezone.now(), late_reason=reason[:200])


def stop_all(target) -> int:
    """Stop every clock about `target` (it is closed)."""
    return Obligation.objects.about(target).open().update(stopped_at=timezone.now())


def escalate_late(limit: int = 500) -> int:
    """Mark duties that passed their time and record it; return how many."""
    late = Obligation.objects.late().filter(escalated_at__isnull=True)[:limit]
    for duty in late:
        _escalate(duty)
    return len(late)


@transaction.atomic
def _escalate(duty: Obligation) -> None:
    won = Obligation.objects.filter(pk=duty.pk, escalated_at__isnull=True).update(escalated_at=timezone.now())
    if won:
        audit.record("clock.escalated", by=SYSTEM, duty=duty.kind, label=duty.target_label)
