"""Letters of this room. None of them names a person, a service or a case."""

from django.conf import settings
from django.urls import reverse

from pug_portal.core import outbox


def referral_waiting(referral, user) -> None:
    """Tell a partner that something waits; where, never what."""
    url = settings.SITE_URL + reverse("seruni_cases:referrals")
    key = f"referral_waiting/{referral.pk}/{user.pk}"
    outbox.queue("referral_waiting", to=user.email, context={"url": url}, key=key)
