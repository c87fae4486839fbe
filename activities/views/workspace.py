"""The working list, and the page of one activity."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from activities import access, stats
from activities.forms.filters import VIEWS, WHEN, WorkspaceFilter
from activities.forms.proposal import NOTE_PLACES
from activities.models import Activity, Speaker
from activities.views._ways import address, flags, trail
from activities.workflow import Stage
from institutions.access import visible_documents
from pug_portal.core.access import requires
from pug_portal.core.clock import format_date, format_day, format_time
from pug_portal.core.lists import FilterChips, KeysetPage
from pug_portal.core.wording import format_number

# Stages in which there is no list of people yet
EARLY = {Stage.DRAFT, Stage.SUBMITTED, Stage.RETURNED}
NEWEST = ("-starts_at", "-id")
SOONEST = ("starts_at", "id")
COLUMNS = [
    {"label": "Kegiatan"},
    {"label": "Waktu"},
    {"label": "Penyelenggara"},
    {"label": "Terdaftar", "number": True},
    {"label": "Hadir P / L", "number": True},
    {"label": "Status"},
]
# Sets in which the latest day is the most interesting one; in the others the earliest day is
BACKWARDS = {"lalu", "ditarik", "semua"}


@requires("activities.view_activity")
@require_GET
def workspace(request):
    """What this person may know of; it opens with what is coming."""
    rows = access.visible_activities(request.user)
    found = WorkspaceFilter(request.GET, queryset=rows, request=request)
    order = NEWEST if found.chosen in BACKWARDS else SOONEST
    page = KeysetPage(found.qs.for_lists(), order=order, params=request.GET)
    counts = stats.counts_of(row.pk for row in page)
    context = {
        "filter": found,
        "chips": FilterChips(found, request.GET),
        "page": page,
        "views": [
            ("" if value == WHEN[0][0] else value, words, value == found.chosen)
            for value, words in WHEN
            if value in VIEWS
        ],
        "columns": COLUMNS,
        "rows": [_list_row(row, counts[row.pk]) for row in page],
        "may_propose": request.user.has_perm("activities.propose_activity"),
    }
    return render(request, "activities/workspace/workspace.html", context)


def _list_row(activity: Activity, counts: stats.Counts) -> dict:
    came = f"{counts.came_female} / {counts.came_male}" if counts.came else "—"
    organiser = activity.organiser.abbreviation or activity.organiser.name
    when = format_date(activity.starts_at, short=True)
    return {
        "cells": [
            {
                "text": activity.title,
                "url": address("overview", activity.pk),
                "note": activity.get_kind_display(),
            },
            {"text": when.replace(" ", "\u00a0"), "note": format_time(activity.starts_at), "label": "Waktu"},
            {"text": organiser, "label": "Penyelenggara"},
            {"text": _registered(activity, counts), "number": True, "label": "Terdaftar"},
            {"text": came, "number": True, "label": "Hadir P / L"},
            {"status": activity.word, "tone": activity.tone, "label": "Status"},
        ]
    }


def _registered(activity: Activity, counts: stats.Counts) -> str:
    number = format_number(counts.registered)
    return f"{number} dari {format_number(activity.quota)}" if activity.quota else number


@requires("activities.view_activity")
@require_GET
def overview(request, pk):
    """One activity: where it stands, what comes next, who is on the list."""
    activity = access.open_activity(request.user, pk)
    can = flags(request.user, activity)
    counts = stats.counts_of_one(activity)
    context = {
        "activity": activity,
        "trail": trail(),
        "can": can | {"keeps_list": can["keeps_list"] and activity.stage not in EARLY},
        "tiles": [] if activity.stage in EARLY else _tiles(activity, counts, can),
        "next": _next_act(activity, can),
        "facts": _facts(activity),
        "speakers": Speaker.objects.filter(activity=activity),
        "laws": activity.legal_bases.all(),
        "notes": [(NOTE_PLACES.get(note.field, note.field), note) for note in _notes(activity)],
        "documents": visible_documents(request.user).attached_to(activity).select_related("file"),
    }
    return render(request, "activities/workspace/overview.html", context)


def _notes(activity: Activity):
    return activity.open_notes() if activity.stage == Stage.RETURNED else []


def _tiles(activity: Activity, counts: stats.Counts, can: dict) -> list[dict]:
    people = address("participants", activity.pk) if can["keeps_list"] else ""
    came = f"{format_number(counts.came_female)} P, {format_number(counts.came_male)} L"
    registered = f"{format_number(counts.registered_female)} P, {format_number(counts.registered_male)} L"
    tiles = [
        {"value": _registered(activity, counts), "label": "terdaftar", "url": people, "note": registered},
        {"value": format_number(counts.came), "label": "hadir menurut daftar", "url": people, "note": came},
    ]
    if activity.present_female is not None:
        sexes = f"{format_number(activity.present_female)} P, {format_number(activity.present_male)} L"
        total = format_number(activity.present_total)
        tiles.append({"value": total, "label": "hadir menurut laporan", "url": "", "note": sexes})
    return tiles


def _facts(activity: Activity) -> list[tuple[str, str]]:
    """Return the facts of the activity as (label, words); empty ones are left out."""
    days = format_day(activity.starts_at)
    if len(activity.days) > 1:
        days = f"{days} sampai {format_day(activity.ends_at)}"
    rows = [
        ("Jenis dan tema", f"{activity.get_kind_display()}, {activity.get_theme_display()}"),
        ("Penyelenggara", activity.organiser.name),
        ("Mitra", ", ".join(partner.name for partner in activity.partners.all())),
        ("Waktu", f"{days}\n{format_time(activity.starts_at)} sampai {format_time(activity.ends_at)}"),
        ("Tempat", activity.where),
        ("Wilayah", str(activity.region) if activity.region_id else ""),
        ("Kelompok sasaran", ", ".join(activity.audience_words)),
        ("Sasaran P / L", _target(activity)),
        ("Disediakan", ", ".join(activity.facility_words)),
        ("Tugas Pokja", activity.get_pokja_duty_display() or ""),
        ("Tugas focal point", activity.get_focal_duty_display() or ""),
        ("Prasyarat PUG", ", ".join(activity.prerequisite_words)),
        ("Proses pembangunan", ", ".join(activity.process_words)),
        ("Diusulkan oleh", activity.author.name),
    ]
    return [row for row in rows if row[1]]


def _target(activity: Activity) -> str:
    if activity.target_female is None and activity.target_male is None:
        return ""
    return f"{format_number(activity.target_female or 0)} / {format_number(activity.target_male or 0)}"


# What to do next, by what the person may do: the first that fits is the page's main button.
NEXT = (
    ("may_conclude", "Terbitkan hasil", "conclude", "Laporan sudah ada. Hasilnya dapat diterbitkan."),
    ("may_approve", "Telaah usulan", "approve", "Usulan ini menunggu telaah Anda."),
    ("may_submit", "Ajukan ke sekretariat", "submit", "Usulan ini belum diajukan."),
    ("may_publish", "Umumkan", "publish", "Kegiatan ini belum diumumkan."),
)


def _next_act(activity: Activity, can: dict) -> dict | None:
    """Return {text, url, why} of the next act of this person, None when it is others' turn."""
    if activity.stage in (Stage.OPEN, Stage.HELD):
        return _next_at_the_door(activity, can)
    if can["may_publish"] and activity.stage in (Stage.DRAFT, Stage.APPROVED):
        return _act(activity, NEXT[3])
    fitting = (row for row in NEXT[:3] if can[row[0]])
    return next((_act(activity, row) for row in fitting), None)


def _next_at_the_door(activity: Activity, can: dict) -> dict | None:
    if can["may_report"] and activity.is_over:
        why = f"Laporan paling lambat {format_date(activity.report_due)}."
        return _act(activity, ("", "Buat laporan", "report", why))
    if can["may_mark"] and not activity.is_over:
        return _act(activity, ("", "Buka presensi", "attendance", "Kegiatan berlangsung."))
    if can["may_register"]:
        return _act(activity, ("", "Daftarkan peserta", "register", "Pendaftaran dibuka."))
    return None


def _act(activity: Activity, row: tuple) -> dict:
    return {"text": row[1], "url": address(row[2], activity.pk), "why": row[3]}
