"""Referrals: sent with exactly what was agreed, answered, reported back, or taken back."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from pug_portal.core import audit, obligations
from pug_portal.core.access import WrongStage
from pug_portal.core.actors import SYSTEM
from pug_portal.core.clock import due_after
from pug_portal.core.models import User
from pug_portal.core.roles import Role
from seruni_cases import emails
from seruni_cases.access import ensure, ensure_packet, visible_referrals
from seruni_cases.actions._codes import fresh_code
from seruni_cases.actions._moves import touch
from seruni_cases.actions.guards import NotYet
from seruni_cases.actions.packet import allowed_kinds, packet_of, refused_fields
from seruni_cases.actions.services import owe_consent
from seruni_cases.models import Case, Code, Consent, Referral
from seruni_cases.workflow import ANSWER_HOURS, REFERRAL_TABLE, Act, Referred, Urgency

EXPIRE_AFTER = timedelta(days=7)


@transaction.atomic
def refer(
    case: Case,
    *,
    institution,
    service: str,
    urgency: str,
    fields: list[str],
    request: str,
    basis: str,
    basis_reason: str = "",
    by,
) -> Referral:
    """Send a request to a partner with the packet of `fields`.

    `request` is the paragraph written for this partner. Without a live consent line for the
    partner that covers every field, only a vital interest or a legal duty with a reason carries
    it, and the manager is shown that.
    """
    ensure(by, Act.REFER, case)
    consent = ground_for(case, institution, service, fields, basis, basis_reason)
    referral = Referral.objects.create(
        code=fresh_code(Referral, "RUJ"),
        case=case,
        institution=institution,
        service=service,
        urgency=urgency,
        basis=basis,
        consent=consent,
        basis_reason=basis_reason if consent is None else None,
        shared=fields,
        packet=packet_of(case, fields, request),
        kecamatan=case.kecamatan.name if case.kecamatan else "",
        age_band=case.age_band,
        sent_by=by,
        answer_due=due_after(timezone.now(), ANSWER_HOURS[Urgency(urgency)]),
    )
    _tell_partner(referral)
    if consent is None:
        owe_consent(case)
    touch(case)
    told = {"to": institution.audit_label(), "basis": basis, "fields": fields}
    audit.record("referral.sent", referral, by=by, scope=case.pk, case=case.code, **told)
    return referral


def family_of(service: str) -> str:
    """Return the family of institutions that gives this service."""
    code = Code.objects.filter(list=Code.List.SERVICE, code=service).first()
    return code.group if code else ""


def lines_for(case: Case, institution, service: str) -> list[Consent]:
    """Return the live consent lines that cover this partner, the widest first."""
    lines = case.consents.live().covering(institution, family_of(service))
    return sorted(lines, key=lambda line: -len(line.data))


def ground_for(case: Case, institution, service, fields, basis, reason="") -> Consent | None:
    """Return the consent line that carries a sharing, None for another ground with its reason.

    Raises NotYet with what is missing.
    """
    if basis != Referral.Basis.CONSENT:
        if not reason.strip():
            raise NotYet("Tulis alasan berbagi tanpa persetujuan. Manajer kasus membacanya.")
        return None
    lines = lines_for(case, institution, service)
    if not lines:
        raise NotYet(f"Belum ada persetujuan berbagi dengan {institution}. Catat persetujuannya dahulu.")
    if refused := refused_fields(fields, allowed_kinds(lines[0])):
        raise NotYet(f"Persetujuan tidak mencakup: {', '.join(refused)}.")
    return lines[0]


def _tell_partner(referral: Referral) -> None:
    obligations.start(
        "referral.answer",
        target=referral,
        due=referral.answer_due,
        owner_role=Role.PARTNER,
        institution=referral.institution,
    )
    partners = User.objects.holding(Role.PARTNER).filter(
        terms__role=Role.PARTNER, terms__institution=referral.institution
    )
    for user in partners.distinct():
        emails.referral_waiting(referral, user)


def _turn(referral: Referral, target: Referred, **changes) -> None:
    """Change the status where it is still one that `target` may come from."""
    now = timezone.now()
    won = Referral.objects.filter(pk=referral.pk, status__in=REFERRAL_TABLE[target]).update(
        status=target, version=F("version") + 1, **changes
    )
    if not won:
        raise WrongStage("Status rujukan ini sudah berubah. Muat ulang halaman untuk melihatnya.")
    Case.objects.filter(pk=referral.case_id).update(touched_at=now)
    referral.refresh_from_db()


@transaction.atomic
def mark_opened(referral: Referral, *, by) -> None:
    """Remember that the partner has looked; does nothing the second time."""
    ensure_packet(by, "answer_referral", referral)
    if referral.status == Referred.SENT:
        _turn(referral, Referred.OPENED, opened_at=timezone.now())


@transaction.atomic
def answer(
    referral: Referral, *, accept: bool, reason: str = "", note: str = "", appointment=None, by
) -> None:
    """Accept or decline a request; the sender's clock stops and her home tells her."""
    ensure_packet(by, "answer_referral", referral)
    if not accept and not reason:
        raise NotYet("Pilih alasannya, agar pengirim tahu harus ke mana.")
    accepted = Referred.SCHEDULED if appointment else Referred.ACCEPTED
    _turn(
        referral,
        accepted if accept else Referred.DECLINED,
        answered_at=timezone.now(),
        answered_by=by,
        decline_reason="" if accept else reason,
        appointment_at=appointment if accept else None,
    )
    if note.strip():
        referral.answer_note = note.strip()
        referral.save(update_fields=["answer_note"])
    obligations.stop("referral.answer", target=referral)
    kind = "referral.accepted" if accept else "referral.declined"
    audit.record(kind, referral, by=by, scope=referral.case_id, reason_code=reason)


def _after_feedback(attended: str, result: str) -> Referred:
    if result == Referral.Result.GIVEN:
        return Referred.DONE
    if attended == Referral.Attended.LATER:
        return Referred.SCHEDULED
    if attended == Referral.Attended.NO:
        return Referred.NO_SHOW
    return Referred.IN_SERVICE if result == Referral.Result.GOING_ON else Referred.RETURNED


@transaction.atomic
def report_back(referral: Referral, *, attended: str, result: str, needs_more: str, note: str, by) -> None:
    """Answer the four questions; a finished request closes the partner's access."""
    ensure_packet(by, "report_back", referral)
    if not referral.is_taken:
        raise WrongStage("Umpan balik diberikan sesudah rujukan diterima.")
    _turn_or_stay(
        referral,
        _after_feedback(attended, result),
        attended=attended,
        result=result,
        needs_more=needs_more,
        reported_at=timezone.now(),
        reported_by=by,
        seen_at=None,
    )
    if note.strip():
        referral.feedback_note = note.strip()
        referral.save(update_fields=["feedback_note"])
    told = {"attended": attended, "result": result}
    audit.record("referral.reported_back", referral, by=by, scope=referral.case_id, **told)


def _turn_or_stay(referral: Referral, target: Referred, **changes) -> None:
    if target == referral.status:
        Referral.objects.filter(pk=referral.pk, status=target).update(**changes)
        referral.refresh_from_db()
    else:
        _turn(referral, target, **changes)


@transaction.atomic
def revoke(referral: Referral, *, by) -> None:
    """Take a request back; the partner sees nothing of it any more."""
    ensure(by, Act.REFER, referral.case)
    _turn(referral, Referred.REVOKED)
    obligations.stop_all(referral)
    audit.record("referral.revoked", referral, by=by, scope=referral.case_id)


@transaction.atomic
def mark_seen(referral: Referral, *, by) -> None:
    """The sender has read the partner's news; it leaves her home."""
    ensure(by, Act.VIEW, referral.case)
    if visible_referrals(by).filter(pk=referral.pk, seen_at=None).update(seen_at=timezone.now()):
        audit.record("referral.seen", referral, by=by, scope=referral.case_id)


def expire_silent(limit: int = 500) -> int:
    """Let requests expire that stayed unanswered a week beyond their time; return how many."""
    silent = Referral.objects.late(timezone.now() - EXPIRE_AFTER)[:limit]
    for referral in silent:
        with transaction.atomic():
            _turn(referral, Referred.EXPIRED)
            obligations.stop_all(referral)
            audit.record("referral.expired", referral, by=SYSTEM, scope=referral.case_id)
    return len(silent)
