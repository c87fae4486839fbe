"""Demonstration data: fictional holders of posts, a fictional decree, some documents. Marked as such."""

import io
import random
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from docx import Document as WordFile

from institutions.actions import decrees, evidence, publication
from institutions.models import Decree, Document, Institution, LegalBasis, Post, PostHolder
from pug_portal.core.access import SYSTEM
from pug_portal.core.roles import Role

FIRST_P = ["Ayu", "Bunga", "Cempaka", "Dahlia", "Kenanga", "Lestari", "Melati", "Mawar", "Sekar", "Wulan"]
FIRST_L = ["Bayu", "Bima", "Gading", "Guntur", "Jati", "Lintang", "Raka", "Satria", "Surya", "Wira"]
LAST = ["Arunika", "Baswara", "Candra", "Dirgantara", "Ekawira", "Nusantara", "Pratama", "Samudra"]
NUMBER = "PERAGA/050/2025"
OLD_NUMBER = "PERAGA/050/2023"
# title, kind, class, prerequisites, processes, abbreviation of the owner ("" for the city)
DOCUMENTS = [
    ("Profil Gender (contoh fiktif)", "publikasi", "public", "6", "17", "DP3A"),
    ("Panduan mengisi GAP dan GBS (contoh fiktif)", "juknis", "public", "5", "12", "Bappeda"),
    ("Leaflet apa itu PUG (contoh fiktif)", "kie", "public", "7", "3", "DP3A"),
    ("Notulen rapat Pokja triwulan I (contoh fiktif)", "notulen", "internal", "3", "4", ""),
    ("Surat edaran penyusunan GBS (contoh fiktif)", "surat_edaran", "internal", "2", "2", "Bappeda"),
    ("Daftar hadir pelatihan fasilitator (contoh fiktif)", "daftar_hadir", "restricted", "4", "3", "DP3A"),
    ("Rencana kerja PUG Dinas Kesehatan (contoh fiktif)", "rencana_kerja", "restricted", "1", "1", "Dinkes"),
    ("Laporan pemantauan PUG semester I (contoh fiktif)", "laporan_pemantauan", "internal", "", "47", ""),
]


def fill(people: dict[str, list], *, rng: random.Random, scale: float = 1) -> dict[str, int]:
    """Fill posts, publish a decree and store documents; return how many of each."""
    secretary = _first(people, Role.SECRETARIAT)
    holders = _fill_posts(rng)
    decree = _publish_decrees(secretary)
    documents = [_add_document(row, secretary, rng) for row in DOCUMENTS * max(1, round(scale))]
    evidence.attach(documents[3], to=decree, caption="Rapat penetapan (fiktif)", by=secretary)
    return {
        "pejabat": len(holders),
        "keputusan": Decree.objects.about_pokja().count(),
        "dokumen": len(documents),
    }


def _first(people: dict[str, list], role: str):
    return next(iter(people.get(role, [])), SYSTEM)


def _fictional_name(rng: random.Random, sex: str) -> str:
    first = rng.choice(FIRST_P if sex == "P" else FIRST_L)
    return f"{first} {rng.choice(LAST)} (fiktif)"


def _fill_posts(rng: random.Random) -> list[PostHolder]:
    """About one post in eight stays vacant and one in eight has an acting head, as in real years."""
    posts = Post.objects.heads().filter(institution__in=Institution.objects.valid().agencies())
    today = timezone.localdate()
    holders = []
    for number, post in enumerate(posts.order_by("institution__name")):
        if post.institution.pug_role == "" and number % 8 == 5:
            continue
        began = today - timedelta(days=rng.randint(60, 700))
        holders.append(_holder(post, rng, starts=began, acting=number % 8 == 2))
        if number % 3 == 0:
            holders.append(_predecessor(post, rng, began))
    return PostHolder.objects.bulk_create(holders)


def _holder(post: Post, rng: random.Random, *, starts: date, acting: bool = False) -> PostHolder:
    sex = rng.choice("PL")
    return PostHolder(
        post=post,
        person_name=_fictional_name(rng, sex),
        sex=sex,
        starts=starts,
        is_acting=acting,
        decree_number=f"PERAGA/{rng.randint(100, 999)}/{starts.year}",
    )


def _predecessor(post: Post, rng: random.Random, successor_began: date) -> PostHolder:
    earlier = _holder(post, rng, starts=successor_began - timedelta(days=rng.randint(400, 900)))
    earlier.ends, earlier.end_reason = successor_began - timedelta(days=1), "mutasi"
    return earlier


def _publish_decrees(secretary) -> Decree:
    """An older decree and the one in force, both with fictional numbers."""
    bases = LegalBasis.objects.checked().filter(level__in=["inpres", "permendagri", "perda"])
    previous = None
    for number, day, kind in (
        (OLD_NUMBER, date(2023, 2, 1), Decree.Kind.FORM),
        (NUMBER, date(2025, 3, 3), Decree.Kind.CHANGE),
    ):
        decree = decrees.draft_decree(
            by=secretary,
            number=number,
            dated=day,
            valid_from=day,
            kind=kind,
            about="Kelompok Kerja Pengarusutamaan Gender Kota Semarang (contoh fiktif)",
            replaces=previous,
            legal_bases=bases,
            note="Data peraga; bukan keputusan yang sebenarnya.",
        )
        decrees.propose_composition(decree, by=secretary)
        previous = publication.publish_decree(decree, by=secretary)
    return previous


def _add_document(row: tuple, secretary, rng: random.Random) -> Document:
    title, kind, klass, prerequisites, processes, owner = row
    dated = date(2026, rng.randint(1, 9), rng.randint(1, 28))
    return evidence.add(
        _word_file(title),
        title=title,
        kind=kind,
        klass=klass,
        owner=Institution.objects.filter(abbreviation=owner).first() if owner else None,
        prerequisites=prerequisites,
        processes=processes,
        dated=dated,
        by=secretary,
    )


def _word_file(title: str) -> SimpleUploadedFile:
    sheet = WordFile()
    sheet.add_heading(title, level=1)
    sheet.add_paragraph("Dokumen peraga. Isinya fiktif.")
    buffer = io.BytesIO()
    sheet.save(buffer)
    return SimpleUploadedFile("contoh-fiktif.docx", buffer.getvalue())
