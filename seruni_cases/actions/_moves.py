"""The one way a case changes its status."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from pug_portal.core import audit
from pug_portal.core.access import WrongStage
from seruni_cases.access import ensure
from seruni_cases.actions.guards import NotYet, missing
from seruni_cases.models import Case, CaseNote
from seruni_cases.workflow import REMEMBERING, TABLE, Move, Status


@transaction.atomic
def _move(
    case: Case, move: Move, *, by, reason: str = "", kind: str = "case.moved", changes=None, **facts
) -> None:
    """Carry out one legal move: ensure, guards, compare-and-set, record.

    The words of `reason` are sealed in the chronology; the record gets codes only. Raises
    Refused (not allowed), NotYet (something is missing) or WrongStage (somebody moved it first).
    """
    ensure(by, move, case)
    step = TABLE[move]
    if step.reasoned and not reason.strip():
        raise NotYet("Tulis alasannya.")
    if lacking := missing(case, move, by):
        raise NotYet(" ".join(lacking))
    source = Status(case.status)
    target = step.target or Status(case.returns_to or Status.MONITORING)
    _set(case, source, target, move, changes or {})
    if reason.strip():
        CaseNote.objects.create(case=case, kind=CaseNote.Kind.MOVE, text=reason.strip(), author=by)
    told = {"move": move.value, "before": source.value, "after": target.value}
    audit.record(kind, case, by=by, scope=case.pk, **told, **facts)


def _set(case: Case, source: Status, target: Status, move: Move, changes: dict) -> None:
    """Write the new status where the old one still stands."""
    returns_to = source.value if move in REMEMBERING else ""
    won = Case.objects.filter(pk=case.pk, status=source).update(
        status=target,
        returns_to=returns_to,
        version=F("version") + 1,
        touched_at=timezone.now(),
        **changes,
    )
    if not won:
        raise WrongStage("Tahap kasus ini sudah berubah. Muat ulang halaman untuk melihatnya.")
    case.refresh_from_db()


def touch(case: Case) -> None:
    """Remember that something happened in the case."""
    Case.objects.filter(pk=case.pk).update(touched_at=timezone.now())
