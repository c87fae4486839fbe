"""Texts and contacts of the public pages."""

from institutions.models import ContactPoint, Page
from pug_portal.core.forms import PhoneField, PortalModelForm


class PageForm(PortalModelForm):
    class Meta:
        model = Page
        fields = ["title", "body"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].widget.attrs["rows"] = 18


class ContactForm(PortalModelForm):
    phone = PhoneField(
        label="Telepon",
        required=False,
        short_codes=True,
        help_text="Contoh: (024) 76402252 atau 129",
    )
    whatsapp = PhoneField(label="WhatsApp", required=False, help_text="Contoh: 0812 3456 7890")

    class Meta:
        model = ContactPoint
        fields = ["name", "purpose", "phone", "whatsapp", "address", "hours", "owner", "order"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = self.fields["owner"].queryset.valid().order_by("name")
