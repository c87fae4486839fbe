"""The organisation chart: plain boxes out of the lines of a decree, for screen, table and paper."""

from dataclasses import dataclass, field
from datetime import datetime

from institutions.models import Decree, Institution, Membership
from pug_portal.core import clock

Position = Membership.Position
LEADING = (Position.PATRON, Position.ACCOUNTABLE, Position.CHAIR)
BESIDE = (Position.VICE_CHAIR, Position.HEAD_OF_SECRETARIAT, Position.SECRETARY, Position.COORDINATOR)
GROUPS = [
    ("Sekretariat dan Inspektorat", (Institution.Kind.SECRETARIAT, Institution.Kind.INSPECTORATE)),
    ("Badan", (Institution.Kind.BADAN,)),
    ("Dinas dan satuan", (Institution.Kind.DINAS, Institution.Kind.UNIT)),
    ("Rumah sakit", (Institution.Kind.HOSPITAL,)),
    ("Bagian Sekretariat Daerah", (Institution.Kind.BUREAU,)),
    ("Kecamatan", (Institution.Kind.DISTRICT,)),
]


@dataclass
class Box:
    """One seat: its position, post, office and who sits there today ("" when vacant)."""

    position: str
    title: str
    office: str
    name: str
    vacant: bool


@dataclass
class Chart:
    """leading: from the mayor down to the chair; beside: who serves the chair; groups: the members."""

    leading: list[Box] = field(default_factory=list)
    beside: list[Box] = field(default_factory=list)
    groups: list[tuple[str, list[Box]]] = field(default_factory=list)

    @property
    def boxes(self) -> list[Box]:
        return [*self.leading, *self.beside, *(box for _, group in self.groups for box in group)]

    @property
    def vacancies(self) -> int:
        return sum(box.vacant for box in self.boxes)


def chart_of(decree: Decree | None) -> Chart:
    """Return the chart of a decree in at most two queries; an empty one without a decree."""
    if decree is None:
        return Chart()
    members = list(decree.memberships.with_holders().in_order())
    chart = Chart(
        leading=[_box(member) for position in LEADING for member in members if member.position == position],
        beside=[_box(member) for member in members if member.position in BESIDE],
    )
    seated = [member for member in members if member.position not in {*LEADING, *BESIDE}]
    for title, kinds in GROUPS:
        inside = [member for member in seated if member.office and member.office.kind in kinds]
        seated = [member for member in seated if member not in inside]
        chart.groups.append((title, [_box(member) for member in inside]))
    chart.groups.append(("Anggota lain", [_box(member) for member in seated]))
    chart.groups = [(title, boxes) for title, boxes in chart.groups if boxes]
    return chart


def _box(member: Membership) -> Box:
    office = member.office
    return Box(
        position=member.get_position_display(),
        title=member.office_title,
        office=(office.abbreviation or office.name) if office else "",
        name=member.holder_name,
        vacant=member.is_vacant,
    )


def _plain(box: Box) -> dict:
    return {
        "position": box.position,
        "title": box.title,
        "name": "kosong" if box.vacant else box.name,
        "vacant": box.vacant,
    }


def chart_sheet(decree: Decree, paper: str, now: datetime) -> dict:
    """Return the data of templates/print/pokja_chart.typ."""
    chart = chart_of(decree)
    return {
        "title": "Struktur Pokja PUG Kota Semarang",
        "unit": "Pokja PUG Kota Semarang",
        "paper": paper,
        "landscape": True,
        "basis": f"Keputusan Wali Kota Nomor {decree.number}, {clock.format_date(decree.dated)}",
        "printed": {"by": "Portal PUG", "at": clock.format_datetime(now)},
        "leading": [_plain(box) for box in chart.leading],
        "beside": [_plain(box) for box in chart.beside],
        "groups": [
            {"title": title, "boxes": [_plain(box) for box in boxes]} for title, boxes in chart.groups
        ],
    }
