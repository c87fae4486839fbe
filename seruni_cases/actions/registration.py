"""A complaint becomes a case: codes, office number, identity vault, companion."""

from django.db import transaction
from django.utils import timezone

from pug_portal.core import audit, clock, obligations
from pug_portal.core.access import Refused
from pug_portal.core.numbers import next_number
from pug_portal.core.roles import Role
from seruni_cases.access import known_people, visible_complaints
from seruni_cases.actions._codes import fresh_code
from seruni_cases.actions.complaint import contact_of, keep_contact
from seruni_cases.actions.guards import NotYet
from seruni_cases.models import (
    Case,
    CaseAssignment,
    CaseNote,
    CaseViolence,
    Code,
    Complaint,
    Exclusion,
    Person,
)
from seruni_cases.workflow import ASSESS_HOURS, Outcome


@transaction.atomic
def register(
    *,
    complaint: Complaint | None,
    facts: dict,
    violence: list[str],
    identity: dict,
    contact: dict | None = None,
    same_person: str = "",
    by,
) -> Case:
    """Open a case. `facts`: fields of Case; `identity`: fields of Person (all optional).

    `same_person`: code of a survivor already known, when somebody recognised her; her vault stays
    as it is. The office number and the codes are given out in this transaction.
    """
    _ensure_registrable(complaint, by)
    # What she wants to be called was said on the card; the form shows it only when opened.
    called = complaint.called if complaint else None
    person = _person({**identity, "nickname": identity.get("nickname") or called}, facts, same_person, by)
    case = Case.objects.create(
        code=fresh_code(Case, "SRN"),
        number=_office_number(),
        complaint=complaint,
        survivor=person,
        registered_by=by,
        **facts,
    )
    CaseViolence.objects.bulk_create(
        CaseViolence(case=case, list=Code.List.VIOLENCE, code=code) for code in violence
    )
    _carry_over(complaint, case, person, contact, by)
    if Role.COMPANION in by.roles:
        CaseAssignment.objects.create(case=case, user=by, part=CaseAssignment.Part.COMPANION, assigned_by=by)
    _start_clock(case)
    from_complaint = complaint.code if complaint else ""
    audit.record(
        "case.registered", case, by=by, scope=case.pk, complaint=from_complaint, known=bool(same_person)
    )
    return case


def _ensure_registrable(complaint: Complaint | None, by) -> None:
    if not by.has_perm("seruni_cases.register_case"):
        raise Refused("Peran Anda tidak mendaftarkan kasus.")
    if complaint is None:
        return
    if not visible_complaints(by).filter(pk=complaint.pk).exists():
        raise Refused("Aduan ini tidak termasuk tugas Anda.")
    if Case.objects.filter(complaint=complaint).exists():
        raise NotYet("Aduan ini sudah terdaftar sebagai kasus.")
    if complaint.outcome != Outcome.CASE:
        raise NotYet("Putuskan triase sebagai kasus dahulu.")


def _office_number() -> str:
    year = clock.today().year
    return f"{next_number(f'case/{year}'):05d}/SERUNI/{year}"


def _person(identity: dict, facts: dict, same_person: str, by) -> Person:
    if same_person:
        known = known_people(by).filter(code=same_person).first()
        if known is None:
            raise NotYet("Orang yang dipilih tidak ditemukan.")
        return known
    person = Person(code=fresh_code(Person, "PNY"), **identity)
    person.birth_year = facts.get("birth_year")
    person.sex = facts.get("sex", "")
    person.save(force_insert=True)
    return person


def _carry_over(complaint: Complaint | None, case: Case, person: Person, contact, by) -> None:
    """Copy what was told and how she may be reached, sealed anew under the case and the person."""
    if complaint is None:
        keep_contact(person.pk, contact)
        return
    if complaint.summary:
        CaseNote.objects.create(
            case=case, text=complaint.summary, happened_at=complaint.received_at, author=by
        )
    told = complaint.safe_contact()
    keep_contact(person.pk, contact or contact_of(told), earlier=told)
    Exclusion.objects.bulk_create(
        Exclusion(file=case.pk, user_id=row.user_id, by_id=row.by_id)
        for row in Exclusion.objects.filter(file=complaint.pk)
    )


def _start_clock(case: Case) -> None:
    due = clock.due_after(timezone.now(), ASSESS_HOURS[case.risk])
    companion = case.companion()
    obligations.start(
        "case.assess",
        target=case,
        due=due,
        owner=companion.user if companion else None,
        owner_role="" if companion else Role.CASE_MANAGER,
    )
