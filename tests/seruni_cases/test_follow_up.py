"""Every try to reach her is written down, and safe hours are kept."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pug_portal.core.access import Refused
from pug_portal.core.models import Obligation
from seruni_cases.actions.followup import follow_up
from seruni_cases.actions.identity import reveal
from seruni_cases.models import Case, ContactAttempt, SafeContact

from .conftest import PHONE


def test_a_try_stops_the_clock_and_the_next_date_starts_it(case, companion):
    day = timezone.localdate() + timedelta(days=7)
    follow_up(case, attempt={"way": "WA", "result": "tersambung"}, next_day=day, by=companion)
    case.refresh_from_db()
    clock = Obligation.objects.about(case).open().get(kind="case.follow_up")
    assert (case.next_follow_up, timezone.localtime(clock.due_at).date()) == (day, day)
    follow_up(case, attempt={"way": "WA", "result": "tersambung"}, by=companion)
    assert not Obligation.objects.about(case).open().filter(kind="case.follow_up").exists()


def test_another_companion_records_no_try(case, other_companion):
    with pytest.raises(Refused):
        follow_up(case, attempt={"way": "WA", "result": "tersambung"}, by=other_companion)


def test_the_form_is_carried_out_once_and_refuses_a_past_date(as_, companion, case, idem):
    url = reverse("seruni_cases:follow_up", args=[case.code])
    typed = {"way": "WA", "result": "tidak_aman", "at": "1/11/2026 09.00", "safety": "not_asked", **idem}
    assert as_(companion).post(url, {**typed, "next_day": "1 Januari 2020"}).status_code == 422
    for _ in range(2):
        assert as_(companion).post(url, typed).status_code == 303
    assert ContactAttempt.objects.get().safety == "not_asked"


def banner(as_, user, case):
    return as_(user).get(reverse("seruni_cases:case", args=[case.code])).content.decode()


def test_outside_the_safe_hours_there_is_no_link_to_call(as_, companion, case):
    reveal(case, reason="HUBUNGI", note="Menelepon.", by=companion)
    contact = case.survivor.safe_contact()
    assert f"tel:{PHONE}" in banner(as_, companion, case)
    hour = (timezone.localtime() + timedelta(hours=3)).hour
    SafeContact.objects.filter(pk=contact.pk).update(starts=time(hour), ends=time(hour, 30))
    page = banner(as_, companion, case)
    assert "tel:" not in page and "Di luar jam aman" in page


def test_whoever_must_not_be_contacted_has_no_number_on_the_page(as_, companion, case):
    reveal(case, reason="HUBUNGI", note="Menelepon.", by=companion)
    SafeContact.objects.update(allowed="tidak")
    page = banner(as_, companion, case)
    assert "Jangan dihubungi." in page and "tel:" not in page


def test_an_old_answer_asks_to_be_asked_again(as_, companion, case):
    reveal(case, reason="HUBUNGI", note="Menelepon.", by=companion)
    SafeContact.objects.update(asked_at=timezone.now() - timedelta(days=31))
    page = banner(as_, companion, case)
    assert "tanyakan lagi" in page and "tel:" not in page


def test_the_list_finds_what_is_due(as_, companion, case):
    Case.objects.update(next_follow_up=timezone.localdate())
    page = as_(companion).get("/kerja/seruni/kasus/?perhatian=tindak_lanjut").content.decode()
    assert case.code in page


@pytest.mark.parametrize(
    ("starts", "ends", "hour", "fits"),
    [
        (time(9), time(11), 10, True),
        (time(9), time(11), 11, False),
        (time(22), time(2), 23, True),
        (time(22), time(2), 1, True),
        (time(22), time(2), 12, False),
        (None, None, 3, True),
    ],
)
def test_safe_hours_hold_over_midnight(starts, ends, hour, fits):
    contact = SafeContact(starts=starts, ends=ends)
    at = timezone.localtime().replace(hour=hour, minute=0)
    assert contact.fits(at) is fits
