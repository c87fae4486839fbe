from datetime import timedelta

import pytest
from django.urls import reverse

from activities.actions import proposal
from activities.models import Activity
from activities.workflow import Stage
from institutions.models import LegalBasis
from pug_portal.core.access import Refused
from pug_portal.core.models import AuditEvent

URL = "activities:propose"


def test_a_focal_point_writes_a_draft_from_the_six_headings(as_, focal, proposal_form):
    answer = as_(focal).post(reverse(URL), proposal_form())
    made = Activity.objects.get()
    assert answer.status_code == 303
    assert answer.url == reverse("activities:overview", args=[made.pk])
    assert (made.stage, made.author, made.slug) == (
        Stage.DRAFT,
        focal,
        "pelatihan-pprg-bagi-perencana-2026-12",
    )
    assert [heading for heading, _ in made.headings()] == [
        "Program dan kegiatan",
        "Maksud dan tujuan",
        "Sasaran kegiatan",
    ]
    assert AuditEvent.objects.filter(kind="activity.proposed", target_id=str(made.pk)).exists()


def test_the_times_are_read_in_wib(as_, focal, proposal_form):
    as_(focal).post(reverse(URL), proposal_form(first_day="7/12/2026", start_time="0830", end_time="12.00"))
    made = Activity.objects.get()
    assert made.starts_at.isoformat() == "2026-12-07T01:30:00+00:00"
    assert made.ends_at - made.starts_at == timedelta(hours=3, minutes=30)


def test_the_same_form_sent_twice_makes_one_activity(as_, focal, proposal_form):
    data = proposal_form(idem="0f5a8c8e-3b1d-4c53-9a50-5d8e2f1f7a11")
    first = as_(focal).post(reverse(URL), data)
    second = as_(focal).post(reverse(URL), data)
    assert first.url == second.url
    assert Activity.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Tulis nama kegiatan."),
        ({"first_day": "31 Februari 2026"}, "Februari 2026 hanya punya tanggal 1 sampai 28"),
        ({"end_time": "07.00"}, "Jam selesai harus sesudah jam mulai."),
        ({"last_day": "1 Desember 2026"}, "Tanggal selesai harus sesudah tanggal mulai."),
        ({"last_day": "1 Maret 2027"}, "Satu kegiatan paling lama 31 hari."),
        ({"place": ""}, "Tulis tempatnya, atau pilih daring."),
        ({"kind": "pesta"}, "Pilih salah satu dari daftar."),
    ],
)
def test_a_wrong_answer_keeps_the_form_and_says_what_to_do(as_, focal, proposal_form, wrong, sentence):
    answer = as_(focal).post(reverse(URL), proposal_form(**wrong))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Memahami GAP" in answer.content.decode()
    assert not Activity.objects.exists()


def test_an_activity_online_needs_no_place(as_, focal, proposal_form):
    as_(focal).post(reverse(URL), proposal_form(manner="daring", place=""))
    assert Activity.objects.get().where == "Daring"


def test_nobody_proposes_in_the_name_of_another_office(as_, focal, disdik, values, proposal_form):
    answer = as_(focal).post(reverse(URL), proposal_form(organiser=str(disdik.pk)))
    assert answer.status_code == 422
    with pytest.raises(Refused):
        proposal.propose(values=values(organiser=disdik), by=focal)


def test_a_head_of_agency_proposes_nothing(as_, head, values):
    assert as_(head).get(reverse(URL)).status_code == 403
    with pytest.raises(Refused):
        proposal.propose(values=values(), by=head)


def test_two_activities_of_one_name_have_two_addresses(focal, values):
    one = proposal.propose(values=values(), by=focal)
    two = proposal.propose(values=values(), by=focal)
    assert two.slug == f"{one.slug}-2"


def test_laws_and_ticks_are_kept(as_, focal, proposal_form):
    law = LegalBasis.objects.create(
        level=LegalBasis.Level.CITY_REGULATION,
        number="11",
        year=2021,
        title="Pengarusutamaan Gender",
        status=LegalBasis.Status.IN_FORCE,
    )
    unchecked = LegalBasis.objects.create(level=LegalBasis.Level.CIRCULAR, number="1", title="Belum dicek")
    data = proposal_form(
        legal_bases=[str(law.pk)],
        audience_groups=["camat", "lurah"],
        facilities=["isyarat"],
        prerequisites=["6", "1"],
        pokja_duty="2",
    )
    page = as_(focal).get(reverse(URL)).content.decode()
    assert str(law.pk) in page and str(unchecked.pk) not in page
    as_(focal).post(reverse(URL), data)
    made = Activity.objects.get()
    assert list(made.legal_bases.all()) == [law]
    assert made.audience_words == ["Camat", "Lurah"]
    assert made.prerequisites == "16"
    assert made.get_pokja_duty_display().startswith("2.")


def test_a_copy_brings_everything_but_the_day(as_, focal, announced):
    page = as_(focal).get(reverse("activities:clone", args=[announced.pk]))
    form = page.context["form"]
    assert form["title"].value() == announced.title
    assert form["place"].value() == announced.place
    assert not form["first_day"].value()


def test_a_copy_knows_where_it_came_from(as_, focal, announced, proposal_form):
    as_(focal).post(reverse("activities:clone", args=[announced.pk]), proposal_form())
    copy = Activity.objects.exclude(pk=announced.pk).get()
    assert copy.copied_from == announced
    assert copy.stage == Stage.DRAFT
