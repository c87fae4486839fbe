"""Code lists only: a case, a person or a referral is never registered here."""

from django.contrib import admin

from seruni_cases.models import Code


@admin.register(Code)
class CodeAdmin(admin.ModelAdmin):
    list_display = ("label", "list", "code", "national", "valid_from", "valid_until")
    list_filter = ("list",)
    search_fields = ("label", "code", "national")
    search_help_text = "Cari sebutan, kode, atau kode SIMFONI"
    ordering = ("list", "order")
    list_per_page = 50

    def get_readonly_fields(self, request, obj=None):
        """List and code stay as they are once files may carry them."""
        return ("list", "code") if obj else ()
