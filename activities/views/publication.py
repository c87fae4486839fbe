"""Announce after a look at the public page, withdraw with a reason, publish the result."""

from django.contrib import messages
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from activities import access
from activities.actions import publication
from activities.forms.publication import ConfirmForm, WithdrawForm
from activities.models import Speaker
from activities.views._ways import address, see_other, trail
from activities.workflow import Move
from pug_portal.core.access import Refused, requires

GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@requires("activities.publish_activity")
@GET_POST
def publish(request, pk):
    """Show the page as everybody will see it, and announce it."""
    activity = access.open_activity(request.user, pk)
    access.ensure(request.user, Move.PUBLISH, activity)
    if request.method == "POST":
        publication.publish(activity, by=request.user)
        messages.success(request, "Kegiatan diumumkan di kalender umum.")
        return see_other("overview", activity.pk)
    context = {
        "activity": activity,
        "trail": trail(activity),
        "speakers": Speaker.objects.filter(activity=activity, is_shown=True),
        "laws": activity.legal_bases.checked(),
        "partners": activity.partners.all(),
        "form": ConfirmForm(),
    }
    return render(request, "activities/publication/publish.html", context)


@requires("activities.publish_activity")
@GET_POST
def withdraw(request, pk):
    """Take it back from the public."""
    activity = access.open_activity(request.user, pk)
    access.ensure(request.user, Move.WITHDRAW, activity)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        publication.withdraw(activity, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "Kegiatan ditarik dari kalender umum.")
        return see_other("overview", activity.pk)
    context = {
        "activity": activity,
        "form": form,
        "trail": trail(activity),
        "question": "Tarik kegiatan ini?",
        "consequences": [
            "Halaman umumnya diganti keterangan bahwa kegiatan ini ditarik.",
            "Daftar peserta tetap tersimpan. Kegiatan dapat diumumkan kembali.",
        ],
        "confirm_text": "Tarik kegiatan",
        "cancel_url": address("overview", activity.pk),
        "danger": True,
    }
    status = 422 if form.is_bound else 200
    return render(request, "activities/confirm.html", context, status=status)


@requires("activities.publish_activity")
@GET_POST
def conclude(request, pk):
    """Show the result as everybody will read it, and publish it."""
    activity = access.open_activity(request.user, pk)
    access.ensure(request.user, Move.CONCLUDE, activity)
    if request.method == "POST":
        return _conclude(request, activity)
    context = {"activity": activity, "trail": trail(activity), "form": ConfirmForm()}
    return render(request, "activities/publication/conclude.html", context)


def _conclude(request, activity):
    try:
        publication.conclude(activity, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.reason)
        return see_other("report", activity.pk)
    messages.success(request, "Hasil kegiatan diterbitkan.")
    return see_other("overview", activity.pk)
