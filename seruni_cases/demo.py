"""Demonstration casework: three years of fictional cases, and something open today.

Rows are made in bulk, sealed under keys of their own like real ones, and entered in the record.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from institutions.models import Institution, Region
from pug_portal.core import audit, clock, obligations
from pug_portal.core.models import RoleAssignment, User
from pug_portal.core.numbers import Counter, random_code
from pug_portal.core.roles import Role
from seruni_cases import fiction
from seruni_cases.actions import complaint as complaints
from seruni_cases.models import (
    Case,
    CaseAssignment,
    CaseNote,
    CaseViolence,
    Closure,
    Complaint,
    Consent,
    ContactAttempt,
    Person,
    Referral,
    SafeContact,
    Service,
)
from seruni_cases.workflow import ANSWER_HOURS, Outcome, Referred, Risk, Status, Urgency

PER_YEAR = {2024: 266, 2025: 336, 2026: 298}  # 900, near what the city published
WITHOUT_CASE = 450
CHUNK = 300
ORDER = (
    Complaint,
    Person,
    SafeContact,
    Case,
    CaseViolence,
    CaseAssignment,
    Consent,
    CaseNote,
    Service,
    Referral,
    ContactAttempt,
    Closure,
)


@dataclass
class World:
    """Who and where, and the rows that wait to be written."""

    people: dict[str, list[User]]
    rng: random.Random
    regions: list[Region]
    partners: list[tuple[Institution, User]]
    rows: dict[type, list] = field(default_factory=lambda: {model: [] for model in ORDER})
    codes: set[str] = field(default_factory=set)
    numbers: dict[int, int] = field(default_factory=dict)
    survivors: list[Person] = field(default_factory=list)

    def add(self, row):
        self.rows[type(row)].append(row)
        return row

    def pick(self, shares: dict):
        return self.rng.choices(list(shares), weights=list(shares.values()))[0]

    def one(self, role: str) -> User:
        return self.rng.choice(self.people[role])

    def code(self, prefix: str, year: int) -> str:
        code = random_code(prefix, year)
        while code in self.codes:
            code = random_code(prefix, year)
        self.codes.add(code)
        return code

    def number(self, year: int) -> str:
        self.numbers[year] = self.numbers.get(year, 0) + 1
        return f"{self.numbers[year]:05d}/SERUNI/{year}"


def fill(people: dict[str, list[User]], *, rng: random.Random, scale: float = 1) -> dict[str, int]:
    """Write the fictional casework around `people` (by role); return counts by kind."""
    world = World(people, rng, _regions(), _partners(people), numbers=_numbers())
    days = sorted(_days(rng, scale))
    for start in range(0, len(days), CHUNK):
        _write(world, days[start : start + CHUNK])
    for start in range(0, round(WITHOUT_CASE * scale), CHUNK):
        _write_without_case(world, min(CHUNK, round(WITHOUT_CASE * scale) - start))
    for year, last in world.numbers.items():
        Counter.objects.update_or_create(key=f"case/{year}", defaults={"last": last})
    _open_today(world)
    return {
        "aduan": Complaint.objects.count(),
        "kasus": Case.objects.count(),
        "rujukan": Referral.objects.count(),
    }


def _numbers() -> dict[int, int]:
    """Return the last office number of each year that has one."""
    given = Counter.objects.filter(key__startswith="case/").values_list("key", "last")
    return {int(key.removeprefix("case/")): last for key, last in given}


def _regions() -> list[Region]:
    return list(Region.objects.filter(parent__isnull=False).select_related("parent"))


def _partners(people) -> list[tuple[Institution, User]]:
    held = RoleAssignment.objects.current().filter(role=Role.PARTNER, user__in=people.get(Role.PARTNER, []))
    return [(term.institution, term.user) for term in held.select_related("institution", "user")]


def _days(rng: random.Random, scale: float) -> Iterator[datetime]:
    """Yield moments of registration, in office hours, none in the future."""
    now = timezone.localtime()
    for year, count in PER_YEAR.items():
        last = min(date(year, 12, 31), now.date() - timedelta(days=1))
        for _ in range(round(count * scale)):
            day = date(year, 1, 2) + timedelta(days=rng.randrange((last - date(year, 1, 2)).days))
            yield datetime(
                day.year, day.month, day.day, rng.randrange(8, 16), rng.randrange(60), tzinfo=clock.WIB
            )


@transaction.atomic
def _write(world: World, days: list[datetime]) -> None:
    cases = [_case(world, at) for at in days]
    _flush(world)
    for case in cases:
        audit.record(
            "complaint.received", case.complaint, by=case.complaint.receiver, scope=case.complaint_id
        )
        audit.record("case.registered", case, by=case.registered_by, scope=case.pk)
    _start_clocks(cases)


def _flush(world: World) -> None:
    for model, rows in world.rows.items():
        model.objects.bulk_create(rows, batch_size=CHUNK)
        rows.clear()


def _case(world: World, at: datetime) -> Case:
    rng = world.rng
    officer, companion = world.one(Role.COMPLAINT_OFFICER), world.one(Role.COMPANION)
    years = _age(world)
    shared = {
        "sex": world.pick(fiction.SEXES),
        "birth_year": at.year - years,
        "age_band": clock.band_for_age(years),
    }
    region = rng.choice(world.regions) if world.regions and rng.random() < 0.96 else None
    report = _complaint(world, at - timedelta(hours=rng.randrange(1, 30)), region, shared)
    report.outcome, report.triaged_by, report.triaged_at = Outcome.CASE, officer, at
    report.contacted_at, report.authority = at, "KOTA"
    case = world.add(
        Case(
            code=world.code("SRN", at.year),
            number=world.number(at.year),
            complaint=report,
            survivor=_survivor(world, at, shared),
            registered_at=at,
            registered_by=officer,
            touched_at=at,
            kelurahan=region,
            kecamatan=region and region.parent,
            outside="" if region else "LUAR",
            risk=rng.choices([Risk.HIGH, Risk.MEDIUM, Risk.LOW], weights=[18, 47, 35])[0],
            place=world.pick(fiction.PLACES),
            relation=world.pick(fiction.RELATIONS),
            education=world.pick(fiction.EDUCATION),
            work="PELAJAR" if 6 <= years < 18 else world.pick(fiction.WORK),
            marital="BELUM" if years < 19 else rng.choice(["BELUM", "KAWIN", "KAWIN", "CERAI_H", "SIRRI"]),
            disability=rng.choices(["TIDAK", "FISIK", "INTELEKTUAL", "not_asked"], weights=[88, 3, 3, 6])[0],
            statistics="ya",
            **shared,
        )
    )
    case.category = _category(case, years)
    _violence(world, case)
    _work(world, case, companion, at)
    return case


def _age(world: World) -> int:
    low, high = world.pick(fiction.AGES)
    return world.rng.randint(low, high)


def _category(case: Case, years: int) -> str:
    if case.relation in {"PASANGAN", "MANTAN", "ORTU", "TIRI"} and case.place == "RT":
        return "KDRT"
    if case.relation == "PACAR" and years >= 14:
        return "KDP"
    return "KTA" if years < 18 else "KTP"


def _complaint(world: World, at: datetime, region, shared: dict) -> Complaint:
    channel = world.pick(fiction.CHANNELS)
    return world.add(
        Complaint(
            code=world.code("ADU", at.year),
            received_at=at,
            channel=channel,
            receiver=world.one(Role.COMPLAINT_OFFICER),
            reporter=world.pick(fiction.REPORTERS),
            safe_to_talk="aman",
            danger_now="tidak",
            urgent_needs=[world.rng.choice(["PSIKOLOG", "BELUM_TAHU", "MEDIS", "AMAN", "TIDAK_ADA"])],
            kelurahan=region,
            called=f"{world.rng.choice(fiction.FIRST)} (fiktif)",
            summary=world.rng.choice(fiction.SUMMARIES),
            risk=Risk.MEDIUM,
            **shared,
        )
    )


def _survivor(world: World, at: datetime, shared: dict) -> Person:
    """Return a new person, or one time in ten somebody who came before."""
    rng = world.rng
    if world.survivors and rng.random() < 0.1:
        return rng.choice(world.survivors)
    first = rng.choice(fiction.MALE if shared["sex"] == "L" else fiction.FIRST)
    birth = date(shared["birth_year"], rng.randint(1, 12), rng.randint(1, 28))
    day = birth.day + (40 if shared["sex"] == "P" else 0)
    person = world.add(
        Person(
            code=world.code("PNY", at.year),
            name=f"{first} {rng.choice(fiction.LAST)} (fiktif)",
            nickname=f"{first} (fiktif)",
            nik=f"999999{day:02d}{birth:%m%y}{rng.randrange(10000):04d}",
            phone=f"+62810000{rng.randrange(100000):05d}" if rng.random() < 0.7 else None,
            birth_date=birth,
            address="Alamat fiktif",
            birth_year=birth.year,
            sex=shared["sex"],
        )
    )
    world.survivors.append(person)
    _contact(world, person, at)
    return person


def _contact(world: World, person: Person, at: datetime) -> None:
    hours = (
        (clock.parse_time("09.00"), clock.parse_time("14.00")) if world.rng.random() < 0.5 else (None, None)
    )
    world.add(
        SafeContact(
            file=person.pk,
            allowed="ya" if person.phone and world.rng.random() < 0.85 else "tidak",
            way=world.rng.choice(["WA", "TELEPON"]),
            phone=person.phone,
            starts=hours[0],
            ends=hours[1],
            speak_as="Puskesmas",
            asked_at=at,
        )
    )


def _violence(world: World, case: Case) -> None:
    forms = {world.pick(fiction.VIOLENCE)}
    if world.rng.random() < fiction.SECOND_FORM:
        forms.add(world.pick(fiction.VIOLENCE))
    for code in sorted(forms):
        world.add(CaseViolence(case=case, list="bentuk", code=code))


def _work(world: World, case: Case, companion: User, at: datetime) -> None:
    """Let a case live: consent, notes, services, referral, and an end when it is old."""
    rng, now = world.rng, timezone.localtime()
    manager = world.one(Role.CASE_MANAGER)
    days = min(rng.randrange(20, 160), (now - at).days)
    ends = at + timedelta(days=days)
    closes = (now - at).days > days + 5 and rng.random() < 0.97
    _consents(world, case, companion, at)
    for number in range(rng.randint(1, 3)):
        moment = at + timedelta(days=days * number / 3, hours=1)
        kind = [CaseNote.Kind.ASSESSMENT, CaseNote.Kind.PLAN, CaseNote.Kind.STORY][number]
        _note(world, case, companion, min(moment, now), kind)
    for _ in range(rng.randint(1, 5)):
        _service(world, case, companion, at + timedelta(days=rng.randrange(max(days, 1))))
    if world.partners and rng.random() < 0.5:
        _referral(world, case, companion, at + timedelta(hours=20), settled=closes)
    _stage(world, case, closes, ends)
    if closes:
        _closure(world, case, companion, manager, ends)
    term = CaseAssignment(case=case, user=companion, part="pendamping", starts=at.date(), assigned_by=manager)
    term.ends = ends.date() if closes else None
    world.add(term)


def _stage(world: World, case: Case, closes: bool, ends: datetime) -> None:
    rng, today = world.rng, timezone.localdate()
    case.touched_at = ends if closes else min(ends, timezone.now())
    if closes:
        case.status, case.closed_at = Status.CLOSED, ends
        case.closure_reason = world.pick(fiction.CLOSURES)
        return
    shares = {
        Status.REGISTRATION: 8,
        Status.ASSESSMENT: 20,
        Status.PLANNING: 12,
        Status.AWAITING: 6,
        Status.CARRYING_OUT: 34,
        Status.MONITORING: 18,
        Status.PAUSED: 2,
    }
    case.status = world.pick(shares)
    case.returns_to = Status.CARRYING_OUT if case.status == Status.PAUSED else ""
    case.next_follow_up = today + timedelta(days=rng.randrange(-4, 21))


def _consents(world: World, case: Case, companion: User, at: datetime) -> None:
    common = {
        "case": case,
        "giver": "wali" if case.age_band in {"0-5", "6-12"} else "penyintas",
        "manner": "tanda_tangan",
        "starts": at.date(),
        "ends": at.date() + timedelta(days=365),
        "recorded_by": companion,
        "recorded_at": at,
    }
    world.add(Consent(purpose="layanan", **common))
    world.add(Consent(purpose="statistik", **common))


def _note(world: World, case: Case, author: User, at: datetime, kind: str) -> None:
    text = world.rng.choice(fiction.NOTES)
    world.add(CaseNote(case=case, kind=kind, text=text, happened_at=at, written_at=at, author=author))


def _service(world: World, case: Case, staff: User, at: datetime) -> None:
    at = min(at, timezone.localtime())
    world.add(
        Service(
            case=case,
            kind=world.pick(fiction.SERVICES),
            result=world.rng.choices(["diberikan", "tidak_tersedia", "ditolak"], weights=[94, 3, 3])[0],
            mode=world.rng.choices(["tatap_muka", "telepon", "kunjungan"], weights=[70, 20, 10])[0],
            given_on=at.date(),
            staff=staff,
            place="Kantor",
            minutes=world.rng.choice([30, 45, 60, 90, 120]),
            created_at=at,
            created_by=staff,
        )
    )


def _referral(world: World, case: Case, sender: User, at: datetime, *, settled: bool) -> None:
    rng = world.rng
    institution, partner = rng.choice(world.partners)
    urgency = rng.choice(list(Urgency))
    at = min(at, timezone.localtime() - timedelta(minutes=40))
    line = world.add(
        Consent(
            case=case,
            purpose="rujukan",
            institution=institution,
            data=["identitas", "ringkasan"],
            giver="penyintas",
            manner="tanda_tangan",
            starts=at.date(),
            ends=at.date() + timedelta(days=180),
            recorded_by=sender,
            recorded_at=at,
        )
    )
    row = Referral(
        code=world.code("RUJ", at.year),
        case=case,
        institution=institution,
        service=world.pick(fiction.REFERRED),
        urgency=urgency,
        basis="persetujuan",
        consent=line,
        shared=["umur", "jenis_kelamin", "kecamatan", "panggilan", "permintaan"],
        kecamatan=case.kecamatan.name if case.kecamatan else "",
        age_band=case.age_band,
        sent_at=at,
        sent_by=sender,
        answer_due=at + timedelta(hours=ANSWER_HOURS[urgency]),
    )
    row.packet = [
        ["Kelompok umur", case.get_age_band_display()],
        ["Jenis kelamin", case.get_sex_display()],
        ["Kecamatan", row.kecamatan or "—"],
        ["Nama panggilan", case.survivor.nickname],
        ["Yang diminta", "Mohon layanan sesuai kebutuhan; hasilnya dikabarkan lewat portal."],
    ]
    _answered(world, row, partner, at, settled)
    world.add(row)


def _answered(world: World, row: Referral, partner: User, at: datetime, settled: bool) -> None:
    """Put a referral into one of its states: a settled one is over."""
    over = {
        Referred.DONE: 70,
        Referred.DECLINED: 14,
        Referred.RETURNED: 6,
        Referred.EXPIRED: 6,
        Referred.REVOKED: 4,
    }
    running = {
        Referred.SENT: 20,
        Referred.OPENED: 10,
        Referred.ACCEPTED: 25,
        Referred.SCHEDULED: 15,
        Referred.IN_SERVICE: 15,
        Referred.NO_SHOW: 5,
        Referred.DECLINED: 10,
    }
    row.status = world.pick(over if settled else running)
    now = timezone.localtime()
    if row.status not in {Referred.SENT, Referred.REVOKED, Referred.EXPIRED}:
        row.opened_at = min(at + timedelta(minutes=30), now)
    if row.status in {Referred.SENT, Referred.OPENED, Referred.REVOKED, Referred.EXPIRED}:
        return
    row.answered_at, row.answered_by = min(at + timedelta(minutes=35), now), partner
    if row.status == Referred.DECLINED:
        row.decline_reason = world.rng.choice(["PENUH", "SYARAT", "WENANG"])
    if row.status == Referred.SCHEDULED:
        row.appointment_at = now + timedelta(days=world.rng.randint(1, 6))
    if row.status in {Referred.DONE, Referred.RETURNED, Referred.NO_SHOW, Referred.IN_SERVICE}:
        row.reported_at, row.reported_by = min(at + timedelta(days=4), now), partner
        row.attended = "tidak" if row.status == Referred.NO_SHOW else "hadir"
        results = {Referred.DONE: "selesai", Referred.IN_SERVICE: "berlanjut"}
        row.result = results.get(row.status, "tidak")
    row.seen_at = now if settled else None


def _closure(world: World, case: Case, companion: User, manager: User, ends: datetime) -> None:
    world.add(
        Closure(
            case=case,
            reason=case.closure_reason,
            checklist=[key for key, _ in Closure.CHECKLIST],
            proposed_by=companion,
            proposed_at=ends - timedelta(days=1),
            decision=Closure.Decision.APPROVED,
            decided_by=manager,
            decided_at=ends,
        )
    )


def _start_clocks(cases: list[Case]) -> None:
    """Start the clocks of open cases."""
    for case in cases:
        if case.status == Status.CLOSED:
            continue
        owner = case.companion()
        if case.status in {Status.REGISTRATION, Status.ASSESSMENT}:
            due = case.registered_at + timedelta(days=3)
            obligations.start("case.assess", target=case, due=due, owner=owner and owner.user)
        if case.next_follow_up:
            day = case.next_follow_up
            due = datetime(day.year, day.month, day.day, 16, tzinfo=clock.WIB)
            obligations.start("case.follow_up", target=case, due=due, owner=owner and owner.user)
        for referral in case.referrals.waiting_answer().select_related("institution"):
            obligations.start(
                "referral.answer",
                target=referral,
                due=referral.answer_due,
                owner_role=Role.PARTNER,
                institution=referral.institution,
            )


@transaction.atomic
def _write_without_case(world: World, count: int) -> None:
    now = timezone.localtime()
    for _ in range(count):
        years = _age(world)
        at = now - timedelta(days=world.rng.randrange(2, 1000), hours=world.rng.randrange(8))
        shared = {
            "sex": world.pick(fiction.SEXES),
            "birth_year": at.year - years,
            "age_band": clock.band_for_age(years),
        }
        region = world.rng.choice(world.regions) if world.regions else None
        row = _complaint(world, at, region, shared)
        row.outcome = world.pick(fiction.NOT_CASES)
        row.triaged_at, row.triaged_by = at + timedelta(hours=2), world.one(Role.CASE_MANAGER)
        row.contacted_at = at + timedelta(minutes=20)
        row.outcome_reason = "Sesuai pembicaraan dengan pelapor."
        row.risk, row.authority = Risk.LOW, "KOTA"
    reports = list(world.rows[Complaint])
    _flush(world)
    for row in reports:
        audit.record("complaint.received", row, by=row.receiver, scope=row.pk)


def _open_today(world: World) -> None:
    """Put something on today's homes, through the same acts as real reports."""
    now, rng = timezone.now(), world.rng
    for minutes, channel, danger in (
        (12, "TELEPON", "ya"),
        (47, "WA", "tidak"),
        (95, "JPPA", "unknown"),
        (200, "RUJUKAN", "tidak"),
        (260, "WA", "tidak"),
        (300, "LANGSUNG", "tidak"),
    ):
        complaints.receive(
            answers={
                "channel": channel,
                "received_at": now - timedelta(minutes=minutes),
                "reporter": world.pick(fiction.REPORTERS),
                "safe_to_talk": "aman",
                "danger_now": danger,
                "urgent_needs": ["AMAN"] if danger == "ya" else ["BELUM_TAHU"],
                "kelurahan": rng.choice(world.regions) if world.regions else None,
                "called": f"{rng.choice(fiction.FIRST)} (fiktif)",
                "summary": rng.choice(fiction.SUMMARIES),
                "sex": "P",
            },
            contact={"allowed": "ya", "way": "WA", "phone": f"+62810000{rng.randrange(100000):05d}"},
            by=world.one(Role.COMPLAINT_OFFICER),
        )
