"""Entries of the chronology, and the coded facts of a case."""

from django.db import transaction

from pug_portal.core import audit
from pug_portal.core.versions import claim
from seruni_cases.access import ensure
from seruni_cases.actions._moves import touch
from seruni_cases.models import Case, CaseNote, CaseViolence, Code
from seruni_cases.workflow import Act


@transaction.atomic
def note(case: Case, *, kind: str, text: str, happened_at, risk: str = "", by) -> CaseNote:
    """Write an entry; an assessment may set the risk."""
    ensure(by, Act.NOTE, case)
    entry = CaseNote.objects.create(case=case, kind=kind, text=text, happened_at=happened_at, author=by)
    if risk and risk != case.risk:
        Case.objects.filter(pk=case.pk).update(risk=risk)
        case.risk = risk
    touch(case)
    audit.record("case.noted", case, by=by, scope=case.pk, note=kind, risk=risk)
    return entry


@transaction.atomic
def change_facts(case: Case, *, facts: dict, violence: list[str], version, by) -> None:
    """Correct the coded facts of a case."""
    ensure(by, Act.NOTE, case)
    claim(case, version)
    for name, value in facts.items():
        setattr(case, name, value)
    case.save(update_fields=[*facts])
    case.violence.filter(list=Code.List.VIOLENCE).exclude(code__in=violence).delete()
    known = set(case.violence.values_list("code", flat=True))
    CaseViolence.objects.bulk_create(
        CaseViolence(case=case, list=Code.List.VIOLENCE, code=code) for code in violence if code not in known
    )
    touch(case)
    audit.record("case.noted", case, by=by, scope=case.pk, note="fakta", fields=sorted(facts))
