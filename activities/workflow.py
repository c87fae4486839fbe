"""The life of an activity: stages, moves and the table of legal moves.

The first four stages are moved by the mechanism of review (core/review.py), which knows them by
the same words; the others by `actions/_moves.py`. Imports nothing of ours.
"""

from datetime import timedelta

from django.db.models import TextChoices

REPORT_WITHIN = timedelta(days=14)  # after the last day (domain/pug.md 1.7.e, own decision)


class Stage(TextChoices):
    DRAFT = "draft", "Draf"
    SUBMITTED = "submitted", "Menunggu persetujuan"
    RETURNED = "returned", "Perlu diperbaiki"
    APPROVED = "approved", "Disetujui"
    OPEN = "open", "Diumumkan"
    HELD = "held", "Sudah dilaksanakan"
    REPORTED = "reported", "Sudah dilaporkan"
    PUBLISHED = "published", "Hasil diterbitkan"
    WITHDRAWN = "withdrawn", "Ditarik"


class Move(TextChoices):
    CHANGE = "change", "Ubah"
    SUBMIT = "submit", "Ajukan"
    SEND_BACK = "send_back", "Kembalikan"
    APPROVE = "approve", "Setujui"
    PUBLISH = "publish", "Terbitkan"
    WITHDRAW = "withdraw", "Tarik"
    REGISTER = "register", "Daftarkan peserta"
    MARK = "mark", "Catat kehadiran"
    HOLD = "hold", "Tutup presensi"
    REPORT = "report", "Buat laporan"
    CONCLUDE = "conclude", "Terbitkan hasil"


S = Stage
PROPOSAL = frozenset({S.DRAFT, S.RETURNED})
PUBLIC = frozenset({S.OPEN, S.HELD, S.REPORTED, S.PUBLISHED})
RUNNING = frozenset({S.APPROVED, S.OPEN, S.HELD})

# move -> (stages it starts from, stage it ends in; None keeps the stage)
MOVES: dict[str, tuple[frozenset[str], str | None]] = {
    Move.CHANGE: (PROPOSAL | RUNNING, None),
    Move.SUBMIT: (PROPOSAL, S.SUBMITTED),
    Move.SEND_BACK: (frozenset({S.SUBMITTED}), S.RETURNED),
    Move.APPROVE: (frozenset({S.SUBMITTED}), S.APPROVED),
    Move.PUBLISH: (frozenset({S.DRAFT, S.APPROVED, S.WITHDRAWN}), S.OPEN),
    Move.WITHDRAW: (frozenset({S.SUBMITTED, S.APPROVED}) | PUBLIC, S.WITHDRAWN),
    Move.REGISTER: (RUNNING, None),
    Move.MARK: (frozenset({S.OPEN, S.HELD}), None),
    Move.HOLD: (frozenset({S.OPEN}), S.HELD),
    Move.REPORT: (frozenset({S.OPEN, S.HELD, S.REPORTED}), S.REPORTED),
    Move.CONCLUDE: (frozenset({S.REPORTED}), S.PUBLISHED),
}

TONES = {
    S.DRAFT: "plain",
    S.SUBMITTED: "wait",
    S.RETURNED: "late",
    S.APPROVED: "wait",
    S.OPEN: "ok",
    S.HELD: "wait",
    S.REPORTED: "wait",
    S.PUBLISHED: "ok",
    S.WITHDRAWN: "stop",
}


def legal(move: str, stage: str) -> bool:
    """Answer whether the table knows `move` from `stage`."""
    return stage in MOVES[move][0]


def allowed_moves(stage: str) -> list[Move]:
    """Return the moves that the table knows from `stage`, in the order of a life."""
    return [move for move in Move if legal(move, stage)]
