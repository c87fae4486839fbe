"""What the measured people type."""

import uuid

BARE = "/bench/catat/"
STORY = "Ia menelepon dari rumah tetangga, minta didampingi ke puskesmas. Rekaan untuk pengukuran. "

ANSWERS = {
    "safe_to_talk": "aman",
    "danger_now": "tidak",
    "reporter": "SENDIRI",
    "called": "Sari",
    "sex": "P",
    "age": "27",
    "contact_allowed": "ya",
    "contact_way": "TELEPON",
    "contact_phone": "0812 3456 7890",
    "summary": STORY,
}


def card(blank: dict[str, list[str]], need: str, **typed) -> dict:
    """Return a filled first card: the page's own values, the answers, a key of its own."""
    return {**blank, **ANSWERS, "urgent_needs": need, "idem": str(uuid.uuid4()), **typed}


def bare(blank: dict[str, list[str]]) -> dict:
    """Return the bare insert's form with words as long as a short card."""
    return {**blank, "words": STORY}


def register(blank: dict[str, list[str]], look: dict, **typed) -> dict:
    """Return a filled registration: what the card told already, and the coded facts."""
    facts = {
        "category": look["category"],
        "violence": look["violence"],
        "risk": "sedang",
        "contact_allowed": "ya",
    }
    return {**blank, **facts, "idem": str(uuid.uuid4()), **typed}
