"""Fictional people who work in the measured portal, and their sessions."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from institutions.models import Institution
from pug_portal.core.models import RoleAssignment, User
from pug_portal.core.roles import Role

# role -> how many; eight desks take calls at once
STAFF = {
    Role.COMPLAINT_OFFICER: 8,
    Role.CASE_MANAGER: 2,
    Role.SERUNI_HEAD: 1,
    Role.PARTNER: 1,
}
SIGNED_IN = {**STAFF, Role.COMPANION: 2, Role.CASE_MANAGER: 1}


def make(*, companions: int) -> dict[str, list[User]]:
    """Make the staff, without passwords, and return it by role.

    Nobody accompanies more people because the office is larger: their number is given.
    """
    wanted = {**STAFF, Role.COMPANION: companions}
    return {role: [_person(role, number) for number in range(count)] for role, count in wanted.items()}


def _person(role: Role, number: int) -> User:
    name = f"{role.label} {number + 1} (fiktif)"
    username = f"{role.value}{number + 1}"
    user = User(username=username, email=f"{username}@contoh.test", name=name, is_demo=True)
    user.set_unusable_password()
    user.save()
    place = partners()[0] if role == Role.PARTNER else None
    RoleAssignment.objects.create(user=user, role=role, institution=place, starts=timezone.localdate())
    return user


def partners() -> list[Institution]:
    """Return where cases are referred to."""
    kinds = (Institution.Kind.HOSPITAL, Institution.Kind.PARTNER, Institution.Kind.VERTICAL)
    found = list(Institution.objects.filter(kind__in=kinds).order_by("name")[:8])
    return found or list(Institution.objects.order_by("name")[:8])


def cookies(staff: dict[str, list[User]]) -> dict[str, list[dict[str, str]]]:
    """Sign people in and return their cookies by role."""
    return {role: [_cookie(user) for user in staff[role][:count]] for role, count in SIGNED_IN.items()}


def _cookie(user: User) -> dict[str, str]:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return {settings.SESSION_COOKIE_NAME: session.session_key}


def first_of(role: Role) -> User:
    return User.objects.get(username=f"{role.value}1")
