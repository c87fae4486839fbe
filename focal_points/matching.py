"""Finding a colleague by what people type: unit, abbreviation or name.

The city has some sixty agencies, so the search runs over all of them in memory; that is what lets
"dinkes", "Dinas Kes" and "Bu Rini" find what they mean on both engines alike.
"""

import re

from pug_portal.core.wording import name_key

# What people write before or instead of an official word (domain study §0.8).
_SAME = {
    "kec": "kecamatan",
    "bag": "bagian",
    "din": "dinas",
    "bu": "",
    "ibu": "",
    "pak": "",
    "bapak": "",
    "skpd": "",
    "opd": "",
}


def words_of(text: str) -> list[str]:
    """Return the plain words of a text: lower case, no signs, usual short forms written out."""
    plain = re.sub(r"[^a-z0-9 ]+", " ", text.lower())
    return [word for word in (_SAME.get(one, one) for one in plain.split()) if word]


def matches(query: str, agency, people=()) -> bool:
    """Answer whether `agency` (an Institution), or one of these names, is meant. Empty means all."""
    wanted = words_of(query)
    if not wanted:
        return True
    return (
        _all_begin(wanted, words_of(f"{agency.name} {agency.abbreviation} {agency.other_names}"))
        or _squeezed(query) in _squeezed(agency.abbreviation)
        or _is_contraction("".join(wanted), words_of(agency.name))
        or any(_is_named(query, person) for person in people)
    )


def _all_begin(wanted: list[str], words: list[str]) -> bool:
    return all(any(word.startswith(one) for word in words) for one in wanted)


def _squeezed(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", text.lower()) or "\0"


def _is_contraction(text: str, words: list[str]) -> bool:
    """Answer whether `text` is made of beginnings of the words in order: "dinkes", "disdukcapil"."""
    if not text:
        return True
    if not words or len(text) < 3:
        return False
    return _contracts(text, words, first=True)


def _contracts(text: str, words: list[str], *, first: bool = False) -> bool:
    if not text:
        return True
    for index, word in enumerate(words[:1] if first else words):
        longest = min(len(word), len(text))
        for length in range(longest, 1, -1):
            if text[:length] == word[:length] and _contracts(text[length:], words[index + 1 :]):
                return True
    return False


def _is_named(query: str, person: str) -> bool:
    """Compare by sound, so that "Achmad" finds "Ahmad"; a single sound ("zzzz") is nobody's name."""
    sought = name_key(" ".join(words_of(query))).split()
    held = name_key(person).split()
    return bool(sought) and all(
        len(word) > 1 and any(one.startswith(word) for one in held) for word in sought
    )
