"""One key for the many spellings of an Indonesian name.

Old and new spelling (Soekarno/Sukarno, Djoko/Joko), Arabic names in several
transcriptions (Achmad/Ahmad, Syamsul/Samsul) and the shortened first name Moh.
meet in the same key. Recall before precision: candidates are compared by people.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_MUHAMMAD: Final = frozenset(
    "m moh mohd muh muhd moch moech mohamad mohammad mohamed mohammed muhamad muhammad muhamed"
    " muhammed mochamad mochammad muchamad muchammad moechamad mukhamad mokhamad".split()
)
_TITLES: Final = frozenset(
    "h hj hjh kh dr drs dra drg ir prof rr rd bp bpk ibu bapak sdr sdri nn ny tn".split()
)
_DEGREES = re.compile(r",(?=[^,]*\.|\s*(?:sh|se|spd|ssi|st|mm|msi|mpd|skm|psi)\b).*$")

# Order matters: digraphs of the old spelling first, then sounds, then doubles.
_SOUNDS: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("oe", "u"),
        ("dj", "j"),
        ("tj", "c"),
        ("[sz]j|[sz]y", "s"),
        ("nj", "ny"),
        ("kh|ch", "h"),
        ("ph|v", "f"),
        ("th", "t"),
        ("dh", "d"),
        ("bh", "b"),
        ("q|k'", "k"),
        ("x", "ks"),
        ("z", "s"),
        ("ie", "i"),
        ("y", "j"),
        ("(.)\\1+", r"\1"),
        ("(?<=[aeiou])h$", ""),
    )
)


def name_key(text: str) -> str:
    """The folded name, words kept in order and separated by one space; empty for no letters.

    `Moh. Achmad Soekarno` and `Muhammad Ahmad Sukarno` have the same key.
    """
    plain = unicodedata.normalize("NFKD", str(text)).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z]+", _DEGREES.sub("", plain).replace("'", ""))
    kept = [word for word in words if word not in _TITLES] or words
    return " ".join(filter(None, (_sound(word, only=len(kept) == 1) for word in kept)))


def _sound(word: str, *, only: bool) -> str:
    if word in _MUHAMMAD and not (only and len(word) == 1):
        word = "muhamad"
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word
