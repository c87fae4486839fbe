"""The legal register in the working rooms, and the texts and contacts of the public pages."""

from copy import copy
from itertools import groupby

from django.shortcuts import get_object_or_404, render

from institutions.access import may
from institutions.actions import content
from institutions.forms.content import ContactForm, PageForm
from institutions.forms.filters import LegalBasisFilter
from institutions.models import ContactPoint, LegalBasis, Page
from institutions.views._ways import GET_POST, POST, address, do, form_page, rooms, trail
from pug_portal.core.access import requires
from pug_portal.core.lists import FilterChips


@requires("institutions.view_registry")
def legal_bases(request):
    """All rows, also the unchecked ones, with what was corrected against the old list."""
    rows = LegalBasis.objects.by_rank().select_related("amends")
    filterset = LegalBasisFilter(request.GET, queryset=rows)
    found = list(filterset.qs)
    context = {
        "filter": filterset,
        "chips": FilterChips(filterset, request.GET),
        "groups": [(key, list(group)) for key, group in groupby(found, LegalBasis.get_level_display)],
        "total": len(found),
        "old_list": LegalBasis.objects.exclude(old_item=None).order_by("old_item"),
        "rooms": rooms(request, "legal_bases"),
        "may_change": may(request.user, "change_legalbasis") and request.user.is_staff,
    }
    return render(request, "institutions/content/legal_bases.html", context)


@requires("institutions.change_contactpoint")
def contacts(request):
    context = {
        "contacts": ContactPoint.objects.select_related("owner"),
        "rooms": rooms(request, "contacts"),
    }
    return render(request, "institutions/content/contacts.html", context)


@requires("institutions.change_contactpoint")
@GET_POST
def change_contact(request, slug):
    contact = get_object_or_404(ContactPoint, slug=slug)
    form = ContactForm(request.POST or None, instance=copy(contact))

    def act():
        content.change_contact(contact, changes=form.changes(), by=request.user)
        return address("contacts")

    return form_page(
        request,
        "institutions/content/change_contact.html",
        form,
        act,
        done="Kontak disimpan. Hubungi sekali untuk memastikan, lalu tekan “Sudah diperiksa”.",
        contact=contact,
        trail=trail(("Kontak", address("contacts"))),
    )


@requires("institutions.change_contactpoint")
@POST
def confirm_contact(request, slug):
    contact = get_object_or_404(ContactPoint, slug=slug)
    return do(
        request,
        lambda: content.confirm_contact(contact, by=request.user),
        url=address("contacts"),
        done=f"{contact.name} tercatat sudah diperiksa hari ini.",
    )


@requires("institutions.change_page")
def pages(request):
    context = {"pages": Page.objects.defer("body"), "rooms": rooms(request, "pages")}
    return render(request, "institutions/content/pages.html", context)


@requires("institutions.change_page")
@GET_POST
def change_page(request, slug):
    page = get_object_or_404(Page, slug=slug)
    form = PageForm(request.POST or None, instance=copy(page))

    def act():
        content.change_page(page, by=request.user, **form.changes())
        return address("pages")

    return form_page(
        request,
        "institutions/content/change_page.html",
        form,
        act,
        done="Teks halaman disimpan.",
        page=page,
        trail=trail(("Teks halaman", address("pages"))),
    )
