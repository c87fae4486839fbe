"""Demonstration data of this room: fictional people, two years of duty reports with real-life gaps.

Large parts are written in bulk. What waits for somebody (returned reports) goes through the review
mechanism, so that its notes, clocks and records are there too.
"""

import io
import random
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from PIL import Image, ImageDraw
from simple_history.utils import bulk_create_with_history

from focal_points import demo_words as words
from focal_points.actions.review import repair_due
from focal_points.models import Appointment, Duty, DutyPlan, DutyReport
from institutions.models import Attachment, Document, Institution
from pug_portal.core import obligations, review, uploads
from pug_portal.core.models import RoleAssignment, User
from pug_portal.core.review import Stage
from pug_portal.core.roles import Role

MONTHS_BACK = 24
VACANT_SHARE = 0.11
RETURNED, WAITING = 7, 24
ACCOUNT = "fp.peraga"  # accounts of invented people; nobody can sign in with them


@transaction.atomic
def fill(people: dict[str, list[User]], *, rng: random.Random, scale: float = 1) -> dict[str, int]:
    """Fill appointments, plans and reports of all agencies; return counts by kind."""
    agencies = list(Institution.objects.valid().agencies().order_by("name"))
    appointed = _appoint(agencies, people, rng)
    authors = {one.agency_id: one for one in appointed if one.user_id}
    plans = _plan(agencies, rng)
    reviewer = people[Role.SECRETARIAT][0]
    reports = _report(agencies, authors, reviewer, plans, rng, scale)
    _prove(reports, reviewer, rng)
    _send_back(reviewer, rng)
    return {"penetapan": len(appointed), "rencana tugas": len(plans), "laporan tugas": len(reports)}


# People -------------------------------------------------------------------------------------------


def _appoint(agencies, people, rng) -> list[Appointment]:
    """Most agencies have two people, some one, some nobody any more; a few decrees are old."""
    known = {}
    for user in people[Role.FOCAL_POINT]:
        for agency_id in user.institution_ids(Role.FOCAL_POINT):
            known[agency_id] = user
    rows: list[Appointment] = []
    for number, agency in enumerate(agencies):
        vacant = agency.pk not in known and rng.random() < VACANT_SHARE
        if vacant:
            rows.append(_left_behind(agency, number, rng))
        else:
            rows += _people_of(agency, known.get(agency.pk), number, rng)
    _open_portal([one for one in rows if one.user_id], set(known.values()))
    bulk_create_with_history(rows, Appointment)
    return rows


def _people_of(agency, user, number: int, rng) -> list[Appointment]:
    today = timezone.localdate()
    starts = today - timedelta(days=rng.randint(60, 1100))
    parts = [Appointment.Part.CHAIR, Appointment.Part.DATA][: rng.choices([1, 2], [1, 6])[0]]
    rows = [_person(agency, part, starts, number, rng) for part in parts]
    rows[0].user = user or _account(rows[0].name, number)
    if user:
        rows[0].name, rows[0].sex = user.name, Appointment.Sex.WOMAN
    if rng.random() < 0.35:
        rows.append(_predecessor(agency, starts, number, rng))
    return rows


def _person(agency, part, starts: date, number: int, rng) -> Appointment:
    sex = rng.choices(["P", "L"], [3, 2])[0]
    name = f"{rng.choice(words.FIRST[sex])} {rng.choice(words.LAST)} (fiktif)"
    code = "".join(c for c in agency.abbreviation.lower() if c.isalnum()) or f"pd{number}"
    return Appointment(
        agency=agency,
        decree_number=f"463/{rng.randint(1, 99):02d}/{starts.year} (fiktif)",
        decree_date=starts - timedelta(days=rng.randint(1, 14)),
        starts=starts,
        name=name,
        sex=sex,
        position=rng.choice(words.POSITIONS),
        unit=rng.choice(words.UNITS),
        part=part,
        office_phone=f"+62249{number:06d}",
        office_email=f"{code}@peraga.test",
        trained_pug=rng.random() < 0.7,
        trained_pprg=rng.random() < 0.45,
        name_is_public=rng.random() < 0.6,
    )


def _predecessor(agency, starts: date, number: int, rng) -> Appointment:
    row = _person(agency, Appointment.Part.CHAIR, starts - timedelta(days=500), number, rng)
    row.ends = starts - timedelta(days=1)
    row.end_reason = rng.choice([Appointment.EndReason.MOVED, Appointment.EndReason.RETIRED])
    return row


def _left_behind(agency, number: int, rng) -> Appointment:
    """Somebody who moved away some months ago; nobody has been appointed since."""
    today = timezone.localdate()
    row = _person(agency, Appointment.Part.CHAIR, today - timedelta(days=900), number, rng)
    row.ends = today - timedelta(days=rng.randint(70, 300))
    row.end_reason = Appointment.EndReason.MOVED
    row.user = _account(row.name, number)
    return row


def _account(name: str, number: int) -> User:
    """An account nobody can sign in with: it has no password."""
    return User(
        username=f"{ACCOUNT}{number}",
        email=f"{ACCOUNT}{number}@peraga.test",
        name=name,
        is_demo=True,
        password=make_password(None),
    )


def _open_portal(rows: list[Appointment], known: set[User]) -> None:
    new = [one for one in rows if one.user not in known]
    User.objects.bulk_create([one.user for one in new])
    RoleAssignment.objects.bulk_create(
        RoleAssignment(
            user=one.user,
            role=Role.FOCAL_POINT,
            institution=one.agency,
            starts=one.starts,
            ends=one.ends,
            decree_number=one.decree_number,
        )
        for one in new
    )


# Plans and reports --------------------------------------------------------------------------------


def _plan(agencies, rng) -> list[DutyPlan]:
    """Four to eight plans a year for nine of ten agencies, this year and the year before."""
    year = timezone.localdate().year
    rows = [
        _one_plan(agency, one_year, rng)
        for agency in agencies
        if rng.random() < 0.9
        for one_year in (year - 1, year)
        for _ in range(rng.randint(4, 8))
    ]
    return DutyPlan.objects.bulk_create(rows, batch_size=500)


def _one_plan(agency, year: int, rng) -> DutyPlan:
    duty = rng.choice(list(Duty))
    return DutyPlan(
        agency=agency,
        year=year,
        duty=duty.value,
        activity=rng.choice(words.ACTIVITIES[duty.value])[0],
        month=rng.randint(1, 12),
        target_women=rng.randint(1, 12) * 5,
        target_men=rng.randint(1, 12) * 5,
    )


def _report(agencies, authors, reviewer, plans, rng, scale) -> list[DutyReport]:
    by_agency: dict = {}
    for plan in plans:
        by_agency.setdefault(plan.agency_id, []).append(plan)
    rows: list[DutyReport] = []
    for agency in agencies:
        # Some units report every month, some hardly ever: that is what the board is for.
        zeal = rng.betavariate(5, 2)
        writer = authors[agency.pk]
        for first in _months():
            for _ in range(_how_many(zeal, scale, rng)):
                row = _one_report(agency, writer.user, first, by_agency.get(agency.pk, ()), rng)
                if row.held_on <= (writer.ends or timezone.localdate()):
                    rows.append(row)
    _judge(rows, reviewer, rng)
    return DutyReport.objects.bulk_create(rows, batch_size=500)


def _months() -> list[date]:
    """Return the firsts of the last two years' months, oldest first."""
    day, found = timezone.localdate().replace(day=1), []
    for _ in range(MONTHS_BACK):
        found.append(day)
        day = (day - timedelta(days=1)).replace(day=1)
    return found[::-1]


def _how_many(zeal: float, scale: float, rng) -> int:
    if rng.random() > zeal:
        return 0
    return max(1, round(rng.choices([1, 2, 3], [7, 2, 1])[0] * scale))


def _one_report(agency, author, first: date, plans, rng) -> DutyReport:
    held_on = first + timedelta(days=rng.randint(0, 27))
    fitting = [one for one in plans if (one.year, one.month) == (held_on.year, held_on.month)]
    plan = rng.choice(fitting) if fitting and rng.random() < 0.7 else None
    duty = plan.duty if plan else rng.choices(list(Duty), [4, 2, 4, 2, 2, 3])[0].value
    title, result = rng.choice(words.ACTIVITIES[duty])
    created = timezone.make_aware(
        timezone.datetime(held_on.year, held_on.month, held_on.day, rng.randint(8, 15), rng.randint(0, 59))
    )
    return DutyReport(
        agency=agency,
        author=author,
        duty=duty,
        title=plan.activity if plan else title,
        held_on=held_on,
        place=rng.choice(words.PLACES),
        women=rng.randint(4, 60),
        men=rng.randint(2, 50),
        result=result,
        plan=plan,
        created_at=created + timedelta(days=rng.randint(0, 6)),
    )


def _judge(rows: list[DutyReport], reviewer: User, rng) -> None:
    """Old reports are approved, the newest wait, a few are drafts."""
    rows.sort(key=lambda row: row.created_at)
    now = timezone.now()
    for row in rows:
        row.created_at = min(row.created_at, now - timedelta(minutes=rng.randint(5, 3000)))
        row.submitted_at = row.created_at + timedelta(minutes=rng.randint(1, 90))
        row.submitted_at = min(row.submitted_at, now - timedelta(minutes=2))
        row.stage, row.snapshot = Stage.SUBMITTED, row.content_hash()
    for row in rows[: -(WAITING + RETURNED + 6)]:
        if row.author_id != reviewer.pk:
            _approve(row, reviewer, rng)
    for row in {row.author_id: row for row in rows if _signs_in(row.author)}.values():
        _take_back(row)  # whoever tries the demonstration finds something of her own to repair
    for row in rng.sample([row for row in rows[-40:] if not _signs_in(row.author)], 6):
        _take_back(row)
        row.stage, row.submitted_at, row.snapshot = Stage.DRAFT, None, ""


def _signs_in(author: User) -> bool:
    return not author.username.startswith(ACCOUNT)


def _take_back(row: DutyReport) -> None:
    row.stage = Stage.SUBMITTED
    row.reviewer = row.approver = row.reviewed_at = row.approved_at = None


def _approve(row: DutyReport, reviewer: User, rng) -> None:
    at = min(row.submitted_at + timedelta(days=rng.randint(1, 9)), timezone.now())
    row.stage = Stage.APPROVED
    row.reviewer = row.approver = reviewer
    row.reviewed_at = row.approved_at = at


def _send_back(reviewer: User, rng) -> None:
    """Return a few waiting reports, with notes and a clock, among them one of the first account."""
    waiting = list(DutyReport.objects.awaiting_review().select_related("agency", "author"))
    with_desk = [row for row in waiting if _signs_in(row.author)]
    chosen = with_desk + rng.sample(waiting, min(RETURNED, len(waiting)))
    for row in {row.pk: row for row in chosen}.values():
        review.send_back(row, notes=rng.choice(words.NOTES), by=reviewer)
        obligations.start(
            "duty.repair",
            target=row,
            due=repair_due(),
            owner=row.author,
            owner_role=Role.FOCAL_POINT,
            institution=row.agency,
        )


# Proofs -------------------------------------------------------------------------------------------


def _prove(reports: list[DutyReport], by: User, rng) -> None:
    """One picture that says it is none, used as proof of most reports."""
    stored = uploads.receive(_picture(), by=by, kind="photo", klass=Document.Klass.RESTRICTED)
    documents: dict = {}
    for row in reports:
        if row.agency_id not in documents:
            documents[row.agency_id] = Document(
                title="Foto peraga (fiktif)",
                kind=Document.Kind.PHOTO,
                klass=Document.Klass.RESTRICTED,
                owner=row.agency,
                file=stored,
                added_by=by,
            )
    Document.objects.bulk_create(documents.values(), batch_size=500)
    Attachment.objects.bulk_create(
        (_attached(row, documents[row.agency_id], by) for row in reports if rng.random() < 0.75),
        batch_size=500,
    )


def _attached(row: DutyReport, document: Document, by: User) -> Attachment:
    return Attachment(
        document=document,
        target_type=row._meta.label_lower,
        target_id=row.pk,
        target_label=f"Laporan tugas: {row.audit_label()}"[:120],
        attached_by=by,
    )


def _picture() -> SimpleUploadedFile:
    image = Image.new("RGB", (640, 400), "#0B4F5C")
    draw = ImageDraw.Draw(image)
    draw.rectangle((40, 40, 600, 360), outline="#F2B705", width=6)
    draw.text((250, 190), "FOTO PERAGA (FIKTIF)", fill="#FFFFFF")
    buffer = io.BytesIO()
    image.save(buffer, "JPEG")
    return SimpleUploadedFile("foto-peraga.jpg", buffer.getvalue(), content_type="image/jpeg")
