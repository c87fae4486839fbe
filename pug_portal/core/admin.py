"""People, roles, invitations and the record in the administration.

Consequences happen in the actions; passwords are never seen or set here.
"""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from pug_portal.core.access import Refused
from pug_portal.core.actions import accounts, roles
from pug_portal.core.audit import KINDS
from pug_portal.core.forms import IndonesianDateField
from pug_portal.core.models import (
    AuditEvent,
    ImportRun,
    Invitation,
    OutboxMessage,
    RoleAssignment,
    User,
)


class ReadOnlyAdmin(admin.ModelAdmin):
    """Looked at here, written by the acts of the office."""

    list_per_page = 50
    show_full_result_count = False
    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class TermForm(forms.ModelForm):
    """A term as it is given: whether it may be held at all is decided by the action."""

    class Meta:
        model = RoleAssignment
        fields = ("role", "institution", "starts", "ends", "decree_number")
        field_classes = {"starts": IndonesianDateField, "ends": IndonesianDateField}
        widgets = {"starts": forms.TextInput, "ends": forms.TextInput}


class TermInline(admin.TabularInline):
    model = RoleAssignment
    form = TermForm
    fk_name = "user"
    extra = 0
    autocomplete_fields = ("institution",)
    verbose_name_plural = "peran yang pernah dan sedang dipegang"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("institution", "granted_by")

    def get_readonly_fields(self, request, obj=None):
        return ("ended_at", "granted_by")

    def has_change_permission(self, request, obj=None):
        return False  # a term is given or ended, never rewritten

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ("name", "username", "email", "roles_now", "is_active", "date_joined")
    list_display_links = ("name",)
    list_filter = ("is_active", "is_demo", "terms__role")
    search_fields = ("name", "username", "email")
    search_help_text = "Cari nama, nama pengguna, atau surel"
    date_hierarchy = "date_joined"
    ordering = ("name",)
    list_per_page = 50
    actions = None
    inlines = (TermInline,)
    readonly_fields = ("is_active", "date_joined", "last_login", "working_page")
    view_on_site = False  # the working page is a field below, for those who may open it
    fieldsets = (
        (None, {"fields": ("name", "username", "email")}),
        (
            "Keadaan",
            {
                "fields": ("is_active", "date_joined", "last_login", "working_page"),
                "description": "Kata sandi hanya diketahui pemiliknya. Menutup akun, mengundang lagi, "
                "dan mengakhiri peran dilakukan di halaman kerja akun.",
            },
        ),
    )

    def get_queryset(self, request):
        now = RoleAssignment.objects.current()
        return super().get_queryset(request).prefetch_related(Prefetch("terms", now, to_attr="terms_now"))

    @admin.display(description="peran sekarang")
    def roles_now(self, user):
        return ", ".join(term.get_role_display() for term in user.terms_now) or "—"

    def get_fieldsets(self, request, obj=None):
        shown = super().get_fieldsets(request, obj)
        if request.user.has_perm("core.invite_user"):
            return shown
        without = [name for name in shown[1][1]["fields"] if name != "working_page"]
        return [shown[0], (shown[1][0], {**shown[1][1], "fields": without})]

    @admin.display(description="halaman kerja")
    def working_page(self, user):
        address = reverse("core:account", args=[user.pk])
        return format_html('<a href="{}">Buka halaman akun</a>', address)

    def has_delete_permission(self, request, obj=None):
        return False  # an account is closed, never deleted: its acts stay in the record

    def add_view(self, request, form_url="", extra_context=None):
        """People come in by invitation."""
        return HttpResponseRedirect(reverse("core:invite"))

    def save_model(self, request, obj, form, change):
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        if changed:
            accounts.change_account(obj, **changed, by=request.user)

    def save_formset(self, request, form, formset, change):
        formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
        for line in formset.extra_forms:
            if line.has_changed():
                self._grant(request, form.instance, line.cleaned_data)

    def _grant(self, request, user, data):
        term = {name: data[name] for name in TermForm.Meta.fields}
        try:
            roles.grant_role(user, **term, by=request.user)
        except Refused as refusal:
            messages.error(request, f"Peran tidak diberikan. {refusal.reason}")
        except ValidationError as wrong:
            messages.error(request, f"Peran tidak diberikan. {' '.join(wrong.messages)}")


class StateFilter(admin.SimpleListFilter):
    title = "keadaan"
    parameter_name = "keadaan"

    def lookups(self, request, model_admin):
        return [
            ("berlaku", "Berlaku"),
            ("dipakai", "Dipakai"),
            ("lewat", "Lewat waktu"),
            ("batal", "Dibatalkan"),
        ]

    def queryset(self, request, queryset):
        unused = queryset.filter(used_at=None, withdrawn_at=None)
        chosen = {
            "berlaku": unused.filter(expires_at__gt=timezone.now()),
            "lewat": unused.filter(expires_at__lte=timezone.now()),
            "dipakai": queryset.filter(used_at__isnull=False),
            "batal": queryset.filter(withdrawn_at__isnull=False),
        }
        return chosen.get(self.value() or "", queryset)


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ("user", "created_at", "expires_at", "used_at", "withdrawn_at", "invited_by")
    list_filter = (StateFilter,)
    list_select_related = ("user", "invited_by")
    search_fields = ("user__name", "user__username")
    search_help_text = "Cari nama atau nama pengguna"
    date_hierarchy = "created_at"
    fields = ("user", "invited_by", "created_at", "expires_at", "used_at", "withdrawn_at")


class KindFilter(admin.SimpleListFilter):
    title = "peristiwa"
    parameter_name = "peristiwa"

    def lookups(self, request, model_admin):
        return sorted(KINDS.items(), key=lambda pair: pair[1])

    def queryset(self, request, queryset):
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    """The record: for those who check it. It has no form and no way to delete."""

    list_display = ("seq", "at", "words", "actor_label", "target_label", "outcome", "reason")
    list_display_links = ("seq",)
    list_filter = ("outcome", KindFilter)
    search_fields = ("=actor_id", "=target_id", "=scope", "actor_label", "target_label")
    search_help_text = "Cari pelaku, sasaran, atau nomor berkas"
    date_hierarchy = "at"
    ordering = ("-seq",)
    readonly_fields = ("words",)

    @admin.display(description="peristiwa", ordering="kind")
    def words(self, event):
        return event.get_kind_display()

    def get_fields(self, request, obj=None):
        names = [field.name for field in AuditEvent._meta.concrete_fields]
        return ["words" if name == "kind" else name for name in names]


@admin.register(OutboxMessage)
class OutboxMessageAdmin(ReadOnlyAdmin):
    """Letters and whether they left; address and words stay sealed."""

    list_display = ("letter", "created_at", "tries", "sent_at", "failed_at", "problem")
    list_filter = (
        "letter",
        ("failed_at", admin.EmptyFieldListFilter),
        ("sent_at", admin.EmptyFieldListFilter),
    )
    search_fields = ("=key",)
    search_help_text = "Cari kunci surat"
    date_hierarchy = "created_at"
    ordering = ("-created_at",)
    fields = ("letter", "key", "created_at", "next_try_at", "tries", "sent_at", "failed_at", "problem")

    def get_queryset(self, request):
        return super().get_queryset(request).defer("recipient", "context")


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    list_display = ("file_name", "model", "at", "by", "created_count", "updated_count", "undone_at")
    list_filter = ("model", ("undone_at", admin.EmptyFieldListFilter))
    list_select_related = ("by",)
    search_fields = ("file_name",)
    search_help_text = "Cari nama berkas"
    date_hierarchy = "at"
    ordering = ("-at",)
    fields = (
        "file_name",
        "model",
        "at",
        "by",
        "created_count",
        "updated_count",
        "undone_at",
        "undone_by",
    )

    def get_queryset(self, request):
        return super().get_queryset(request).defer("changes")
