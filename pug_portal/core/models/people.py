"""Accounts and the roles people hold for a term, at an institution."""

import hashlib
import secrets
import uuid
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

from pug_portal.core.roles import CASE_ROLES, GRANTS, INSTITUTION_ROLES, MFA_ROLES, Role

# Rooms whose permissions a superuser does not get by being one (docs/decisions/0012).
NEVER_BY_RANK = ("seruni_cases.",)


class UserManager(BaseUserManager.from_queryset(models.QuerySet)):
    def create_user(self, username, email, password=None, **fields):
        """Return a saved account; without a password it cannot sign in until one is set."""
        user = self.model(username=username.lower(), email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username, email, password=None, **fields):
        return self.create_user(username, email, password, is_superuser=True, **fields)

    def holding(self, role, at=None):
        """Return active people who hold `role` on the day `at` (today by default)."""
        held = RoleAssignment.objects.current(at).filter(role=role)
        return self.filter(is_active=True, pk__in=held.values("user"))


class User(AbstractBaseUser):
    """A person who signs in. What she may do follows from the roles she holds today."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(
        "nama pengguna",
        max_length=60,
        unique=True,
        validators=[ASCIIUsernameValidator()],
        help_text="Huruf kecil, angka, titik atau garis bawah. Contoh: rini.astuti",
        error_messages={"unique": "Nama pengguna ini sudah dipakai. Pilih nama lain."},
    )
    email = models.EmailField(
        "surel",
        unique=True,
        help_text="Surel kantor. Undangan dan pemberitahuan dikirim ke sini.",
        error_messages={"unique": "Surel ini sudah dipakai akun lain."},
    )
    name = models.CharField("nama lengkap", max_length=120)
    is_active = models.BooleanField(
        "aktif", default=True, help_text="Ditutup lewat halaman akun; riwayatnya tetap ada."
    )
    is_superuser = models.BooleanField(
        "akun darurat",
        default=False,
        editable=False,
        help_text="Hak teknis penuh, tanpa penglihatan ke data kasus.",
    )
    is_demo = models.BooleanField("akun peraga (fiktif)", default=False, editable=False)
    date_joined = models.DateTimeField("dibuat", default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email", "name"]

    class Meta:
        app_label = "core"
        verbose_name = "akun"
        verbose_name_plural = "akun"
        ordering = ["name"]
        permissions = [
            ("use_portal", "Memakai ruang kerja portal"),
            ("manage_accounts", "Mengelola akun dan peran"),
            ("invite_user", "Mengundang pengguna baru"),
        ]
        constraints = [
            # People sign in however they capitalise: two accounts never differ by that alone.
            models.UniqueConstraint(
                Lower("username"),
                name="one_account_per_username",
                violation_error_message="Nama pengguna ini sudah dipakai. Pilih nama lain.",
            ),
            models.UniqueConstraint(
                Lower("email"),
                name="one_account_per_email",
                violation_error_message="Surel ini sudah dipakai akun lain.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.username

    def audit_label(self):
        return self.username

    @property
    def waits_for_invitation(self) -> bool:
        """Whether the account was made and its owner has not come in yet."""
        return not self.is_active and not self.has_usable_password()

    @cached_property
    def assignments(self) -> tuple["RoleAssignment", ...]:
        """The roles held today, read once per request; ended terms are not among them."""
        if not self.is_active:
            return ()
        return tuple(RoleAssignment.objects.current().filter(user=self).order_by("role"))

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(a.role for a in self.assignments)

    def institution_ids(self, role=None) -> frozenset[uuid.UUID]:
        """Return the institutions at which `role` (or any role) is held today."""
        return frozenset(
            a.institution_id for a in self.assignments if a.institution_id and role in (None, a.role)
        )

    @property
    def grants(self) -> frozenset[str]:
        return frozenset().union(*(GRANTS[role] for role in self.roles if role in GRANTS))

    def has_perm(self, perm: str, obj=None) -> bool:
        """Answer from the roles held today; rank opens nothing in the confidential rooms."""
        if not self.is_active:
            return False
        if self.is_superuser and not perm.startswith(NEVER_BY_RANK):
            return True
        return perm in self.grants

    def has_perms(self, perm_list, obj=None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        """Answer whether any permission of a room is held (Django's admin asks)."""
        by_rank = self.is_superuser and f"{app_label}." not in NEVER_BY_RANK
        granted = any(perm.startswith(f"{app_label}.") for perm in self.grants)
        return self.is_active and (by_rank or granted)

    def get_all_permissions(self, obj=None):
        return set(self.grants)

    @property
    def is_staff(self) -> bool:
        """Whether Django's admin opens: for those who keep reference data, people or the record."""
        return self.is_active and (
            self.is_superuser or bool(self.roles & {Role.SYSTEM_ADMIN, Role.SECRETARIAT, Role.AUDITOR})
        )

    @property
    def reaches_cases(self) -> bool:
        return bool(self.roles & CASE_ROLES)

    @property
    def needs_second_factor(self) -> bool:
        return self.is_superuser or bool(self.roles & MFA_ROLES)


class RoleAssignmentQuerySet(models.QuerySet):
    def current(self, at=None):
        """Return terms that run on the day `at` (now by default): none that was ended by hand."""
        day = at or timezone.localdate()
        stopped = Q(ended_at__date__lte=day) if at else Q(ended_at__lte=timezone.now())
        running = self.filter(Q(ends__isnull=True) | Q(ends__gte=day), starts__lte=day)
        return running.exclude(Q(ended_at__isnull=False) & stopped)

    def overlapping(self, starts, ends):
        """Return terms that share at least one day with the days from `starts` to `ends` (or open)."""
        terms = self.filter(Q(ends__isnull=True) | Q(ends__gte=starts), ended_at__isnull=True)
        return terms.filter(starts__lte=ends) if ends else terms


class RoleAssignment(models.Model):
    """A role held by one person for a term, at one institution or for the whole city."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="terms", verbose_name="pemegang"
    )
    role = models.CharField("peran", max_length=30, choices=Role.choices)
    institution = models.ForeignKey(
        settings.INSTITUTION_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="role_assignments",
        verbose_name="lembaga",
        help_text="Wajib untuk Kepala PD, Focal Point, dan Mitra Layanan; kosongkan untuk lainnya.",
    )
    starts = models.DateField("mulai", default=timezone.localdate)
    ends = models.DateField("sampai", null=True, blank=True, help_text="Kosong berarti belum ada batas.")
    ended_at = models.DateTimeField(
        "diakhiri pada", null=True, blank=True, editable=False, help_text="Diakhiri sebelum waktunya."
    )
    decree_number = models.CharField("nomor keputusan", max_length=80, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="diberikan oleh",
    )
    granted_at = models.DateTimeField("diberikan pada", auto_now_add=True)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        app_label = "core"
        verbose_name = "peran"
        verbose_name_plural = "peran"
        ordering = ["user", "role"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=models.F("starts")),
                name="role_term_ends_after_it_starts",
                violation_error_message="Tanggal selesai harus sesudah tanggal mulai.",
            ),
            models.CheckConstraint(
                condition=~Q(role__in=sorted(INSTITUTION_ROLES)) | Q(institution__isnull=False),
                name="role_names_its_institution",
                violation_error_message="Pilih lembaga untuk peran ini.",
            ),
        ]
        indexes = [models.Index(fields=["user", "starts", "ends"], name="role_user_term")]

    def __str__(self):
        return self.get_role_display()

    def audit_label(self):
        return self.role


def invitation_expiry():
    return timezone.now() + timedelta(hours=settings.INVITATION_HOURS)


class Invitation(models.Model):
    """A single-use link to a new account; only the hash of its secret is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitations", verbose_name="akun"
    )
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField("berlaku sampai", default=invitation_expiry)
    used_at = models.DateTimeField("dipakai pada", null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField("dibatalkan pada", null=True, blank=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="diundang oleh",
    )
    created_at = models.DateTimeField("dibuat", auto_now_add=True)

    class Meta:
        app_label = "core"
        verbose_name = "undangan"
        verbose_name_plural = "undangan"
        ordering = ["-created_at"]

    # The whole address, known to whoever made it and never stored here.
    link: str = ""

    def __str__(self):
        return f"undangan {self.user.username}"

    def audit_label(self):
        return self.user.username

    @staticmethod
    def new_secret() -> tuple[str, str]:
        """Return (secret for the link, 256 bits; its hash for the row)."""
        secret = secrets.token_urlsafe(32)
        return secret, Invitation.hash_of(secret)

    @staticmethod
    def hash_of(secret: str) -> str:
        return hashlib.sha256(secret.encode()).hexdigest()

    @property
    def is_open(self) -> bool:
        return not self.used_at and not self.withdrawn_at and self.expires_at > timezone.now()
