"""The list of participants and the speakers."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from activities import access
from activities.actions import participants as actions
from activities.actions import speakers as speaker_actions
from activities.forms.people import ParticipantForm, PasteForm, SpeakerForm, show_contact
from activities.models import Activity, Speaker
from activities.views._ways import address, flags, go, see_other, trail
from activities.workflow import Move
from pug_portal.core.access import requires
from pug_portal.core.idempotency import once
from pug_portal.core.lists import KeysetPage

GET_POST = require_http_methods(["GET", "HEAD", "POST"])
SHOWN = [
    ("", "Semua"),
    ("hadir", "Hadir"),
    ("belum", "Belum hadir"),
    ("batal", "Dibatalkan"),
]


def _chosen(people, shown: str):
    return {
        "hadir": people.present,
        "belum": people.absent,
        "batal": lambda: people.exclude(withdrawn_at=None),
    }.get(shown, people.registered)()


@requires("activities.register_participant")
@require_GET
def participants(request, pk):
    """The list, a page at a time; names are opened for this page only."""
    activity = access.open_activity(request.user, pk)
    access.ensure_keeps_list(request.user, activity)
    shown = request.GET.get("tampil", "")
    people = _chosen(access.visible_participants(request.user, activity), shown)
    people = people.select_related("region__parent").prefetch_related("attendances")
    page = KeysetPage(people, order=("number",), params=request.GET, size=50)
    for person in page:
        person.contact_words = show_contact(person.contact)
    context = {
        "activity": activity,
        "trail": trail(activity),
        "can": flags(request.user, activity),
        "page": page,
        "shown": shown,
        "choices": SHOWN,
    }
    return render(request, "activities/people/participants.html", context)


def _is_full(activity: Activity) -> bool:
    if activity.quota is None:
        return False
    return activity.participants.registered().count() >= activity.quota


@requires("activities.register_participant")
@GET_POST
def register(request, pk):
    """One person; "Simpan & tambah lagi" comes back empty, with the same origin filled in."""
    activity = access.open_activity(request.user, pk)
    access.ensure(request.user, Move.REGISTER, activity)
    initial = {"origin": request.GET.get("asal", "")[:160]}
    form = ParticipantForm(request.POST or None, full=_is_full(activity), initial=initial)
    if request.method == "POST" and form.is_valid():
        answer = _register(request, activity, form)
        if answer:
            return answer
    context = {"form": form, "activity": activity, "trail": _list_trail(activity)}
    status = 422 if form.is_bound else 200
    return render(request, "activities/people/register.html", context, status=status)


def _register(request, activity, form):
    """Register and answer the next page; None when the list is full and the form must ask."""
    beyond = form.cleaned_data.get("beyond_quota", False)

    def act():
        row = actions.register(activity, by=request.user, beyond_quota=beyond, **form.person())
        return f"{address('participants', activity.pk)}?baru={row.number}"

    try:
        answer = once(form.cleaned_data["idem"], by=request.user, act=act)
    except actions.QuotaFull as refusal:
        form.add_error("beyond_quota" if "beyond_quota" in form.fields else None, refusal.reason)
        return None
    number = answer.rpartition("=")[2]
    messages.success(request, f"Peserta nomor {number} terdaftar.")
    if "again" in request.POST:
        return see_other("register", activity.pk)
    return see_other("participants", activity.pk)


def _list_trail(activity: Activity):
    return trail(activity, ("Peserta", address("participants", activity.pk)))


@requires("activities.register_participant")
@GET_POST
def paste(request, pk):
    """Many people at once: first read back what was understood, then save all or none."""
    activity = access.open_activity(request.user, pk)
    access.ensure(request.user, Move.REGISTER, activity)
    form = PasteForm(request.POST or None, known=_known(request, activity))
    if request.method == "POST" and form.is_valid() and "save" in request.POST:
        answer = _register_many(request, activity, form)
        if answer:
            return answer
    context = {"form": form, "activity": activity, "trail": _list_trail(activity)}
    status = 422 if form.errors else 200
    return render(request, "activities/people/paste.html", context, status=status)


def _known(request, activity: Activity):
    if request.method != "POST":
        return ()
    people = access.visible_participants(request.user, activity).registered()
    return [(person.number, person.name, person.origin) for person in people]


def _register_many(request, activity: Activity, form: PasteForm):
    def act():
        beyond = form.cleaned_data["beyond_quota"]
        people = form.people()
        actions.register_many(activity, people=people, by=request.user, beyond_quota=beyond)
        return address("participants", activity.pk)

    try:
        answer = once(form.cleaned_data["idem"], by=request.user, act=act)
    except actions.QuotaFull as refusal:
        form.add_error("beyond_quota", refusal.reason)
        return None
    messages.success(request, f"{len(form.read)} peserta terdaftar.")
    return go(answer)


@requires("activities.register_participant")
@GET_POST
def change_participant(request, pk, person):
    """Correct an entry."""
    activity = access.open_activity(request.user, pk)
    person = access.open_participant(request.user, activity, person)
    access.ensure(request.user, Move.REGISTER, activity)
    form = ParticipantForm(request.POST or None, initial=ParticipantForm.initial_of(person))
    if request.method == "POST" and form.is_valid():
        actions.change_participant(person, by=request.user, **form.person())
        messages.success(request, "Perubahan tersimpan.")
        return see_other("participants", activity.pk)
    context = {"form": form, "activity": activity, "person": person, "trail": _list_trail(activity)}
    status = 422 if form.is_bound else 200
    return render(request, "activities/people/change_participant.html", context, status=status)


@requires("activities.register_participant")
@require_POST
def withdraw_participant(request, pk, person):
    activity = access.open_activity(request.user, pk)
    person = access.open_participant(request.user, activity, person)
    actions.withdraw_participant(person, by=request.user)
    messages.success(request, f"Pendaftaran nomor {person.number} dibatalkan.")
    return see_other("participants", activity.pk)


@requires("activities.register_participant")
@require_POST
def restore_participant(request, pk, person):
    activity = access.open_activity(request.user, pk)
    person = access.open_participant(request.user, activity, person)
    actions.restore_participant(person, by=request.user)
    messages.success(request, f"Peserta nomor {person.number} terdaftar kembali.")
    return see_other("participants", activity.pk)


@requires("activities.register_participant")
@GET_POST
def add_speaker(request, pk):
    """Put somebody on the programme."""
    activity = access.open_activity(request.user, pk)
    form = SpeakerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act():
            speaker_actions.add_speaker(activity, by=request.user, **_without_idem(form))
            return address("overview", activity.pk)

        answer = once(form.cleaned_data["idem"], by=request.user, act=act)
        messages.success(request, "Narasumber ditambahkan.")
        return go(answer)
    context = {"form": form, "activity": activity, "trail": trail(activity)}
    status = 422 if form.is_bound else 200
    return render(request, "activities/people/add_speaker.html", context, status=status)


def _without_idem(form) -> dict:
    return {name: value for name, value in form.cleaned_data.items() if name != "idem"}


@requires("activities.register_participant")
@require_POST
def remove_speaker(request, pk, speaker):
    activity = access.open_activity(request.user, pk)
    row = get_object_or_404(Speaker.objects.filter(activity=activity), pk=speaker)
    speaker_actions.remove_speaker(row, by=request.user)
    messages.success(request, "Narasumber dihapus dari susunan.")
    return see_other("overview", activity.pk)
