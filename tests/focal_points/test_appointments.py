"""Focal points are appointed, corrected, connected and ended; the way into the portal goes along."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from focal_points.actions import appointments as actions
from focal_points.models import Appointment
from focal_points.models.appointments import concerns
from pug_portal.core.access import Refused, Stale
from pug_portal.core.models import AuditEvent, OutboxMessage, RoleAssignment, User
from pug_portal.core.roles import Role
from tests.focal_points.makers import person_facts

pytestmark = pytest.mark.django_db


def today():
    return timezone.localdate()


def again(user):
    """Return the account as the next request reads it."""
    return User.objects.get(pk=user.pk)


def typed(**other):
    """Return the form as the secretariat types it."""
    day = today()
    return {
        "name": "Rini Astuti (fiktif)",
        "sex": "P",
        "position": "Perencana Ahli Muda",
        "part": "ketua",
        "office_phone": "(024) 3543222",
        "decree_number": "463/7/2026",
        "decree_date": f"{day.day}/{day.month}/{day.year}",
        "starts": f"{day.day}/{day.month}/{day.year}",
        **other,
    }


# Appoint


def test_appointing_opens_the_portal(as_, secretary, person, dinkes):
    newcomer = person(name="Baru (fiktif)")
    url = reverse("focal_points:appoint_at", args=[dinkes.pk])
    answer = as_(secretary).post(url, typed(agency=str(dinkes.pk), account=newcomer.email))
    assert answer.status_code == 303
    appointment = Appointment.objects.get()
    assert (appointment.agency, appointment.user) == (dinkes, newcomer)
    assert appointment.office_phone == "+62243543222"
    assert again(newcomer).institution_ids(Role.FOCAL_POINT) == {dinkes.pk}
    assert RoleAssignment.objects.get(user=newcomer).granted_by == secretary
    assert set(AuditEvent.objects.values_list("kind", flat=True)) >= {"focal_point.appointed", "role.granted"}
    assert OutboxMessage.objects.filter(letter="focal_point_appointed").count() == 1


def test_a_person_without_account_is_appointed_too(as_, secretary, dinkes):
    as_(secretary).post(reverse("focal_points:appoint"), typed(agency=str(dinkes.pk)))
    assert Appointment.objects.get().user is None
    assert not RoleAssignment.objects.filter(role=Role.FOCAL_POINT).exists()


def test_a_successor_takes_over_and_the_predecessor_has_no_access(as_, secretary, focal, person, dinkes):
    old = actions.appoint(
        dinkes, by=secretary, user=focal, **person_facts(starts=today() - timedelta(days=100))
    )
    newcomer = person(name="Penerus (fiktif)")
    url = reverse("focal_points:appoint_at", args=[dinkes.pk])
    as_(secretary).post(url, typed(agency=str(dinkes.pk), account=newcomer.username, replaces=str(old.pk)))
    old.refresh_from_db()
    assert (old.ends, old.end_reason) == (today() - timedelta(days=1), "diganti")
    assert not again(focal).roles
    assert again(newcomer).institution_ids(Role.FOCAL_POINT) == {dinkes.pk}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"account": "tidak.ada"}, "Belum ada akun aktif"),
        ({"decree_date": "1/1/2099"}, "Tanggal keputusan belum lewat"),
        ({"starts": "2/1/2026", "ends": "1/1/2026"}, "tidak boleh sebelum tanggal mulai"),
        ({"name": ""}, "Isi nama lengkap."),
        ({"agency": ""}, "Pilih Perangkat Daerah."),
    ],
)
def test_a_mistake_comes_back_with_words_that_help(as_, secretary, dinkes, wrong, words):
    sent = {**typed(agency=str(dinkes.pk)), **wrong}
    answer = as_(secretary).post(reverse("focal_points:appoint"), sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Appointment.objects.exists()


def test_somebody_with_a_way_to_cases_is_refused_with_the_reason(secretary, companion, dinkes):
    with pytest.raises(Refused, match="data kasus"):
        actions.appoint(dinkes, by=secretary, user=companion, **person_facts())
    assert not Appointment.objects.exists()


@pytest.mark.parametrize("role", ["focal", "head", "chair", "admin_person"])
def test_only_the_secretariat_appoints(request, role, dinkes):
    with pytest.raises(Refused):
        actions.appoint(dinkes, by=request.getfixturevalue(role), **person_facts())


# End


def test_ending_closes_the_portal_at_once(as_, secretary, person, dinkes):
    user = person()
    row = actions.appoint(
        dinkes, by=secretary, user=user, **person_facts(starts=today() - timedelta(days=30))
    )
    day = today()
    sent = {"on": f"{day.day}/{day.month}/{day.year}", "reason": "mutasi"}
    answer = as_(secretary).post(reverse("focal_points:end", args=[row.pk]), sent)
    row.refresh_from_db()
    assert answer.status_code == 303
    assert (row.ends, row.end_reason) == (day, "mutasi")
    assert not again(user).roles


def test_a_term_begun_today_is_ended_today(secretary, person, dinkes):
    user = person()
    row = actions.appoint(dinkes, by=secretary, user=user, **person_facts())
    actions.end(row, on=today(), reason="lainnya", by=secretary)
    assert not again(user).roles


def test_a_last_day_to_come_leaves_the_portal_open_until_then(secretary, person, dinkes):
    user = person()
    row = actions.appoint(dinkes, by=secretary, user=user, **person_facts())
    last = today() + timedelta(days=10)
    actions.end(row, on=last, reason="pensiun", by=secretary)
    assert again(user).roles == {Role.FOCAL_POINT}
    assert RoleAssignment.objects.get(user=user).ends == last


def test_a_second_appointment_at_the_agency_keeps_the_portal_open(secretary, person, dinkes):
    user = person()
    row = actions.appoint(dinkes, by=secretary, user=user, **person_facts())
    actions.appoint(dinkes, by=secretary, user=user, **person_facts(part="operator_data"))
    actions.end(row, on=today(), reason="diganti", by=secretary)
    assert again(user).roles == {Role.FOCAL_POINT}


def test_a_term_ends_once_and_not_before_it_began(secretary, dinkes):
    row = actions.appoint(dinkes, by=secretary, **person_facts())
    with pytest.raises(Refused):
        actions.end(row, on=today() - timedelta(days=1), reason="mutasi", by=secretary)
    actions.end(row, on=today(), reason="mutasi", by=secretary)
    with pytest.raises(Refused):
        actions.end(row, on=today(), reason="mutasi", by=secretary)


# Correct and connect


def test_a_telephone_number_is_corrected(as_, secretary, make_appointment, dinkes):
    row = make_appointment(dinkes)
    url = reverse("focal_points:correct", args=[row.pk])
    answer = as_(secretary).post(url, typed(office_phone="024 3543999", version="1"))
    row.refresh_from_db()
    assert answer.status_code == 303
    assert row.office_phone == "+62243543999"
    assert "office_phone" in AuditEvent.objects.get(kind="focal_point.corrected").facts["fields"]
    assert row.history.count() >= 2


def test_an_old_copy_corrects_nothing(secretary, make_appointment, dinkes):
    row = make_appointment(dinkes)
    actions.correct(row, version=1, by=secretary, unit="Sekretariat")
    with pytest.raises(Stale):
        actions.correct(row, version=1, by=secretary, unit="Bidang")


def test_an_account_is_connected_later(as_, secretary, person, make_appointment, dinkes):
    row, user = make_appointment(dinkes), person()
    as_(secretary).post(reverse("focal_points:connect", args=[row.pk]), {"account": user.email})
    assert again(user).institution_ids(Role.FOCAL_POINT) == {dinkes.pk}
    row.refresh_from_db()
    with pytest.raises(Refused):
        actions.connect(row, user=user, by=secretary)


@pytest.mark.parametrize("name", ["correct", "end", "connect"])
def test_nobody_else_opens_these_pages(as_, focal, make_appointment, dinkes, name):
    row = make_appointment(dinkes)
    assert as_(focal).get(reverse(f"focal_points:{name}", args=[row.pk])).status_code == 403


# Questions


def test_concerns_say_what_to_look_at(make_appointment, dinkes):
    assert concerns([], today()) == ["Belum ada focal point"]
    one = make_appointment(dinkes, decree_date=today() - timedelta(days=800))
    assert concerns([one], today())[:2] == [
        "Baru satu orang, sebaiknya sedikitnya dua",
        "SK lebih dari dua tahun",
    ]
    other = make_appointment(dinkes, trained_pug=True)
    assert "Semuanya perempuan" in concerns([one, other], today())
    man = make_appointment(dinkes, sex="L")
    assert not any("Semuanya" in words for words in concerns([one, man], today()))


def test_agencies_without_anybody_are_vacant(make_appointment, dinkes, disdik):
    make_appointment(dinkes)
    make_appointment(disdik, starts=today() - timedelta(days=9), ends=today() - timedelta(days=2))
    assert list(Appointment.objects.vacant_agencies()) == [disdik]


def test_the_database_refuses_a_term_that_ends_before_it_starts(make_appointment, dinkes):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_appointment(dinkes, ends=today() - timedelta(days=1))
    with pytest.raises(ValidationError, match="Tanggal berakhir"):
        Appointment(agency=dinkes, **person_facts(), ends=today() - timedelta(days=1)).full_clean()


def test_the_list_filters_and_stays_cheap(
    as_, secretary, make_appointment, dinkes, disdik, django_assert_max_num_queries
):
    client = as_(secretary)
    for count in (10, 90):
        for _ in range(count):
            make_appointment(dinkes)
        with django_assert_max_num_queries(15):
            page = client.get(reverse("focal_points:appointments")).content.decode()
    assert "Dinas Pendidikan" in page
    url = reverse("focal_points:appointments")
    vacant = client.get(f"{url}?show=kosong").content.decode()
    assert "Dinas Pendidikan" in vacant and "Dinas Kesehatan" not in vacant
    found = client.get(f"{url}?q=dinkes").content.decode()
    assert "Dinas Kesehatan" in found and "Dinas Pendidikan" not in found
    with django_assert_max_num_queries(15):
        client.get(reverse("focal_points:appointments_of", args=[dinkes.pk]))
