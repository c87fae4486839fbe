"""Small things the views of this room share."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from pug_portal.core.access import Refused
from pug_portal.core.idempotency import answered, once
from pug_portal.core.uploads import UploadRefused

GET_POST = require_http_methods(["GET", "HEAD", "POST"])
POST = require_http_methods(["POST"])


def address(name: str, *args) -> str:
    return reverse(f"institutions:{name}", args=args)


def see_other(url: str) -> HttpResponseRedirect:
    """Answer a POST with the page to look at next."""
    return HttpResponseRedirect(url, status=303)


def trail(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the breadcrumbs above a page of this room."""
    return [("Lembaga", address("registry")), *steps]


def form_page(
    request, template: str, form, act: Callable[[], str], *, done: str, field: str | None = None, **context
):
    """Show a form and carry it out once; what the act refuses stands in the form, nothing is lost.

    `act` does the work and returns the address to go to. `field` names the input that file
    refusals belong to.
    """
    if request.method == "POST" and form.is_valid():
        try:
            url = once(form.cleaned_data["idem"], by=request.user, act=act)
        except Refused as refused:
            form.add_error(None, refused.reason)
        except UploadRefused as refused:
            form.add_error(field, str(refused))
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, done)
            return see_other(url)
    if form.is_bound and (url := answered(form.cleaned_data["idem"], by=request.user)):
        return see_other(url)  # sent twice: the first one did the work
    status = 422 if form.is_bound else 200
    return render(request, template, {"form": form, **context}, status=status)


def do(request, act: Callable[[], object], *, url: str, done: str) -> HttpResponseRedirect:
    """Carry out a one-button act; a refusal is told on the page it came from."""
    try:
        act()
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, done)
    return see_other(url)


def rooms(request, here: str) -> list[tuple[str, str, bool]]:
    """Return the second row of links: (words, address, is here)."""
    user = request.user
    entries = [
        ("Lembaga", "registry", True),
        ("Keputusan", "decrees", True),
        ("Dokumen", "documents", True),
        ("Dasar hukum", "legal_bases", True),
        ("Kontak", "contacts", user.has_perm("institutions.change_contactpoint")),
        ("Teks halaman", "pages", user.has_perm("institutions.change_page")),
    ]
    return [(words, address(name), name == here) for words, name, allowed in entries if allowed]
