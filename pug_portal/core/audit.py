"""The record of what was done, read, exported, printed and revealed.

Append-only by trigger on both engines, chained by HMAC under a key outside the database, written
in the same transaction as the act. It has no foreign keys: it outlives what it tells of.
Facts are codes, counts and field names; never a person's data.
"""

import hashlib
import json
import os
import uuid
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

from pug_portal.core import keyring
from pug_portal.core.actors import label_of, number_of

# kind -> words shown to readers of the record; one block per room
KINDS: dict[str, str] = {
    # core
    "user.invited": "Akun diundang",
    "user.invitation_resent": "Undangan dikirim ulang",
    "user.invitation_withdrawn": "Undangan dibatalkan",
    "user.joined": "Undangan diterima",
    "user.changed": "Akun diubah",
    "user.deactivated": "Akun dinonaktifkan",
    "role.granted": "Peran diberikan",
    "role.ended": "Peran diakhiri",
    "session.started": "Masuk",
    "session.ended": "Sesi diakhiri",
    "login.failed": "Gagal masuk",
    "access.refused": "Akses ditolak",
    "factor.changed": "Faktor masuk diubah",
    "file.read": "Berkas dibuka",
    "import.applied": "Impor diterapkan",
    "import.undone": "Impor dibatalkan",
    "export.made": "Data diekspor",
    "review.submitted": "Diajukan",
    "review.returned": "Dikembalikan",
    "review.approved": "Disetujui",
    "review.published": "Diterbitkan",
    "review.undone": "Putusan diurungkan",
    "clock.escalated": "Tenggat dinaikkan",
    "keys.rotated": "Kunci diputar",
    "demo.seeded": "Data peraga dimuat",
    # institutions
    "institution.created": "Lembaga ditambahkan",
    "institution.changed": "Lembaga diubah",
    "decree.drafted": "Keputusan disusun",
    "decree.changed": "Keputusan diubah",
    "decree.published": "Keputusan ditetapkan",
    "decree.printed": "Lampiran keputusan dicetak",
    "membership.changed": "Keanggotaan diubah",
    "post.filled": "Jabatan diisi",
    "post.vacated": "Jabatan dikosongkan",
    "document.added": "Dokumen ditambahkan",
    "document.changed": "Dokumen diubah",
    "document.attached": "Bukti ditautkan",
    "document.detached": "Tautan bukti dilepas",
    "contact.changed": "Kontak diubah",
    "contact.confirmed": "Kontak diperiksa",
    "page.changed": "Isi halaman diubah",
    # focal_points
    "focal_point.appointed": "Focal point ditetapkan",
    "focal_point.corrected": "Data focal point diperbaiki",
    "focal_point.connected": "Akun focal point dihubungkan",
    "focal_point.ended": "Penugasan focal point berakhir",
    "duty.planned": "Rencana tugas dibuat",
    "duty.plan_changed": "Rencana tugas diubah",
    "duty.plan_cancelled": "Rencana tugas dibatalkan",
    "duty.reported": "Laporan tugas dicatat",
    "duty.changed": "Laporan tugas diubah",
    "board.exported": "Papan laporan diunduh",
    # seruni_cases
    "complaint.received": "Aduan diterima",
    "complaint.viewed": "Aduan dibuka",
    "complaint.changed": "Aduan dilengkapi",
    "complaint.contacted": "Kontak aduan dicatat",
    "complaint.doubted": "Aduan diragukan",
    "complaint.triaged": "Aduan ditriase",
    "complaint.identity_revealed": "Identitas pelapor dibuka",
    "case.registered": "Kasus didaftarkan",
    "case.viewed": "Kasus dibuka",
    "case.searched": "Pencarian kasus",
    "case.assigned": "Petugas ditunjuk",
    "case.excluded": "Petugas dikecualikan",
    "case.included": "Pengecualian diakhiri",
    "case.noted": "Kronologi ditulis",
    "case.identity_changed": "Identitas diubah",
    "case.consented": "Persetujuan dicatat",
    "case.consent_withdrawn": "Persetujuan dicabut",
    "case.moved": "Tahap kasus berubah",
    "case.identity_revealed": "Identitas dibuka",
    "case.followed_up": "Tindak lanjut dicatat",
    "case.closure_proposed": "Penutupan diusulkan",
    "case.closed": "Kasus ditutup",
    "case.reopened": "Kasus dibuka kembali",
    "case.printed": "Lembar kasus dicetak",
    "service.provided": "Layanan dicatat",
    "referral.sent": "Rujukan dikirim",
    "referral.viewed": "Rujukan dibuka",
    "referral.accepted": "Rujukan diterima",
    "referral.declined": "Rujukan ditolak",
    "referral.reported_back": "Umpan balik rujukan",
    "referral.revoked": "Rujukan dicabut",
    "referral.expired": "Rujukan kedaluwarsa",
    "referral.seen": "Kabar rujukan dibaca",
    "figures.read": "Angka dibaca",
    # activities
    "activity.proposed": "Kegiatan diusulkan",
    "activity.changed": "Kegiatan diubah",
    "activity.published": "Kegiatan diumumkan",
    "activity.withdrawn": "Kegiatan ditarik",
    "activity.held": "Presensi ditutup",
    "activity.reported": "Laporan kegiatan dibuat",
    "activity.concluded": "Hasil kegiatan diterbitkan",
    "speaker.added": "Narasumber ditambahkan",
    "speaker.removed": "Narasumber dihapus",
    "participant.registered": "Peserta didaftarkan",
    "participant.changed": "Data peserta diubah",
    "participant.withdrawn": "Pendaftaran dibatalkan",
    "participant.printed": "Daftar hadir dicetak",
    "attendance.marked": "Kehadiran dicatat",
    "attendance.undone": "Kehadiran diurungkan",
}

OUTCOMES = {"allowed": "dilaksanakan", "denied": "ditolak", "error": "galat"}
START = "0" * 64
CHAIN_LOCK = 0x5045_5541  # one advisory lock for the one chain

# What the middleware knows of the request: session and address. The actor is never taken from here.
_surroundings: ContextVar[dict | None] = ContextVar("surroundings", default=None)


@contextmanager
def around(**known):
    """Tell the lines written inside what is known of the request: gesture, session, address."""
    token = _surroundings.set({**(_surroundings.get() or {}), **known})
    try:
        yield
    finally:
        _surroundings.reset(token)


class AuditEvent(models.Model):
    """One line of the record. `seq` has no gaps; `mac` seals the line and the one before it."""

    seq = models.BigIntegerField("nomor", primary_key=True)
    at = models.DateTimeField("waktu")
    kind = models.CharField("peristiwa", max_length=40)  # one of KINDS; no choices: no migration per word
    actor_id = models.CharField("nomor pelaku", max_length=36, blank=True)
    actor_label = models.CharField("pelaku", max_length=200)
    target_type = models.CharField("jenis sasaran", max_length=60, blank=True)
    target_id = models.CharField("nomor sasaran", max_length=36, blank=True)
    target_label = models.CharField("sasaran", max_length=120, blank=True)
    scope = models.UUIDField("berkas", null=True, blank=True)
    reason = models.CharField("alasan", max_length=300, blank=True)
    outcome = models.CharField("hasil", max_length=10, choices=list(OUTCOMES.items()))
    facts = models.JSONField("keterangan", default=dict)
    gesture = models.UUIDField("satu tindakan")
    session = models.CharField("sidik sesi", max_length=16, blank=True)
    address = models.CharField("alamat jaringan", max_length=45, blank=True)
    prev = models.CharField("segel sebelumnya", max_length=64)
    mac = models.CharField("segel", max_length=64)

    class Meta:
        app_label = "core"
        verbose_name = "catatan audit"
        verbose_name_plural = "catatan audit"
        default_permissions = ("view",)
        ordering = ["-seq"]
        indexes = [
            models.Index(fields=["scope", "seq"], name="audit_scope_seq"),
            models.Index(fields=["kind", "seq"], name="audit_kind_seq"),
            models.Index(fields=["actor_id", "seq"], name="audit_actor_seq"),
            models.Index(fields=["target_id", "seq"], name="audit_target_seq"),
        ]

    def __str__(self):
        return f"{self.seq}. {self.get_kind_display()}"

    def get_kind_display(self) -> str:
        return KINDS.get(self.kind, self.kind)

    def sealed_by(self) -> str:
        """Return the seal this line should carry, 64 hex digits."""
        return keyring.mac("seruni/audit", self._canonical()).hex()

    def _canonical(self) -> bytes:
        content = {f.attname: getattr(self, f.attname) for f in self._meta.concrete_fields}
        del content["mac"]
        content["at"] = self.at.astimezone(UTC).isoformat()
        return json.dumps(content, sort_keys=True, default=str, separators=(",", ":")).encode()


def record(
    kind: str,
    target=None,
    *,
    by,
    reason: str = "",
    outcome: str = "allowed",
    scope: uuid.UUID | None = None,
    **facts,
) -> AuditEvent:
    """Write one line in the running transaction and return it.

    Raises KeyError for a kind that is not listed, TypeError for facts that are not plain JSON, and
    RuntimeError outside a transaction, because an act whose record may be lost must not happen.
    """
    KINDS[kind]
    OUTCOMES[outcome]
    if not connection.in_atomic_block:
        raise RuntimeError("audit.record must run in the transaction of its act")
    hold_the_chain()
    last = AuditEvent.objects.values_list("seq", "mac").first() or (0, START)
    known = _surroundings.get() or {}
    event = AuditEvent(
        seq=last[0] + 1,
        at=timezone.now(),
        kind=kind,
        actor_id=number_of(by),
        actor_label=label_of(by),
        scope=scope,
        reason=reason[:300],
        outcome=outcome,
        facts=_as_stored(facts),
        gesture=known.get("gesture") or uuid.uuid4(),
        session=known.get("session", ""),
        address=known.get("address", ""),
        prev=last[1],
        **_described(target),
    )
    event.mac = event.sealed_by()
    event.save(force_insert=True)
    return event


def note(kind: str, target=None, **kwargs) -> AuditEvent:
    """Record an act that changes nothing else (reading, refusing), in a transaction of its own."""
    with transaction.atomic():
        return record(kind, target, **kwargs)


def _as_stored(facts: dict) -> dict:
    """Return the facts in the one shape that both engines give back unchanged.

    Numbers with a fraction become text, because PostgreSQL writes them in its own way.
    """
    return json.loads(json.dumps(facts, allow_nan=False), parse_float=str)


def _described(target) -> dict[str, str]:
    if target is None:
        return {}
    label = target.audit_label() if hasattr(target, "audit_label") else ""
    return {
        "target_type": target._meta.label_lower,
        "target_id": str(target.pk),
        "target_label": label[:120],
    }


def hold_the_chain() -> None:
    """Become the only writer of the record until the transaction ends.

    Taken before any counter row, so that two acts never wait for each other crosswise. On SQLite
    the immediate transaction already is the only writer.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])


def session_print(session_key: str | None) -> str:
    """Return a short print of a session key that cannot be turned back."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:16] if session_key else ""


# Checking ------------------------------------------------------------------------------------------


def first_broken_link(start: int = 1) -> tuple[int, str] | None:
    """Return (seq, what is wrong) of the first line that does not fit, or None when all do."""
    prev = START
    if start > 1:
        before = AuditEvent.objects.filter(seq=start - 1).first()
        if before is None:
            return start - 1, "baris hilang"
        prev = before.mac
    return _walk(start, prev) or _cut_tail()


def _walk(expected: int, prev: str) -> tuple[int, str] | None:
    lines = AuditEvent.objects.filter(seq__gte=expected).order_by("seq")
    for event in lines.iterator(2000):
        if event.seq != expected:
            return expected, "baris hilang"
        if event.prev != prev:
            return event.seq, "sambungan ke baris sebelumnya putus"
        if event.mac != event.sealed_by():
            return event.seq, "isi baris berubah"
        expected, prev = event.seq + 1, event.mac
    return None


def _cut_tail() -> tuple[int, str] | None:
    """Compare with the anchors kept outside the database: they remember lines that were cut off."""
    for anchor in anchors():
        line = AuditEvent.objects.filter(seq=anchor["seq"]).values_list("mac", flat=True).first()
        if line != anchor["mac"]:
            return anchor["seq"], "baris yang pernah dijangkarkan hilang atau diganti"
    return None


def anchors() -> list[dict]:
    """Return what was anchored so far, oldest first: [{"seq", "mac", "at"}]."""
    path = Path(settings.AUDIT_ANCHOR_FILE)
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text().splitlines() if line.strip()]


def anchor(*, every: int = 500, hours: int = 24) -> dict | None:
    """Write the newest line's seal outside the database when enough happened since; return it."""
    last = AuditEvent.objects.values_list("seq", "mac").first()
    kept = anchors()[-1:] or [{"seq": 0, "at": None}]
    if last is None or not _due(last[0] - kept[0]["seq"], kept[0]["at"], every, hours):
        return None
    fresh = {"seq": last[0], "mac": last[1], "at": timezone.now().isoformat()}
    _append(Path(settings.AUDIT_ANCHOR_FILE), json.dumps(fresh))
    return fresh


def _due(lines: int, at: str | None, every: int, hours: int) -> bool:
    if lines <= 0:
        return False
    age = timezone.now() - datetime.fromisoformat(at) if at else timedelta.max
    return lines >= every or age >= timedelta(hours=hours)


def _append(path: Path, line: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a") as target:
        target.write(line + "\n")
        target.flush()
        os.fsync(target.fileno())
