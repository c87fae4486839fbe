"""Finding people and files: by code, telephone, NIK or name, inside what the asker may know.

Exact search goes through blind indexes. A name is compared by decrypting: all names inside the
asker's own sight, and across the office only those in the same coarse bucket, of which only a
minimum is told ("mungkin orang yang sama").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from pug_portal.core.clock import local, today
from pug_portal.core.numbers import read_code
from pug_portal.core.wording import name_key
from seruni_cases.access import (
    companions_of,
    known_cases,
    known_people,
    visible_cases,
    visible_complaints,
    with_contact_phone,
)
from seruni_cases.models import Case, Complaint, Person
from seruni_cases.models.fields import comparable_nik, comparable_phone, name_bucket

OLDEST = 110  # years; one bucket for each possible year of birth
READ_AT_MOST, CHUNK = 5000, 1000
SHOW_AT_MOST = 25


@dataclass
class Hit:
    """One file that fits; `code` only when the asker may open it."""

    kind: str  # "kasus" or "aduan"
    reasons: list[str]
    facts: list[str]
    code: str = ""
    person: str = ""
    at: object = None


@dataclass
class Asked:
    """What somebody typed, understood."""

    text: str
    code: str | None = None
    nik: str = ""
    phone: str = ""
    name: str = ""
    words: frozenset[str] = field(default_factory=frozenset)

    @property
    def kind(self) -> str:
        if self.code:
            return "kode"
        return "NIK" if self.nik else "telepon" if self.phone else "nama"


def understand(text: str) -> Asked:
    """Read a search box: a code, a NIK, a telephone number, or a name."""
    clean = " ".join(text.split())[:120]
    code = read_code(clean)
    if code and code[:3] in {"SRN", "ADU"}:
        return Asked(clean, code=code)
    if nik := comparable_nik(clean):
        return Asked(clean, nik=nik)
    if re.search(r"[0-9]{4}", clean) and (phone := comparable_phone(clean)):
        return Asked(clean, phone=phone)
    return Asked(clean, name=clean, words=frozenset(name_key(clean).split()))


def search(user, text: str) -> tuple[Asked, list[Hit]]:
    """Return what was understood and the fitting files, newest first, at most 25."""
    asked = understand(text)
    cases, complaints = _cases(user, asked), _complaints(user, asked)
    hits = [*_case_hits(user, cases, asked), *_complaint_hits(complaints, asked)]
    return asked, sorted(hits, key=lambda hit: hit.at, reverse=True)[:SHOW_AT_MOST]


def same_person(
    user, *, name: str = "", birth_year: int | None = None, nik: str = "", phone: str = ""
) -> list[Hit]:
    """Return earlier cases that may be of the same person, with the reason and no name."""
    found: dict[str, list[str]] = {}
    for words, people in _people_like(user, name, birth_year, nik, phone):
        for code in people:
            found.setdefault(code, []).append(words)
    cases = known_cases(user).filter(survivor__in=found).select_related("kecamatan")
    return [
        _case_hit(user, case, found[case.survivor_id], names, own)
        for case, names, own in _with_companions(user, cases[:SHOW_AT_MOST])
    ]


def _people_like(user, name, birth_year, nik, phone) -> Iterator[tuple[str, set[str]]]:
    people = known_people(user)
    if nik:
        index = Person._meta.get_field("nik_index").index_of(nik)
        yield "NIK sama", set(people.filter(nik_index=index).values_list("code", flat=True))
    if phone:
        yield "nomor telepon sama", _people_with_phone(people, phone)
    if name_key(name):
        yield "nama mirip", _namesakes(people, name, birth_year)


def _people_with_phone(people: QuerySet, phone: str) -> set[str]:
    index = Person._meta.get_field("phone_index").index_of(phone)
    contacts = with_contact_phone(phone)
    own = people.filter(Q(phone_index=index) | Q(pk__in=contacts))
    return set(own.values_list("code", flat=True))


def _namesakes(people: QuerySet, name: str, birth_year: int | None) -> set[str]:
    """Compare the decrypted names of the same coarse bucket; a year may be missed by one."""
    near = [birth_year - 1, birth_year, birth_year + 1] if birth_year else _all_years()
    buckets = {name_bucket(name, year) for year in (*near, None)}
    key = name_key(name)
    candidates = people.filter(name_index__in=buckets).only("code", "name")[:CHUNK]
    return {person.code for person in candidates if name_key(person.name or "") == key}


def _all_years() -> range:
    return range(today().year - OLDEST, today().year + 1)


def _cases(user, asked: Asked) -> QuerySet[Case]:
    known = known_cases(user)
    if asked.code:
        return known.filter(code=asked.code)
    people = known_people(user)
    if asked.nik:
        index = Person._meta.get_field("nik_index").index_of(asked.nik)
        return known.filter(survivor__in=people.filter(nik_index=index).values("code"))
    if asked.phone:
        return known.filter(survivor__in=_people_with_phone(people, asked.phone))
    if not asked.words:
        return known.none()
    codes = _namesakes(people, asked.name, None) | _named_in_sight(user, asked.words)
    return known.filter(survivor__in=codes)


def _named_in_sight(user, words: frozenset[str]) -> set[str]:
    """Return survivors of the asker's own cases whose name holds all the words."""
    own = known_people(user).filter(code__in=visible_cases(user).values("survivor"))
    newest = own.order_by("-created_at").only("code", "name", "nickname")
    return {person.code for person in _in_chunks(newest) if _holds(words, person.name, person.nickname)}


def _holds(words: frozenset[str], *texts: str | None) -> bool:
    return words <= set(name_key(" ".join(filter(None, texts))).split())


def _in_chunks(rows: QuerySet) -> Iterator:
    """Read at most 5,000 rows, a thousand data keys at a time."""
    for start in range(0, READ_AT_MOST, CHUNK):
        chunk = list(rows[start : start + CHUNK])
        yield from chunk
        if len(chunk) < CHUNK:
            return


def _complaints(user, asked: Asked) -> list[Complaint]:
    visible = visible_complaints(user).filter(case__isnull=True).order_by("-received_at")
    if asked.code:
        return list(visible_complaints(user).filter(code=asked.code))
    if asked.phone:
        index = Complaint._meta.get_field("phone_index").index_of(asked.phone)
        contacts = with_contact_phone(asked.phone)
        return list(visible.filter(Q(phone_index=index) | Q(pk__in=contacts))[:SHOW_AT_MOST])
    if asked.nik or not asked.words:
        return []
    newest = visible.select_related("kelurahan__parent")[:CHUNK]
    return [row for row in newest if _holds(asked.words, row.called, row.reporter_name)]


def _case_hits(user, cases: QuerySet[Case], asked: Asked) -> list[Hit]:
    reason = f"{asked.kind} {'mirip' if asked.name else 'sama'}"
    rows = cases.select_related("kecamatan").order_by("-registered_at")[:SHOW_AT_MOST]
    return [_case_hit(user, case, [reason], names, own) for case, names, own in _with_companions(user, rows)]


def _with_companions(user, cases) -> Iterator[tuple[Case, dict, set]]:
    """Pair each case with the names of companions and the set of cases the asker may open."""
    rows = list(cases)
    names = companions_of(rows)
    own = set(visible_cases(user).filter(pk__in=[c.pk for c in rows]).values_list("pk", flat=True))
    for case in rows:
        yield case, names, own


def _case_hit(user, case: Case, reasons: list[str], names: dict, own: set) -> Hit:
    """Tell no more than: year, sub-district, age group, and whom to ask."""
    place = case.kecamatan.name if case.kecamatan else "tempat belum diketahui"
    officer = names.get(case.pk, "manajer kasus")
    facts = [str(local(case.registered_at).year), place, case.get_age_band_display()]
    if case.pk in own:
        return Hit(
            "kasus",
            reasons,
            [*facts, case.get_status_display()],
            case.code,
            case.survivor_id,
            case.registered_at,
        )
    return Hit(
        "kasus", reasons, [*facts, f"tanyakan kepada {officer}"], "", case.survivor_id, case.registered_at
    )


def _complaint_hits(complaints: list[Complaint], asked: Asked) -> list[Hit]:
    reason = f"{asked.kind} {'mirip' if asked.name else 'sama'}"
    return [
        Hit(
            "aduan",
            [reason],
            [str(row.kelurahan or "tempat belum diketahui"), row.get_outcome_display() or "baru"],
            row.code,
            at=row.received_at,
        )
        for row in complaints
    ]
