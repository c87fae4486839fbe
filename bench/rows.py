"""Rows of one fictional case: what the office's own acts would have left behind, made in bulk."""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from bench.chain import Chain
from institutions.models import Region
from pug_portal.core import clock
from pug_portal.core.clock import band_for_age, local
from pug_portal.core.models import Obligation
from pug_portal.core.numbers import random_code
from pug_portal.core.roles import Role
from seruni_cases.models import (
    Case,
    CaseAssignment,
    CaseNote,
    CaseViolence,
    Code,
    Complaint,
    Consent,
    Person,
    Referral,
    SafeContact,
    Service,
)
from seruni_cases.workflow import Outcome, Referred, Risk, Status, Urgency

# Written in this order, so that every key points at a row that is already there.
ORDER = (
    Complaint, SafeContact, Person, Case, CaseViolence, CaseAssignment, CaseNote, Consent, Service,
    Referral, Obligation,
)  # fmt: skip
NAMES = ("Sari", "Wulan", "Ratna", "Endah", "Tuti", "Ningsih", "Yanti", "Lestari", "Puji", "Anis")
LATE_STATUSES = (Status.ASSESSMENT, Status.PLANNING, Status.CARRYING_OUT, Status.MONITORING)
STORY = "Kejadian rekaan untuk pengukuran. Ia menelepon, menceritakan keadaannya, dan meminta didampingi. "


@dataclass
class Office:
    """What the rows refer to: staff, places, partners, code lists; and chance, always the same."""

    staff: dict[str, list]
    partners: list
    rng: random.Random
    codes: dict[str, list[str]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    numbers: dict[int, int] = field(default_factory=dict)

    def __post_init__(self):
        self.villages = list(Region.objects.filter(parent__isnull=False).select_related("parent"))
        lists = defaultdict(list)
        for code_list, code in Code.objects.order_by("order").values_list("list", "code"):
            lists[code_list].append(code)
        self.codes = dict(lists)

    def one(self, code_list: str) -> str:
        return self.rng.choice(self.codes[code_list])

    def who(self, role: str):
        return self.rng.choice(self.staff[role])

    def code(self, prefix: str, year: int) -> str:
        """Return a code that this run has not given out yet."""
        found = random_code(prefix, year)
        while found in self.used:
            found = random_code(prefix, year)
        self.used.add(found)
        return found

    def number(self, year: int) -> str:
        """Return the next office number of a year."""
        self.numbers[year] = self.numbers.get(year, 0) + 1
        return f"{self.numbers[year]:05d}/SERUNI/{year}"


class Batch:
    """The rows of some cases, by model, and their lines for the record."""

    def __init__(self, office: Office, chain: Chain):
        self.office, self.chain, self.rng = office, chain, office.rng
        self.rows: dict[type, list] = defaultdict(list)

    def write(self) -> dict[str, int]:
        """Write everything; return how many rows of which model."""
        counts = {}
        for model in ORDER:
            model.objects.bulk_create(self.rows[model])
            counts[model._meta.label] = len(self.rows[model])
        counts["core.AuditEvent"] = self.chain.flush()
        self.rows.clear()
        return counts

    def add(self, row):
        self.rows[type(row)].append(row)
        return row

    # One report, and the case it became --------------------------------------------------------

    def complaint(self, at: datetime, *, outcome: str = "") -> Complaint:
        """Add a report of the moment `at`; without `outcome` it still waits for triage."""
        office, officer = self.office, self.office.who(Role.COMPLAINT_OFFICER)
        years = self.rng.randint(4, 68)
        settled = {}
        if outcome:
            settled = {
                "outcome": outcome,
                "triaged_by": office.who(Role.CASE_MANAGER),
                "triaged_at": at + timedelta(hours=2),
                "outcome_reason": "Alasan rekaan.",
                "authority": office.one("kewenangan"),
            }
        row = Complaint(
            code=office.code("ADU", local(at).year),
            received_at=at,
            channel=office.one("kanal"),
            receiver=officer,
            reporter=office.one("pelapor"),
            survivor_knows="ya",
            safe_to_talk="aman",
            danger_now=self.rng.choice(["ya", "tidak", "tidak"]),
            kelurahan=self.rng.choice(office.villages),
            sex="P" if self.rng.random() < 0.9 else "L",
            birth_year=local(at).year - years,
            age_band=band_for_age(years),
            violence=[office.one("bentuk")],
            called=self.rng.choice(NAMES),
            summary=STORY * self.rng.randint(1, 5),
            reporter_name=f"{self.rng.choice(NAMES)} Peraga",
            reporter_phone=self._phone(),
            contacted_at=at,
            risk=self.rng.choice([Risk.HIGH, Risk.MEDIUM, Risk.LOW, Risk.UNKNOWN]),
            **settled,
        )
        self.add(row)
        self._told(row, officer, at, settled)
        return row

    def _told(self, row: Complaint, officer, at: datetime, settled: dict) -> None:
        told = {"by": officer, "scope": row.pk}
        self.chain.add("complaint.received", row, at=at, channel=row.channel, danger=False, **told)
        due = at + timedelta(hours=4)
        done = settled.get("triaged_at")
        self._clock("complaint.triage", row, at, due, done, owner_role=Role.COMPLAINT_OFFICER)
        if settled:
            told["by"] = settled["triaged_by"]
            self.chain.add("complaint.triaged", row, at=done, result=row.outcome, **told)

    def case(self, at: datetime, *, is_old: bool) -> Case:
        """Add a whole case, registered some hours after its report of the moment `at`."""
        source = self.complaint(at, outcome=Outcome.CASE)
        person, opened = self._person(source), at + timedelta(hours=5)
        officer = self.office.who(Role.COMPLAINT_OFFICER)
        row = Case(
            code=self.office.code("SRN", local(opened).year),
            number=self.office.number(local(opened).year),
            complaint=source,
            survivor=person,
            category=self.office.one("kategori"),
            sex=source.sex,
            birth_year=source.birth_year,
            age_band=source.age_band,
            kelurahan=source.kelurahan,
            kecamatan=source.kelurahan.parent,
            place=self.office.one("tempat"),
            relation=self.office.one("hubungan"),
            risk=source.risk,
            statistics="ya",
            registered_at=opened,
            registered_by=officer,
            **self._stage(opened, is_old),
        )
        self.add(row)
        told = {"by": officer, "scope": row.pk}
        self.chain.add("case.registered", row, at=opened, complaint=source.code, known=False, **told)
        self._work(row, person, source)
        return row

    def _stage(self, opened: datetime, is_old: bool) -> dict:
        if is_old and self.rng.random() < 0.93:
            closed = min(opened + timedelta(days=self.rng.randint(20, 90)), timezone.now())
            closing = {"closed_at": closed, "closure_reason": "T1", "touched_at": closed}
            return {"status": Status.CLOSED, **closing}
        # One in five is overdue, one in seven has been quiet for more than a fortnight.
        due = clock.today() + timedelta(days=self.rng.randint(-4, 16))
        touched = max(opened, timezone.now() - timedelta(hours=self.rng.randint(1, 400)))
        running = {"next_follow_up": due, "touched_at": touched}
        return {"status": self.rng.choice(LATE_STATUSES), **running}

    def _person(self, source: Complaint) -> Person:
        row = Person(
            code=self.office.code("PNY", local(source.received_at).year),
            name=f"{self.rng.choice(NAMES)} {self.rng.choice(NAMES)} Peraga",
            nickname=source.called,
            nik=f"337410{self.rng.randint(41, 71)}0{self.rng.randint(1, 9)}{self.rng.randint(60, 99)}"
            f"{self.rng.randint(1, 9999):04d}",
            phone=self._phone(),
            address=f"Jalan Rekaan Nomor {self.rng.randint(1, 300)}",
            birth_year=source.birth_year,
            sex=source.sex,
        )
        self.add(SafeContact(file=row.pk, allowed="ya", way="TELEPON", phone=row.phone))
        return self.add(row)

    # What was done in a case ------------------------------------------------------------------

    def _work(self, case: Case, person: Person, source: Complaint) -> None:
        companion, at = self.office.who(Role.COMPANION), case.registered_at
        list_ = Code.List.VIOLENCE
        self.add(CaseViolence(case=case, list=list_, code=source.violence[0]))
        self._assign(case, companion, CaseAssignment.Part.COMPANION)
        self.add(CaseNote(case=case, text=source.summary, happened_at=at, author=companion))
        self._consent(case, at, companion, purpose=Consent.Purpose.SERVICE)
        for day in range(self.rng.randint(1, 2)):
            self._service(case, at + timedelta(days=1 + day), companion)
        if self.rng.random() < 0.4:
            self._referral(case, person, at + timedelta(days=1), companion)
        due = at + timedelta(days=3)
        done = due - timedelta(days=1) if case.status != Status.REGISTRATION else None
        self._clock("case.assess", case, at, due, done, owner=companion)

    def _assign(self, case: Case, user, part: str) -> None:
        ends = local(case.closed_at).date() if case.closed_at else None
        starts = local(case.registered_at).date()
        self.add(CaseAssignment(case=case, user=user, part=part, starts=starts, ends=ends))

    def _consent(self, case: Case, at: datetime, by, **line) -> Consent:
        day = local(at).date()
        times = {"starts": day, "ends": day + timedelta(days=90), "recorded_at": at}
        told = {"giver": Consent.Giver.SURVIVOR, "manner": Consent.Manner.SIGNED}
        words = "Ya, boleh dicatat."
        return self.add(Consent(case=case, recorded_by=by, words=words, **times, **told, **line))

    def _service(self, case: Case, at: datetime, by) -> None:
        row = Service(
            case=case,
            kind=self.office.one("layanan"),
            given_on=local(at).date(),
            staff=by,
            created_by=by,
            created_at=at,
            minutes=self.rng.choice([30, 45, 60, 90]),
            note="Catatan layanan rekaan.",
        )
        self.add(row)
        told = {"kind_code": row.kind, "result": row.result, "minutes": row.minutes}
        self.chain.add("service.provided", case, at=at, by=by, scope=case.pk, **told)

    def _referral(self, case: Case, person: Person, at: datetime, by) -> None:
        partner = self.rng.choice(self.office.partners)
        shared = {"purpose": Consent.Purpose.REFERRAL, "data": ["identitas", "ringkasan"]}
        row = Referral(
            code=self.office.code("RUJ", local(at).year),
            case=case,
            institution=partner,
            service="KONSELING",
            urgency=Urgency.TODAY,
            basis=Referral.Basis.CONSENT,
            consent=self._consent(case, at, by, institution=partner, **shared),
            shared=["panggilan", "permintaan"],
            packet=[["Nama panggilan", person.nickname], ["Yang diminta", "Konseling rekaan."]],
            kecamatan=case.kecamatan.name,
            age_band=case.age_band,
            status=Referred.DONE if case.closed_at else Referred.ACCEPTED,
            sent_at=at,
            sent_by=by,
            answer_due=at + timedelta(hours=24),
            answered_at=at + timedelta(hours=3),
        )
        self.add(row)
        done = row.answered_at
        self._clock("referral.answer", row, at, row.answer_due, done, owner_role=Role.PARTNER)
        told = {"by": by, "scope": case.pk, "case": case.code}
        self.chain.add("referral.sent", row, at=at, basis=row.basis, fields=row.shared, **told)

    def _clock(self, kind, target, started, due, stopped, **whose) -> None:
        self.add(
            Obligation(
                kind=kind,
                target_type=target._meta.label_lower,
                target_id=target.pk,
                target_label=target.audit_label(),
                started_at=started,
                due_at=due,
                stopped_at=stopped,
                **whose,
            )
        )

    def _phone(self) -> str:
        return f"+62812{self.rng.randint(10**7, 10**8 - 1)}"
