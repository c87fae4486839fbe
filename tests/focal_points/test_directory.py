"""The public finds a focal point by what people type."""

import pytest
from django.urls import reverse

from focal_points.matching import matches
from institutions.models import Institution

pytestmark = pytest.mark.django_db


def office(name, abbreviation="", other=""):
    return Institution(name=name, abbreviation=abbreviation, other_names=other)


@pytest.mark.parametrize(
    ("query", "agency", "found"),
    [
        ("dinkes", office("Dinas Kesehatan"), True),
        ("DINKES", office("Dinas Kesehatan", "Dinkes"), True),
        ("dinas kes", office("Dinas Kesehatan"), True),
        ("kesehatan", office("Dinas Kesehatan"), True),
        ("dinkes", office("Dinas Pendidikan", "Disdik"), False),
        ("kec. mijen", office("Kecamatan Mijen", "Kec. Mijen"), True),
        ("kec tugu", office("Kecamatan Mijen", "Kec. Mijen"), False),
        ("dukcapil", office("Dinas Kependudukan dan Pencatatan Sipil", "Dispendukcapil"), True),
        ("puskesmas", office("Dinas Kesehatan", "Dinkes", "DKK, Puskesmas"), True),
        ("satpol", office("Satuan Polisi Pamong Praja", "Satpol PP"), True),
        ("", office("Dinas Kesehatan"), True),
        ("!!!", office("Dinas Kesehatan"), True),
        ("zzz", office("Dinas Kesehatan"), False),
    ],
)
def test_an_agency_is_found_by_what_people_call_it(query, agency, found):
    assert matches(query, agency) is found


def test_a_person_is_found_by_sound():
    agency = office("Dinas Kesehatan")
    assert matches("Bu Rini", agency, ["Rini Astuti (fiktif)"])
    assert matches("Achmad", agency, ["Ahmad Fiktif"])
    assert not matches("Budi", agency, ["Rini Astuti"])


def test_dinkes_finds_dinas_kesehatan_without_signing_in(client, dinkes, disdik, make_appointment):
    make_appointment(dinkes, office_phone="+62243543222", name_is_public=True)
    page = client.get(reverse("focal_points:directory"), {"q": "dinkes"}).content.decode()
    assert "Dinas Kesehatan" in page and "Dinas Pendidikan" not in page
    assert "Rini Astuti (fiktif)" in page and "3543222" in page


def test_a_name_is_public_only_with_consent(client, dinkes, make_appointment):
    make_appointment(dinkes, name="Nama Tertutup", position="Rahasia Jabatan", decree_number="SK-X")
    url = reverse("focal_points:directory")
    page = client.get(url).content.decode()
    assert "Nama Tertutup" not in page and "Rahasia Jabatan" not in page and "SK-X" not in page
    assert "0 lembaga" in client.get(url, {"q": "tertutup"}).content.decode()


def test_a_vacant_agency_says_so(client, dinkes):
    assert "Focal point belum ditetapkan" in client.get(reverse("focal_points:directory")).content.decode()


def test_hostile_words_are_words(client, dinkes):
    page = client.get(reverse("focal_points:directory"), {"q": '"><script>x' + "a" * 5000})
    assert page.status_code == 200
    assert "<script>x" not in page.content.decode()


def test_the_directory_stays_cheap(client, make_appointment, django_assert_max_num_queries):
    for number in range(100):
        agency = Institution.objects.create(name=f"Dinas Peraga {number}", kind="dinas")
        make_appointment(agency)
    with django_assert_max_num_queries(5):
        client.get(reverse("focal_points:directory"))
