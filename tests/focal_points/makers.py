"""What tests of this room make: forms as typed, fields as cleaned."""

from django.utils import timezone


def facts(**other) -> dict:
    """Return the fields of a report as an action takes them."""
    return {
        "duty": 1,
        "title": "Sosialisasi PUG",
        "held_on": timezone.localdate(),
        "place": "Aula lantai 2",
        "women": 12,
        "men": 8,
        "result": "Semua bidang sepakat menyusun data terpilah pada triwulan berikutnya.",
        **other,
    }


def answers(**other) -> dict:
    """Return the report form as somebody types it."""
    today = timezone.localdate()
    typed = {name: str(value) for name, value in facts().items()}
    return {**typed, "held_on": f"{today.day}/{today.month}/{today.year}", **other}


def person_facts(**other) -> dict:
    """Return the fields of an appointment as an action takes them."""
    today = timezone.localdate()
    return {
        "decree_number": "463/12/2026",
        "decree_date": today,
        "starts": today,
        "name": "Rini Astuti (fiktif)",
        "sex": "P",
        "position": "Kepala Subbagian Perencanaan",
        "part": "ketua",
        **other,
    }
