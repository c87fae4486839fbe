"""What a partner receives: each field, its words, and the kind of data a consent must cover."""

from pug_portal.core.wording import format_phone
from seruni_cases.models import Case, Code, Codebook, Consent, DataKind

# field -> (words on the packet, kind of data that the consent must name; "" needs none)
FIELDS: dict[str, tuple[str, str]] = {
    "umur": ("Kelompok umur", ""),
    "jenis_kelamin": ("Jenis kelamin", ""),
    "kecamatan": ("Kecamatan", ""),
    "panggilan": ("Nama panggilan", DataKind.IDENTITY),
    "permintaan": ("Yang diminta", DataKind.SUMMARY),
    "nama": ("Nama lengkap", DataKind.IDENTITY),
    "nik": ("NIK", DataKind.IDENTITY),
    "kontak": ("Cara menghubungi yang aman", DataKind.CONTACT),
    "alamat": ("Alamat", DataKind.CONTACT),
    "bentuk": ("Bentuk kekerasan", DataKind.SUMMARY),
    "disabilitas": ("Ragam disabilitas", DataKind.HEALTH),
    "risiko": ("Tingkat risiko", DataKind.RISK),
}
# Ticked from the start; everything else is a conscious tick.
MINIMUM = ("umur", "jenis_kelamin", "kecamatan", "panggilan", "permintaan")
IDENTITY = frozenset({"panggilan", "nama", "nik", "kontak", "alamat"})


def allowed_kinds(consent: Consent) -> frozenset[str]:
    return frozenset(consent.data)


def refused_fields(fields: list[str], kinds: frozenset[str]) -> list[str]:
    """Return the words of fields that the consent does not cover."""
    return [FIELDS[name][0] for name in fields if FIELDS[name][1] and FIELDS[name][1] not in kinds]


def packet_of(case: Case, fields: list[str], request: str) -> list[list[str]]:
    """Return [[words, value]] of exactly these fields, in the order of the table."""
    chosen = [name for name in FIELDS if name in fields]
    values = _values(case, request)
    return [[FIELDS[name][0], values[name]() or "—"] for name in chosen]


def _values(case: Case, request: str) -> dict:
    """Each value is read only when its field was chosen: nothing is opened in vain."""
    person, book = case.survivor, Codebook()
    return {
        "umur": case.get_age_band_display,
        "jenis_kelamin": case.get_sex_display,
        "kecamatan": lambda: case.kecamatan.name if case.kecamatan else "",
        "panggilan": lambda: person.nickname,
        "permintaan": lambda: request,
        "nama": lambda: person.name,
        "nik": lambda: person.nik,
        "kontak": lambda: _contact(person, book),
        "alamat": lambda: person.address,
        "bentuk": lambda: book.labels(Code.List.VIOLENCE, case.violence.values_list("code", flat=True)),
        "disabilitas": lambda: book.label(Code.List.DISABILITY, case.disability),
        "risiko": case.get_risk_display,
    }


def _contact(person, book: Codebook) -> str:
    contact = person.safe_contact()
    if contact is None or contact.allowed != "ya":
        return "Jangan menghubungi langsung; hubungi pendampingnya."
    hours = f"pukul {contact.starts:%H.%M}–{contact.ends:%H.%M}" if contact.starts else ""
    speak_as = f"sebut diri sebagai {contact.speak_as}" if contact.speak_as else ""
    way = book.label(Code.List.CONTACT, contact.way or "")
    return ", ".join(filter(None, [way, format_phone(contact.phone), hours, speak_as]))
