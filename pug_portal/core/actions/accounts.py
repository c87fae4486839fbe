"""Accounts: by invitation only, closed when a person leaves.

The secret of an invitation stands in its link and nowhere else; the row keeps a hash. Nobody but
the owner ever knows a password.
"""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from pug_portal.core import audit, drafts, outbox
from pug_portal.core.access import Refused, WrongStage
from pug_portal.core.accounts import end_sessions
from pug_portal.core.actions import roles
from pug_portal.core.actors import SYSTEM, number_of
from pug_portal.core.models import Invitation, RoleAssignment, User

SHOWN_MINUTES = 60  # how long the inviter can look at, print and hand over the link


@transaction.atomic
def invite(
    *,
    username: str,
    email: str,
    name: str,
    role: str = "",
    institution=None,
    starts=None,
    ends=None,
    decree_number: str = "",
    by,
) -> Invitation:
    """Make an account that opens by a single-use link, give it its first role, queue the letter.

    Raises ValidationError with a sentence per field when the name or the address is taken.
    """
    roles.ensure_may_grant(by, role)
    user = User(username=username.lower(), email=email.lower(), name=name, is_active=False)
    user.set_unusable_password()
    user.full_clean(exclude=["password"], validate_constraints=False)
    user.save()
    if role:
        roles.grant_role(
            user,
            role=role,
            institution=institution,
            starts=starts,
            ends=ends,
            decree_number=decree_number,
            by=by,
        )
    invitation = _new_invitation(user, by)
    audit.record("user.invited", user, by=by, role=role)
    return invitation


@transaction.atomic
def resend_invitation(user: User, *, by) -> Invitation:
    """Make a new link in place of the old ones, also for somebody who left and comes back."""
    roles.ensure_may_invite(by)
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_active:
        raise WrongStage("Akun ini sudah aktif, jadi tidak perlu undangan lagi.")
    _withdraw_open(user)
    invitation = _new_invitation(user, by)
    audit.record("user.invitation_resent", user, by=by)
    return invitation


def _new_invitation(user: User, by) -> Invitation:
    secret, secret_hash = Invitation.new_secret()
    invitation = Invitation.objects.create(
        user=user, secret_hash=secret_hash, invited_by=None if by is SYSTEM else by
    )
    link = _link(secret)
    if by is not SYSTEM:
        drafts.keep(number_of(by), _shown_as(invitation), {"link": link}, minutes=SHOWN_MINUTES)
    outbox.queue(
        "invitation",
        to=user.email,
        context={"name": user.name, "url": link, "hours": settings.INVITATION_HOURS},
        key=f"undangan-{invitation.pk}",
    )
    invitation.link = link  # for a command that prints it once; never stored on the row
    return invitation


def _link(secret: str) -> str:
    return settings.SITE_URL.rstrip("/") + reverse("core:accept_invitation", args=[secret])


def _shown_as(invitation: Invitation) -> str:
    return f"undangan-{invitation.pk}"


def link_of(invitation: Invitation, *, by) -> str:
    """Return the link while its maker may still see it, "" afterwards."""
    return drafts.recall(number_of(by), _shown_as(invitation)).get("link", "")


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by) -> None:
    """Make a link useless before it is used."""
    roles.ensure_may_invite(by)
    if not _withdraw_open(invitation.user, pk=invitation.pk):
        raise WrongStage("Undangan ini sudah dipakai, dibatalkan, atau lewat waktunya.")
    audit.record("user.invitation_withdrawn", invitation.user, by=by)


def _withdraw_open(user: User, **only) -> int:
    waiting = Invitation.objects.filter(
        user=user, used_at=None, withdrawn_at=None, expires_at__gt=timezone.now(), **only
    )
    return waiting.update(withdrawn_at=timezone.now())


def open_invitation(secret: str) -> Invitation | None:
    """Return the invitation that `secret` opens now, None for any other."""
    found = Invitation.objects.select_related("user").filter(secret_hash=Invitation.hash_of(secret))
    invitation = found.first()
    return invitation if invitation and invitation.is_open else None


@transaction.atomic
def accept_invitation(secret: str, *, name: str, password: str) -> User:
    """Use the link: the owner confirms her name, sets her password, and can sign in.

    Works once, also when it is used twice at the same moment.
    """
    now = timezone.now()
    used = Invitation.objects.filter(
        secret_hash=Invitation.hash_of(secret), used_at=None, withdrawn_at=None, expires_at__gt=now
    ).update(used_at=now)
    if not used:
        raise WrongStage("Tautan undangan ini sudah tidak berlaku. Minta undangan baru.")
    user = Invitation.objects.select_related("user").get(secret_hash=Invitation.hash_of(secret)).user
    user.name, user.is_active = name, True
    user.set_password(password)
    user.full_clean(exclude=["password"], validate_constraints=False)
    user.save(update_fields=["name", "is_active", "password"])
    audit.record("user.joined", user, by=user)
    return user


@transaction.atomic
def change_account(user: User, *, by, **changes) -> None:
    """Change the open facts of an account: username, email, name."""
    roles.ensure_may_manage(by)
    unknown = set(changes) - {"username", "email", "name"}
    if unknown:
        raise TypeError(f"not an open fact of an account: {sorted(unknown)}")
    for field, value in changes.items():
        setattr(user, field, value if field == "name" else value.lower())
    user.full_clean(exclude=["password"], validate_constraints=False)
    user.save(update_fields=sorted(changes))
    audit.record("user.changed", user, by=by, fields=sorted(changes))


@transaction.atomic
def deactivate(user: User, *, reason: str, by) -> int:
    """Close an account: sessions end, running terms end, open links die; return the ended terms."""
    roles.ensure_may_manage(by)
    if user.pk == getattr(by, "pk", None):
        raise Refused("Anda tidak dapat menutup akun Anda sendiri. Minta admin lain.")
    if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        if not _withdraw_open(user):
            raise WrongStage("Akun ini sudah ditutup.")
    user.refresh_from_db()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    terms = RoleAssignment.objects.current().filter(user=user)
    ended = sum(1 for term in terms if roles.stop_term(term, at=timezone.now()))
    _withdraw_open(user)
    sessions = end_sessions(user)
    audit.record("user.deactivated", user, by=by, reason=reason, terms=ended, sessions=sessions)
    return ended


@transaction.atomic
def first_admin(*, username: str, email: str, name: str, role: str, by=SYSTEM) -> Invitation:
    """Invite the first administrator of an empty portal."""
    if User.objects.filter(is_active=True, is_demo=False, is_superuser=False).exists():
        raise Refused("Portal ini sudah punya akun. Undang admin berikutnya dari dalam portal.")
    _forget_unused(username, email)
    return invite(username=username, email=email, name=name, role=role, by=by)


def _forget_unused(username: str, email: str) -> None:
    # A first link that was lost: the same command makes another account of the same name possible.
    unused = User.objects.filter(is_active=False, invitations__used_at=None)
    unused.filter(username=username.lower(), email=email.lower()).delete()
