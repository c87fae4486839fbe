"""Consent given, refused and withdrawn. Withdrawing stops every sharing that stood on it."""

from django.db import transaction
from django.utils import timezone

from pug_portal.core import audit, obligations
from pug_portal.core.versions import claim
from seruni_cases.access import ensure
from seruni_cases.actions._moves import touch
from seruni_cases.actions.guards import NotYet
from seruni_cases.models import Case, Consent
from seruni_cases.workflow import LIVE, Act, Referred


@transaction.atomic
def consent(case: Case, *, line: dict, by) -> Consent:
    """Write down one line of consent or refusal. `line`: fields of Consent."""
    ensure(by, Act.CONSENT, case)
    row = Consent.objects.create(case=case, recorded_by=by, **line)
    if row.purpose == Consent.Purpose.SERVICE and row.is_live:
        obligations.stop("case.consent", target=case)
    if row.purpose == Consent.Purpose.STATISTICS:
        allowed = "ya" if row.status == Consent.Status.ACTIVE else "tidak"
        Case.objects.filter(pk=case.pk).update(statistics=allowed)
    touch(case)
    told = {"purpose": row.purpose, "status": row.status, "data": row.data}
    audit.record("case.consented", case, by=by, scope=case.pk, **told)
    return row


@transaction.atomic
def withdraw(row: Consent, *, version=None, by) -> int:
    """End a line of consent at once; return how many referrals were revoked with it."""
    case = row.case
    ensure(by, Act.CONSENT, case)
    if row.status != Consent.Status.ACTIVE:
        raise NotYet("Persetujuan ini sudah tidak berlaku.")
    claim(row, version)
    now = timezone.now()
    Consent.objects.filter(pk=row.pk).update(
        status=Consent.Status.WITHDRAWN, withdrawn_at=now, withdrawn_by=by
    )
    stopped = _revoke_dependent(row, by)
    if row.purpose == Consent.Purpose.STATISTICS:
        Case.objects.filter(pk=case.pk).update(statistics="tidak")
    touch(case)
    audit.record("case.consent_withdrawn", case, by=by, scope=case.pk, referrals=stopped)
    return stopped


def _revoke_dependent(row: Consent, by) -> int:
    dependent = list(row.referrals.filter(status__in=LIVE))
    for referral in dependent:
        row.referrals.filter(pk=referral.pk).update(status=Referred.REVOKED)
        obligations.stop_all(referral)
        audit.record("referral.revoked", referral, by=by, scope=row.case_id, why="persetujuan dicabut")
    return len(dependent)
