"""The printed forms: report of an activity (PDF, Word) and the list to sign."""

from datetime import datetime
from typing import Any

from activities.access import ensure_keeps_list, visible_participants
from activities.models import Activity
from activities.stats import counts_of_one
from pug_portal.core.clock import format_date, format_day, format_time
from pug_portal.core.documents import printed_by
from pug_portal.core.wording import format_number

LETTERHEAD = ("PEMERINTAH KOTA SEMARANG",)


def period_words(activity: Activity) -> str:
    """Return "Kamis, 7 Agustus 2025, 08.30 WIB sampai 12.00 WIB", with both days when it lasts longer."""
    first, last = activity.days[0], activity.days[-1]
    day = format_day(first) if first == last else f"{format_day(first)} sampai {format_day(last)}"
    hours = f"{format_time(activity.starts_at)} sampai {format_time(activity.ends_at)}"
    return f"{day}, pukul {hours}"


def activity_report(activity: Activity, *, by: Any, now: datetime) -> dict:
    """Return the data of templates/print/report.typ: the office's report in five chapters."""
    return {
        "title": f"Laporan kegiatan: {activity.title}",
        "letterhead": [*LETTERHEAD, activity.organiser.name],
        "unit": activity.organiser.abbreviation or activity.organiser.name,
        "printed": printed_by(by.name, now),
        "sections": [
            _introduction(activity),
            _carrying_out(activity),
            _results(activity),
            _block("D. Kendala dan rekomendasi", activity.obstacles),
            _block("E. Rencana tindak lanjut", activity.follow_up),
        ],
        "signatures": [
            {
                "place": f"Semarang, {format_date(now)}",
                "role": f"Penyelenggara, {activity.organiser.name}",
                "name": "............................",
                "number": "",
            }
        ],
    }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()] or ["—"]


def _block(heading: str, text: str) -> dict:
    return {"heading": heading, "text": _lines(text)}


def _introduction(activity: Activity) -> dict:
    laws = [str(law) for law in activity.legal_bases.all()] + activity.legal_text.splitlines()
    return {
        "heading": "A. Pendahuluan",
        "fields": [
            ["Program dan kegiatan", activity.programme],
            ["Dasar hukum", "\n".join(law for law in laws if law.strip()) or "—"],
            ["Maksud dan tujuan", activity.purpose],
            ["Sasaran", activity.audience],
        ],
    }


def _carrying_out(activity: Activity) -> dict:
    speakers = [
        ", ".join(filter(None, [speaker.name, speaker.origin, speaker.topic]))
        for speaker in activity.speakers.all()
    ]
    counts = counts_of_one(activity)
    rows = [
        ["Terdaftar", counts.registered_female, counts.registered_male, counts.registered],
        ["Hadir menurut daftar", counts.came_female, counts.came_male, counts.came],
        _counted(activity),
    ]
    return {
        "heading": "B. Pelaksanaan",
        "fields": [
            ["Waktu", period_words(activity)],
            ["Tempat", activity.where or "—"],
            ["Narasumber", "\n".join(speakers) or "—"],
        ],
        "table": {
            "columns": ["Peserta", *({"label": word, "number": True} for word in ("P", "L", "Jumlah"))],
            "rows": [[row[0], *map(format_number, row[1:])] for row in rows],
        },
    }


def _counted(activity: Activity) -> list:
    female, male = activity.counted_female, activity.counted_male
    return ["Dihitung di tempat", female, male, female + male]


def _results(activity: Activity) -> dict:
    text = _lines(activity.results)
    if activity.innovation:
        text += ["Hasil inovasi:", *_lines(activity.innovation)]
    return {"heading": "C. Hasil", "text": text}


def attendance_rows(activity: Activity, *, by: Any) -> list:
    """Return the people of the list in the order of their names, for the sheet to sign."""
    ensure_keeps_list(by, activity)
    people = visible_participants(by, activity).registered()
    return sorted(people, key=lambda person: person.name.casefold())
