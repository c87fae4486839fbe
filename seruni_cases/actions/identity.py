"""Opening and changing an identity: acts with a reason, recorded, seen by the supervisor."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from pug_portal.core import audit
from pug_portal.core.access import Refused
from pug_portal.core.versions import claim
from seruni_cases.access import ensure, ensure_complaint, may_see_identity
from seruni_cases.actions.complaint import keep_contact
from seruni_cases.models import Case, Complaint, IdentityReveal, Person
from seruni_cases.workflow import REVEAL_MINUTES, Act


@transaction.atomic
def reveal(file: Case | Complaint, *, reason: str, note: str, by) -> IdentityReveal:
    """Open the identity of a case, or the reporter of a complaint, to `by` for ten minutes."""
    if isinstance(file, Case):
        ensure(by, Act.REVEAL, file)
        kind = "case.identity_revealed"
    else:
        ensure_complaint(by, "reveal_identity", file)
        kind = "complaint.identity_revealed"
    row = IdentityReveal.objects.create(
        file=file.pk,
        label=file.code,
        by=by,
        until=timezone.now() + timedelta(minutes=REVEAL_MINUTES),
        reason=reason,
        note=note,
    )
    # The list's code only; the words are sealed with the row.
    audit.record(kind, file, by=by, scope=file.pk, reason=reason)
    return row


@transaction.atomic
def change_identity(case: Case, *, changes: dict, contact: dict | None, version, by) -> None:
    """Correct the identity vault; only while it is open to `by`."""
    ensure(by, Act.NOTE, case)
    if not may_see_identity(by, case):
        raise Refused("Buka identitas dahulu dengan alasan, lalu ubah dalam sepuluh menit.")
    person = Person.objects.get(code=case.survivor_id)
    claim(person, version)
    for name, value in changes.items():
        setattr(person, name, value)
    if born := changes.get("birth_date"):
        person.birth_year = born.year
    person.save()
    keep_contact(person.pk, contact)
    audit.record("case.identity_changed", case, by=by, scope=case.pk, fields=sorted(changes))
