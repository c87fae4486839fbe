"""What a move needs besides its status. Each predicate answers "" or what is still missing.

A missing thing never keeps help away: services and urgent referrals are open in every stage.
"""

from collections.abc import Callable
from datetime import timedelta

from django.db.models import Max, Min

from pug_portal.core.access import Refused
from pug_portal.core.models import Obligation
from pug_portal.core.roles import Role
from seruni_cases.models import Case, CaseNote, Closure, Consent
from seruni_cases.workflow import EARLY_CLOSURE, LIVE, Move, Risk, Status

CHILD_BANDS = frozenset({"0-5", "6-12", "13-17"})
HEAD_REASONS = frozenset({"T7", "T10"})
TRAFFICKING = "TRAFIK"
LOST_TRIES, LOST_WAYS, LOST_DAYS = 3, 2, 30


class NotYet(Refused):
    """Something that the move needs is still missing; the form keeps what was typed."""


def has_companion(case: Case, by) -> str:
    return "" if case.companion() else "Belum ada pendamping. Manajer kasus menunjuknya."


def has_service_consent(case: Case, by) -> str:
    # Over all lines, so that a page may fetch them beforehand.
    live = any(c.is_live and c.purpose == Consent.Purpose.SERVICE for c in case.consents.all())
    return "" if live else "Catat dahulu persetujuan pencatatan dan penanganan."


def has_assessment(case: Case, by) -> str:
    written = case.notes.filter(kind=CaseNote.Kind.ASSESSMENT).exists()
    return "" if written else "Tulis catatan asesmen dahulu."


def has_risk(case: Case, by) -> str:
    return "Tentukan tingkat risiko dahulu." if case.risk == Risk.UNKNOWN else ""


def has_plan(case: Case, by) -> str:
    return "" if _plan(case) else "Tulis catatan rencana dahulu."


def is_not_the_author(case: Case, by) -> str:
    plan, companion = _plan(case), case.companion()
    own = (plan and plan.author_id == by.pk) or (companion and companion.user_id == by.pk)
    return "Rencana disetujui oleh orang lain, bukan penyusun atau pendampingnya." if own else ""


def has_service(case: Case, by) -> str:
    return "" if case.services.all() else "Catat sedikitnya satu layanan dahulu."


def has_no_live_referral(case: Case, by) -> str:
    live = sum(referral.status in LIVE for referral in case.referrals.all())
    return f"Masih ada {live} rujukan yang belum selesai." if live else ""


def has_nothing_late(case: Case, by) -> str:
    late = Obligation.objects.about(case).late().exclude(kind="case.follow_up").exists()
    return "Masih ada tenggat kasus ini yang terlewat." if late else ""


def has_no_other_judge(case: Case, by) -> str:
    closure = open_closure(case)
    if closure is None:
        return "Usul penutupan tidak ditemukan."
    if closure.proposed_by_id == by.pk:
        return "Penutupan diputus oleh orang lain, bukan pengusulnya."
    if needs_head(case, closure.reason) and Role.SERUNI_HEAD not in by.roles:
        return "Penutupan kasus ini diputus oleh Ketua PPT SERUNI (risiko tinggi, anak, atau TPPO)."
    return ""


Guard = Callable[[Case, object], str]
GUARDS: dict[Move, tuple[Guard, ...]] = {
    Move.ASSESS: (has_companion, has_service_consent),
    Move.PLAN: (has_assessment, has_risk),
    Move.SUBMIT_PLAN: (has_plan,),
    Move.APPROVE_PLAN: (is_not_the_author,),
    Move.MONITOR: (has_service,),
    Move.PROPOSE_CLOSURE: (has_no_live_referral, has_nothing_late),
    Move.APPROVE_CLOSURE: (has_no_other_judge,),
}


def missing(case: Case, move: Move, by) -> list[str]:
    """Return what the move still needs, in words; [] when it may go."""
    answers = (guard(case, by) for guard in GUARDS.get(move, ()))
    return [answer for answer in answers if answer]


def open_closure(case: Case) -> Closure | None:
    return case.closures.filter(decision="").first()


def needs_head(case: Case, reason: str) -> bool:
    """Return whether the head decides: high risk, a child, trafficking, a death, lost means."""
    return (
        case.risk == Risk.HIGH
        or case.age_band in CHILD_BANDS
        or reason in HEAD_REASONS
        or case.violence.filter(code=TRAFFICKING).exists()
    )


def why_not_for_reason(case: Case, reason: str) -> str:
    """Return why this reason cannot close this case, "" when it can."""
    if case.status != Status.MONITORING and reason not in EARLY_CLOSURE:
        return "Sebelum tahap pemantauan, kasus hanya ditutup lebih awal dengan alasan lain."
    if reason == "T1" and case.risk == Risk.HIGH:
        return "Risikonya masih tinggi, jadi kebutuhan belum dapat disebut terpenuhi."
    return _why_not_lost(case) if reason == "T3" else ""


def _why_not_lost(case: Case) -> str:
    if case.risk == Risk.HIGH:
        return "Risikonya tinggi: kasus tidak ditutup karena tidak dapat dihubungi."
    tries = case.attempts.all()
    span = tries.aggregate(first=Min("at"), last=Max("at"))
    enough = (
        tries.count() >= LOST_TRIES
        and tries.values("way").distinct().count() >= LOST_WAYS
        and span["last"] - span["first"] >= timedelta(days=LOST_DAYS)
    )
    rule = f"{LOST_TRIES} upaya dengan {LOST_WAYS} cara dalam {LOST_DAYS} hari"
    return "" if enough else f"Catat dahulu sedikitnya {rule}."


def _plan(case: Case) -> CaseNote | None:
    return case.notes.filter(kind=CaseNote.Kind.PLAN).order_by("-written_at").first()
