"""Posts and who holds them: the holder is a period record, the post stays."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone

from institutions.models.registry import Institution


class Sex(models.TextChoices):
    """As on documents of identity."""

    FEMALE = "P", "Perempuan"
    MALE = "L", "Laki-laki"


# How the head of each kind of office is called; the rest is "Kepala <nama>".
HEAD_TITLES = {
    Institution.Kind.INSPECTORATE: "Inspektur",
    Institution.Kind.HOSPITAL: "Direktur {name}",
    Institution.Kind.UNIVERSITY: "Pimpinan {name}",
    Institution.Kind.COMMUNITY: "Ketua {name}",
    Institution.Kind.GROUP: "Ketua {name}",
    Institution.Kind.PARTNER: "Pimpinan {name}",
    Institution.Kind.VERTICAL: "Kepala {name}",
}


def head_title(institution: Institution) -> str:
    """Return the customary title of the head, such as "Camat Tugu" or "Sekretaris Daerah"."""
    name, kind = institution.name, institution.kind
    if kind == Institution.Kind.SECRETARIAT:
        return name.replace("Sekretariat", "Sekretaris", 1)
    if kind == Institution.Kind.DISTRICT:
        return name.replace("Kecamatan", "Camat", 1)
    if kind == Institution.Kind.VILLAGE:
        return name.replace("Kelurahan", "Lurah", 1)
    return HEAD_TITLES.get(kind, "Kepala {name}").format(name=name)


class PostQuerySet(models.QuerySet):
    def heads(self):
        return self.filter(is_head=True)

    def with_current_holder(self, at=None):
        """Prefetch who holds each post on the day `at`, read by `Post.holder`."""
        current = PostHolder.objects.current(at).order_by("is_acting", "-starts")
        return self.prefetch_related(Prefetch("holders", current, to_attr="current_holders"))

    def with_all_holders(self):
        """Prefetch every term, newest first, for the page of an institution."""
        every = PostHolder.objects.order_by("-starts")
        return self.prefetch_related(Prefetch("holders", every, to_attr="all_holders"))

    def vacant(self, at=None):
        return self.exclude(pk__in=PostHolder.objects.current(at).values("post"))


class Post(models.Model):
    """A post in an institution, filled or vacant."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # CASCADE reaches an unused post only: its holders and memberships protect it.
    institution = models.ForeignKey(Institution, models.CASCADE, related_name="posts", verbose_name="lembaga")
    title = models.CharField("nama jabatan", max_length=180, help_text="Contoh: Kepala Dinas Kesehatan")
    is_head = models.BooleanField("pimpinan lembaga", default=False)
    order = models.PositiveSmallIntegerField("urutan", default=1)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = "jabatan"
        verbose_name_plural = "jabatan"
        ordering = ["-is_head", "order", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution"],
                condition=Q(is_head=True),
                name="post_one_head",
                violation_error_message="Lembaga ini sudah mempunyai jabatan pimpinan.",
            ),
            models.UniqueConstraint(
                fields=["institution", "title"],
                name="post_title_once",
                violation_error_message="Jabatan ini sudah ada pada lembaga yang sama.",
            ),
        ]

    def __str__(self):
        return self.title

    def audit_label(self):
        return self.title

    @classmethod
    def prefetch_heads(cls) -> Prefetch:
        """Return a prefetch for lists of institutions: `heads` with their current holders."""
        return Prefetch("posts", cls.objects.heads().with_current_holder(), to_attr="heads")

    @property
    def holder(self) -> "PostHolder | None":
        """Who holds the post today; uses the rows fetched by `with_current_holder` when there."""
        if hasattr(self, "current_holders"):
            return self.current_holders[0] if self.current_holders else None
        if hasattr(self, "all_holders"):
            running = [holder for holder in self.all_holders if holder.is_current]
            return min(running, key=lambda holder: holder.is_acting, default=None)
        return self.holders.current().order_by("is_acting", "-starts").first()

    @property
    def earlier_holders(self) -> list["PostHolder"]:
        """Who held the post before; needs the rows of `with_all_holders`."""
        return [holder for holder in self.all_holders if holder.has_ended]


class PostHolderQuerySet(models.QuerySet):
    def current(self, at=None):
        day = at or timezone.localdate()
        return self.filter(Q(ends__isnull=True) | Q(ends__gte=day), starts__lte=day)


class PostHolder(models.Model):
    """One person in one post for one period, definitive or acting."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    post = models.ForeignKey(Post, models.PROTECT, related_name="holders", verbose_name="jabatan")
    person_name = models.CharField("nama pejabat", max_length=120)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="posts_held",
        verbose_name="akun portal",
    )
    sex = models.CharField("jenis kelamin", max_length=1, choices=Sex.choices)
    starts = models.DateField("mulai")
    ends = models.DateField("sampai", null=True, blank=True, help_text="Kosong berarti masih menjabat.")
    is_acting = models.BooleanField("pelaksana tugas (Plt.)", default=False)
    decree_number = models.CharField("nomor keputusan", max_length=80, blank=True)
    end_reason = models.CharField("alasan selesai", max_length=120, blank=True)

    objects = PostHolderQuerySet.as_manager()

    class Meta:
        verbose_name = "pejabat"
        verbose_name_plural = "pejabat"
        ordering = ["-starts"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=models.F("starts")),
                name="holder_ends_after_it_starts",
                violation_error_message="Tanggal selesai harus sesudah tanggal mulai.",
            ),
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(ends__isnull=True),
                name="holder_one_at_a_time",
                violation_error_message="Jabatan ini masih dipegang. Akhiri dulu pejabat sebelumnya.",
            ),
        ]
        indexes = [models.Index(fields=["post", "starts", "ends"], name="holder_post_term")]

    def __str__(self):
        return self.spoken_name

    def audit_label(self):
        # A name of a person does not belong in the record; the post says enough.
        return str(self.pk)[:8]

    @property
    def spoken_name(self) -> str:
        return f"{self.person_name} (Plt.)" if self.is_acting else self.person_name

    @property
    def has_ended(self) -> bool:
        return self.ends is not None and self.ends < timezone.localdate()

    @property
    def is_current(self) -> bool:
        return self.starts <= timezone.localdate() and not self.has_ended
