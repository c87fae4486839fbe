"""Statuses of a case and of a referral, and the tables of legal moves. Imports nothing of ours.

Source of the tables: the office's casework design, §3.2 (case) and §3.3 (referral). What a move
needs besides its status (a live consent, a finished referral) stands in actions/guards.py.
"""

from dataclasses import dataclass

from django.db.models import TextChoices


class Status(TextChoices):
    REGISTRATION = "registrasi", "Registrasi"
    ASSESSMENT = "asesmen", "Asesmen"
    PLANNING = "perencanaan", "Perencanaan"
    AWAITING = "menunggu_persetujuan", "Menunggu persetujuan"
    CARRYING_OUT = "pelaksanaan", "Pelaksanaan"
    MONITORING = "monitoring", "Pemantauan"
    CLOSING = "usul_tutup", "Diusulkan tutup"
    CLOSED = "ditutup", "Ditutup"
    REOPENED = "dibuka_kembali", "Dibuka kembali"
    TRANSFERRED = "dialihkan", "Dialihkan"
    PAUSED = "ditahan_sementara", "Ditahan sementara"


ENDS = frozenset({Status.CLOSED, Status.TRANSFERRED})
OPEN = frozenset(Status) - ENDS
# Where work goes on: from here a case may be paused, handed over or closed early.
WORKING = OPEN - {Status.PAUSED, Status.CLOSING}
TONES = {Status.AWAITING: "wait", Status.CLOSING: "wait", Status.PAUSED: "wait"} | dict.fromkeys(ENDS, "stop")


class Move(TextChoices):
    ASSESS = "assess", "Mulai asesmen"
    PLAN = "plan", "Lanjut ke perencanaan"
    SUBMIT_PLAN = "submit_plan", "Ajukan rencana"
    APPROVE_PLAN = "approve_plan", "Setujui rencana"
    RETURN_PLAN = "return_plan", "Kembalikan rencana"
    MONITOR = "monitor", "Lanjut ke pemantauan"
    RESUME = "resume", "Kembali ke pelaksanaan"
    PROPOSE_CLOSURE = "propose_closure", "Usulkan penutupan"
    APPROVE_CLOSURE = "approve_closure", "Setujui penutupan"
    RETURN_CLOSURE = "return_closure", "Kembalikan usul tutup"
    REOPEN = "reopen", "Buka kembali"
    TRANSFER = "transfer", "Alihkan kasus"
    PAUSE = "pause", "Tahan sementara"
    CONTINUE = "continue", "Lanjutkan"


@dataclass(frozen=True)
class Step:
    """One row of the table. `target` None means: back to where the case came from."""

    sources: frozenset[Status]
    target: Status | None
    permission: str
    reasoned: bool = False


def _from(*sources: Status) -> frozenset[Status]:
    return frozenset(sources)


TABLE: dict[Move, Step] = {
    Move.ASSESS: Step(_from(Status.REGISTRATION, Status.REOPENED), Status.ASSESSMENT, "move_case"),
    Move.PLAN: Step(_from(Status.ASSESSMENT), Status.PLANNING, "move_case"),
    Move.SUBMIT_PLAN: Step(_from(Status.PLANNING), Status.AWAITING, "move_case"),
    Move.APPROVE_PLAN: Step(_from(Status.AWAITING), Status.CARRYING_OUT, "approve_plan"),
    Move.RETURN_PLAN: Step(_from(Status.AWAITING), Status.PLANNING, "approve_plan", True),
    Move.MONITOR: Step(_from(Status.CARRYING_OUT), Status.MONITORING, "move_case"),
    Move.RESUME: Step(_from(Status.MONITORING), Status.CARRYING_OUT, "move_case", True),
    # From monitoring as usual; earlier only for the reasons of EARLY_CLOSURE (the escape path).
    Move.PROPOSE_CLOSURE: Step(WORKING | {Status.PAUSED}, Status.CLOSING, "propose_closure"),
    Move.APPROVE_CLOSURE: Step(_from(Status.CLOSING), Status.CLOSED, "approve_closure"),
    Move.RETURN_CLOSURE: Step(_from(Status.CLOSING), None, "approve_closure", True),
    Move.REOPEN: Step(_from(Status.CLOSED), Status.REOPENED, "reopen_case", True),
    Move.TRANSFER: Step(WORKING | {Status.PAUSED}, Status.TRANSFERRED, "assign_case", True),
    Move.PAUSE: Step(WORKING, Status.PAUSED, "move_case", True),
    Move.CONTINUE: Step(_from(Status.PAUSED), None, "move_case"),
}
# Moves that remember where the case came from.
REMEMBERING = frozenset({Move.PROPOSE_CLOSURE, Move.PAUSE})
# Reasons that may close a case before its monitoring (codes of the list "penutupan").
EARLY_CLOSURE = frozenset({"T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9"})


def allowed_moves(status: str) -> list[Move]:
    """Return the moves that start from `status`, in the order of the table."""
    return [move for move, step in TABLE.items() if status in step.sources]


class Act(TextChoices):
    """What is done in a case without changing its status; the value is the permission."""

    VIEW = "view_case", "Melihat kasus"
    NOTE = "note_case", "Menulis kronologi"
    CONSENT = "consent_case", "Mencatat persetujuan"
    PROVIDE = "provide_service", "Mencatat layanan"
    REFER = "refer_case", "Merujuk"
    FOLLOW_UP = "follow_up", "Mencatat tindak lanjut"
    ASSIGN = "assign_case", "Menunjuk petugas"
    EXCLUDE = "exclude_user", "Mengecualikan petugas"
    REVEAL = "reveal_identity", "Membuka identitas"


# A closed file can be read, its officers changed and its identity opened; nothing is added to it.
AFTER_THE_END = frozenset({Act.VIEW, Act.REVEAL, Act.EXCLUDE})


class Referred(TextChoices):
    SENT = "terkirim", "Terkirim"
    OPENED = "dibuka", "Dibuka mitra"
    ACCEPTED = "diterima", "Diterima"
    DECLINED = "ditolak", "Tidak bisa"
    EXPIRED = "kedaluwarsa", "Kedaluwarsa"
    SCHEDULED = "terjadwal", "Terjadwal"
    NO_SHOW = "tidak_hadir", "Tidak hadir"
    IN_SERVICE = "dalam_layanan", "Dalam layanan"
    DONE = "selesai", "Selesai"
    RETURNED = "dikembalikan", "Dikembalikan"
    REVOKED = "dicabut", "Dicabut"


WAITING = frozenset({Referred.SENT, Referred.OPENED})
TAKEN = frozenset({Referred.ACCEPTED, Referred.SCHEDULED, Referred.NO_SHOW, Referred.IN_SERVICE})
LIVE = WAITING | TAKEN
REFERRAL_TONES = (
    dict.fromkeys(WAITING, "wait")
    | {Referred.DECLINED: "late", Referred.EXPIRED: "late", Referred.RETURNED: "late"}
    | {Referred.DONE: "ok", Referred.IN_SERVICE: "ok", Referred.ACCEPTED: "ok"}
    | {Referred.SCHEDULED: "ok", Referred.NO_SHOW: "late", Referred.REVOKED: "stop"}
)

REFERRAL_TABLE: dict[Referred, frozenset[Referred]] = {
    # target -> the states it may come from
    Referred.OPENED: frozenset({Referred.SENT}),
    Referred.ACCEPTED: WAITING,
    Referred.SCHEDULED: WAITING | {Referred.ACCEPTED, Referred.NO_SHOW},
    Referred.DECLINED: WAITING,
    Referred.EXPIRED: WAITING,
    Referred.NO_SHOW: TAKEN - {Referred.IN_SERVICE},
    Referred.IN_SERVICE: TAKEN,
    Referred.DONE: TAKEN,
    Referred.RETURNED: TAKEN,
    Referred.REVOKED: LIVE,
}


class Urgency(TextChoices):
    NOW = "segera", "Segera (jawaban dalam 1 jam)"
    TODAY = "hari_ini", "Hari ini (jawaban dalam 24 jam)"
    PLANNED = "terencana", "Terencana (jawaban dalam 3 hari)"


ANSWER_HOURS = {Urgency.NOW: 1, Urgency.TODAY: 24, Urgency.PLANNED: 72}


class Risk(TextChoices):
    HIGH = "tinggi", "Tinggi"
    MEDIUM = "sedang", "Sedang"
    LOW = "rendah", "Rendah"
    UNKNOWN = "belum_dinilai", "Belum dinilai"


RISK_TONES = {Risk.HIGH: "late", Risk.MEDIUM: "wait", Risk.LOW: "ok"}
FIRST_CONTACT_HOURS = {Risk.HIGH: 0.25, Risk.MEDIUM: 6, Risk.UNKNOWN: 6}
FIRST_CONTACT_LOW_DAYS = 2  # working days
TRIAGE_HOURS = 4
ASSESS_HOURS = {Risk.HIGH: 24, Risk.MEDIUM: 72, Risk.UNKNOWN: 72, Risk.LOW: 168}
FOLLOW_UP_DAYS = {Risk.HIGH: 7, Risk.MEDIUM: 14, Risk.UNKNOWN: 14, Risk.LOW: 30}
CONSENT_DEBT_HOURS = 24
REVEAL_MINUTES = 10


class Outcome(TextChoices):
    """What triage decides about a complaint."""

    WAITING = "menunggu", "Menunggu keterangan"
    CASE = "jadi_kasus", "Menjadi kasus"
    MERGED = "gabung", "Digabung ke kasus yang ada"
    ADVISED = "konsultasi", "Konsultasi selesai"
    HANDED_OVER = "dilimpahkan", "Dilimpahkan"
    NOT_A_CASE = "bukan_kasus", "Bukan kasus"
    UNREACHABLE = "tak_terhubung", "Tidak dapat dihubungi"
    FALSE = "palsu_terindikasi", "Terindikasi palsu"


# Outcomes that end the work on a complaint.
SETTLED = frozenset(Outcome) - {Outcome.WAITING, Outcome.UNREACHABLE}
# What somebody still works on, said as a list: a database finds "is one of", not "is none of".
UNSETTLED = ("", Outcome.WAITING, Outcome.UNREACHABLE)
SUPERVISED = frozenset({Outcome.FALSE})
