"""Reference data of the institution of PUG; what has consequences is shown here and done elsewhere.

Decrees, documents and holders of posts are read only: they are written in the working rooms, where
the acts stand (each page links there).
"""

from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db import models
from django.utils import timezone

from institutions.access import visible_decrees, visible_documents
from institutions.actions import content, registry
from institutions.models import (
    Award,
    AwardEdition,
    AwardLevel,
    ContactPoint,
    Decree,
    Document,
    FormerName,
    Institution,
    LegalBasis,
    Membership,
    Page,
    PokjaDuty,
    Post,
    PostHolder,
    Region,
)
from institutions.resources import InstitutionResource
from pug_portal.core.forms import IndonesianDateField
from pug_portal.core.history import PortalHistoryAdmin
from pug_portal.core.resources import PortalImportExportMixin


class _RoomAdmin(admin.ModelAdmin):
    """What all pages of this room share: 50 rows, our date box, no deletion in bulk."""

    list_per_page = 50
    formfield_overrides = {
        models.DateField: {"form_class": IndonesianDateField, "widget": AdminTextInputWidget}
    }

    def get_actions(self, request):
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions


class _ReadOnly:
    """Looked at here, written in the working rooms."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class _WithParent:
    """An inline that may be written by whoever may change what it hangs on."""

    extra = 0

    def _may(self, request, verb="change"):
        opts = self.parent_model._meta
        return request.user.has_perm(f"{opts.app_label}.{verb}_{opts.model_name}")

    def has_view_permission(self, request, obj=None):
        return self._may(request, "view")

    def has_add_permission(self, request, obj=None):
        return self._may(request)

    has_change_permission = has_delete_permission = lambda self, request, obj=None: self._may(request)


class FormerNameInline(_WithParent, admin.TabularInline):
    model = FormerName
    formfield_overrides = _RoomAdmin.formfield_overrides


class PostInline(_WithParent, admin.TabularInline):
    model = Post
    fields = ["title", "is_head", "order"]
    show_change_link = True
    max_num = 20


@admin.register(Institution)
class InstitutionAdmin(PortalImportExportMixin, PortalHistoryAdmin, _RoomAdmin):
    resource_classes = [InstitutionResource]
    list_display = ["name", "abbreviation", "kind", "pug_role", "is_verified", "valid_until"]
    list_filter = ["kind", "is_verified", "pug_role"]
    search_fields = ["name", "abbreviation", "other_names", "former_names__name"]
    search_help_text = "Cari nama, singkatan, sebutan lain, atau nama lama. Contoh: dinkes"
    autocomplete_fields = ["parent", "region"]
    ordering = ["name"]
    save_on_top = True
    inlines = [FormerNameInline, PostInline]
    fieldsets = [
        (
            None,
            {
                "fields": ["name", "abbreviation", "other_names", "kind", "parent", "region", "pug_role"],
            },
        ),
        (
            "Alamat dan kontak kantor",
            {
                "classes": ["collapse"],
                "description": "Hanya kontak kantor; nomor pribadi tidak dicatat di sini.",
                "fields": ["address", "phone", "website"],
            },
        ),
        (
            "Masa berlaku dan sumber",
            {
                "classes": ["collapse"],
                "description": "Lembaga yang sudah dibubarkan diakhiri, tidak dihapus.",
                "fields": ["valid_from", "valid_until", "is_verified", "source"],
            },
        ),
    ]

    def get_readonly_fields(self, request, obj=None):
        # A new official name is an act of its own, so that the old one stays known.
        return ["name"] if obj else []

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def get_search_results(self, request, queryset, search_term):
        return (queryset.search(search_term) if search_term else queryset), False

    def save_model(self, request, obj, form, change):
        if not change:
            made = registry.add_institution(by=request.user, **form.cleaned_data)
            obj.pk, obj._state.adding = made.pk, False
            return
        stored = Institution.objects.get(pk=obj.pk)
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        registry.change_institution(stored, changes=changes, by=request.user)


@admin.register(Region)
class RegionAdmin(_RoomAdmin):
    list_display = ["name", "code", "parent"]
    list_display_links = ["name"]
    list_filter = [("parent", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["name", "code"]
    search_help_text = "Cari nama atau kode kecamatan dan kelurahan"
    list_select_related = ["parent"]
    ordering = ["code"]
    autocomplete_fields = ["parent"]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []


class HolderInline(_ReadOnly, admin.TabularInline):
    model = PostHolder
    fields = ["person_name", "sex", "starts", "ends", "is_acting", "decree_number"]
    extra = 0
    verbose_name_plural = "Pejabat (dicatat dari halaman lembaga di ruang kerja)"


@admin.register(Post)
class PostAdmin(_RoomAdmin):
    list_display = ["title", "institution", "is_head", "held_by"]
    list_filter = ["is_head", "institution__kind"]
    search_fields = ["title", "institution__name", "institution__abbreviation"]
    search_help_text = "Cari nama jabatan atau lembaga"
    autocomplete_fields = ["institution"]
    list_select_related = ["institution"]
    ordering = ["institution__name", "-is_head", "order"]
    inlines = [HolderInline]

    def get_queryset(self, request):
        return super().get_queryset(request).with_current_holder()

    @admin.display(description="dijabat", empty_value="kosong")
    def held_by(self, post):
        return post.holder.spoken_name if post.holder else None

    def view_on_site(self, obj):
        return obj.institution.get_absolute_url()


@admin.register(PostHolder)
class PostHolderAdmin(_ReadOnly, _RoomAdmin):
    list_display = ["person_name", "post", "starts", "ends", "is_acting"]
    list_filter = ["is_acting", "sex"]
    search_fields = ["person_name", "post__title", "post__institution__abbreviation"]
    search_help_text = "Cari nama pejabat, jabatan, atau singkatan lembaga"
    list_select_related = ["post__institution"]
    date_hierarchy = "starts"
    ordering = ["-starts"]

    def view_on_site(self, obj):
        return obj.post.institution.get_absolute_url()


class MembershipInline(_ReadOnly, admin.TabularInline):
    model = Membership
    fields = ["order", "position", "post", "title", "person_name", "starts", "ends"]
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("post", "institution")


@admin.register(Decree)
class DecreeAdmin(_ReadOnly, PortalHistoryAdmin, _RoomAdmin):
    list_display = ["about", "number", "dated", "subject", "stage", "valid_from", "valid_until"]
    list_filter = ["subject", "stage", "kind"]
    search_fields = ["number", "about"]
    search_help_text = "Cari nomor atau judul keputusan"
    date_hierarchy = "valid_from"
    ordering = ["-valid_from"]
    inlines = [MembershipInline]

    def get_queryset(self, request):
        return visible_decrees(request.user).order_by("-valid_from")


@admin.register(LegalBasis)
class LegalBasisAdmin(PortalHistoryAdmin, _RoomAdmin):
    list_display = ["title", "level", "number", "year", "status", "checked_on"]
    list_filter = ["status", "level"]
    search_fields = ["title", "number", "topic"]
    search_help_text = "Cari judul, nomor, atau pokok"
    autocomplete_fields = ["amends"]
    ordering = ["level", "year"]
    save_on_top = True
    actions = ["mark_in_force"]
    fieldsets = [
        (None, {"fields": ["level", "number", "year", "title", "topic", "status", "amends", "note"]}),
        (
            "Pemeriksaan",
            {
                "description": "Butir yang perlu dicek tidak tampil kepada publik sebagai hukum.",
                "fields": ["checked_on", "source"],
            },
        ),
        (
            "Pembetulan daftar lama",
            {
                "classes": ["collapse"],
                "description": "Asal butir pada daftar sosialisasi yang lama.",
                "fields": ["old_item", "old_wording", "correction"],
            },
        ),
    ]

    def get_search_results(self, request, queryset, search_term):
        return (queryset.search(search_term) if search_term else queryset), False

    @admin.action(
        description="Nyatakan butir terpilih berlaku dan diperiksa hari ini", permissions=["change"]
    )
    def mark_in_force(self, request, queryset):
        for row in queryset:
            row.status, row.checked_on = LegalBasis.Status.IN_FORCE, timezone.localdate()
            row.save()
        messages.success(request, f"{len(queryset)} butir dinyatakan berlaku.")


class AwardLevelInline(_WithParent, admin.TabularInline):
    model = AwardLevel
    fields = ["rank", "name"]


@admin.register(AwardEdition)
class AwardEditionAdmin(_RoomAdmin):
    list_display = ["name", "year", "giver"]
    search_fields = ["name", "year"]
    search_help_text = "Cari nama atau tahun"
    ordering = ["-year"]
    inlines = [AwardLevelInline]


@admin.register(Award)
class AwardAdmin(PortalHistoryAdmin, _RoomAdmin):
    list_display = ["edition", "level", "handed_over", "source"]
    search_fields = ["edition__name", "edition__year", "level__name"]
    search_help_text = "Cari nama, tahun, atau tingkat"
    list_select_related = ["edition", "level"]
    autocomplete_fields = ["edition"]
    ordering = ["-edition__year"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "level":
            levels = AwardLevel.objects.select_related("edition")
            kwargs["queryset"] = levels.order_by("-edition__year", "rank")
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "level":
            field.label_from_instance = lambda level: f"{level.edition.year} · {level.name}"
        return field


@admin.register(PokjaDuty)
class PokjaDutyAdmin(_RoomAdmin):
    list_display = ["text", "number", "note"]
    search_fields = ["text", "note"]
    search_help_text = "Cari bunyi tugas"
    ordering = ["number"]

    def get_readonly_fields(self, request, obj=None):
        return ["number"] if obj else []


@admin.register(Document)
class DocumentAdmin(_ReadOnly, _RoomAdmin):
    list_display = ["title", "kind", "owner", "klass", "dated", "edition"]
    list_filter = ["klass", "kind"]
    search_fields = ["title", "number", "owner__name", "owner__abbreviation"]
    search_help_text = "Cari judul, nomor, atau pemilik"
    list_select_related = ["owner"]
    date_hierarchy = "added_at"
    ordering = ["-added_at"]

    def get_queryset(self, request):
        return visible_documents(request.user).order_by("-added_at")


@admin.register(ContactPoint)
class ContactPointAdmin(_RoomAdmin):
    list_display = ["name", "phone", "whatsapp", "checked_on", "shown"]
    search_fields = ["name", "phone", "whatsapp"]
    search_help_text = "Cari nama layanan atau nomor"
    autocomplete_fields = ["owner"]
    ordering = ["order", "name"]

    def get_readonly_fields(self, request, obj=None):
        return ["slug", "checked_on"] if obj else ["checked_on"]

    @admin.display(description="tampil", boolean=True)
    def shown(self, contact):
        return contact.is_published

    def save_model(self, request, obj, form, change):
        if not change:
            super().save_model(request, obj, form, change)
            return
        stored = ContactPoint.objects.get(pk=obj.pk)
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        content.change_contact(stored, changes=changes, by=request.user)


@admin.register(Page)
class PageAdmin(_RoomAdmin):
    list_display = ["title", "slug", "place", "changed_at"]
    search_fields = ["title", "slug", "body"]
    search_help_text = "Cari judul, kode, atau isi"
    ordering = ["slug"]

    def get_readonly_fields(self, request, obj=None):
        return ["slug", "place"] if obj else []

    def save_model(self, request, obj, form, change):
        if not change:
            super().save_model(request, obj, form, change)
            return
        stored = Page.objects.get(pk=obj.pk)
        content.change_page(
            stored, title=form.cleaned_data["title"], body=form.cleaned_data["body"], by=request.user
        )
