"""Several people at once, with real transactions: counters, forms sent twice, the chain, drafts."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from pug_portal.core import audit, crypto, drafts, outbox
from pug_portal.core.access import SYSTEM, Stale
from pug_portal.core.idempotency import once
from pug_portal.core.models import Counter, DataKey, Draft, OutboxMessage, Submission
from pug_portal.core.numbers import next_number
from tests.core.folders import Folder, Leaf

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 8


def together(act, times=HANDS):
    """Run `act(number)` in as many threads at the same moment; return the answers in order."""
    gate = threading.Barrier(times)

    def one(number):
        gate.wait(20)
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def test_numbers_have_no_gap_and_no_double():
    def take(_):
        got = []
        for _ in range(10):
            with transaction.atomic():
                got.append(next_number("uji/2026"))
        return got

    taken = sorted(sum(together(take), []))
    assert taken == list(range(1, HANDS * 10 + 1))


def test_a_number_of_an_act_that_fails_is_given_to_the_next():
    def take(number):
        try:
            with transaction.atomic():
                got = next_number("uji/2026")
                if number % 2:
                    raise ZeroDivisionError
                return got
        except ZeroDivisionError:
            return None

    assert sorted(n for n in together(take) if n) == list(range(1, HANDS // 2 + 1))
    assert Counter.objects.get(key="uji/2026").last == HANDS // 2


def test_the_chain_grows_in_one_line_whoever_writes():
    start = audit.AuditEvent.objects.count()

    def write(number):
        for n in range(10):
            audit.note("user.changed", by=SYSTEM, hand=number, n=n)

    together(write)
    assert audit.AuditEvent.objects.count() == start + HANDS * 10
    assert audit.first_broken_link() is None


def test_acts_that_number_and_record_in_either_order_never_wait_for_each_other_crosswise():
    def act(number):
        for _ in range(5):
            with transaction.atomic():
                if number % 2:
                    audit.record("user.changed", by=SYSTEM)
                next_number("uji/2026")
                audit.record("user.changed", by=SYSTEM)
        return True

    assert all(together(act))
    assert audit.first_broken_link() is None


def test_a_form_sent_many_times_at_once_is_carried_out_once():
    key, done = uuid.uuid4(), []

    def act():
        with transaction.atomic():
            number = next_number("uji/2026")
        done.append(number)
        return f"/kerja/{number}/"

    answers = together(lambda _: once(key, by=SYSTEM, act=act))
    assert set(answers) == {"/kerja/1/"}
    assert Counter.objects.get(key="uji/2026").last == 1
    assert Submission.objects.count() == 1


def test_a_form_whose_first_sending_failed_can_be_sent_again():
    key = uuid.uuid4()

    def fail():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        once(key, by=SYSTEM, act=fail)
    assert once(key, by=SYSTEM, act=lambda: "/baik/") == "/baik/"


def test_a_first_file_key_asked_for_by_many_is_made_once():
    folder = Folder.objects.create()
    DataKey.objects.all().delete()

    together(lambda n: Leaf.objects.create(folder=folder, note=f"isi {n}"))
    assert DataKey.objects.count() == 1
    crypto.forget_keys()
    assert {leaf.note for leaf in Leaf.objects.all()} == {f"isi {n}" for n in range(HANDS)}
    Leaf.objects.all().delete()
    Folder.objects.all().delete()


def test_a_draft_saved_from_two_windows_at_once_is_kept_once():
    together(lambda n: drafts.keep("seseorang", "formulir", {"jendela": n}))
    assert Draft.objects.count() == 1
    assert drafts.recall("seseorang", "formulir")["jendela"] in range(HANDS)


def test_a_letter_is_written_once_although_many_acts_queue_it():
    def write(_):
        with transaction.atomic():
            outbox.queue("undangan", to="x@contoh.test", context={}, key="satu")

    together(write)
    assert OutboxMessage.objects.count() == 1


def test_of_many_who_save_the_same_version_one_wins(person):
    term = Folder.objects.create(number=1)

    def save(number):
        with transaction.atomic():
            changed = Folder.objects.filter(pk=term.pk, number=1).update(number=number + 2)
        return changed

    assert sum(together(save)) == 1
    assert issubclass(Stale, Exception)
    Folder.objects.all().delete()
