"""Texts and contacts of the public pages."""

from django.db import transaction
from django.utils import timezone

from institutions.access import ensure
from institutions.models import ContactPoint, Page
from pug_portal.core import audit
from pug_portal.core.access import Refused


@transaction.atomic
def change_page(page: Page, *, title: str, body: str, by) -> Page:
    """Rewrite a block of text of a public page."""
    ensure(by, "change_page")
    page.title, page.body = title, body
    page.full_clean()
    page.save()
    audit.record("page.changed", page, by=by)
    return page


@transaction.atomic
def change_contact(contact: ContactPoint, *, changes: dict, by) -> ContactPoint:
    """Change how a service is reached. What was changed must be checked again before it shows."""
    ensure(by, "change_contactpoint")
    changed = sorted(name for name, value in changes.items() if getattr(contact, name) != value)
    for name in changed:
        setattr(contact, name, changes[name])
    if set(changed) & {"phone", "whatsapp", "address", "hours"}:
        contact.checked_on = None
    contact.full_clean()
    contact.save()
    audit.record("contact.changed", contact, by=by, fields=changed)
    return contact


@transaction.atomic
def confirm_contact(contact: ContactPoint, *, by) -> ContactPoint:
    """Say that the contact was tried today and is right; from now on it is shown."""
    ensure(by, "change_contactpoint")
    if contact.is_empty:
        raise Refused("Isi dulu telepon, WhatsApp, atau alamatnya.")
    contact.checked_on = timezone.localdate()
    contact.save(update_fields=["checked_on"])
    audit.record("contact.confirmed", contact, by=by)
    return contact
