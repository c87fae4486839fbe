"""The record: written with the act or not at all, only growing, and every change of it located."""

import random
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pug_portal.core import audit, triggers
from pug_portal.core.access import PUBLIC, SYSTEM
from pug_portal.core.models import AuditEvent, Counter

pytestmark = pytest.mark.django_db
TABLE = AuditEvent._meta.db_table


@pytest.fixture(autouse=True)
def no_anchors(settings, tmp_path):
    settings.AUDIT_ANCHOR_FILE = tmp_path / "anchors.jsonl"


@pytest.fixture
def lines():
    """Ten lines of record; their first number."""
    return [audit.note("user.changed", by=SYSTEM, number=n) for n in range(10)]


def sql(statement, *params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def without_triggers():
    """What an owner of the database can do; undone with the test's transaction."""
    remove = triggers.SQLITE_REMOVE if connection.vendor == "sqlite" else triggers.POSTGRESQL_REMOVE[:3]
    for statement in remove:
        sql(statement)


# Writing -------------------------------------------------------------------------------------------


def test_each_line_is_numbered_without_gap_and_seals_the_one_before(lines):
    assert [line.seq for line in lines] == list(range(lines[0].seq, lines[0].seq + 10))
    assert all(b.prev == a.mac for a, b in zip(lines, lines[1:], strict=False))
    assert audit.first_broken_link() is None


def test_who_acted_with_which_roles_is_kept_as_it_was(secretary):
    line = audit.note("user.changed", secretary, by=secretary, reason="uji")
    line.refresh_from_db()
    assert line.actor_label == f"{secretary.username} (sekretariat)"
    assert (line.actor_id, line.target_id, line.target_label) == (
        str(secretary.pk),
        str(secretary.pk),
        secretary.username,
    )
    assert audit.note("complaint.received", by=PUBLIC).actor_label == "Publik"


def test_an_unknown_kind_and_an_unknown_outcome_are_refused():
    for wrong in ({"kind": "user.dibuat"}, {"kind": "user.changed", "outcome": "mungkin"}):
        with pytest.raises(KeyError):
            audit.note(**wrong, by=SYSTEM)


@pytest.mark.django_db(transaction=True)
def test_a_record_outside_the_transaction_of_its_act_is_refused():
    with pytest.raises(RuntimeError):
        audit.record("user.changed", by=SYSTEM)


@pytest.mark.parametrize("facts", [{"x": object()}, {"x": uuid.uuid4()}, {"x": float("nan")}, {"x": b""}])
def test_facts_that_are_not_plain_values_are_refused(facts):
    with pytest.raises((TypeError, ValueError)):
        audit.note("user.changed", by=SYSTEM, **facts)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8", exclude_characters="\x00")),
    lambda inner: st.lists(inner) | st.dictionaries(st.integers(0, 99) | st.text("abc"), inner),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(json_values, st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=400))
def test_whatever_the_facts_are_the_line_still_fits_its_seal_when_read_back(value, reason):
    with transaction.atomic():
        line = audit.record("user.changed", by=SYSTEM, reason=reason, value=value)
    line = AuditEvent.objects.get(pk=line.pk)
    assert line.mac == line.sealed_by()


def test_a_record_that_cannot_be_written_takes_the_act_back():
    with pytest.raises(KeyError), transaction.atomic():
        Counter.objects.create(key="uji/2026", last=1)
        audit.record("tidak.ada", by=SYSTEM)
    assert not Counter.objects.filter(key="uji/2026").exists()


def test_a_record_refused_by_the_database_takes_the_act_back():
    with pytest.raises(DatabaseError), transaction.atomic():
        Counter.objects.create(key="uji/2026", last=1)
        sql(
            f"INSERT INTO {TABLE} (seq, at, kind, actor_id, actor_label, target_type, target_id,"
            " target_label, reason, outcome, facts, gesture, session, address, prev, mac) VALUES"
            " (999999, %s, 'x', '', 'x', '', '', '', '', 'allowed', '{}', %s, '', '', 'x', 'x')",
            timezone.now(),
            uuid.uuid4().hex,
        )
    assert not Counter.objects.filter(key="uji/2026").exists()


def test_the_record_of_an_act_that_is_taken_back_is_taken_back_too(lines):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.record("user.changed", by=SYSTEM)
        1 / 0  # noqa: B018
    assert AuditEvent.objects.first().seq == lines[-1].seq


# Only growing --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "attack",
    [
        lambda seq: AuditEvent.objects.filter(seq=seq).update(reason="lain"),
        lambda seq: AuditEvent.objects.filter(seq=seq).delete(),
        lambda seq: AuditEvent.objects.all().delete(),
        lambda seq: AuditEvent.objects.get(seq=seq).delete(),
        lambda seq: AuditEvent.objects.get(seq=seq).save(),
        lambda seq: sql(f"UPDATE {TABLE} SET seq = seq + 1000 WHERE seq = %s", seq),
        lambda seq: sql(f"DELETE FROM {TABLE} WHERE seq = %s", seq),
    ],
)
def test_no_line_is_changed_or_deleted(lines, attack):
    with pytest.raises(DatabaseError), transaction.atomic():
        attack(lines[3].seq)
    assert audit.first_broken_link() is None


def test_the_table_is_not_emptied_in_one_go(lines):
    statement = f"TRUNCATE {TABLE}" if connection.vendor == "postgresql" else f"DELETE FROM {TABLE}"
    with pytest.raises(DatabaseError), transaction.atomic():
        sql(statement)


@pytest.mark.parametrize("seq, prev", [(1000, None), (0, None), (None, "0" * 64), (None, "")])
def test_no_line_is_put_in_that_does_not_follow_the_last(lines, seq, prev):
    last = lines[-1]
    forged = AuditEvent(
        seq=last.seq + 1 if seq is None else last.seq + seq,
        at=timezone.now(),
        kind="user.changed",
        actor_label="x",
        outcome="allowed",
        gesture=uuid.uuid4(),
        prev=last.mac if prev is None else prev,
        mac="0" * 64,
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        forged.save(force_insert=True)


def test_replacing_a_line_by_inserting_over_it_is_refused(lines):
    if connection.vendor == "sqlite":
        copy = f"INSERT OR REPLACE INTO {TABLE} SELECT * FROM {TABLE} WHERE seq = %s"
    else:
        copy = (
            f"INSERT INTO {TABLE} SELECT * FROM {TABLE} WHERE seq = %s "
            "ON CONFLICT (seq) DO UPDATE SET reason = 'lain'"
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        sql(copy, lines[3].seq)


def test_a_session_that_plays_the_replica_is_refused_too(lines):
    if connection.vendor == "sqlite":
        return  # this engine knows no such session
    sql("SET LOCAL session_replication_role = replica")
    with pytest.raises(DatabaseError), transaction.atomic():
        sql(f"DELETE FROM {TABLE}")


# Finding what an owner of the database did ---------------------------------------------------------


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_changed_column_of_any_line_is_located(lines, data):
    changes = {
        "at": timezone.now() + timedelta(days=1),
        "kind": "role.granted",
        "actor_id": "x",
        "actor_label": "Orang lain",
        "target_type": "x",
        "target_id": "x",
        "target_label": "x",
        "scope": uuid.uuid4(),
        "reason": "lain",
        "outcome": "denied",
        "facts": {"number": 99},
        "gesture": uuid.uuid4(),
        "session": "x",
        "address": "10.0.0.0",
    }
    column = data.draw(st.sampled_from(sorted(changes)))
    line = data.draw(st.sampled_from(lines))
    with transaction.atomic():
        without_triggers()
        AuditEvent.objects.filter(seq=line.seq).update(**{column: changes[column]})
        assert audit.first_broken_link() == (line.seq, "isi baris berubah")
        transaction.set_rollback(True)


def test_a_deleted_line_is_located(lines):
    without_triggers()
    AuditEvent.objects.filter(seq=lines[4].seq).delete()
    assert audit.first_broken_link() == (lines[4].seq, "baris hilang")


def test_two_exchanged_lines_are_located(lines):
    without_triggers()
    one, other = lines[3].seq, lines[6].seq
    for old, new in ((one, 10**6), (other, one), (10**6, other)):
        sql(f"UPDATE {TABLE} SET seq = %s WHERE seq = %s", new, old)
    assert audit.first_broken_link()[0] == one


def test_closing_the_gap_by_renumbering_is_located(lines):
    without_triggers()
    AuditEvent.objects.filter(seq=lines[4].seq).delete()
    for line in lines[5:]:
        sql(f"UPDATE {TABLE} SET seq = seq - 1 WHERE seq = %s", line.seq)
    assert audit.first_broken_link()[0] == lines[4].seq


def test_a_chain_recomputed_without_the_key_is_located(lines):
    without_triggers()
    prev = lines[2].mac
    for line in AuditEvent.objects.filter(seq__gt=lines[2].seq).order_by("seq"):
        mac = uuid.uuid4().hex * 2
        AuditEvent.objects.filter(seq=line.seq).update(reason="palsu", prev=prev, mac=mac)
        prev = mac
    assert audit.first_broken_link() == (lines[3].seq, "isi baris berubah")


@pytest.mark.parametrize("keep", [0, 4, 9])
def test_cut_off_newest_lines_are_told_by_the_anchor(lines, keep):
    audit.anchor()
    without_triggers()
    AuditEvent.objects.filter(seq__gt=lines[0].seq + keep - 1).delete()
    assert audit.first_broken_link()[0] == lines[-1].seq


def test_lines_written_again_after_a_cut_are_told_by_the_anchor(lines):
    audit.anchor()
    without_triggers()
    AuditEvent.objects.filter(seq=lines[-1].seq).delete()
    audit.note("user.changed", by=SYSTEM)
    assert audit.first_broken_link()[0] == lines[-1].seq


def test_an_anchor_is_written_after_enough_lines_or_a_day(lines, settings):
    with time_machine.travel("2026-11-23T08:00+07:00", tick=False):
        assert audit.anchor(every=5)["seq"] == lines[-1].seq
        assert audit.anchor(every=5) is None
        audit.note("user.changed", by=SYSTEM)
        assert audit.anchor(every=5) is None
    with time_machine.travel("2026-11-24T08:01+07:00", tick=False):
        assert audit.anchor(every=5)["seq"] == lines[-1].seq + 1
    assert settings.AUDIT_ANCHOR_FILE.stat().st_mode & 0o077 == 0


def test_two_hundred_random_tampers_are_all_located(lines):
    """Security figure: 200 of 200."""
    dice, found = random.Random(7), 0
    for _ in range(200):
        line = dice.choice(lines)
        with transaction.atomic():
            without_triggers()
            if dice.random() < 0.5:
                AuditEvent.objects.filter(seq=line.seq).update(reason="".join(dice.choices("abcdef", k=5)))
            else:
                AuditEvent.objects.filter(seq=line.seq, seq__lt=lines[-1].seq).delete()
            tampered = not AuditEvent.objects.filter(seq=line.seq, mac=line.mac, reason="").exists()
            found += not tampered or audit.first_broken_link()[0] == line.seq
            transaction.set_rollback(True)
    assert found == 200


# The command ---------------------------------------------------------------------------------------


def test_the_command_says_that_all_is_well(lines, capsys):
    call_command("verify_audit")
    assert "Utuh" in capsys.readouterr().out


def test_the_command_names_the_first_broken_line_and_fails(lines):
    without_triggers()
    AuditEvent.objects.filter(seq=lines[5].seq).update(reason="lain")
    with pytest.raises(CommandError, match=f"baris {lines[5].seq}: isi baris berubah") as caught:
        call_command("verify_audit")
    assert caught.value.returncode == 1


def test_the_command_names_missing_triggers(lines):
    without_triggers()
    with pytest.raises(CommandError, match="pemicu audit_chain tidak ada"):
        call_command("verify_audit")


def test_the_command_notices_a_trigger_that_was_rewritten(lines):
    if connection.vendor == "sqlite":
        sql("DROP TRIGGER audit_no_update")
        sql(f"CREATE TRIGGER audit_no_update BEFORE UPDATE ON {TABLE} BEGIN SELECT 1; END")
        name = "audit_no_update"
    else:
        sql(
            "CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RETURN NEW; END $$"
        )
        name = "audit_no_change"
    with pytest.raises(CommandError, match=f"pemicu {name} berubah isinya"):
        call_command("verify_audit")


def test_the_command_notices_a_trigger_that_was_switched_off(lines):
    if connection.vendor == "sqlite":
        return  # this engine cannot switch a trigger off, only drop it
    for way in ("DISABLE", "ENABLE", "ENABLE REPLICA"):
        with transaction.atomic():
            sql(f"ALTER TABLE {TABLE} {way} TRIGGER audit_no_change")
            with pytest.raises(CommandError, match="pemicu audit_no_change dimatikan"):
                call_command("verify_audit")
            transaction.set_rollback(True)


def test_checking_can_start_in_the_middle(lines):
    without_triggers()
    AuditEvent.objects.filter(seq=lines[1].seq).update(reason="lain")
    assert audit.first_broken_link(lines[4].seq) is None
    assert audit.first_broken_link(lines[1].seq) == (lines[1].seq, "isi baris berubah")
