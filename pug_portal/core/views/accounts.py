"""Accounts and roles, for those who keep them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from pug_portal.core.access import Refused, requires
from pug_portal.core.account_forms import GrantRoleForm, PeopleFilter, ReasonForm
from pug_portal.core.actions import accounts as acts
from pug_portal.core.actions import roles as role_acts
from pug_portal.core.idempotency import once
from pug_portal.core.lists import KeysetPage
from pug_portal.core.models import Invitation, RoleAssignment, User
from pug_portal.core.roles import Role
from pug_portal.core.views._ways import see_other


def grantable(by) -> list[Role]:
    """Return the roles that `by` may give, in the order of the office."""
    return [role for role in Role if role_acts.may_grant(by, role)]


@requires("core.invite_user")
def people(request):
    """The list of accounts, newest first."""
    chosen = PeopleFilter(request.GET or None)
    found = _narrowed(_listed(), chosen.cleaned_data if chosen.is_valid() else {})
    page = KeysetPage(found, order=("-date_joined", "id"), params=request.GET)
    return render(request, "core/accounts/people.html", {"page": page, "filter": chosen})


def _listed() -> QuerySet[User]:
    open_link = Invitation.objects.filter(
        user=OuterRef("pk"), used_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
    )
    terms = RoleAssignment.objects.current().select_related("institution")
    return User.objects.annotate(has_open_link=Exists(open_link)).prefetch_related(
        Prefetch("terms", terms, to_attr="terms_now")
    )


def _narrowed(found: QuerySet[User], chosen: dict) -> QuerySet[User]:
    if words := chosen.get("cari"):
        found = found.filter(Q(name__icontains=words) | Q(username__icontains=words))
    if role := chosen.get("peran"):
        held = RoleAssignment.objects.current().filter(user=OuterRef("pk"), role=role)
        found = found.filter(Exists(held))
    states = {
        "aktif": Q(is_active=True),
        "diundang": Q(is_active=False, has_open_link=True),
        "ditutup": Q(is_active=False, has_open_link=False),
    }
    return found.filter(states.get(chosen.get("keadaan") or "", Q()))


@requires("core.invite_user")
def account(request, pk):
    """One account: its facts, its terms, its invitations."""
    person = get_object_or_404(_listed(), pk=pk)
    context = {
        "person": person,
        "terms": person.terms.select_related("institution", "granted_by").order_by("-starts", "role"),
        "invitations": person.invitations.select_related("invited_by")[:10],
        "today": timezone.localdate(),
        "may_manage": request.user.has_perm("core.manage_accounts"),
        "is_self": person == request.user,
    }
    return render(request, "core/accounts/account.html", context)


@requires("core.invite_user")
def grant_role(request, pk):
    """Give a person a role for a term."""
    person = get_object_or_404(User, pk=pk)
    form = GrantRoleForm(request.POST or None, roles=grantable(request.user))
    if request.method == "POST" and form.is_valid():
        answer = _attempt(
            form,
            lambda: role_acts.grant_role(person, **form.term(), by=request.user),
            form.cleaned_data["idem"],
            request.user,
        )
        if answer:
            messages.success(request, "Peran diberikan.")
            return see_other("core:account", pk)
    status = 422 if form.errors else 200
    return render(request, "core/accounts/grant_role.html", {"form": form, "person": person}, status=status)


@requires("core.invite_user")
def end_role(request, pk):
    """End a term now, with a reason."""
    term = get_object_or_404(RoleAssignment.objects.select_related("user", "institution"), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        role_acts.end_role(term, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "Peran diakhiri. Aksesnya tertutup sekarang juga.")
        return see_other("core:account", term.user_id)
    context = {"form": form, "term": term, "person": term.user}
    return render(request, "core/accounts/end_role.html", context, status=422 if form.errors else 200)


@requires("core.manage_accounts")
def deactivate(request, pk):
    """Close an account, with a reason."""
    person = get_object_or_404(User, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ended = acts.deactivate(person, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"Akun ditutup, {ended} peran diakhiri, semua perangkat dikeluarkan.")
        return see_other("core:account", pk)
    context = {"form": form, "person": person}
    return render(request, "core/accounts/deactivate.html", context, status=422 if form.errors else 200)


def _attempt(form, act, key, by) -> bool:
    """Run `act` once; a refusal becomes an error of the form, so that nothing typed is lost."""
    try:
        once(key, by=by, act=lambda: str(act().pk))
    except Refused as refusal:
        form.add_error(None, refusal.reason)
    except ValidationError as wrong:
        form.add_error(None, ValidationError(wrong.messages))
    return not form.errors
