"""Mark, mark again, unknown, undo."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.actions import attendance, participants
from activities.models import Activity, Attendance
from pug_portal.core.access import Refused
from pug_portal.core.models import AuditEvent
from tests.activities.conftest import moved


def url(activity, name="attendance"):
    return reverse(f"activities:{name}", args=[activity.pk])


def test_a_typed_code_calls_out_hadir_and_the_name(as_, focal, sari):
    answer = as_(focal).post(url(sari.activity), {"typed": sari.code}, follow=True)
    page = answer.content.decode()
    assert "HADIR" in page and "SUDAH HADIR" not in page
    assert "Sari Peraga (fiktif)" in page
    mark = Attendance.objects.get()
    assert (mark.participant, mark.way, mark.by) == (sari, Attendance.Way.CODE, focal)


def test_no_name_stands_in_the_address(as_, focal, sari):
    answer = as_(focal).post(url(sari.activity), {"typed": sari.code})
    assert answer.status_code == 303
    assert "Sari" not in answer.url


def test_the_second_time_says_when_the_first_was(as_, focal, sari):
    as_(focal).post(url(sari.activity), {"typed": sari.code})
    at = timezone.localtime().replace(hour=8, minute=12)
    Attendance.objects.update(at=at)
    page = as_(focal).post(url(sari.activity), {"typed": sari.code}, follow=True).content.decode()
    assert "SUDAH HADIR 08.12" in page
    assert Attendance.objects.count() == 1


@pytest.mark.parametrize("typed", ["000000", "12345", "1234567"])
def test_an_unknown_code_says_so_and_offers_to_add(as_, focal, sari, typed):
    if typed == sari.code:
        typed = "999999"
    page = as_(focal).post(url(sari.activity), {"typed": typed}, follow=True).content.decode()
    assert "TIDAK TERDAFTAR" in page and "Tambahkan orangnya" in page
    assert not Attendance.objects.exists()


def test_spaces_and_dashes_in_a_code_do_not_matter(as_, focal, sari):
    typed = f"{sari.code[:3]} {sari.code[3:]}"
    as_(focal).post(url(sari.activity), {"typed": typed})
    assert Attendance.objects.count() == 1


def test_a_name_in_another_spelling_is_found_and_marked(as_, focal, running):
    person = participants.register(running, name="Moch. Achmad Peraga", sex="L", by=focal)
    page = as_(focal).post(url(running), {"typed": "ahmad"}).content.decode()
    assert "Moch. Achmad Peraga" in page and not Attendance.objects.exists()
    data = {"participant": str(person.pk), "cara": "name"}
    page = as_(focal).post(url(running, "mark"), data, follow=True).content.decode()
    assert "HADIR" in page
    assert Attendance.objects.get().way == Attendance.Way.NAME


def test_an_unknown_name_and_an_empty_box(as_, focal, sari):
    assert "TIDAK TERDAFTAR" in as_(focal).post(url(sari.activity), {"typed": "Zz"}).content.decode()
    answer = as_(focal).post(url(sari.activity), {"typed": ""})
    assert answer.status_code == 422


def test_ticks_in_the_list_mark_several_people(as_, focal, running):
    people = [participants.register(running, name=f"Orang {n}", sex="P", by=focal) for n in range(3)]
    sent = [str(person.pk) for person in people[:2]]
    page = as_(focal).post(url(running, "mark"), {"participant": sent}, follow=True).content.decode()
    assert "2 orang dicatat hadir" in page
    assert Attendance.objects.count() == 2


@pytest.mark.parametrize("sent", [[], ["bukan-nomor"], ["0f5a8c8e-3b1d-4c53-9a50-5d8e2f1f7a11"]])
def test_nothing_ticked_marks_nobody(as_, focal, sari, sent):
    answer = as_(focal).post(url(sari.activity, "mark"), {"participant": sent})
    assert answer.status_code == 303
    assert not Attendance.objects.exists()


def test_a_mark_is_taken_back(as_, focal, sari):
    attendance.mark(sari, day=timezone.localdate(), way="list", by=focal)
    address = reverse("activities:undo", args=[sari.activity.pk, sari.pk])
    as_(focal).post(address, {"hari": timezone.localdate().isoformat()})
    assert not Attendance.objects.exists()
    assert AuditEvent.objects.filter(kind="attendance.undone").count() == 1
    assert attendance.undo(sari, day=timezone.localdate(), by=focal) is False


def test_who_is_marked_present_is_not_taken_off_the_list(focal, sari):
    attendance.mark(sari, day=timezone.localdate(), way="list", by=focal)
    with pytest.raises(Refused, match="sudah tercatat hadir"):
        participants.withdraw_participant(sari, by=focal)


def test_who_was_taken_off_the_list_is_not_marked(focal, sari):
    participants.withdraw_participant(sari, by=focal)
    sari.refresh_from_db()
    with pytest.raises(Refused):
        attendance.mark(sari, day=timezone.localdate(), way="list", by=focal)
    assert (
        attendance.mark_code(sari.activity, code=sari.code, day=timezone.localdate(), by=focal).participant
        is None
    )


def test_only_days_of_the_activity_that_have_come_are_marked(focal, sari):
    for day in (timezone.localdate() + timedelta(days=1), timezone.localdate() - timedelta(days=9)):
        with pytest.raises(Refused):
            attendance.mark(sari, day=day, way="list", by=focal)


def test_the_door_opens_on_the_day_only(as_, focal, announced):
    assert as_(focal).get(url(announced)).status_code == 403
    with pytest.raises(Refused, match="belum dimulai"):
        attendance.mark_code(announced, code="123456", day=timezone.localdate(), by=focal)


def test_other_offices_mark_nobody(as_, other_focal, head, sari):
    assert as_(other_focal).get(url(sari.activity)).status_code == 403
    assert as_(head).post(url(sari.activity), {"typed": sari.code}).status_code == 403
    with pytest.raises(Refused):
        attendance.mark(sari, day=timezone.localdate(), way="list", by=other_focal)
    assert not Attendance.objects.exists()


def test_the_sheet_stands_in_the_order_of_names_and_is_recorded(as_, focal, running):
    for name in ("Wati Peraga", "agus Peraga"):
        participants.register(running, name=name, sex="P", by=focal)
    page = as_(focal).get(url(running, "sheet"), {"kosong": "3"}).content.decode()
    assert page.index("agus Peraga") < page.index("Wati Peraga")
    assert AuditEvent.objects.get(kind="participant.printed").facts == {"count": 2}


def test_other_offices_print_no_sheet(as_, other_focal, running):
    assert as_(other_focal).get(url(running, "sheet")).status_code == 403


def test_an_activity_of_two_days_has_a_door_for_each(as_, focal, sari):
    activity = moved(sari.activity, days=-1)
    Activity.objects.update(ends_at=activity.starts_at + timedelta(days=1, hours=2))
    yesterday, today = (timezone.localdate() - timedelta(days=n) for n in (1, 0))
    as_(focal).post(url(activity) + f"?hari={yesterday.isoformat()}", {"typed": sari.code})
    as_(focal).post(url(activity), {"typed": sari.code})
    assert set(Attendance.objects.values_list("day", flat=True)) == {yesterday, today}
    page = as_(focal).get(url(activity), {"hari": "bukan-tanggal"}).content.decode()
    assert f"?hari={today.isoformat()}" in page and f"?hari={yesterday.isoformat()}" in page
