"""What was typed and not sent comes back; what was sent does not."""

from django.urls import reverse

from pug_portal.core.models import Draft


def keep(client, name, **typed):
    assert client.post(reverse("core:autosave", args=[name]), typed).status_code == 200


def test_a_proposal_that_was_not_sent_comes_back(as_, focal, proposal_form):
    client, address = as_(focal), reverse("activities:propose")
    keep(client, "kegiatan-baru", title="Setengah jadi", first_day="7 Des", audience_groups=["pkk"])
    page = client.get(address)
    assert "Setengah jadi" in page.content.decode() and "dipulihkan" in page.content.decode()
    assert "7 Des" in page.content.decode()
    client.post(address, proposal_form())
    assert not Draft.objects.exists()
    assert "Setengah jadi" not in client.get(address).content.decode()


def test_a_change_that_was_not_sent_stands_before_what_is_stored(as_, focal, draft):
    client, address = as_(focal), reverse("activities:change", args=[draft.pk])
    keep(client, f"kegiatan-{draft.pk}", title="Judul baru", start_time="10.15", version="1")
    page = client.get(address).content.decode()
    assert "Judul baru" in page and "10.15" in page
    assert "Judul baru" not in client.get(address, {"baru": "1"}).content.decode()


def test_a_draft_from_before_somebody_elses_change_does_not_overwrite_it(as_, focal, draft, proposal_form):
    client, address = as_(focal), reverse("activities:change", args=[draft.pk])
    keep(client, f"kegiatan-{draft.pk}", title="Judul baru", version="1")
    client.post(address, proposal_form(version=draft.version, title="Yang tersimpan"))
    keep(client, f"kegiatan-{draft.pk}", title="Judul baru", version="1")
    page = client.get(address)
    assert page.context["form"]["version"].value() == "1"
    answer = client.post(address, proposal_form(version="1", title="Judul baru"))
    assert answer.status_code == 409


def test_a_report_that_was_not_sent_comes_back(as_, focal, over):
    client, address = as_(focal), reverse("activities:report", args=[over.pk])
    keep(client, f"laporan-{over.pk}", results="Separuh laporan", version=str(over.version))
    assert "Separuh laporan" in client.get(address).content.decode()
