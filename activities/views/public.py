"""What everybody sees: the calendar, an activity, calendar files. Only what is announced."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from activities import agenda, ical
from activities.forms.filters import CalendarFilter
from activities.models import Activity
from pug_portal.core.access import public
from pug_portal.core.downloads import download
from pug_portal.core.lists import FilterChips, KeysetPage, without

ICS = "text/calendar; charset=utf-8"
FEED_MOST = 500
FEED_PAST_DAYS = 90
GRID_MOST = 200


@public
@require_safe
def calendar(request):
    """The agenda first, by month; below it the month as a table."""
    published = Activity.objects.published()
    found = CalendarFilter(request.GET, queryset=published, request=request)
    order = ("-starts_at", "-id") if found.wants_past else ("starts_at", "id")
    page = KeysetPage(found.qs.for_lists(), order=order, params=request.GET, size=20)
    context = {
        "filter": found,
        "chips": FilterChips(found, request.GET),
        "page": page,
        "months": agenda.by_month(page),
        **_grid(request, published),
    }
    return render(request, "activities/public/calendar.html", context)


def _grid(request, published) -> dict:
    today = timezone.localdate()
    period = agenda.read_month(request.GET.get("bulan"), today)
    rows = published.between(period.starts, period.ends).for_lists()
    if request.GET.get("jenis") in agenda.LETTERS:
        rows = rows.filter(kind=request.GET["jenis"])
    activities = list(rows.order_by("starts_at", "id")[:GRID_MOST])
    return {
        "period": period,
        "weeks": agenda.weeks(period, activities, today),
        "legend": sorted({(one.letter, one.get_kind_display()) for one in activities}),
        "earlier": _month_address(request, period.previous()),
        "later": _month_address(request, period.next()),
        "earlier_label": period.previous().label,
        "later_label": period.next().label,
    }


def _month_address(request, period) -> str:
    return without(request.GET, "bulan", "sesudah", "sebelum", bulan=f"{period.first:%Y-%m}") + "#bulan"


@public
@require_safe
def activity(request, slug):
    """One activity with the six headings of the office; a withdrawn one says so and nothing else."""
    wanted = Activity.objects.select_related("organiser", "region__parent")
    row = get_object_or_404(wanted, announced_at__isnull=False, slug=slug)
    if not row.is_public:
        return render(request, "activities/public/gone.html", status=410)
    context = {
        "activity": row,
        "speakers": row.speakers.filter(is_shown=True),
        "laws": row.legal_bases.checked(),
        "partners": row.partners.all(),
    }
    return render(request, "activities/public/activity.html", context)


@public
@require_safe
def feed(request):
    """The calendar to subscribe to: what is coming and the last three months."""
    since = timezone.now() - timedelta(days=FEED_PAST_DAYS)
    rows = Activity.objects.published().filter(ends_at__gte=since).select_related("organiser")
    rows = rows.order_by("starts_at", "id")[:FEED_MOST]
    return _calendar_file("kegiatan-pug.ics", ical.feed(rows, site=settings.SITE_URL), minutes=15)


@public
@require_safe
def activity_file(request, slug):
    """One activity for somebody's own calendar."""
    rows = Activity.objects.published().select_related("organiser")
    row = get_object_or_404(rows, slug=slug)
    content = ical.feed([row], site=settings.SITE_URL, name=row.title)
    return _calendar_file(f"{row.slug}.ics", content, minutes=5)


def _calendar_file(name: str, content: bytes, *, minutes: int) -> HttpResponse:
    response = download(name, content, ICS)
    response["Cache-Control"] = f"public, max-age={minutes * 60}"
    return response
