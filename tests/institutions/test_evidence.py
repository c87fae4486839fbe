import io

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from institutions.access import visible_documents
from institutions.actions import evidence
from institutions.models import Document
from pug_portal.core import uploads
from pug_portal.core.access import Refused, Stale
from pug_portal.core.models import AuditEvent


def photo(colour="teal"):
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(buffer, "JPEG")
    return SimpleUploadedFile("foto.jpg", buffer.getvalue(), "image/jpeg")


@pytest.fixture
def add(dinkes, secretary):
    def make(klass=Document.Klass.INTERNAL, *, owner=dinkes, by=secretary, **fields):
        return evidence.add(
            photo(), title="Notulen rapat", kind="notulen", owner=owner, klass=klass, by=by, **fields
        )

    return make


def test_a_proof_is_stored_once_with_its_class(add):
    document = add(Document.Klass.PUBLIC, prerequisites="13", processes="7")
    assert document.file.klass == "public"
    assert document.prerequisite_words == ["Komitmen politik", "Kelembagaan"]
    assert list(Document.objects.tagged(prerequisite="3")) == [document]
    assert not Document.objects.tagged(prerequisite="2").exists()
    assert uploads.read(document.file)


def test_the_record_holds_no_title(add):
    document = add()
    event = AuditEvent.objects.get(kind="document.added")
    assert "Notulen" not in str(event.facts) + event.target_label
    assert event.target_id == str(document.pk)


def test_a_focal_point_adds_for_the_own_agency_only(add, focal, disdik):
    assert add(by=focal).added_by == focal
    with pytest.raises(Refused):
        add(by=focal, owner=disdik)


@pytest.mark.parametrize("role", ["officer", "companion", "partner", "leader", "auditor"])
def test_others_may_not_add(add, role, request):
    with pytest.raises(Refused):
        add(by=request.getfixturevalue(role))


def test_a_program_is_not_taken(dinkes, secretary):
    upload = SimpleUploadedFile("surat.pdf", b"MZ not a pdf", "application/pdf")
    with pytest.raises(uploads.UploadRefused):
        evidence.add(upload, title="x", kind="notulen", owner=dinkes, by=secretary)
    assert not Document.objects.exists()


def test_who_sees_which_class(
    add, focal, other_focal, head, chair, leader, officer, partner, secretary, auditor, hospital
):
    public, internal = add(Document.Klass.PUBLIC), add(Document.Klass.INTERNAL)
    restricted = add(Document.Klass.RESTRICTED)
    everything = {public, internal, restricted}

    def seen(user):
        return set(visible_documents(user))

    assert seen(AnonymousUser()) == {public}
    assert seen(secretary) == seen(focal) == seen(head) == everything
    assert seen(other_focal) == seen(chair) == seen(leader) == {public, internal}
    assert seen(officer) == seen(partner) == seen(auditor) == {public}


def test_one_document_proves_many_things(add, dinkes, disdik, secretary):
    document = add()
    evidence.attach(document, to=dinkes, by=secretary)
    evidence.attach(document, to=disdik, by=secretary, caption="halaman 3")
    evidence.attach(document, to=disdik, by=secretary, caption="halaman 4")
    assert document.attachments.count() == 2
    assert list(Document.objects.attached_to(disdik)) == [document]
    assert document.attachments.get(target_id=disdik.pk).caption == "halaman 4"


def test_what_one_cannot_see_one_cannot_attach(add, other_focal, disdik):
    document = add(Document.Klass.RESTRICTED)
    with pytest.raises(Refused):
        evidence.attach(document, to=disdik, by=other_focal)


def test_a_detached_document_stays_in_the_vault(add, dinkes, secretary):
    document = add()
    evidence.attach(document, to=dinkes, by=secretary)
    assert evidence.detach(document, from_=dinkes, by=secretary)
    assert not evidence.detach(document, from_=dinkes, by=secretary)
    assert Document.objects.filter(pk=document.pk).exists()


def test_a_newer_file_keeps_the_earlier_edition(add, secretary):
    document = add()
    first = document.file
    evidence.replace_file(document, photo("maroon"), by=secretary)
    assert document.edition == 2
    assert document.earlier.get().file == first
    with pytest.raises(Refused, match="sama"):
        evidence.replace_file(document, photo("maroon"), by=secretary)


def test_changing_the_class_reaches_the_file(add, secretary):
    document = add(Document.Klass.PUBLIC)
    evidence.change_document(document, changes={"klass": "restricted"}, by=secretary)
    document.file.refresh_from_db()
    assert document.file.klass == "restricted"


def test_who_saw_an_older_version_is_told(add, secretary):
    document = add()
    evidence.change_document(document, changes={"title": "Satu"}, version=1, by=secretary)
    with pytest.raises(Stale):
        evidence.change_document(document, changes={"title": "Dua"}, version=1, by=secretary)


def test_a_focal_point_changes_own_documents_only(add, focal, other_focal):
    own = add(by=focal)
    evidence.change_document(own, changes={"title": "Betul"}, by=focal)
    with pytest.raises(Refused):
        evidence.change_document(add(), changes={"title": "Salah"}, by=focal)
    with pytest.raises(Refused):
        evidence.change_document(own, changes={"title": "Salah"}, by=other_focal)
