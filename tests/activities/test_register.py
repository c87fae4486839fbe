"""People on the list: one by one, and as pasted lines."""

import pytest
from django.db import connection
from django.urls import reverse

from activities.actions import participants, proposal
from activities.actions.participants import QuotaFull
from activities.models import Activity, Participant
from pug_portal.core.access import Refused, WrongStage
from pug_portal.core.models import AuditEvent


def url(activity, name="register"):
    return reverse(f"activities:{name}", args=[activity.pk])


def test_one_person_is_registered_with_number_and_ticket(as_, focal, announced, kelurahan):
    data = {
        "name": "  Sari   Peraga ",
        "sex": "P",
        "origin": "TP PKK",
        "region": kelurahan.code,
        "contact": "0812 3456 7890",
        "may_contact": "on",
    }
    answer = as_(focal).post(url(announced), data, follow=True)
    person = Participant.objects.get()
    assert (person.number, person.name, person.sex) == (1, "Sari Peraga", "P")
    assert person.contact == "+6281234567890"
    assert person.code.isdigit() and len(person.code) == 6
    assert "Sari Peraga" in answer.content.decode()
    assert "0812-3456-7890" in answer.content.decode()


def test_name_and_contact_are_sealed_in_the_database(sari):
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, contact FROM activities_participant")
        stored = b"".join(bytes(cell) for cell in cursor.fetchone())
    assert b"Sari" not in stored and b"62812" not in stored


def test_save_and_add_another_comes_back_to_an_empty_form(as_, focal, announced):
    data = {"name": "Sari Peraga", "sex": "P", "again": "1"}
    answer = as_(focal).post(url(announced), data)
    assert answer.status_code == 303
    assert answer.url == url(announced)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Tulis nama peserta."),
        ({"sex": ""}, "Pilih perempuan atau laki-laki."),
        ({"contact": "sari@", "may_contact": "on"}, "Tulis alamat surel lengkap"),
        ({"contact": "123", "may_contact": "on"}, "Nomor"),
        ({"contact": "0812 3456 7890"}, "Centang bila orangnya setuju dihubungi"),
    ],
)
def test_a_wrong_answer_keeps_what_was_typed(as_, focal, announced, wrong, sentence):
    data = {"name": "Sari Peraga", "sex": "P", "origin": "Karang Taruna Uji"} | wrong
    answer = as_(focal).post(url(announced), data)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Karang Taruna Uji" in answer.content.decode()
    assert not Participant.objects.exists()


def test_the_same_form_sent_twice_registers_once(as_, focal, announced):
    data = {"name": "Sari", "sex": "P", "idem": "0f5a8c8e-3b1d-4c53-9a50-5d8e2f1f7a11"}
    as_(focal).post(url(announced), data)
    as_(focal).post(url(announced), data)
    assert Participant.objects.count() == 1


def test_a_full_list_asks_and_goes_on_when_told_so(as_, focal, announced):
    Activity.objects.update(quota=1)
    as_(focal).post(url(announced), {"name": "Sari", "sex": "P"})
    answer = as_(focal).post(url(announced), {"name": "Bagas", "sex": "L"})
    assert answer.status_code == 422
    assert "Kuota 1 orang" in answer.content.decode()
    as_(focal).post(url(announced), {"name": "Bagas", "sex": "L", "beyond_quota": "on"})
    assert Participant.objects.count() == 2


def test_the_quota_holds_below_the_form(focal, announced):
    Activity.objects.update(quota=1)
    announced.refresh_from_db()
    participants.register(announced, name="Sari", sex="P", by=focal)
    with pytest.raises(QuotaFull):
        participants.register(announced, name="Bagas", sex="L", by=focal)


def test_nobody_registers_for_a_draft_or_after_the_report(focal, draft):
    with pytest.raises(WrongStage):
        participants.register(draft, name="Sari", sex="P", by=focal)


def test_nobody_registers_after_the_report(focal, reported):
    with pytest.raises(WrongStage):
        participants.register(reported, name="Sari", sex="P", by=focal)


def test_other_offices_and_heads_do_not_reach_the_list(as_, other_focal, head, leader, announced):
    for person in (other_focal, head, leader):
        assert as_(person).get(url(announced)).status_code in (403, 404)
        assert as_(person).get(url(announced, "participants")).status_code in (403, 404)
        with pytest.raises(Refused):
            participants.register(announced, name="Sari", sex="P", by=person)


def test_rank_alone_shows_no_names(as_, superuser, sari):
    answer = as_(superuser).get(url(sari.activity, "participants"))
    assert answer.status_code == 403
    assert "Sari" not in answer.content.decode()


# Pasted lines


def test_pasted_lines_are_read_back_before_anything_is_saved(as_, focal, announced):
    lines = "Sari Peraga; P; TP PKK\nBagas Peraga; Laki-laki; Karang Taruna; bagas@contoh.test"
    answer = as_(focal).post(url(announced, "paste"), {"lines": lines, "check": "1"})
    assert answer.status_code == 200
    assert "2 orang siap disimpan" in answer.content.decode()
    assert not Participant.objects.exists()
    saved = as_(focal).post(url(announced, "paste"), {"lines": lines, "save": "1"})
    assert saved.status_code == 303
    assert [(p.number, p.name, p.sex, p.origin) for p in Participant.objects.all()] == [
        (1, "Sari Peraga", "P", "TP PKK"),
        (2, "Bagas Peraga", "L", "Karang Taruna"),
    ]
    assert AuditEvent.objects.get(kind="participant.registered").facts == {"count": 2}


def test_lines_copied_from_a_sheet_are_understood_and_the_head_row_is_left_out(as_, focal, announced):
    lines = "Nama\tL/P\tAsal\nSari Peraga\tp\tTP PKK\n\n"
    as_(focal).post(url(announced, "paste"), {"lines": lines, "save": "1"})
    assert [p.name for p in Participant.objects.all()] == ["Sari Peraga"]


def test_each_bad_line_is_named_and_all_lines_stay_in_the_form(as_, focal, announced):
    lines = "Sari; P; PKK\nBagas; X; PKK\nTono\n; L; PKK\nSari; P; pkk\nRini; P; PKK; 12"
    answer = as_(focal).post(url(announced, "paste"), {"lines": lines, "save": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "5 dari 6 baris perlu diperbaiki" in page
    for words in (
        "“X” bukan jenis kelamin",
        "Pisahkan dengan titik koma",
        "Namanya kosong",
        "Sama dengan baris 1",
    ):
        assert words in page
    assert "Tono" in page
    assert not Participant.objects.exists()


def test_somebody_already_on_the_list_is_pointed_out(as_, focal, sari):
    lines = "Sari Peraga (fiktif); P; TP PKK Tembalang"
    page = as_(focal).post(url(sari.activity, "paste"), {"lines": lines, "save": "1"}).content.decode()
    assert "Sama dengan nomor 1" in page


def test_too_many_for_the_quota_saves_nobody(as_, focal, announced):
    Activity.objects.update(quota=1)
    lines = "Sari; P\nBagas; L"
    answer = as_(focal).post(url(announced, "paste"), {"lines": lines, "save": "1"})
    assert answer.status_code == 422
    assert not Participant.objects.exists()
    as_(focal).post(url(announced, "paste"), {"lines": lines, "save": "1", "beyond_quota": "on"})
    assert Participant.objects.count() == 2


def test_numbers_and_tickets_are_never_given_twice(focal, announced):
    people = [{"name": f"Orang {n}", "sex": "P"} for n in range(120)]
    participants.register_many(announced, people=people, by=focal)
    participants.register(announced, name="Satu lagi", sex="L", by=focal)
    rows = Participant.objects.values_list("number", "code")
    assert len({number for number, _ in rows}) == len({code for _, code in rows}) == 121


# Change, withdraw


def test_a_participant_is_corrected(as_, focal, sari):
    address = reverse("activities:change_participant", args=[sari.activity.pk, sari.pk])
    assert "0812-3456-7890" in as_(focal).get(address).content.decode()
    as_(focal).post(address, {"name": "Sari Ayu Peraga", "sex": "P", "origin": "TP PKK"})
    sari.refresh_from_db()
    assert (sari.name, sari.contact, sari.may_contact) == ("Sari Ayu Peraga", None, False)
    facts = AuditEvent.objects.get(kind="participant.changed").facts
    assert "name" in facts["fields"] and "Sari" not in str(facts)


def test_a_registration_is_withdrawn_and_restored(as_, focal, sari):
    ids = [sari.activity.pk, sari.pk]
    as_(focal).post(reverse("activities:withdraw_participant", args=ids))
    assert not Participant.objects.registered().exists()
    as_(focal).post(reverse("activities:restore_participant", args=ids))
    assert Participant.objects.registered().count() == 1


def test_a_person_of_another_list_is_not_found(as_, focal, sari, values, secretary):
    other = proposal.propose(values=values(), by=focal)
    address = reverse("activities:change_participant", args=[other.pk, sari.pk])
    assert as_(focal).get(address).status_code == 404
