"""Receiving a complaint, completing it, and deciding what becomes of it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from pug_portal.core import audit, clock, obligations
from pug_portal.core.access import PUBLIC, Refused
from pug_portal.core.answers import is_answered
from pug_portal.core.roles import Role
from pug_portal.core.versions import claim
from seruni_cases.access import ensure_complaint, visible_cases
from seruni_cases.actions._codes import fresh_code
from seruni_cases.actions._moves import touch
from seruni_cases.actions.guards import NotYet
from seruni_cases.models import CaseNote, Complaint, ContactAttempt, SafeContact
from seruni_cases.workflow import (
    FIRST_CONTACT_HOURS,
    FIRST_CONTACT_LOW_DAYS,
    OPEN,
    SUPERVISED,
    TRIAGE_HOURS,
    Outcome,
    Risk,
)

# Channels on which somebody speaks with us at the moment of reporting.
LIVE_CHANNELS = frozenset({"LANGSUNG", "TELEPON", "JANGKAU"})


@transaction.atomic
def receive(*, answers: dict, contact: dict | None = None, by) -> Complaint:
    """Write down a complaint and start its clocks.

    `answers`: fields of Complaint; `contact`: fields of SafeContact, or None when nobody asked.
    """
    if by is not PUBLIC and not by.has_perm("seruni_cases.receive_complaint"):
        raise Refused("Peran Anda tidak menerima aduan.")
    complaint = Complaint(code=fresh_code(Complaint, "ADU"), receiver=None if by is PUBLIC else by, **answers)
    complaint.risk = provisional_risk(complaint)
    if complaint.channel in LIVE_CHANNELS:
        complaint.contacted_at = complaint.received_at
    complaint.save(force_insert=True)
    keep_contact(complaint.pk, contact)
    _start_clocks(complaint)
    told = {"channel": complaint.channel, "danger": bool(complaint.danger_signs)}
    audit.record("complaint.received", complaint, by=by, scope=complaint.pk, **told)
    return complaint


def provisional_risk(complaint: Complaint) -> str:
    """Return the risk that the answers so far suggest; a person decides at triage."""
    danger = complaint.danger_now == "ya" or bool(complaint.danger_signs)
    return Risk.HIGH if danger else complaint.risk


def keep_contact(file: UUID, contact: dict | None, earlier: SafeContact | None = None) -> None:
    """Write down how somebody may be reached; earlier answers stay as history.

    What was not said this time is taken from the answer before: a masked form must not lose a
    number. `earlier`: the answer under another file, when the file is new.
    """
    if not contact or not is_answered(contact.get("allowed")):
        return
    before = earlier or SafeContact.objects.filter(file=file).order_by("-asked_at").first()
    said = {name: value for name, value in contact.items() if value is not None}
    SafeContact.objects.create(file=file, **{**contact_of(before), **said})


def contact_of(told: SafeContact | None) -> dict:
    """Return the answers of `told` as fields, {} for none."""
    names = ("allowed", "way", "phone", "starts", "ends", "speak_as", "code_word", "note")
    return {name: getattr(told, name) for name in names} if told else {}


def first_contact_due(risk: str, received: datetime) -> datetime:
    """Return when somebody must have spoken with her: minutes, hours, or two working days."""
    if risk == Risk.LOW:
        day = clock.add_working_days(clock.local(received).date(), FIRST_CONTACT_LOW_DAYS)
        return clock.local(received).replace(year=day.year, month=day.month, day=day.day)
    return clock.due_after(received, FIRST_CONTACT_HOURS[risk])


def _start_clocks(complaint: Complaint) -> None:
    officer = Role.COMPLAINT_OFFICER
    triage_due = clock.due_after(complaint.received_at, TRIAGE_HOURS)
    obligations.start("complaint.triage", target=complaint, due=triage_due, owner_role=officer)
    if complaint.contacted_at is None:
        due = first_contact_due(complaint.risk, complaint.received_at)
        obligations.start("complaint.first_contact", target=complaint, due=due, owner_role=officer)


@transaction.atomic
def complete(complaint: Complaint, *, changes: dict, contact: dict | None, version, by) -> None:
    """Add to a complaint what was learned later."""
    ensure_complaint(by, "receive_complaint", complaint)
    claim(complaint, version)
    for name, value in changes.items():
        setattr(complaint, name, value)
    complaint.risk = provisional_risk(complaint)
    complaint.save()
    keep_contact(complaint.pk, contact)
    audit.record("complaint.changed", complaint, by=by, scope=complaint.pk, fields=sorted(changes))


@transaction.atomic
def call_back(complaint: Complaint, *, way: str, result: str, note: str, at, by) -> ContactAttempt:
    """Write down a try to reach the reporter; the first success stops the clock."""
    ensure_complaint(by, "receive_complaint", complaint)
    attempt = ContactAttempt.objects.create(
        file=complaint.pk, complaint=complaint, way=way, result=result, note=note, at=at, by=by
    )
    if result == ContactAttempt.Result.REACHED and complaint.contacted_at is None:
        Complaint.objects.filter(pk=complaint.pk).update(contacted_at=at)
        obligations.stop("complaint.first_contact", target=complaint)
    audit.record("complaint.contacted", complaint, by=by, scope=complaint.pk, result=result)
    return attempt


@transaction.atomic
def triage(
    complaint: Complaint,
    *,
    outcome: Outcome,
    reason: str,
    risk: str,
    authority: str,
    handed_to=None,
    merge_code: str = "",
    version=None,
    by,
) -> None:
    """Decide what becomes of a complaint. A false one needs a second person with a reason."""
    ensure_complaint(by, "triage_complaint", complaint)
    if getattr(complaint, "case", None) or complaint.outcome == Outcome.MERGED:
        raise NotYet("Aduan ini sudah menjadi bagian dari kasus.")
    merged_into = _case_to_join(outcome, merge_code, by)
    claim(complaint, version)
    if outcome in SUPERVISED and _still_needs_supervisor(complaint, by):
        _doubt(complaint, reason, by)
        return
    complaint.outcome, complaint.risk, complaint.authority = outcome, risk, authority
    complaint.outcome_reason = "\n\n".join(filter(None, [complaint.outcome_reason, reason]))
    complaint.handed_to = handed_to if outcome == Outcome.HANDED_OVER else None
    complaint.merged_into = merged_into
    complaint.triaged_by, complaint.triaged_at = by, timezone.now()
    complaint.save()
    if merged_into:
        _join(complaint, merged_into, by)
    if complaint.is_settled:
        obligations.stop_all(complaint)
    else:
        obligations.stop("complaint.triage", target=complaint)
    audit.record("complaint.triaged", complaint, by=by, scope=complaint.pk, decided=str(outcome))


def _case_to_join(outcome: str, code: str, by):
    if outcome != Outcome.MERGED:
        return None
    case = visible_cases(by).filter(code=code, status__in=OPEN).first()
    if case is None:
        raise NotYet("Kode kasus tidak ditemukan di antara kasus terbuka yang Anda tangani.")
    return case


def _still_needs_supervisor(complaint: Complaint, by) -> bool:
    return complaint.doubted_by_id in (None, by.pk) or Role.CASE_MANAGER not in by.roles


def _doubt(complaint: Complaint, reason: str, by) -> None:
    complaint.doubted_by = by
    complaint.outcome_reason = reason
    complaint.save()
    audit.record("complaint.doubted", complaint, by=by, scope=complaint.pk)


def _join(complaint: Complaint, case, by) -> None:
    """Carry what was told into the chronology of the case, under the case's own key."""
    CaseNote.objects.create(
        case=case, text=complaint.summary or "-", happened_at=complaint.received_at, author=by
    )
    touch(case)
    audit.record("case.noted", case, by=by, scope=case.pk, complaint=complaint.code)
