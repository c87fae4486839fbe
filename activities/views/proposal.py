"""Propose, copy, change, submit, review."""

from django.contrib import messages
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from activities import access
from activities.actions import proposal
from activities.forms.proposal import ChangeForm, ProposalForm, SendBackForm
from activities.forms.publication import ConfirmForm
from activities.models import Activity
from activities.views._ways import (
    address,
    drop_draft,
    flags,
    go,
    keeping,
    kept_draft,
    see_other,
    trail,
)
from activities.workflow import Move
from pug_portal.core.access import requires
from pug_portal.core.idempotency import once

GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@requires("activities.propose_activity")
@GET_POST
def propose(request):
    """Write a new activity."""
    return _write_new(request, source=None)


@requires("activities.propose_activity")
@GET_POST
def clone(request, pk):
    """Write a new activity that begins as a copy of an old one; only the day has to be chosen."""
    return _write_new(request, source=access.open_activity(request.user, pk))


def _write_new(request, source: Activity | None):
    name = f"kegiatan-salin-{source.pk}" if source else "kegiatan-baru"
    kept = kept_draft(request, name)
    initial = kept or (_copied(source) if source else {})
    form = ProposalForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():

        def act():
            made = proposal.propose(values=form.values(), by=request.user, copied_from=source)
            return address("overview", made.pk)

        answer = once(form.cleaned_data["idem"], by=request.user, act=act)
        drop_draft(request, name)
        messages.success(request, "Kegiatan tersimpan sebagai draf.")
        return go(answer)
    context = {"form": form, "trail": trail(), "source": source, **keeping(name, kept)}
    status = 422 if form.is_bound else 200
    return render(request, "activities/proposal/propose.html", context, status=status)


def _copied(source: Activity) -> dict:
    """Return initial values of the form: everything but days, result and people."""
    names = [name for name in ProposalForm.Meta.fields if name not in ("partners", "legal_bases")]
    values = {name: getattr(source, name) for name in names}
    values["organiser"], values["region"] = source.organiser_id, source.region_id
    values["results"] = values["innovation"] = ""
    values["partners"] = list(source.partners.values_list("pk", flat=True))
    values["legal_bases"] = list(source.legal_bases.values_list("pk", flat=True))
    return values


@requires("activities.change_activity")
@GET_POST
def change(request, pk):
    """Change what is written; notes of the reviewer stand above."""
    activity = access.open_activity(request.user, pk)
    access.ensure(request.user, Move.CHANGE, activity)
    name = f"kegiatan-{activity.pk}"
    kept = kept_draft(request, name)
    form = ChangeForm(request.POST or None, user=request.user, instance=activity, initial=kept)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        proposal.change(activity, values=form.values(), version=version, by=request.user)
        drop_draft(request, name)
        messages.success(request, "Perubahan tersimpan.")
        return see_other("overview", activity.pk)
    context = {
        "form": form,
        "activity": activity,
        "trail": trail(activity),
        "notes": activity.open_notes(),
        **keeping(name, kept),
    }
    status = 422 if form.is_bound else 200
    return render(request, "activities/proposal/change.html", context, status=status)


@requires("activities.propose_activity")
@GET_POST
def submit(request, pk):
    """Hand the proposal in."""
    activity = access.open_activity(request.user, pk)
    access.ensure(request.user, Move.SUBMIT, activity)
    if request.method == "POST":
        proposal.submit(activity, by=request.user)
        messages.success(request, "Usulan terkirim ke sekretariat.")
        return see_other("overview", activity.pk)
    context = {
        "activity": activity,
        "form": ConfirmForm(),
        "trail": trail(activity),
        "question": "Ajukan usulan ini ke sekretariat Pokja?",
        "consequences": [
            "Selama ditelaah, isinya tidak dapat diubah.",
            "Anda mendapat surel bila disetujui atau perlu diperbaiki.",
        ],
        "confirm_text": "Ajukan",
        "cancel_url": address("overview", activity.pk),
    }
    return render(request, "activities/confirm.html", context)


@requires("activities.publish_activity")
@GET_POST
def approve(request, pk):
    """Read the proposal as submitted, and accept it; sending back is one link away."""
    activity = access.open_activity(request.user, pk)
    access.ensure(request.user, Move.APPROVE, activity)
    if request.method == "POST":
        proposal.approve(activity, by=request.user)
        messages.success(request, "Usulan disetujui. Kegiatan dapat diumumkan.")
        return see_other("overview", activity.pk)
    context = {
        "activity": activity,
        "trail": trail(activity),
        "laws": activity.legal_bases.all(),
        "can": flags(request.user, activity),
    }
    return render(request, "activities/proposal/approve.html", context)


@requires("activities.publish_activity")
@GET_POST
def send_back(request, pk):
    """Return the proposal with notes."""
    activity = access.open_activity(request.user, pk)
    access.ensure(request.user, Move.SEND_BACK, activity)
    form = SendBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        proposal.send_back(activity, notes=form.notes(), by=request.user)
        messages.success(request, "Usulan dikembalikan beserta catatannya.")
        return see_other("overview", activity.pk)
    context = {"form": form, "activity": activity, "trail": trail(activity)}
    status = 422 if form.is_bound else 200
    return render(request, "activities/proposal/send_back.html", context, status=status)
