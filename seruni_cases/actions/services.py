"""Help given to a person."""

from django.db import transaction
from django.utils import timezone

from pug_portal.core import audit, obligations
from pug_portal.core.clock import due_after
from pug_portal.core.roles import Role
from seruni_cases.access import ensure
from seruni_cases.actions._moves import touch
from seruni_cases.models import Case, Service
from seruni_cases.workflow import CONSENT_DEBT_HOURS, Act


@transaction.atomic
def provide(case: Case, *, service: dict, by) -> Service:
    """Write down a service. Help comes first: missing consent becomes a duty, never a wall.

    `service`: fields of Service.
    """
    ensure(by, Act.PROVIDE, case)
    row = Service.objects.create(case=case, created_by=by, **{"staff": by, **service})
    if not case.consents.live().for_service().exists():
        owe_consent(case)
    touch(case)
    audit.record("service.provided", case, by=by, scope=case.pk, service=row.kind, result=row.result)
    return row


def owe_consent(case: Case) -> None:
    """Start the duty to ask for consent afterwards."""
    companion = case.companion()
    obligations.start(
        "case.consent",
        target=case,
        due=due_after(timezone.now(), CONSENT_DEBT_HOURS),
        owner=companion.user if companion else None,
        owner_role="" if companion else Role.CASE_MANAGER,
    )
