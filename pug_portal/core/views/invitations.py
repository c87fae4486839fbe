"""Invitations: made, shown once, printed, sent again, withdrawn, accepted."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import mark_safe

from pug_portal.core.access import Refused, WrongStage, public, requires
from pug_portal.core.account_forms import AcceptForm, InviteForm
from pug_portal.core.actions import accounts as acts
from pug_portal.core.idempotency import once
from pug_portal.core.models import Invitation, User
from pug_portal.core.seals import qr_svg
from pug_portal.core.views._ways import see_other
from pug_portal.core.views.accounts import grantable

CARRIED = "undangan_galat"


@requires("core.invite_user")
def invite(request):
    """Invite somebody: who she is, and her first role."""
    form = InviteForm(request.POST or None, roles=grantable(request.user))
    if request.method == "POST" and form.is_valid():
        address = _invited(form, request.user)
        if address:
            messages.success(request, "Undangan dibuat dan dikirim lewat surel.")
            return see_other(address)
    status = 422 if form.errors else 200
    return render(request, "core/invitations/invite.html", {"form": form}, status=status)


def _invited(form, by) -> str:
    data = form.cleaned_data

    def act():
        person = {name: data[name] for name in ("name", "email", "username")}
        return reverse("core:invitation", args=[acts.invite(**person, **form.term(), by=by).pk])

    try:
        return once(data["idem"], by=by, act=act)
    except Refused as refusal:
        form.add_error(None, refusal.reason)
    except ValidationError as wrong:
        # Whether a name is taken is asked by the act: a form sent twice must not trip over itself.
        form.add_error(None, wrong)
    return ""


@requires("core.invite_user")
def invitation(request, pk):
    """The link and its QR, printable, for whoever made it and for a short while."""
    found = get_object_or_404(Invitation.objects.select_related("user"), pk=pk)
    link = acts.link_of(found, by=request.user) if found.is_open else ""
    # The picture is made of squares by us: nothing in it was typed by anybody.
    qr = mark_safe(qr_svg(link, title="Tautan undangan")) if link else ""  # noqa: S308
    context = {"invitation": found, "person": found.user, "link": link, "qr": qr}
    return render(request, "core/invitations/invitation.html", context)


@requires("core.invite_user")
def resend(request, pk):
    """Make a new link in place of the old one."""
    person = get_object_or_404(User, pk=pk)
    if request.method == "POST":
        made = acts.resend_invitation(person, by=request.user)
        messages.success(request, "Tautan baru dibuat; tautan lama tidak berlaku lagi.")
        return see_other("core:invitation", made.pk)
    return render(request, "core/invitations/resend.html", {"person": person})


@requires("core.invite_user")
def withdraw(request, pk):
    """Make a link useless."""
    found = get_object_or_404(Invitation.objects.select_related("user"), pk=pk)
    if request.method == "POST":
        acts.withdraw_invitation(found, by=request.user)
        messages.success(request, "Undangan dibatalkan.")
        return see_other("core:account", found.user_id)
    return render(request, "core/invitations/withdraw.html", {"invitation": found, "person": found.user})


@public
def accept(request, secret):
    """Open an account by its link. Every POST answers with another address, also with errors."""
    found = acts.open_invitation(secret)
    if found is None:
        return render(request, "core/invitations/closed.html", status=410)
    if request.method == "POST":
        return _accept(request, secret, found)
    carried = request.session.pop(CARRIED, {})
    form = AcceptForm(user=found.user, initial={"name": carried.get("name", found.user.name)})
    if carried:
        form.carry(carried["errors"])
    return render(request, "core/invitations/accept.html", {"form": form, "person": found.user})


def _accept(request, secret, found):
    form = AcceptForm(request.POST, user=found.user)
    if not form.is_valid():
        # The password is never kept: only the name and what was wrong travel to the next page.
        request.session[CARRIED] = {
            "name": request.POST.get("name", "")[:120],
            "errors": {field: list(words) for field, words in form.errors.items()},
        }
        return see_other("core:accept_invitation", secret)
    data = form.cleaned_data
    try:
        acts.accept_invitation(secret, name=data["name"], password=data["password1"])
    except WrongStage:
        return see_other("core:accept_invitation", secret)
    messages.success(request, "Akun Anda siap. Masuk dengan nama pengguna dan kata sandi baru.")
    return see_other("account_login")
