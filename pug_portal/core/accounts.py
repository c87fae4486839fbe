"""How the account library behaves here: no sign-up, sealed factors, acts recorded."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter

from pug_portal.core import audit, keyring
from pug_portal.core.crypto import CannotDecrypt, seal, unseal
from pug_portal.core.crypto.sealing import sealed_under

FACTOR = b"seruni1|mfa.authenticator|secret"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts exist by invitation only."""

    def is_open_for_signup(self, request):
        return False

    def post_login(self, request, user, **kwargs):
        answer = super().post_login(request, user, **kwargs)
        audit.note("session.started", user, by=user)
        return answer


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
