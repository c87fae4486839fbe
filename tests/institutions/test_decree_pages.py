import pytest
from django.urls import reverse

from institutions.actions import decrees, publication
from institutions.models import Decree, Document
from tests.institutions.test_evidence import photo


def at(name, *args):
    return reverse(f"institutions:{name}", args=args)


FORM = {
    "subject": "pokja",
    "kind": "pembentukan",
    "about": "Pembentukan Pokja PUG (fiktif)",
    "number": "FIKTIF/1/2026",
    "dated": "5 Januari 2026",
    "valid_from": "5 Januari 2026",
}


def test_from_an_empty_form_to_a_decree_in_force(register, secretary, as_):
    client = as_(secretary)
    answer = client.post(at("draft_decree"), FORM)
    assert answer.status_code == 303
    decree = Decree.objects.get(number="FIKTIF/1/2026")
    assert client.post(at("propose_composition", decree.pk)).status_code == 303
    assert decree.memberships.count() == 65
    confirm = client.get(at("publish_decree", decree.pk))
    assert "65 baris" in confirm.content.decode()
    done = client.post(at("publish_decree", decree.pk), {"version": decree.version})
    assert done.status_code == 303
    decree.refresh_from_db()
    assert decree.is_running


def test_a_draft_is_invisible_to_a_focal_point(composed, focal, as_):
    client = as_(focal)
    assert client.get(composed.get_absolute_url()).status_code == 404
    assert composed.number not in client.get(at("decrees")).content.decode()


@pytest.mark.parametrize(
    "name",
    ["change_decree", "discard_decree", "add_member", "publish_decree", "attach_document"],
)
def test_a_focal_point_finds_no_form(composed, focal, as_, name):
    assert as_(focal).get(at(name, composed.pk)).status_code == 403


def test_the_chair_publishes_but_does_not_write(composed, chair, as_):
    client = as_(chair)
    assert client.get(at("change_decree", composed.pk)).status_code == 403
    assert client.get(at("publish_decree", composed.pk)).status_code == 200


def test_a_second_chair_is_refused_in_the_form(composed, head_of, secretary, as_):
    post = head_of("Bappeda")
    composed.memberships.filter(post=post).update(post=None, title="Kepala Bappeda")
    answer = as_(secretary).post(at("add_member", composed.pk), {"position": "ketua", "post": post.pk})
    assert answer.status_code == 422
    assert "sudah mempunyai Ketua" in answer.content.decode()


def test_a_member_without_post_is_told_what_to_do(composed, secretary, as_):
    answer = as_(secretary).post(at("add_member", composed.pk), {"position": "anggota"})
    assert answer.status_code == 422
    assert "Pilih jabatan, atau tulis jabatan" in answer.content.decode()


def test_a_member_is_changed_and_removed_after_a_question(composed, secretary, as_):
    member, client = composed.memberships.last(), as_(secretary)
    changed = client.post(
        at("change_member", member.pk),
        {"position": "koordinator_bidang", "post": member.post_id, "order": "5"},
    )
    member.refresh_from_db()
    assert changed.status_code == 303 and member.position == "koordinator_bidang" and member.order == 5
    assert "Keluarkan" in client.get(at("remove_member", member.pk)).content.decode()
    assert client.post(at("remove_member", member.pk)).status_code == 303
    assert composed.memberships.count() == 64


def test_what_hinders_stands_on_the_page_of_the_draft(draft, secretary, as_):
    text = as_(secretary).get(draft.get_absolute_url()).content.decode()
    assert "tepat satu Ketua" in text
    confirm = as_(secretary).get(at("publish_decree", draft.pk)).content.decode()
    assert "Belum dapat ditetapkan" in confirm and "Tetapkan keputusan</button>" not in confirm


def test_agencies_without_a_member_are_warned_of(composed, head_of, secretary, as_):
    composed.memberships.filter(post=head_of("Dinkes")).delete()
    text = as_(secretary).get(composed.get_absolute_url()).content.decode()
    assert "1 perangkat daerah belum mempunyai anggota: Dinkes." in text


def test_two_writers_do_not_overwrite_each_other(draft, secretary, as_):
    seen = draft.version
    decrees.change_decree(Decree.objects.get(pk=draft.pk), changes={"note": "lain"}, by=secretary)
    answer = as_(secretary).post(at("change_decree", draft.pk), FORM | {"version": seen})
    assert answer.status_code == 409
    draft.refresh_from_db()
    assert draft.note == "lain"


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_annex_is_downloaded(composed, secretary, as_, form):
    answer = as_(secretary).post(at("decree_annex", composed.pk, form))
    assert answer.status_code == 200 and f".{form}" in answer["Content-Disposition"]


def test_an_unknown_form_of_the_annex_does_not_exist(composed, secretary, as_):
    assert as_(secretary).post(at("decree_annex", composed.pk, "exe")).status_code == 404


def test_a_published_decree_cannot_be_thrown_away(composed, secretary, as_):
    publication.publish_decree(composed, by=secretary)
    answer = as_(secretary).post(at("discard_decree", composed.pk), follow=True)
    assert "sudah ditetapkan" in answer.content.decode()
    assert Decree.objects.filter(pk=composed.pk).exists()


def test_a_draft_is_thrown_away_after_a_question(composed, secretary, as_):
    client = as_(secretary)
    assert "Buang draf" in client.get(at("discard_decree", composed.pk)).content.decode()
    assert client.post(at("discard_decree", composed.pk)).status_code == 303
    assert not Decree.objects.filter(pk=composed.pk).exists()


def test_the_signed_scan_is_attached_and_detached(composed, secretary, as_, dinkes):
    client = as_(secretary)
    client.post(
        at("add_document"),
        {"title": "Pindaian SK", "kind": "kepwal", "klass": "internal", "upload": photo()},
    )
    document = Document.objects.get()
    assert client.post(at("attach_document", composed.pk), {"document": document.pk}).status_code == 303
    assert "Pindaian SK" in client.get(composed.get_absolute_url()).content.decode()
    assert client.post(at("detach_document", composed.pk, document.pk)).status_code == 303
    assert not document.attachments.exists()


@pytest.mark.parametrize("many", [10, 100])
def test_lists_and_page_cost_the_same_with_many_rows(
    composed, secretary, as_, many, django_assert_max_num_queries
):
    Decree.objects.bulk_create(Decree(about=f"Draf {n}") for n in range(many))
    client = as_(secretary)
    client.get(at("registry"))  # opening a session costs queries of its own
    with django_assert_max_num_queries(15):
        client.get(at("decrees"))
    with django_assert_max_num_queries(15):
        client.get(composed.get_absolute_url())
