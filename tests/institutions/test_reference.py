import pytest

from institutions import reference
from institutions.models import (
    Award,
    Decree,
    Institution,
    LegalBasis,
    Page,
    PokjaDuty,
    Post,
    PostHolder,
    Region,
)


def test_the_city_has_63_agencies_16_kecamatan_and_177_kelurahan(register):
    assert Institution.objects.agencies().count() == 63
    assert Institution.objects.filter(kind=Institution.Kind.DISTRICT).count() == 16
    assert Region.objects.filter(parent=None).count() == 16
    assert Region.objects.exclude(parent=None).count() == 177


def test_loading_again_adds_nothing_and_keeps_what_was_edited(register, office):
    bappeda = office("Bappeda")
    bappeda.address = "Jl. Pemuda 148"
    bappeda.save()
    assert reference.load() == register
    bappeda.refresh_from_db()
    assert bappeda.address == "Jl. Pemuda 148"


def test_sixteen_agency_names_wait_for_somebody_to_check_them(register):
    assert Institution.objects.agencies().unverified().count() == 16


def test_four_offices_drive_pug(register):
    drivers = Institution.objects.exclude(pug_role="").values_list("abbreviation", flat=True)
    assert set(drivers) == {"Bappeda", "BPKAD", "Inspektorat", "DP3A"}


def test_every_agency_has_a_post_of_its_head_and_nobody_holds_it(register):
    heads = Post.objects.heads().filter(institution__in=Institution.objects.agencies())
    assert heads.count() == 63
    assert not PostHolder.objects.exists()


@pytest.mark.parametrize(
    ("abbreviation", "title"),
    [
        ("Setda", "Sekretaris Daerah"),
        ("Setwan", "Sekretaris DPRD"),
        ("Inspektorat", "Inspektur"),
        ("Dinkes", "Kepala Dinas Kesehatan"),
        ("Satpol PP", "Kepala Satuan Polisi Pamong Praja"),
        ("RSWN", "Direktur RSD K.R.M.T. Wongsonegoro"),
        ("Kec. Tugu", "Camat Tugu"),
        ("Bag. Hukum", "Kepala Bagian Hukum Sekretariat Daerah"),
    ],
)
def test_heads_are_called_as_officials_call_them(head_of, abbreviation, title):
    assert head_of(abbreviation).title == title


def test_the_twelve_duties_stand_in_the_words_of_the_regulation(register):
    duties = list(PokjaDuty.objects.all())
    assert [duty.number for duty in duties] == list(range(1, 13))
    assert "kepala desa" in duties[1].text
    assert "tidak berlaku di Kota Semarang" in duties[1].note


def test_the_eleven_entries_of_the_old_list_are_there_and_corrected(register):
    old = {row.old_item: row for row in LegalBasis.objects.exclude(old_item=None)}
    assert sorted(old) == list(range(1, 12))
    assert (old[5].level, old[5].number, old[5].year) == ("inpres", "9", 2000)
    assert (old[4].level, old[4].number, old[4].year) == ("perpres", "2", 2015)
    assert (old[2].level, old[2].number, old[2].year) == ("uu", "11", 2005)
    assert "SDGs" in old[11].title
    assert all(old[number].correction for number in (2, 4, 5, 11))


def test_what_nobody_checked_is_not_law_for_the_public(register):
    shown = LegalBasis.objects.checked()
    assert not shown.filter(level="uu", year=2005).exists()
    assert not shown.filter(level="perpres").exists()
    assert not shown.filter(status="rancangan").exists()
    assert shown.filter(level="perda", number="11", year=2021).exists()


def test_awards_carry_the_levels_of_their_edition(register):
    received = {a.edition.year: a.level.name for a in Award.objects.select_related("edition", "level")}
    assert received == {2012: "Madya", 2018: "Madya", 2020: "Utama", 2023: "Mentor"}
    levels = Award.objects.get(edition__year=2023).edition.levels.values_list("name", flat=True)
    assert list(levels) == ["Pratama", "Madya", "Nindya", "Utama", "Mentor"]
    assert Award.objects.get(edition__year=2012).edition.levels.count() == 3


def test_the_seruni_decrees_follow_one_another(register):
    first, second, third = Decree.objects.filter(subject="seruni").order_by("dated")
    assert [d.number for d in (first, second, third)] == ["463.05/112", "463/A.023", "463/05/2011"]
    assert second.replaces == first and third.replaces == second
    assert not first.is_running and not second.is_running and third.is_running


def test_page_texts_become_pieces_and_never_markup(register):
    pieces = Page.objects.get(slug="tentang-pug").pieces
    assert pieces[0][0] == "text"
    assert ("heading", "Tujuh prasyarat") in pieces
    steps = [words for kind, words in pieces if kind == "steps"]
    assert [len(words) for words in steps] == [7, 7]
    assert len(Page.objects.get(slug="seruni-tujuan").pieces[0][1]) == 5
    assert len(Page.objects.get(slug="seruni-layanan").pieces[0][1]) == 9
