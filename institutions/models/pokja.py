"""What the mayor decides about the Pokja: decrees, who sits in it, and its twelve duties."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from institutions.models.law import LegalBasis
from institutions.models.posts import Post, PostHolder, Sex
from institutions.models.registry import Institution
from pug_portal.core.versions import Versioned


class DecreeQuerySet(models.QuerySet):
    def published(self):
        return self.filter(stage=Decree.Stage.PUBLISHED)

    def drafts(self):
        return self.filter(stage=Decree.Stage.DRAFT)

    def about_pokja(self):
        return self.filter(subject=Decree.Subject.POKJA)

    def running(self, at=None):
        """Return published decrees in force on the day `at`; a withdrawal is never in force."""
        day = at or timezone.localdate()
        return (
            self.published()
            .exclude(kind=Decree.Kind.WITHDRAW)
            .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day), valid_from__lte=day)
        )

    def ended(self, at=None):
        return self.published().filter(valid_until__lt=at or timezone.localdate())

    def search(self, text: str):
        """Return decrees in which every word stands: number, subject matter, note, year."""
        found = self
        for word in text.split():
            meant = Q(number__icontains=word) | Q(about__icontains=word) | Q(note__icontains=word)
            if word.isdigit() and len(word) == 4:
                meant |= Q(dated__year=int(word))
            found = found.filter(meant)
        return found

    def current_pokja(self, at=None):
        """Return the decree by which the Pokja sits on the day `at`, or None."""
        return self.about_pokja().running(at).order_by("-valid_from").first()


class Decree(Versioned):
    """A decree about the Pokja, its technical team, focal points, or the SERUNI team."""

    class Kind(models.TextChoices):
        FORM = "pembentukan", "Pembentukan"
        CHANGE = "perubahan", "Perubahan"
        WITHDRAW = "pencabutan", "Pencabutan"

    class Subject(models.TextChoices):
        POKJA = "pokja", "Pokja PUG"
        TECHNICAL_TEAM = "tim_teknis", "Tim Teknis"
        FOCAL_POINT = "focal_point", "Focal Point"
        SERUNI = "seruni", "PPT SERUNI"

    class Stage(models.TextChoices):
        DRAFT = "draf", "Draf"
        PUBLISHED = "ditetapkan", "Ditetapkan"

    # A city has one Pokja, one technical team and one SERUNI team; focal points are decreed per agency.
    ONE_AT_A_TIME = (Subject.POKJA, Subject.TECHNICAL_TEAM, Subject.SERUNI)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.CharField("perihal", max_length=12, choices=Subject.choices, default=Subject.POKJA)
    kind = models.CharField("jenis", max_length=12, choices=Kind.choices, default=Kind.FORM)
    number = models.CharField(
        "nomor",
        max_length=80,
        blank=True,
        help_text="Nomor dari naskah dinas kota; portal tidak membuat nomor. Boleh kosong selama draf.",
    )
    dated = models.DateField("tanggal", null=True, blank=True, help_text="Tanggal keputusan ditetapkan.")
    about = models.CharField(
        "tentang", max_length=300, help_text="Contoh: Pembentukan Kelompok Kerja Pengarusutamaan Gender"
    )
    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decrees",
        verbose_name="lembaga penerbit",
        help_text="Kosong berarti Wali Kota.",
    )
    valid_from = models.DateField(
        "berlaku mulai", default=timezone.localdate, help_text="Untuk draf: rencana mulai berlaku."
    )
    valid_until = models.DateField(
        "berlaku sampai", null=True, blank=True, help_text="Kosong berarti tanpa batas."
    )
    replaces = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name="mengubah atau mencabut",
        help_text="Keputusan terdahulu yang diubah, diganti, atau dicabut.",
    )
    legal_bases = models.ManyToManyField(
        LegalBasis, blank=True, related_name="decrees", verbose_name="mengingat"
    )
    note = models.CharField("catatan", max_length=300, blank=True)
    stage = models.CharField(
        "status", max_length=12, choices=Stage.choices, default=Stage.DRAFT, editable=False
    )
    published_at = models.DateTimeField("ditetapkan pada", null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="ditetapkan oleh",
    )

    history = HistoricalRecords(
        verbose_name="riwayat keputusan",
        verbose_name_plural="riwayat keputusan",
        excluded_fields=["version"],
    )

    objects = DecreeQuerySet.as_manager()

    class Meta:
        verbose_name = "keputusan"
        verbose_name_plural = "keputusan"
        ordering = ["-valid_from", "-id"]
        permissions = [
            ("manage_pokja", "Menyusun keputusan dan keanggotaan Pokja"),
            ("publish_decree", "Menetapkan keputusan"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
                name="decree_ends_after_it_starts",
                violation_error_message="Tanggal berakhir harus sesudah tanggal mulai berlaku.",
            ),
            models.CheckConstraint(
                condition=Q(stage="draf") | (~Q(number="") & Q(dated__isnull=False)),
                name="decree_published_with_number",
                violation_error_message="Keputusan yang ditetapkan harus bernomor dan bertanggal.",
            ),
            models.UniqueConstraint(
                fields=["number", "dated"],
                condition=~Q(number=""),
                name="decree_number_once",
                violation_error_message="Keputusan dengan nomor dan tanggal ini sudah ada.",
            ),
        ]
        indexes = [models.Index(fields=["subject", "stage", "valid_from"], name="decree_subject_stage")]

    def __str__(self):
        return f"Keputusan {self.number or '(draf)'} tentang {self.about}"

    def get_absolute_url(self):
        return reverse("institutions:decree", args=[self.pk])

    def audit_label(self):
        return self.number or f"draf {str(self.pk)[:8]}"

    @property
    def is_draft(self) -> bool:
        return self.stage == self.Stage.DRAFT

    @property
    def is_running(self) -> bool:
        today = timezone.localdate()
        return (
            not self.is_draft
            and self.kind != self.Kind.WITHDRAW
            and self.valid_from <= today
            and (self.valid_until is None or self.valid_until >= today)
        )

    @property
    def standing(self) -> tuple[str, str]:
        """Return (word, tone) of how the decree stands today."""
        if self.is_draft:
            return "Draf", "wait"
        if self.kind == self.Kind.WITHDRAW:
            return "Pencabutan", "plain"
        if self.is_running:
            return "Berlaku", "ok"
        waits = self.valid_from > timezone.localdate()
        return ("Belum berlaku", "wait") if waits else ("Berakhir", "stop")

    @property
    def relation_word(self) -> str:
        """How this decree treats the one it names in `replaces`."""
        words = {self.Kind.CHANGE: "Mengubah", self.Kind.WITHDRAW: "Mencabut"}
        return words.get(self.kind, "Menggantikan")


class MembershipQuerySet(models.QuerySet):
    def current(self, at=None):
        day = at or timezone.localdate()
        return self.filter(Q(ends__isnull=True) | Q(ends__gte=day), starts__lte=day)

    def in_order(self):
        return self.order_by("order", "id")

    def with_holders(self, at=None):
        """Fetch post, institution and today's holder of each post in a fixed number of queries."""
        holders = PostHolder.objects.current(at).order_by("is_acting", "-starts")
        return self.select_related("post__institution", "institution").prefetch_related(
            Prefetch("post__holders", holders, to_attr="current_holders")
        )


class Membership(models.Model):
    """One line of the annex: a post (or a title) and its position in the Pokja."""

    class Position(models.TextChoices):
        """Kedudukan dalam Pokja (domain/pug.md §1.1.a)."""

        PATRON = "pembina", "Pembina"
        ACCOUNTABLE = "penanggung_jawab", "Penanggung Jawab"
        CHAIR = "ketua", "Ketua"
        VICE_CHAIR = "wakil_ketua", "Wakil Ketua"
        HEAD_OF_SECRETARIAT = "kepala_sekretariat", "Kepala Sekretariat"
        SECRETARY = "sekretaris", "Sekretaris"
        COORDINATOR = "koordinator_bidang", "Koordinator Bidang"
        MEMBER = "anggota", "Anggota"
        EXPERT = "narasumber_ahli", "Narasumber Ahli"

    # Held by one post only, and which office's head must hold it (Permendagri 67/2011 art. 14).
    HELD_BY = {
        Position.CHAIR: Institution.PugRole.PLANNING,
        Position.HEAD_OF_SECRETARIAT: Institution.PugRole.WOMEN,
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decree = models.ForeignKey(Decree, models.CASCADE, related_name="memberships", verbose_name="keputusan")
    position = models.CharField("kedudukan dalam Pokja", max_length=20, choices=Position.choices)
    post = models.ForeignKey(
        Post,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name="jabatan (karena jabatannya)",
        help_text="Bila pejabatnya berganti, lampiran keputusan tetap berlaku.",
    )
    title = models.CharField(
        "jabatan dalam dinas",
        max_length=180,
        blank=True,
        help_text="Diisi bila jabatannya tidak ada dalam daftar. Contoh: Wali Kota Semarang",
    )
    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name="lembaga",
    )
    person_name = models.CharField(
        "nama", max_length=120, blank=True, help_text="Kosongkan bila anggota duduk karena jabatannya."
    )
    sex = models.CharField("jenis kelamin", max_length=1, choices=Sex.choices, blank=True)
    order = models.PositiveSmallIntegerField("urut", default=1)
    starts = models.DateField("mulai", null=True, blank=True)
    ends = models.DateField("selesai", null=True, blank=True)
    end_reason = models.CharField("alasan selesai", max_length=160, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "anggota Pokja"
        verbose_name_plural = "anggota Pokja"
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=False) | ~Q(title=""),
                name="membership_names_a_post",
                violation_error_message="Pilih jabatan, atau tulis jabatan dalam dinas.",
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=models.F("starts")),
                name="membership_ends_after_it_starts",
                violation_error_message="Tanggal selesai harus sesudah tanggal mulai.",
            ),
            models.UniqueConstraint(
                fields=["decree"],
                condition=Q(position="ketua"),
                name="membership_one_chair",
                violation_error_message="Keputusan ini sudah mempunyai Ketua.",
            ),
            models.UniqueConstraint(
                fields=["decree"],
                condition=Q(position="kepala_sekretariat"),
                name="membership_one_head_of_secretariat",
                violation_error_message="Keputusan ini sudah mempunyai Kepala Sekretariat.",
            ),
            models.UniqueConstraint(
                fields=["decree", "post"],
                condition=Q(post__isnull=False),
                name="membership_post_once",
                violation_error_message="Jabatan ini sudah ada dalam susunan.",
            ),
        ]

    def __str__(self):
        return f"{self.get_position_display()}: {self.office_title}"

    def audit_label(self):
        return self.office_title

    @property
    def office_title(self) -> str:
        """What the annex prints under "Jabatan dalam Dinas"."""
        return self.title or (self.post.title if self.post_id else "")

    @property
    def holder_name(self) -> str:
        """Who sits there today: the named person, or the holder of the post; "" when vacant."""
        if self.person_name or not self.post_id:
            return self.person_name
        holder = self.post.holder
        return holder.spoken_name if holder else ""

    @property
    def is_vacant(self) -> bool:
        return bool(self.post_id) and not self.holder_name

    @property
    def office(self) -> Institution | None:
        return self.institution or (self.post.institution if self.post_id else None)


class PokjaDuty(models.Model):
    """One of the twelve duties, in the words of the regulation (Permendagri 67/2011 art. 15)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveSmallIntegerField("nomor", unique=True)
    text = models.CharField("bunyi tugas", max_length=300)
    note = models.CharField(
        "catatan", max_length=300, blank=True, help_text="Penjelasan portal, bukan bunyi peraturan."
    )
    proof = models.CharField("catatan portal yang membuktikan", max_length=200, blank=True)

    class Meta:
        verbose_name = "tugas Pokja"
        verbose_name_plural = "tugas Pokja"
        ordering = ["number"]

    def __str__(self):
        return f"{self.number}. {self.text}"

    def audit_label(self):
        return f"tugas {self.number}"
