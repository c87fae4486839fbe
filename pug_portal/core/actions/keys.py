"""Rotation of the root key: a new key writes, everything under the old ones is wrapped anew.

Resumable: each batch is one transaction, and what already hangs on the current key is passed over.
Only data keys, second factors and files without a case hang on a root key directly; fields hang on
data keys and are not touched.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Count

from pug_portal.core import audit, keyring, startup
from pug_portal.core.accounts import MFAAdapter
from pug_portal.core.actors import SYSTEM
from pug_portal.core.crypto import CannotDecrypt, DataKey, forget_keys
from pug_portal.core.crypto.sealing import sealed_under
from pug_portal.core.models import KeyCheck, StoredFile
from pug_portal.core.uploads import vault

BATCH = 500
FACTOR_VALUES = ("secret", "seed")  # what the account library keeps sealed in an authenticator


@dataclass(frozen=True)
class Use:
    """What still hangs on one root key."""

    number: int
    data_keys: int
    factors: int
    files: int
    writes: bool
    anchors: bool  # blind indexes and the audit chain hang on the oldest key for good

    @property
    def total(self) -> int:
        return self.data_keys + self.factors + self.files

    @property
    def can_be_retired(self) -> bool:
        return not (self.total or self.writes or self.anchors)


def uses() -> list[Use]:
    """Return, for each root key of the ring, what hangs on it."""
    ring = keyring.load()
    rows = DataKey.objects.values_list("ring_id").annotate(n=Count("scope")).order_by()
    data_keys, factors, files = dict(rows), _factors_by_key(), _files_by_key()
    return [
        Use(
            number,
            data_keys.get(number, 0),
            factors[number],
            files[number],
            writes=number == ring.current,
            anchors=number == min(ring.keys),
        )
        for number in sorted(ring.keys)
    ]


def _sealed_factor_values(row: Authenticator) -> dict[str, str]:
    return {name: row.data[name] for name in FACTOR_VALUES if name in row.data}


def _factors_by_key() -> Counter:
    found: Counter = Counter()
    for row in Authenticator.objects.iterator():
        numbers = {sealed_under(bytes.fromhex(v)) for v in _sealed_factor_values(row).values()}
        found.update(numbers)
    return found


def _files_by_key() -> Counter:
    names = StoredFile.objects.filter(scope__isnull=True).values_list("storage_name", flat=True)
    return Counter(number for name in names.iterator() if (number := _file_key(name)))


def _file_key(name: str) -> int:
    try:
        with vault.path_of(name).open("rb") as source:
            return int.from_bytes(source.read(6)[4:6], "big")
    except FileNotFoundError:
        return 0


def new_key() -> int:
    """Put a new random key into the ring, which writes from now on; return its number."""
    startup.verify_keys()
    keyring.store(keyring.with_new_key(keyring.load()))
    startup.verify_keys()
    return keyring.load().current


def rewrap(batch: int = BATCH) -> Iterator[int]:
    """Hang everything on the current key, batch by batch; yield how many each batch moved."""
    yield from _rewrap_data_keys(batch)
    yield from _reseal_factors(batch)
    forget_keys()


def finish(moved: int, *, reason: str) -> None:
    """Record that a rotation is complete."""
    with transaction.atomic():
        audit.record("keys.rotated", by=SYSTEM, reason=reason, key=keyring.load().current, moved=moved)


def _rewrap_data_keys(batch: int) -> Iterator[int]:
    current, last = keyring.load().current, None
    while True:
        with transaction.atomic():
            waiting = DataKey.objects.exclude(ring_id=current).order_by("scope")
            if last is not None:
                waiting = waiting.filter(scope__gt=last)  # what does not open is passed once
            rows = list(waiting.select_for_update()[:batch])
            moved = [row for row in rows if _rewrapped(row)]
            DataKey.objects.bulk_update(moved, ["wrapped", "ring_id"])
        if not rows:
            return
        last = rows[-1].scope
        yield len(moved)


def _rewrapped(row: DataKey) -> bool:
    try:
        row.wrap(row.unwrap())
    except CannotDecrypt:
        return False  # stays where it is; `uses` still counts it, so its key is not retired
    return True


def _reseal_factors(batch: int) -> Iterator[int]:
    numbers = list(Authenticator.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(numbers), batch):
        with transaction.atomic():
            rows = Authenticator.objects.select_for_update().filter(pk__in=numbers[start : start + batch])
            moved = [row for row in rows if _resealed(row)]
            Authenticator.objects.bulk_update(moved, ["data"])
        yield len(moved)


def _resealed(row: Authenticator) -> bool:
    adapter, current = MFAAdapter(), keyring.load().current
    old = {
        name: value
        for name, value in _sealed_factor_values(row).items()
        if sealed_under(bytes.fromhex(value)) != current
    }
    row.data.update({name: adapter.encrypt(adapter.decrypt(value)) for name, value in old.items()})
    return bool(old)


@transaction.atomic
def retire(number: int, *, reason: str) -> None:
    """Take a root key that nothing hangs on out of the ring for good."""
    use = next((one for one in uses() if one.number == number), None)
    if use is None:
        raise keyring.KeyringProblem(f"Kunci nomor {number} tidak ada di berkas kunci.")
    if not use.can_be_retired:
        raise keyring.KeyringProblem(
            f"Kunci nomor {number} masih dipakai ({use.total} isi"
            f"{', menulis' if use.writes else ''}{', segel dan indeks' if use.anchors else ''})."
        )
    KeyCheck.objects.filter(pk=number).delete()
    audit.record("keys.rotated", by=SYSTEM, reason=reason, retired=number)
    keyring.store(keyring.without_key(keyring.load(), number))
