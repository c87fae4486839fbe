"""Activities in the admin: looking up and small corrections; people on lists are never shown here."""

from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html

from activities.access import may, visible_activities
from activities.actions import proposal
from activities.models import Activity, Speaker
from activities.workflow import Move
from pug_portal.core.access import Refused


class SpeakerInline(admin.TabularInline):
    model = Speaker
    fields = ("order", "name", "sex", "origin", "topic", "is_shown")
    extra = 0
    max_num = 20


@admin.register(Activity)
class ActivityAdmin(admin.ModelAdmin):
    list_display = ("title", "kind", "starts_at", "organiser", "stage", "overview_link")
    list_display_links = ("title",)
    list_filter = ("stage", "kind", "theme", "manner")
    list_select_related = ("organiser",)
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("title", "place", "organiser__name", "organiser__abbreviation")
    search_help_text = "Cari nama kegiatan, tempat, atau penyelenggara"
    ordering = ("-starts_at",)
    empty_value_display = "—"
    save_on_top = True
    inlines = (SpeakerInline,)
    autocomplete_fields = ("region", "partners", "legal_bases")
    readonly_fields = (
        "stage",
        "slug",
        "organiser",
        "author",
        "starts_at",
        "ends_at",
        "announced_at",
        "reported_at",
        "present_female",
        "present_male",
        "overview_link",
    )
    fieldsets = (
        (
            "Kegiatan",
            {"fields": ("title", "kind", "theme", "organiser", "stage", "overview_link")},
        ),
        (
            "Kapan dan di mana",
            {
                "classes": ("collapse",),
                "description": "Tanggal dan jam diubah di ruang kerja agar tenggat laporan ikut berubah.",
                "fields": ("starts_at", "ends_at", "manner", "place", "region", "quota"),
            },
        ),
        (
            "Isi kegiatan",
            {
                "classes": ("collapse",),
                "description": "Enam judul halaman kegiatan.",
                "fields": (
                    "programme",
                    "purpose",
                    "results",
                    "audience",
                    "innovation",
                    "legal_bases",
                    "legal_text",
                ),
            },
        ),
        (
            "Mitra dan hitungan",
            {
                "classes": ("collapse",),
                "description": "Mitra, dan tugas yang dipenuhi kegiatan ini.",
                "fields": ("partners", "pokja_duty", "focal_duty"),
            },
        ),
        (
            "Catatan portal",
            {
                "classes": ("collapse",),
                "description": "Diisi sendiri oleh portal.",
                "fields": (
                    "slug",
                    "author",
                    "announced_at",
                    "reported_at",
                    "present_female",
                    "present_male",
                ),
            },
        ),
    )

    @admin.display(description="ruang kerja")
    def overview_link(self, row):
        return format_html('<a href="{}">Buka</a>', reverse("activities:overview", args=[row.pk]))

    def get_queryset(self, request):
        return visible_activities(request.user).select_related("organiser")

    def get_view_on_site_url(self, obj=None):
        return obj.get_absolute_url() if obj is not None and obj.is_public else None

    def has_add_permission(self, request):
        return False  # proposed on the working page, so that the review sees it

    def has_delete_permission(self, request, obj=None):
        return False  # withdrawn, never deleted: people may hold a ticket

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or may(request.user, Move.CHANGE, obj))

    def save_model(self, request, obj, form, change):
        values = {name: form.cleaned_data[name] for name in form.changed_data}
        for name in ("partners", "legal_bases"):
            if name in values:
                values[name] = list(values[name])
        try:
            proposal.change(obj, values=values, by=request.user)
        except Refused as refusal:
            messages.error(request, refusal.reason)
