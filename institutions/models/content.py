"""What the public pages say and whom they name: edited by the office, not by programmers."""

import uuid
from datetime import timedelta
from itertools import groupby

from django.db import models
from django.db.models import Q
from django.utils import timezone

from institutions.models.registry import Institution

FRESH_DAYS = 90


class ContactPointQuerySet(models.QuerySet):
    def published(self):
        """Return contacts that may be shown: a way to reach them, and somebody checked it."""
        reachable = ~Q(phone="") | ~Q(whatsapp="") | ~Q(address="")
        return self.filter(reachable, checked_on__isnull=False)

    def stale(self, at=None):
        """Return contacts that nobody has checked for 90 days, or ever."""
        limit = (at or timezone.localdate()) - timedelta(days=FRESH_DAYS)
        return self.filter(Q(checked_on__isnull=True) | Q(checked_on__lt=limit))


class ContactPoint(models.Model):
    """How a service is reached; shown with the day somebody checked it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField("kode", unique=True, help_text="Dipakai alamat dan templat. Contoh: ppt-seruni")
    name = models.CharField("nama layanan", max_length=120)
    purpose = models.CharField(
        "untuk apa", max_length=200, blank=True, help_text="Satu kalimat yang dibaca warga."
    )
    phone = models.CharField("telepon", max_length=40, blank=True)
    whatsapp = models.CharField("WhatsApp", max_length=40, blank=True)
    address = models.CharField("alamat", max_length=200, blank=True)
    hours = models.CharField("jam layanan", max_length=120, blank=True, help_text="Contoh: 24 jam")
    owner = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contact_points",
        verbose_name="lembaga",
    )
    order = models.PositiveSmallIntegerField("urutan", default=10)
    checked_on = models.DateField("diperiksa pada", null=True, blank=True, editable=False)

    objects = ContactPointQuerySet.as_manager()

    class Meta:
        verbose_name = "kontak layanan"
        verbose_name_plural = "kontak layanan"
        ordering = ["order", "name"]

    def __str__(self):
        return self.name

    def audit_label(self):
        return self.slug

    @property
    def is_empty(self) -> bool:
        return not (self.phone or self.whatsapp or self.address)

    @property
    def is_published(self) -> bool:
        return not self.is_empty and self.checked_on is not None

    @property
    def is_fresh(self) -> bool:
        """Whether somebody checked the contact during the last 90 days."""
        limit = timezone.localdate() - timedelta(days=FRESH_DAYS)
        return self.checked_on is not None and self.checked_on >= limit

    @property
    def standing(self) -> tuple[str, str]:
        if self.is_empty:
            return "Kosong, tidak tampil", "late"
        if self.checked_on is None:
            return "Belum diperiksa, tidak tampil", "late"
        return ("Diperiksa", "ok") if self.is_fresh else ("Perlu diperiksa ulang", "wait")


class PageQuerySet(models.QuerySet):
    def text_of(self, *slugs: str) -> dict[str, "Page"]:
        """Return {slug: page} of the named text blocks that exist, in one query."""
        return {page.slug: page for page in self.filter(slug__in=slugs)}


class Page(models.Model):
    """A block of text on a public page: paragraphs, "## " headings, "- " and "1. " list lines."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField("kode", unique=True, help_text="Dipakai templat. Contoh: tentang-pug")
    title = models.CharField("judul", max_length=120)
    body = models.TextField(
        "isi",
        max_length=20000,
        help_text='Paragraf dipisah baris kosong. Awali baris dengan "## " untuk judul kecil, '
        '"- " untuk butir, "1. " untuk butir bernomor.',
    )
    place = models.CharField("tampil di", max_length=120, blank=True)
    changed_at = models.DateTimeField("diubah", auto_now=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = "teks halaman"
        verbose_name_plural = "teks halaman"
        ordering = ["slug"]

    def __str__(self):
        return self.title

    def audit_label(self):
        return self.slug

    @property
    def pieces(self) -> list[tuple[str, object]]:
        """Return the body as [("heading"|"text", words) or ("list"|"steps", [words])], never markup."""
        lines = [line.strip() for line in self.body.splitlines()]
        found = []
        for kind, group in groupby(lines, key=_kind_of_line):
            words = [_bare(line) for line in group if line]
            if kind in {"list", "steps"}:
                found.append((kind, words))
            elif words:
                found += [(kind, " ".join(words))] if kind == "text" else [(kind, w) for w in words]
        return found


def _kind_of_line(line: str) -> str:
    if line.startswith("## "):
        return "heading"
    if line.startswith("- "):
        return "list"
    head, dot, _ = line.partition(". ")
    if dot and head.isdigit():
        return "steps"
    return "text" if line else "gap"


def _bare(line: str) -> str:
    kind = _kind_of_line(line)
    if kind in {"heading", "list"}:
        return line.split(" ", 1)[1]
    return line.partition(". ")[2] if kind == "steps" else line
