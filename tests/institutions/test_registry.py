from datetime import date

import pytest
from django.core.exceptions import ValidationError

from institutions.actions import posts, registry
from institutions.models import Institution, Post
from pug_portal.core.access import Refused


def found(text):
    return set(Institution.objects.search(text).values_list("abbreviation", flat=True))


@pytest.mark.parametrize("text", ["dinkes", "Dinas Kesehatan", "kesehatan dinas", "DKK"])
def test_an_agency_is_found_by_abbreviation_name_and_other_names(register, text):
    assert "Dinkes" in found(text)


@pytest.mark.parametrize("text", ["SKPD", "opd", "PD", "perangkat daerah"])
def test_the_old_words_for_agencies_find_all_of_them(register, text):
    assert Institution.objects.search(text).count() == 63


def test_old_word_and_name_together(register):
    assert found("skpd kesehatan") == {"Dinkes"}


def test_short_forms_of_kecamatan_are_understood(register):
    assert found("kec tugu") == {"Kec. Tugu"}
    assert found("kecamatan tugu") == {"Kec. Tugu"}


def test_nonsense_finds_nothing(register):
    assert found("xyzzy") == set()


def test_an_added_institution_gets_the_post_of_its_head(db, secretary):
    one = registry.add_institution(by=secretary, name="Dinas Peraga", kind=Institution.Kind.DINAS)
    assert one.posts.get().title == "Kepala Dinas Peraga"
    assert one.history.count() == 1


def test_two_institutions_may_not_share_a_name(register, secretary):
    with pytest.raises(ValidationError, match="sudah ada"):
        registry.add_institution(by=secretary, name="Dinas Kesehatan", kind=Institution.Kind.DINAS)


def test_a_driver_role_is_held_once(register, office, secretary):
    with pytest.raises(ValidationError, match="sudah dipegang"):
        registry.change_institution(
            office("Dinkes"), changes={"pug_role": Institution.PugRole.PLANNING}, by=secretary
        )


def test_a_renamed_agency_keeps_its_former_name_and_is_found_by_it(office, secretary):
    agency = office("Diskominfo")
    registry.rename_institution(
        agency, name="Dinas Digital", abbreviation="Disdigi", since=date(2026, 2, 1), by=secretary
    )
    former = agency.former_names.get()
    assert former.abbreviation == "Diskominfo" and former.ends == date(2026, 1, 31)
    assert found("diskominfo") == {"Disdigi"}
    assert agency.posts.get().title == "Kepala Dinas Digital"


def test_a_focal_point_may_not_rename(office, focal):
    with pytest.raises(Refused):
        registry.rename_institution(
            office("Dinkes"), name="X", abbreviation="X", since=date(2026, 1, 1), by=focal
        )


def test_a_driver_cannot_be_closed(office, secretary):
    with pytest.raises(Refused, match="penggerak"):
        registry.close_institution(office("Bappeda"), on=date(2026, 1, 1), by=secretary)


def test_a_closed_agency_leaves_the_valid_ones(office, secretary):
    registry.close_institution(office("Diskan"), on=date(2026, 1, 1), by=secretary)
    assert not Institution.objects.valid().filter(abbreviation="Diskan").exists()


def test_filling_a_post_ends_the_term_before_it(head_of, secretary):
    post = head_of("Dinkes")
    first = posts.fill_post(
        post, person_name="Pejabat Fiktif 01", sex="P", starts=date(2025, 1, 1), by=secretary
    )
    second = posts.fill_post(
        post,
        person_name="Pejabat Fiktif 02",
        sex="L",
        starts=date(2026, 2, 6),
        is_acting=True,
        by=secretary,
    )
    first.refresh_from_db()
    assert first.ends == date(2026, 2, 5) and first.end_reason == "digantikan"
    assert post.holder == second and second.spoken_name == "Pejabat Fiktif 02 (Plt.)"


def test_a_post_cannot_be_filled_before_the_running_term(head_of, secretary):
    post = head_of("Dinkes")
    posts.fill_post(post, person_name="Fiktif", sex="P", starts=date(2025, 5, 1), by=secretary)
    with pytest.raises(Refused):
        posts.fill_post(post, person_name="Fiktif", sex="P", starts=date(2025, 5, 1), by=secretary)


def test_a_vacated_post_is_vacant(head_of, secretary):
    post = head_of("Dinkes")
    posts.fill_post(post, person_name="Fiktif", sex="P", starts=date(2025, 5, 1), by=secretary)
    posts.vacate_post(post, on=date(2026, 1, 1), reason="pensiun", by=secretary)
    assert post.holder is None
    assert Post.objects.vacant().filter(pk=post.pk).exists()
    with pytest.raises(Refused, match="sudah kosong"):
        posts.vacate_post(post, on=date(2026, 1, 1), reason="pensiun", by=secretary)


def test_a_head_of_agency_may_not_fill_posts(head_of, head):
    with pytest.raises(Refused):
        posts.fill_post(head_of("Dinkes"), person_name="x", sex="P", starts=date(2025, 1, 1), by=head)
