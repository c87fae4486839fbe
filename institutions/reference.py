"""What every portal starts with: offices, places, law, duties, awards, texts. No living official.

`load()` may run again at any time: it adds what is missing and never overwrites what was edited.
Sources stand in the rows; the data files lie in institutions/data/.
"""

import csv
from datetime import date
from pathlib import Path

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from institutions.actions.decrees import draft_decree
from institutions.actions.publication import publish_decree
from institutions.models import (
    Award,
    AwardEdition,
    AwardLevel,
    ContactPoint,
    Decree,
    Institution,
    LegalBasis,
    Page,
    PokjaDuty,
    Post,
    Region,
    head_title,
)
from pug_portal.core.access import SYSTEM

DATA = Path(__file__).parent / "data"
PugRole = Institution.PugRole
DRIVERS = {
    "Bappeda": PugRole.PLANNING,
    "BPKAD": PugRole.BUDGET,
    "Inspektorat": PugRole.OVERSIGHT,
    "DP3A": PugRole.WOMEN,
}
OTHER_NAMES = {
    "Dinkes": "DKK, Dinas Kesehatan Kota, Puskesmas",
    "Bappeda": "Bappeda Litbang",
    "BKPP": "BKD, kepegawaian",
    "Distaru": "Dinas Tata Ruang",
    "Disdik": "Diknas",
    "Dispendukcapil": "Disdukcapil, Dukcapil",
    "RSWN": "RSUD Kota, Rumah Sakit Ketileng",
    "DP3A": "pemberdayaan perempuan",
    "Setda": "Sekda",
    "Setwan": "Sekretariat Dewan",
}
APE, PPPA = "Anugerah Parahita Ekapraya", "Kementerian PPPA"
THREE = ["Pratama", "Madya", "Utama"]
FOUR = [*THREE, "Mentor"]
FIVE = ["Pratama", "Madya", "Nindya", "Utama", "Mentor"]
# year, name, levels from the lowest, note of the edition, (level, handed over, note) of the city
AWARDS = [
    (2012, APE, THREE, "", ("Madya", None, "")),
    (2018, APE, FOUR, "", ("Madya", None, "")),
    (2020, APE, FOUR, "", ("Utama", date(2021, 10, 13), "Penilaian tahun 2020.")),
    (2023, APE, FIVE, "", ("Mentor", date(2023, 12, 19), "")),
    (
        2026,
        "Penganugerahan Parahita Ekapraya",
        [],
        "Nama baru; didasarkan pada evaluasi PUG tahun 2024 dan 2025. Tingkatnya belum diketahui portal.",
        None,
    ),
]
SERUNI_2005 = (
    "Pembentukan Tim Pelayanan Terpadu Penanganan Kekerasan terhadap Perempuan dan Anak "
    "yang Berbasis Gender “SERUNI” Kota Semarang"
)
SERUNI_LATER = (
    "Pembentukan Tim Pelayanan Terpadu bagi Perempuan dan Anak yang Berbasis Gender “SERUNI” Kota Semarang"
)
SERUNI = [
    ("463.05/112", date(2005, 5, 4), SERUNI_2005, "Dikukuhkan Wali Kota pada 20 Mei 2005."),
    ("463/A.023", date(2009, 2, 12), SERUNI_LATER, "Diperbarui karena banyak anggota purnatugas."),
    ("463/05/2011", date(2011, 1, 6), SERUNI_LATER, "Keputusan terakhir yang diketahui portal."),
]
CONTACTS = [
    ("ppt-seruni", "PPT SERUNI", "Pendampingan bagi perempuan dan anak yang mengalami kekerasan.", "", ""),
    ("uptd-ppa", "UPTD PPA Kota Semarang", "Perlindungan perempuan dan anak.", "", ""),
    ("sapa-129", "SAPA 129", "Layanan nasional, bila layanan kota tidak terjangkau.", "129", "08111129129"),
    ("darurat", "Nomor darurat", "Bila Anda dalam bahaya sekarang.", "", ""),
    ("sekretariat-pug", "Sekretariat Pokja PUG", "Pertanyaan tentang PUG, focal point, dan data.", "", ""),
]


@transaction.atomic
def load() -> dict[str, int]:
    """Add all reference rows that are missing; return how many of each kind there are now."""
    _load_regions()
    _load_agencies()
    _load_organisations()
    _load_posts()
    _load_duties()
    _load_legal_bases()
    _load_awards()
    _load_seruni_decrees()
    _load_contacts()
    _load_pages()
    models = (Region, Institution, Post, PokjaDuty, LegalBasis, Award, Decree, ContactPoint, Page)
    return {str(model._meta.verbose_name): model.objects.count() for model in models}


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def _load_regions() -> None:
    districts = [Region(code=row["code"], name=row["name"]) for row in _rows("kecamatan_semarang.csv")]
    villages = [
        Region(code=row["code"], name=row["name"], parent_id=row["kecamatan_code"])
        for row in _rows("kelurahan_semarang.csv")
    ]
    Region.objects.bulk_create(districts, ignore_conflicts=True)
    Region.objects.bulk_create(villages, ignore_conflicts=True)


def _add_missing(rows: list[Institution]) -> None:
    known = set(Institution.objects.values_list("name", flat=True))
    new = [row for row in rows if row.name not in known]
    if new:
        bulk_create_with_history(new, Institution)


def _load_agencies() -> None:
    districts = {f"Kecamatan {region.name}": region for region in Region.objects.filter(parent=None)}
    rows = _rows("skpd_semarang.csv")
    _add_missing([_agency(row, districts) for row in rows if row["abbreviation"] == "Setda"])
    setda = Institution.objects.filter(abbreviation="Setda").first()
    agencies = [_agency(row, districts) for row in rows]
    for agency in agencies:
        if agency.kind == Institution.Kind.BUREAU:
            agency.parent = setda
    _add_missing(agencies)


def _agency(row: dict[str, str], districts: dict[str, Region]) -> Institution:
    short = row["abbreviation"]
    return Institution(
        abbreviation=short,
        name=row["name"],
        other_names=OTHER_NAMES.get(short, ""),
        kind=Institution.Kind(row["type"]),
        pug_role=DRIVERS.get(short, ""),
        region=districts.get(row["name"]),
        is_verified=row["verified"] == "verified",
        source=row["source"],
    )


def _load_organisations() -> None:
    parents = {one.abbreviation: one for one in Institution.objects.exclude(abbreviation="")}
    _add_missing(
        [
            Institution(
                abbreviation=row["abbreviation"],
                name=row["name"],
                kind=Institution.Kind(row["kind"]),
                parent=parents.get(row["parent"]),
                source=row["source"],
            )
            for row in _rows("organisations.csv")
        ]
    )


def _load_posts() -> None:
    headless = Institution.objects.exclude(posts__is_head=True)
    Post.objects.bulk_create(Post(institution=one, title=head_title(one), is_head=True) for one in headless)


def _load_duties() -> None:
    for row in _rows("duties.csv"):
        number = int(row.pop("number"))
        PokjaDuty.objects.get_or_create(number=number, defaults=row)


def _load_legal_bases() -> None:
    for row in _rows("legal_basis.csv"):
        year = int(row.pop("year") or 0) or None
        old_item = int(row.pop("old_item") or 0) or None
        key = {name: row.pop(name) for name in ("level", "number", "title")}
        source = "" if row["status"] == "perlu_dicek" else "Judul dan nomor terlihat pada sumber umum."
        LegalBasis.objects.get_or_create(
            **key, year=year, defaults={**row, "old_item": old_item, "source": source}
        )
    amending = LegalBasis.objects.get(level="permendagri", number="67", year=2011)
    if amending.amends_id is None:
        amending.amends = LegalBasis.objects.get(level="permendagri", number="15", year=2008)
        amending.save()


def _load_awards() -> None:
    for year, name, levels, note, received in AWARDS:
        edition, _ = AwardEdition.objects.get_or_create(
            year=year, defaults={"name": name, "giver": PPPA, "note": note}
        )
        for rank, level in enumerate(levels, start=1):
            AwardLevel.objects.get_or_create(edition=edition, name=level, defaults={"rank": rank})
        if received:
            level, handed_over, remark = received
            Award.objects.get_or_create(
                edition=edition,
                defaults={
                    "level": edition.levels.get(name=level),
                    "handed_over": handed_over,
                    "note": remark,
                },
            )


def _load_seruni_decrees() -> None:
    previous = None
    for number, dated, about, note in SERUNI:
        found = Decree.objects.filter(number=number, dated=dated).first()
        if found is None:
            found = draft_decree(
                by=SYSTEM,
                subject=Decree.Subject.SERUNI,
                number=number,
                dated=dated,
                about=about,
                valid_from=dated,
                replaces=previous,
                note=note,
            )
            publish_decree(found, by=SYSTEM)
        previous = found


def _load_contacts() -> None:
    owner = Institution.objects.filter(abbreviation="DP3A").first()
    for order, (slug, name, purpose, phone, whatsapp) in enumerate(CONTACTS, start=1):
        ContactPoint.objects.get_or_create(
            slug=slug,
            defaults={
                "name": name,
                "purpose": purpose,
                "phone": phone,
                "whatsapp": whatsapp,
                "owner": owner if slug in {"ppt-seruni", "uptd-ppa"} else None,
                "order": order,
            },
        )


def _load_pages() -> None:
    for path in sorted((DATA / "pages").glob("*.txt")):
        title, place, body = path.read_text(encoding="utf-8").split("\n", 2)
        Page.objects.get_or_create(
            slug=path.stem, defaults={"title": title, "place": place, "body": body.strip()}
        )
