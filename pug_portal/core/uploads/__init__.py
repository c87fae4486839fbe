"""Files that people bring: judged, made harmless, encrypted, served.

receive() is the only way in, serve() the only way out. Nothing of what the
sender says about a file is believed: its name never becomes a path, and its
type counts only when extension, first bytes and a parser agree.
"""

from .fields import MultiUploadField, UploadField
from .judging import KINDS, Kind, UploadRefused, check_container, judge
from .keeping import collect_garbage, discard, read, receive, serve
from .vault import DamagedFile

__all__ = [
    "KINDS",
    "DamagedFile",
    "Kind",
    "MultiUploadField",
    "UploadField",
    "UploadRefused",
    "check_container",
    "collect_garbage",
    "discard",
    "judge",
    "read",
    "receive",
    "serve",
]
