"""The cast: one person per role, all fictional, and the places they work at."""

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from model_bakery import baker
from zeal import zeal_context

from institutions.models import Institution
from pug_portal.core import crypto
from pug_portal.core.models import AuditEvent, RoleAssignment, User
from pug_portal.core.roles import Role

for field in ("SealedTextField", "SealedDateField", "SealedJSONField"):
    baker.generators.add(f"pug_portal.core.crypto.{field}", lambda: "isi fiktif")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup):
    """Tests with real transactions empty the tables afterwards; the record refuses that, rightly.

    So it is left out of the emptying: it stays, and its chain goes on from test to test.
    """
    names = connection.introspection.django_table_names

    def without_the_record(*args, **kwargs):
        return [name for name in names(*args, **kwargs) if name != AuditEvent._meta.db_table]

    connection.introspection.django_table_names = without_the_record


@pytest.fixture(autouse=True)
def plain_settings(settings):
    """What differs in tests: memory for limits, letters kept, quick password hashes."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = False
    settings.ENFORCE_SECOND_FACTOR = False
    crypto.forget_keys()


@pytest.fixture
def bappeda(db):
    return Institution.objects.get_or_create(
        name="Badan Perencanaan Pembangunan Daerah",
        defaults={"abbreviation": "Bappeda", "kind": Institution.Kind.BADAN},
    )[0]


@pytest.fixture
def dinkes(db):
    return Institution.objects.get_or_create(
        name="Dinas Kesehatan",
        defaults={"abbreviation": "Dinkes", "kind": Institution.Kind.DINAS},
    )[0]


@pytest.fixture
def disdik(db):
    return Institution.objects.get_or_create(
        name="Dinas Pendidikan",
        defaults={"abbreviation": "Disdik", "kind": Institution.Kind.DINAS},
    )[0]


@pytest.fixture
def hospital(db):
    """A partner that answers referrals."""
    return Institution.objects.get_or_create(
        name="RS Mitra Peraga",
        defaults={"abbreviation": "RS Peraga", "kind": Institution.Kind.PARTNER},
    )[0]


@pytest.fixture
def person(db):
    """Make a fictional person who holds `role` today: person(Role.X, at=institution)."""

    def make(role=None, *, at=None, name="", **fields):
        number = User.objects.count() + 1
        user = User.objects.create_user(
            f"warga{number}", f"warga{number}@contoh.test", "sandi-uji-coba", name=name or "Fiktif"
        )
        if role:
            RoleAssignment.objects.create(
                user=user, role=role, institution=at, starts=timezone.localdate(), **fields
            )
        return user

    return make


@pytest.fixture
def admin_person(person):
    return person(Role.SYSTEM_ADMIN, name="Arum Admin (fiktif)")


@pytest.fixture
def secretary(person):
    return person(Role.SECRETARIAT, name="Sekar Sekretariat (fiktif)")


@pytest.fixture
def chair(person):
    return person(Role.CHAIR, name="Ketut Ketua (fiktif)")


@pytest.fixture
def leader(person):
    return person(Role.LEADER, name="Laras Pimpinan (fiktif)")


@pytest.fixture
def head(person, dinkes):
    return person(Role.AGENCY_HEAD, at=dinkes, name="Hadi Kepala (fiktif)")


@pytest.fixture
def expert(person):
    return person(Role.TECHNICAL_TEAM, name="Teguh Teknis (fiktif)")


@pytest.fixture
def focal(person, dinkes):
    return person(Role.FOCAL_POINT, at=dinkes, name="Fitri Focal (fiktif)")


@pytest.fixture
def other_focal(person, disdik):
    return person(Role.FOCAL_POINT, at=disdik, name="Farhan Focal (fiktif)")


@pytest.fixture
def officer(person):
    return person(Role.COMPLAINT_OFFICER, name="Oki Petugas (fiktif)")


@pytest.fixture
def companion(person):
    return person(Role.COMPANION, name="Dewi Pendamping (fiktif)")


@pytest.fixture
def other_companion(person):
    return person(Role.COMPANION, name="Damar Pendamping (fiktif)")


@pytest.fixture
def manager(person):
    return person(Role.CASE_MANAGER, name="Mira Manajer (fiktif)")


@pytest.fixture
def seruni_head(person):
    return person(Role.SERUNI_HEAD, name="Kania Ketua (fiktif)")


@pytest.fixture
def shelter_officer(person):
    return person(Role.SHELTER_OFFICER, name="Rumi Rumah (fiktif)")


@pytest.fixture
def partner(person, hospital):
    return person(Role.PARTNER, at=hospital, name="Putra Mitra (fiktif)")


@pytest.fixture
def data_manager(person):
    return person(Role.DATA_MANAGER, name="Dian Data (fiktif)")


@pytest.fixture
def auditor(person):
    return person(Role.AUDITOR, name="Aulia Auditor (fiktif)")


@pytest.fixture
def superuser(db):
    return User.objects.create_superuser("darurat", "darurat@contoh.test", "x", name="Akun darurat")


CAST = (
    "admin_person",
    "secretary",
    "chair",
    "leader",
    "head",
    "expert",
    "focal",
    "officer",
    "companion",
    "manager",
    "seruni_head",
    "shelter_officer",
    "partner",
    "data_manager",
    "auditor",
)


@pytest.fixture
def cast(request):
    """Everybody, by role."""
    people = [request.getfixturevalue(name) for name in CAST]
    return {next(iter(one.roles)): one for one in people}


class WatchfulClient(Client):
    """Fails a page that asks the database once per row."""

    def request(self, **request):
        if request["REQUEST_METHOD"] != "GET":
            return super().request(**request)  # an act may look at its rows one by one
        with zeal_context():
            return super().request(**request)


@pytest.fixture
def as_():
    """Sign in as somebody: as_(focal).get(...)."""
    client = WatchfulClient()

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in
