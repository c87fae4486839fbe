"""Root keys: where the file may lie, wrong keys, rotation that can be cut off anywhere."""

import base64
import json
import os
import stat
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from pug_portal.core import crypto, keyring, startup
from pug_portal.core.accounts import MFAAdapter
from pug_portal.core.actions import keys
from pug_portal.core.crypto import CannotDecrypt, DataKey
from pug_portal.core.keyring import KeyringProblem
from pug_portal.core.models import AuditEvent, KeyCheck
from tests.core.folders import Folder


def text(*rows):
    return json.dumps({"keys": [dict(zip(("id", "key", "status"), row, strict=True)) for row in rows]})


def key(letter="A", length=32):
    return base64.b64encode(letter.encode() * length).decode()


@pytest.fixture
def ring_file(settings, tmp_path):
    """A key ring of this test's own."""
    path = tmp_path / "keyring.json"
    path.write_text(text((1, key(), "current")))
    path.chmod(0o400)
    settings.KEYRING_FILE = path
    keyring.forget()
    crypto.forget_keys()
    yield path
    keyring.forget()
    crypto.forget_keys()


def another_process():
    """Forget what this process remembers, as a process started now would."""
    keyring.forget()
    crypto.forget_keys()


# The file ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "bukan json",
        "[]",
        "{}",
        '{"keys": "x"}',
        '{"keys": [1]}',
        text(),
        text((1, key(), "decrypt-only")),
        text((1, key(), "current"), (2, key("B"), "current")),
        text((1, key(), "current"), (1, key("B"), "decrypt-only")),
        text((1, key(length=31), "current")),
        text((1, "bukan base64!", "current")),
        text((1, key(), "current"), (2, key("B"), "lama")),
        text((0, key(), "current")),
        text((40000, key(), "current")),
        text(("satu", key(), "current")),
    ],
)
def test_a_broken_key_file_is_refused_with_one_sentence(broken):
    with pytest.raises(KeyringProblem, match="rusak"):
        keyring.parse(broken)


@pytest.mark.parametrize("mode", [0o440, 0o404, 0o644, 0o620, 0o602])
def test_a_key_file_open_to_others_is_refused(ring_file, mode):
    ring_file.chmod(mode)
    keyring.forget()
    with pytest.raises(KeyringProblem, match="chmod 400"):
        keyring.load()


def test_a_missing_key_file_is_refused_and_none_is_made(ring_file):
    ring_file.unlink()
    keyring.forget()
    with pytest.raises(KeyringProblem, match="jangan membuat yang baru"):
        keyring.load()
    assert not ring_file.exists()


@pytest.mark.parametrize("name", ["DATA_DIR", "STATIC_ROOT"])
def test_a_key_file_beside_the_data_is_refused(ring_file, settings, name):
    setattr(settings, name, ring_file.parent)
    keyring.forget()
    with pytest.raises(KeyringProblem, match="Pindahkan"):
        keyring.load()


def test_a_link_into_the_data_folder_is_refused_too(ring_file, settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    (tmp_path / "data").mkdir()
    inside = ring_file.rename(tmp_path / "data" / "ring.json")
    ring_file.symlink_to(inside)
    keyring.forget()
    with pytest.raises(KeyringProblem, match="Pindahkan"):
        keyring.load()


def test_each_purpose_and_each_key_gives_another_key(ring_file):
    ring = keyring.with_new_key(keyring.load())
    made = {ring.derive(p, n) for p in ("seruni/kek", "seruni/audit") for n in ring.keys}
    assert len(made) == 4 and all(len(k) == 32 for k in made)


def test_the_secret_key_of_django_opens_nothing(ring_file, settings):
    before = keyring.derive("seruni/kek")
    settings.SECRET_KEY = "x" * 50
    another_process()
    assert keyring.derive("seruni/kek") == before


# Wrong keys ----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_wrong_key_opens_nothing_and_the_portal_does_not_start(ring_file):
    startup.verify_keys()
    row = Folder.objects.create(name="Rahasia")
    ring_file.chmod(0o600)
    ring_file.write_text(text((1, key("Z"), "current")))
    another_process()
    with pytest.raises(CannotDecrypt):
        Folder.objects.get(pk=row.pk).name  # noqa: B018
    with pytest.raises(startup.StartRefused, match="bukan kunci yang dipakai"):
        startup.verify_keys()


@pytest.mark.django_db
def test_a_key_taken_out_of_the_file_stops_the_start(ring_file):
    startup.verify_keys()
    keys.new_key()
    ring_file.chmod(0o600)
    ring_file.write_text(text((2, base64.b64encode(keyring.load().keys[2]).decode(), "current")))
    another_process()
    with pytest.raises(startup.StartRefused, match="hilang"):
        startup.verify_keys()


# Rotation ------------------------------------------------------------------------------------------


def test_the_file_is_replaced_as_a_whole_and_stays_closed_to_others(ring_file):
    keyring.store(keyring.with_new_key(keyring.load()))
    assert stat.S_IMODE(ring_file.stat().st_mode) == 0o400
    assert sorted(os.listdir(ring_file.parent)) == ["keyring.json"]
    assert keyring.load().current == 2 and set(keyring.load().keys) == {1, 2}


def test_a_key_file_that_cannot_be_written_says_so(ring_file, settings):
    ring = keyring.load()
    settings.KEYRING_FILE = Path("/proc/tidak-ada/keyring.json")
    with pytest.raises(KeyringProblem, match="pemilik berkas"):
        keyring.store(ring)


@pytest.mark.django_db
def test_rotation_moves_data_keys_and_second_factors_and_everything_opens(ring_file, person):
    rows = Folder.objects.bulk_create(Folder(name=f"n{n}", nik=f"{n:016}") for n in range(12))
    factor = Authenticator.objects.create(
        user=person(), type="totp", data={"secret": MFAAdapter().encrypt("JBSWY3DPEHPK3PXP")}
    )
    call_command("rotate_keys", new=True, reason="uji", batch=5)
    another_process()
    assert {f.name for f in Folder.objects.filter(pk__in=[r.pk for r in rows])} == {
        f"n{n}" for n in range(12)
    }
    assert set(DataKey.objects.values_list("ring_id", flat=True)) == {2}
    factor.refresh_from_db()
    assert MFAAdapter().decrypt(factor.data["secret"]) == "JBSWY3DPEHPK3PXP"
    assert Folder.objects.matching("nik_index", f"{3:016}").get().name == "n3"
    recorded = AuditEvent.objects.filter(kind="keys.rotated").get()
    assert (recorded.reason, recorded.facts) == ("uji", {"key": 2, "moved": 13})


@pytest.mark.django_db
@pytest.mark.parametrize("stop_after", [0, 1, 2])
def test_a_rotation_cut_off_anywhere_is_resumed(ring_file, stop_after):
    rows = Folder.objects.bulk_create(Folder(name=f"n{n}") for n in range(12))
    keys.new_key()
    run = keys.rewrap(batch=5)
    for _ in range(stop_after):
        next(run)
    run.close()
    another_process()
    old = DataKey.objects.filter(ring_id=1).count()
    assert old == max(12 - 5 * stop_after, 0)
    assert all(f.name for f in Folder.objects.filter(pk__in=[r.pk for r in rows]))
    call_command("rotate_keys", reason="lanjut")
    another_process()
    assert not DataKey.objects.exclude(ring_id=2).exists()
    assert all(f.name for f in Folder.objects.filter(pk__in=[r.pk for r in rows]))


@pytest.mark.django_db
def test_a_process_older_than_the_new_key_reads_the_file_again(ring_file):
    row = Folder.objects.create(name="Rahasia")
    old = keyring.load()
    keys.new_key()
    list(keys.rewrap())
    keyring.forget()
    # What an older worker remembers: the ring with one key.
    beside = ring_file.with_name("lama.json")
    beside.write_text(keyring.text_of(old))
    beside.chmod(0o400)
    ring_file_now = ring_file.read_text()
    ring_file.chmod(0o600)
    ring_file.write_text(beside.read_text())
    assert set(keyring.load().keys) == {1}
    ring_file.write_text(ring_file_now)
    crypto.forget_keys()
    assert Folder.objects.get(pk=row.pk).name == "Rahasia"


@pytest.mark.django_db
def test_a_data_key_that_does_not_open_neither_stops_the_rotation_nor_is_lost(ring_file):
    good, bad = (Folder.objects.create(name=name) for name in ("baik", "rusak"))
    DataKey.objects.filter(scope=bad.pk).update(wrapped=b"rusak")
    call_command("rotate_keys", new=True, reason="uji")
    another_process()
    assert Folder.objects.get(pk=good.pk).name == "baik"
    one = next(use for use in keys.uses() if use.number == 1)
    assert one.data_keys == 1 and not one.can_be_retired


@pytest.mark.django_db
def test_only_a_key_that_nothing_hangs_on_is_retired(ring_file, capsys):
    Folder.objects.create(name="x")
    for wrong, words in ((1, "masih dipakai"), (9, "tidak ada")):
        with pytest.raises(CommandError, match=words):
            call_command("rotate_keys", retire=wrong, reason="uji")
    call_command("rotate_keys", new=True, reason="pertama")
    call_command("rotate_keys", new=True, reason="kedua")
    call_command("rotate_keys", retire=2, reason="uji")
    another_process()
    assert set(keyring.load().keys) == {1, 3}
    assert not KeyCheck.objects.filter(pk=2).exists()
    startup.verify_keys()
    assert Folder.objects.get().name == "x"
    # The oldest holds the chain and the blind indexes.
    with pytest.raises(CommandError, match="segel dan indeks"):
        call_command("rotate_keys", retire=1, reason="uji")


@pytest.mark.django_db
def test_status_counts_what_hangs_on_each_key(ring_file, capsys):
    Folder.objects.create(name="x")
    call_command("rotate_keys", status=True)
    assert "kunci 1: 1 kunci berkas, 0 faktor masuk, 0 berkas tanpa kasus; menulis" in capsys.readouterr().out


@pytest.mark.django_db
def test_rotation_asks_for_a_reason(ring_file):
    with pytest.raises(CommandError, match="alasan"):
        call_command("rotate_keys", new=True)
    assert set(keyring.load().keys) == {1}
