"""Sixty fictional activities over two years, with people on their lists; everything is marked.

Volume is written in bulk; what happens today and what waits for somebody goes through the actions,
so that the record and the clocks exist.
"""

import random
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from activities.actions import publication
from activities.models import Activity, Attendance, Audience, Kind, Manner, Participant, Speaker, Theme
from activities.workflow import PUBLIC, Stage
from institutions.models import Institution, LegalBasis, Region
from pug_portal.core.clock import WIB
from pug_portal.core.models import Counter
from pug_portal.core.review import approve, send_back, submit
from pug_portal.core.roles import Role

MARK = "(peraga)"
PEOPLE = 40

# (title, kind, theme, programme, audience words, audience groups, duty of the Pokja)
PATTERNS = (
    ("Sosialisasi PUG bagi kader PKK", Kind.SOCIALISATION, Theme.CONCEPT, Audience.PKK, 1),
    ("Sosialisasi PUG bagi camat dan lurah", Kind.SOCIALISATION, Theme.CONCEPT, Audience.LURAH, 2),
    ("Pelatihan penyusunan GAP dan GBS", Kind.TRAINING, Theme.BUDGETING, Audience.PLANNERS, 4),
    ("Training of Fasilitator PUG", Kind.FACILITATORS, Theme.CONCEPT, Audience.FOCAL_POINTS, 1),
    ("Desk PPRG perangkat daerah", Kind.DESK, Theme.BUDGETING, Audience.PLANNERS, 4),
    ("Kampanye cegah perkawinan anak", Kind.CAMPAIGN, Theme.CHILD_MARRIAGE, Audience.CHILDREN, 1),
    ("Penyuluhan cegah kekerasan dalam rumah tangga", Kind.ADVOCACY, Theme.PREVENTION, Audience.GENERAL, 1),
    ("Pelatihan usaha kelompok perempuan", Kind.COMMUNITY, Theme.ECONOMY, Audience.BUSINESS, 1),
    ("Pendampingan data terpilah", Kind.ASSISTANCE, Theme.DATA, Audience.FOCAL_POINTS, 8),
    ("Diskusi kepemimpinan perempuan di kelurahan", Kind.DISCUSSION, Theme.LEADERSHIP, Audience.LPMK, 1),
    ("Lomba kelurahan ramah perempuan", Kind.CONTEST, Theme.NEIGHBOURHOOD, Audience.LURAH, 1),
    ("Siaran radio kesetaraan gender", Kind.BROADCAST, Theme.CONCEPT, Audience.GENERAL, 1),
    ("Rapat koordinasi focal point", Kind.COORDINATION, Theme.CONCEPT, Audience.FOCAL_POINTS, 12),
    ("Lokakarya layanan ramah disabilitas", Kind.WORKSHOP, Theme.INCLUSION, Audience.DISABILITY, 1),
    ("Kelas pengasuhan ayah dan ibu", Kind.COMMUNITY, Theme.PARENTING, Audience.GOPTKI, 1),
)
PURPOSE = (
    "Mendorong pemahaman nilai kesetaraan gender bagi laki-laki dan perempuan\n"
    "Mengenali potensi, hambatan, tantangan, dan peluang pelaksanaan PUG di daerah\n"
    "Meningkatkan pengetahuan aparatur dan lembaga kemasyarakatan tentang PUG"
)
RESULTS = (
    "Teridentifikasinya komitmen, kelembagaan, dukungan forum, dan ketersediaan data terpilah\n"
    "Terlatihnya peserta yang terampil menerapkan PUG dalam perencanaan"
)
PROGRAMME = "Kesetaraan gender dan pemberdayaan perempuan"
INNOVATION = ("", "Kartu tanya jawab PUG untuk pertemuan RT", "Kelas berpasangan: ayah dan ibu hadir bersama")
NOTES = {"audience": "Sebutkan berapa perempuan dan laki-laki yang diundang (peraga)."}
REVIEWED = (Stage.SUBMITTED, Stage.RETURNED)
# Stages of what is still to come, in turn
COMING = (
    Stage.OPEN,
    Stage.SUBMITTED,
    Stage.OPEN,
    Stage.APPROVED,
    Stage.OPEN,
    Stage.RETURNED,
    Stage.OPEN,
    Stage.DRAFT,
)
WOMEN = "Sari Rini Wati Endah Lestari Ningsih Yuni Ratna Indah Puji Tutik Marni Sulis Wulan Asih".split()
MEN = "Bagas Joko Agus Slamet Tono Darma Wahyu Eko Budi Rudi Hendra Seno Parto Yusuf Galih".split()
LAST = "Peraga Contoh Percobaan Teladan Misal".split()
ORIGINS = (
    "TP PKK kelurahan",
    "Karang Taruna",
    "LPMK",
    "Forum Anak",
    "Puskesmas",
    "Kantor kelurahan",
    "RT/RW",
)


def fill(people: dict, *, rng: random.Random, scale: float = 1) -> dict[str, int]:
    """Make 60 activities per `scale`; return how many rows of each kind.

    `people`: role value -> accounts. Needs a secretary; focal points propose where there are some.
    """
    maker = _Maker(people, rng)
    total = round(60 * scale)
    for number in range(total):
        maker.make(number, maker.day_of(number, total))
    return maker.counts


class _Maker:
    """Holds what every activity of one run draws from."""

    def __init__(self, people: dict, rng: random.Random):
        self.rng = rng
        self.secretary = people[Role.SECRETARIAT][0]
        self.proposers = people.get(Role.FOCAL_POINT) or [self.secretary]
        agencies = Institution.objects.agencies().order_by("name")
        self.agencies = list(agencies[:40]) or list(Institution.objects.order_by("name")[:40])
        self.regions = list(Region.objects.filter(parent__isnull=False).order_by("code"))
        self.laws = list(LegalBasis.objects.checked().by_rank()[:6])
        self.counts = {"kegiatan": 0, "peserta": 0, "kehadiran": 0}
        self.today = timezone.localdate()

    def day_of(self, number: int, total: int):
        """Two are today; one in five is still to come; the others lie in the last two years."""
        if number % 60 < 2:
            return self.today
        if number % 5 == 3:
            return self.today + timedelta(days=self.rng.randint(1, 75))
        return self.today - timedelta(days=round(5 + 725 * number / total))

    @transaction.atomic
    def make(self, number: int, day) -> None:
        activity = self._activity(number, day)
        if activity.stage in REVIEWED or day == self.today:
            self._by_actions(activity, day)
        elif activity.stage == Stage.OPEN:
            publication.expect_report(activity)
        if activity.stage in PUBLIC or activity.stage == Stage.APPROVED:
            self._people(activity)
        self.counts["kegiatan"] += 1

    def _activity(self, number: int, day) -> Activity:
        title, kind, theme, group, duty = PATTERNS[(number + number // 5) % len(PATTERNS)]
        author, organiser = self._who(number)
        region = self.rng.choice(self.regions) if self.regions else None
        place = f"Balai Kelurahan {region.name}" if region else "Balai Kota"
        title = f"{title}, {region.name if region else organiser.name} {MARK}"[:160]
        start = datetime.combine(day, time(self.rng.choice((8, 9, 13)), self.rng.choice((0, 30))), WIB)
        days = 2 if kind == Kind.FACILITATORS else 0
        activity = Activity(
            stage=self._stage(number, day),
            slug=f"{slugify(title)[:66]}-{day:%Y-%m}-{number}",
            title=title,
            kind=kind,
            theme=theme,
            organiser=organiser,
            author=author,
            programme=f"{PROGRAMME}\n{title}",
            purpose=PURPOSE,
            results=RESULTS,
            audience=f"{PEOPLE} orang: {Audience(group).label.lower()} dan warga sekitar",
            innovation=self.rng.choice(INNOVATION),
            starts_at=start,
            ends_at=start + timedelta(days=days, hours=self.rng.choice((2, 3, 4))),
            manner=Manner.ONLINE if kind == Kind.BROADCAST else Manner.ONSITE,
            place="" if kind == Kind.BROADCAST else place,
            region=region,
            quota=self.rng.choice((None, 40, 50, 60)),
            audience_groups=[group],
            target_female=PEOPLE // 2,
            target_male=PEOPLE // 2,
            facilities=self.rng.sample(["isyarat", "ramp", "laktasi", "anak"], 2),
            pokja_duty=duty,
            prerequisites=self.rng.choice(("7", "47", "36")),
            processes=self.rng.choice(("1", "12", "3")),
        )
        self._finish(activity)
        activity.save(force_insert=True)
        activity.legal_bases.set(self.rng.sample(self.laws, min(3, len(self.laws))))
        self._speaker(activity)
        return activity

    def _who(self, number: int):
        """Return (author, organiser): every third is the secretariat's own, the others by focal points."""
        if number % 3 == 0:
            return self.secretary, self.agencies[number % len(self.agencies)]
        author = self.proposers[number % len(self.proposers)]
        own = author.institution_ids(Role.FOCAL_POINT)
        organiser = Institution.objects.filter(pk__in=own).first()
        return author, organiser or self.agencies[number % len(self.agencies)]

    def _stage(self, number: int, day) -> str:
        if day == self.today:
            return Stage.SUBMITTED if self._who(number)[0] != self.secretary else Stage.DRAFT
        if day > self.today:
            stage = COMING[number // 5 % len(COMING)]
            own = self._who(number)[0] == self.secretary
            return Stage.DRAFT if own and stage in REVIEWED else stage
        if day > self.today - timedelta(days=100):
            return Stage.REPORTED if number % 2 else Stage.OPEN
        return Stage.WITHDRAWN if number % 29 == 20 else Stage.PUBLISHED

    def _finish(self, activity: Activity) -> None:
        """Fill what the stage implies, as the actions would have."""
        if activity.stage in PUBLIC or activity.stage == Stage.WITHDRAWN:
            activity.announced_at = activity.starts_at - timedelta(days=14)
        if activity.stage in (Stage.APPROVED, *PUBLIC) and activity.author != self.secretary:
            activity.approver = activity.reviewer = self.secretary
            activity.submitted_at = activity.starts_at - timedelta(days=20)
            activity.approved_at = activity.reviewed_at = activity.starts_at - timedelta(days=15)
        if activity.stage == Stage.WITHDRAWN:
            activity.withdrawn_reason = "Ditunda karena tempat terendam banjir (peraga)"
        if activity.stage in (Stage.REPORTED, Stage.PUBLISHED):
            activity.reported_at = activity.ends_at + timedelta(days=6)
            activity.summary = "Warga mengikuti kegiatan ini sampai selesai dan banyak bertanya (peraga)."
            activity.follow_up = "Pertemuan lanjutan di tingkat RT (peraga)"

    def _speaker(self, activity: Activity) -> None:
        female = self.rng.random() < 0.5
        first = self.rng.choice(WOMEN if female else MEN)
        Speaker.objects.create(
            activity=activity,
            name=f"{first} Narasumber (fiktif)",
            sex="P" if female else "L",
            origin=activity.organiser.name,
            topic=activity.get_theme_display(),
        )

    def _by_actions(self, activity: Activity, day) -> None:
        """Hand in what waits; announce what takes place today, with its clock and record."""
        if activity.stage in REVIEWED:
            wanted = activity.stage
            Activity.objects.filter(pk=activity.pk).update(stage=Stage.DRAFT)
            activity.refresh_from_db()
            submit(activity, by=activity.author)
            if wanted == Stage.RETURNED:
                send_back(activity, notes=NOTES, by=self.secretary)
        if day == self.today:
            if activity.stage == Stage.SUBMITTED:
                approve(activity, by=self.secretary)
            publication.publish(activity, by=self.secretary)

    def _people(self, activity: Activity) -> None:
        count = min(max(5, round(self.rng.gauss(PEOPLE, 8))), activity.quota or 1000)
        codes = self.rng.sample(range(1_000_000), count)
        rows = [self._person(activity, n, code) for n, code in enumerate(codes, start=1)]
        Participant.objects.bulk_create(rows)
        Counter.objects.create(key=f"participant/{activity.pk}", last=count)
        self.counts["peserta"] += count
        if activity.starts_at < timezone.now() or activity.days[0] == self.today:
            self._door(activity, rows)

    def _person(self, activity: Activity, number: int, code: int) -> Participant:
        female = self.rng.random() < 0.58
        first = self.rng.choice(WOMEN if female else MEN)
        return Participant(
            activity=activity,
            number=number,
            code=f"{code:06d}",
            name=f"{first} {self.rng.choice(LAST)} {number} (fiktif)",
            sex="P" if female else "L",
            origin=self.rng.choice(ORIGINS),
            group=self.rng.choice([activity.audience_groups[0], ""]),
            region=self.rng.choice(self.regions) if self.regions else None,
            registered_at=activity.starts_at - timedelta(days=self.rng.randint(1, 10)),
        )

    def _door(self, activity: Activity, rows: list[Participant]) -> None:
        """Most come; today about a third has arrived so far."""
        share = 0.35 if activity.days[0] == self.today else 0.84
        came, now = [row for row in rows if self.rng.random() < share], timezone.now()
        marks = [
            Attendance(
                participant=row,
                day=activity.days[0],
                at=min(now, activity.starts_at - timedelta(minutes=self.rng.randint(-20, 25))),
                by=activity.author,
                way=self.rng.choice(Attendance.Way.values),
            )
            for row in came
        ]
        Attendance.objects.bulk_create(marks)
        self.counts["kehadiran"] += len(marks)
        if activity.reported_at:
            female = sum(row.sex == "P" for row in came)
            Activity.objects.filter(pk=activity.pk).update(
                present_female=female, present_male=len(came) - female
            )
