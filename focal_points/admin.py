"""Reference and looking up; what has consequences goes through the actions of this room."""

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db import models

from focal_points.access import visible_appointments, visible_plans, visible_reports
from focal_points.actions import appointments as actions
from focal_points.models import Appointment, DutyPlan, DutyReport
from focal_points.resources import AppointmentResource, DutyReportResource
from pug_portal.core.forms import IndonesianDateField
from pug_portal.core.history import PortalHistoryAdmin
from pug_portal.core.resources import PortalImportExportMixin

TERM = ("starts", "ends", "end_reason", "user")  # changed by acts of their own
CHANGEABLE = {
    "decree_number",
    "decree_date",
    "name",
    "sex",
    "position",
    "unit",
    "part",
    "office_phone",
    "office_email",
    "trained_pug",
    "trained_pprg",
    "name_is_public",
}


class _RoomAdmin(admin.ModelAdmin):
    list_per_page = 50
    show_full_result_count = False
    formfield_overrides = {
        models.DateField: {"form_class": IndonesianDateField, "widget": AdminTextInputWidget}
    }

    def has_delete_permission(self, request, obj=None):
        return False


class RunningFilter(admin.SimpleListFilter):
    title = "masa tugas"
    parameter_name = "masa"

    def lookups(self, request, model_admin):
        return [("sekarang", "Bertugas sekarang"), ("dulu", "Sudah berakhir")]

    def queryset(self, request, queryset):
        named = {"sekarang": queryset.current, "dulu": queryset.over}.get(self.value())
        return named() if named else queryset


@admin.register(Appointment)
class AppointmentAdmin(PortalImportExportMixin, PortalHistoryAdmin, _RoomAdmin):
    resource_classes = [AppointmentResource]
    list_display = ["name", "agency", "part", "sex", "starts", "ends", "decree_number"]
    list_filter = [RunningFilter, "part", "sex", "trained_pug", "trained_pprg", "agency__kind"]
    search_fields = ["name", "agency__name", "agency__abbreviation", "decree_number"]
    search_help_text = "Cari nama, lembaga, atau nomor keputusan"
    list_select_related = ["agency"]
    autocomplete_fields = ["agency"]
    ordering = ["-starts", "id"]
    save_on_top = True
    fieldsets = [
        (None, {"fields": ["agency", "name", "sex", "position", "unit", "part"]}),
        (
            "Keputusan dan masa tugas",
            {
                "description": "Masa tugas diakhiri lewat halaman Penetapan focal point, karena akses ke"
                " portal ikut tertutup.",
                "fields": ["decree_number", "decree_date", *TERM],
            },
        ),
        (
            "Kontak kantor",
            {
                "classes": ["collapse"],
                "description": "Hanya kontak kantor; ini yang tampil di halaman publik.",
                "fields": ["office_phone", "office_email", "name_is_public"],
            },
        ),
        ("Pelatihan", {"classes": ["collapse"], "fields": ["trained_pug", "trained_pprg"]}),
    ]

    def get_queryset(self, request):
        return visible_appointments(request.user).select_related("agency", "user")

    def get_readonly_fields(self, request, obj=None):
        return ["agency", *TERM] if obj else ["end_reason", "user"]

    def save_model(self, request, obj, form, change):
        if change:
            stored = Appointment.objects.get(pk=obj.pk)
            facts = {name: form.cleaned_data[name] for name in form.changed_data if name in CHANGEABLE}
            actions.correct(stored, by=request.user, **facts)
            return
        facts = dict(form.cleaned_data)
        made = actions.appoint(facts.pop("agency"), by=request.user, **facts)
        obj.pk, obj._state.adding = made.pk, False


class _ReadOnly:
    """Looked at here, written at the focal points' own desk."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(DutyPlan)
class DutyPlanAdmin(_ReadOnly, _RoomAdmin):
    list_display = ["activity", "agency", "year", "month", "duty"]
    list_filter = ["year", "duty", "month"]
    search_fields = ["activity", "agency__name", "agency__abbreviation"]
    search_help_text = "Cari kegiatan atau lembaga"
    list_select_related = ["agency"]

    def get_queryset(self, request):
        return visible_plans(request.user).select_related("agency")


@admin.register(DutyReport)
class DutyReportAdmin(PortalImportExportMixin, _ReadOnly, _RoomAdmin):
    resource_classes = [DutyReportResource]
    list_display = ["title", "agency", "duty", "held_on", "women", "men", "stage"]
    list_filter = ["stage", "duty", "agency__kind"]
    search_fields = ["title", "agency__name", "agency__abbreviation"]
    search_help_text = "Cari kegiatan atau lembaga"
    list_select_related = ["agency"]
    ordering = ["-held_on", "id"]

    def get_queryset(self, request):
        return visible_reports(request.user).select_related("agency", "author")

    def has_import_permission(self, request):
        return False

    def view_on_site(self, obj):
        return obj.get_absolute_url()
