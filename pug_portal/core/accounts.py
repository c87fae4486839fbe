"""How the account library behaves here: no sign-up, sealed factors, acts recorded, letters queued."""

import time
import uuid

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.db import transaction

from pug_portal.core import audit, keyring, outbox
from pug_portal.core.access import PUBLIC
from pug_portal.core.crypto import CannotDecrypt, seal, unseal
from pug_portal.core.crypto.sealing import sealed_under

FACTOR = b"seruni1|mfa.authenticator|secret"
SESSIONS_AT_ONCE = 3
# Letters of the library that tell of an enrolment made in this session.
ENROLLED = ("mfa/email/totp_activated", "mfa/email/webauthn_added")
# One sentence for unknown, wrong, closed and locked: none of them tells whether an account exists.
NOT_IN = (
    "Tidak dapat masuk dengan isian ini. Periksa nama dan kata sandi; "
    "setelah beberapa kali gagal, tunggu 5 menit lalu coba lagi."
)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts exist by invitation only."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": NOT_IN,
        "username_password_mismatch": NOT_IN,
        "invalid_login": NOT_IN,
        "too_many_login_attempts": NOT_IN,
    }

    def is_open_for_signup(self, request):
        return False

    def authenticate(self, request, **credentials):
        """Treat a closed account like an unknown one."""
        user = super().authenticate(request, **credentials)
        return user if user is not None and user.is_active else None

    def authentication_failed(self, request, **credentials):
        typed = credentials.get("username") or credentials.get("email") or ""
        # Tells that one name is tried again and again, not which.
        name = keyring.mac("seruni/login", typed.lower().encode())[:6].hex()
        audit.note("login.failed", by=PUBLIC, outcome="denied", name=name)

    def post_login(self, request, user, **kwargs):
        answer = super().post_login(request, user, **kwargs)
        request.session["began"] = int(time.time())
        end_sessions(user, keep=SESSIONS_AT_ONCE)
        audit.note("session.started", user, by=user)
        return answer

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """Tell the owner of the account; mark the session in which a factor was enrolled."""
        request = self.request
        if template_prefix in ENROLLED and request.user == user:
            request.session["factor_enrolled"] = str(user.pk)
        with transaction.atomic():
            audit.record("factor.changed", user, by=user, what=template_prefix.rsplit("/", 1)[-1])
            super().send_notification_mail(template_prefix, user, context, email or user.email)

    def send_mail(self, template_prefix, email, context):
        """Queue the letter: a mail server that does not answer must not stop anybody."""
        request = self.request
        words = {"request": request, "email": email, "current_site": None, **context}
        letter = self.render_mail(template_prefix, email, words)
        content = {"subject": letter.subject, "body": letter.body}
        with transaction.atomic():
            outbox.queue("account_notice", to=email, context=content, key=f"akun-{uuid.uuid4()}")

    def format_email_subject(self, subject):
        return subject


def end_sessions(user, *, keep: int = 0, but: str | None = None) -> int:
    """End all sessions of `user` but the `keep` newest and the one named `but`; return how many."""
    sessions = UserSession.objects.filter(user=user).order_by("-created_at")
    ended = [one for one in sessions[keep:] if one.session_key != but]
    for session in ended:
        session.end()
    return len(ended)


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of second factors are sealed at rest (the library stores them in the clear)."""

    def encrypt(self, text: str) -> str:
        ring_id = keyring.load().current
        key = keyring.derive("seruni/mfa", ring_id)
        return seal(key, text, FACTOR, pad=32, ring_id=ring_id).hex()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            sealed = bytes.fromhex(encrypted_text)
            key = keyring.derive("seruni/mfa", sealed_under(sealed))
        except (ValueError, KeyError) as problem:
            raise CannotDecrypt("faktor masuk tidak dapat dibuka") from problem
        return unseal(key, sealed, FACTOR)


class _OneUse(BaseAuthenticateForm):
    """A code opens once, for as long as the clock tolerance would accept it.

    The library remembers a used code for one period only; with a tolerance of one step before and
    after it would be accepted again for up to a minute.
    """

    seconds = 120

    def clean_code(self):
        code = super().clean_code()
        used = keyring.mac("seruni/mfa-used", f"{self.user.pk}|{code}".encode()).hex()
        if not cache.add(f"kode-terpakai:{used}", 1, timeout=self.seconds):
            raise MFAAdapter().validation_error("incorrect_code")
        return code


class OneUseAuthenticateForm(_OneUse, AuthenticateForm):
    pass


class OneUseReauthenticateForm(_OneUse, ReauthenticateForm):
    pass
