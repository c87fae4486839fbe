"""The desk at the door, ticks in the list, and the sheet to sign."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from activities import access, reports
from activities.actions import attendance as actions
from activities.forms.attendance import CheckInForm
from activities.models import Activity, Attendance
from activities.views._ways import flags, see_other, trail
from activities.workflow import Move
from pug_portal.core import audit
from pug_portal.core.access import requires
from pug_portal.core.clock import format_day
from pug_portal.core.lists import AFTER, BEFORE, KeysetPage
from pug_portal.core.wording import name_key

MOST_FOUND = 20
MOST_BLANK = 60
MOST_TICKED = 100


def _day(request, activity: Activity) -> date:
    """Return the asked day of the activity, else today or the nearest one that has come."""
    today = timezone.localdate()
    asked = request.POST.get("hari") or request.GET.get("hari", "")
    chosen = next((day for day in activity.days if day.isoformat() == asked), None)
    come = [day for day in activity.days if day <= today]
    return chosen or (come[-1] if come else activity.days[0])


@requires("activities.mark_attendance")
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request, pk):
    """One box for a code or a name; the answer fills the top of the page."""
    activity = access.open_activity(request.user, pk)
    access.ensure(request.user, Move.MARK, activity)
    day = _day(request, activity)
    form = CheckInForm(request.POST if request.method == "POST" else None)
    found = None
    if form.is_bound and form.is_valid():
        if form.code:
            answer = actions.mark_code(activity, code=form.code, day=day, by=request.user)
            return _call_out(activity, answer, day)
        found = _by_name(request, activity, form.cleaned_data["typed"])
        form = CheckInForm()
    context = _page(request, activity, day) | {"form": form, "found": found}
    return render(
        request, "activities/attendance/attendance.html", context, status=422 if form.errors else 200
    )


def _call_out(activity: Activity, answer: actions.Answer, day: date):
    """Answer with the word; the address holds the row's UUID, never a name."""
    query = f"hari={day.isoformat()}"
    if answer.participant is None:
        return see_other("attendance", activity.pk, query=f"{query}&kata=tidak")
    word = "baru" if answer.is_new else "sudah"
    return see_other("attendance", activity.pk, query=f"{query}&kata={word}&p={answer.participant.pk}")


def _by_name(request, activity: Activity, typed: str):
    """Return people whose name holds what was typed, in any spelling; at most twenty."""
    plain, key = typed.casefold(), name_key(typed)
    people = access.visible_participants(request.user, activity).registered()
    # A key of one or two letters would fit almost everybody.
    alike = key if len(key) > 2 else plain
    found = [p for p in people if plain in p.name.casefold() or alike in name_key(p.name)]
    return found[:MOST_FOUND]


def _page(request, activity: Activity, day: date) -> dict:
    people = access.visible_participants(request.user, activity).registered()
    shown = request.GET.get("tampil", "")
    if shown == "belum":
        people = people.absent(day)
    page = KeysetPage(people, order=("number",), params=request.GET, size=50)
    marks = Attendance.objects.filter(participant__in=[p.pk for p in page], day=day)
    times = dict(marks.values_list("participant_id", "at"))
    came = access.visible_participants(request.user, activity).present(day)
    return {
        "activity": activity,
        "trail": trail(activity),
        "can": flags(request.user, activity),
        "day": day,
        "days": [(one, format_day(one), one == day) for one in activity.days],
        "page": page,
        "rows": [(person, times.get(person.pk)) for person in page],
        "shown": shown,
        "came": came.count(),
        "word": _word(request, activity, day),
        "query": request.GET.urlencode(),
    }


def _word(request, activity: Activity, day: date) -> dict | None:
    """Return what to call out: {"kind": baru|sudah|tidak, "person", "at"}."""
    kind = request.GET.get("kata", "")
    if kind == "tidak":
        return {"kind": kind}
    if kind not in ("baru", "sudah") or not _is_uuid(request.GET.get("p", "")):
        return None
    people = access.visible_participants(request.user, activity)
    person = people.filter(pk=request.GET["p"]).first()
    mark = person and person.attendances.filter(day=day).first()
    return {"kind": kind, "person": person, "at": mark.at} if mark else None


@requires("activities.mark_attendance")
@require_POST
def mark(request, pk):
    """Mark those ticked in the list, or the one chosen by name."""
    activity = access.open_activity(request.user, pk)
    day = _day(request, activity)
    people = _sent_people(request, activity)
    way = Attendance.Way.NAME if request.POST.get("cara") == "name" else Attendance.Way.LIST
    answers = actions.mark_many(activity, people=people, day=day, way=way, by=request.user)
    if way == Attendance.Way.NAME and answers:
        return _call_out(activity, answers[0], day)
    new = sum(answer.is_new for answer in answers)
    if new:
        messages.success(request, f"{new} orang dicatat hadir.")
    else:
        messages.info(request, "Belum ada nama yang dicentang.")
    return see_other("attendance", activity.pk, query=_way_back(request, day))


def _sent_people(request, activity: Activity) -> list:
    """Return the rows of the list that were sent; what is no row of this list is left out."""
    sent = [one for one in request.POST.getlist("participant")[:MOST_TICKED] if _is_uuid(one)]
    return list(access.visible_participants(request.user, activity).filter(pk__in=sent))


def _is_uuid(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def _way_back(request, day: date) -> str:
    """Return the address words of the same page of the list, without an old answer."""
    kept = {name: request.POST.get(name, "") for name in ("tampil", AFTER, BEFORE)}
    words = [f"{name}={value}" for name, value in kept.items() if value]
    return "&".join([f"hari={day.isoformat()}", *words])


@requires("activities.mark_attendance")
@require_POST
def undo(request, pk, person):
    """Take back a mark."""
    activity = access.open_activity(request.user, pk)
    row = access.open_participant(request.user, activity, person)
    day = _day(request, activity)
    if actions.undo(row, day=day, by=request.user):
        messages.success(request, f"Kehadiran nomor {row.number} diurungkan.")
    return see_other("attendance", activity.pk, query=_way_back(request, day))


@requires("activities.register_participant")
@require_GET
def sheet(request, pk):
    """The list to sign on paper, with empty rows for those who come unannounced."""
    activity = access.open_activity(request.user, pk)
    people = reports.attendance_rows(activity, by=request.user)
    audit.note("participant.printed", activity, by=request.user, count=len(people))
    blank = request.GET.get("kosong", "5")
    blank = min(int(blank), MOST_BLANK) if blank.isdecimal() else 5
    context = {
        "activity": activity,
        "trail": trail(activity),
        "period": reports.period_words(activity),
        "people": people,
        "blank": range(len(people) + 1, len(people) + blank + 1),
        "with_codes": "kode" in request.GET,
    }
    return render(request, "activities/attendance/sheet.html", context)
