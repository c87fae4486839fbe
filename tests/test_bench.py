"""The measurements: what is loaded is a portal that works, rounds interleave, and the drill can fail."""

from dataclasses import replace

import pytest

from bench import comparison, forms, load, report
from bench.client import form_of
from bench.comparison import Receipt
from bench.measure import Result, interleaved
from bench.run import Measured, Throughput
from bench.subjects import BARE, CARD, FLOOR, PAGES
from institutions import reference as institutions_reference
from pug_portal.core import audit
from pug_portal.core.numbers import Counter
from pug_portal.core.roles import Role
from seruni_cases import reference as seruni_reference
from seruni_cases.models import Case, Complaint, Consent, Person, Referral, Service


@pytest.fixture
def loaded(db):
    """A small measured portal: (staff by role, rows by model)."""
    institutions_reference.load()
    seruni_reference.load()
    return load.fill(200)


def test_the_loaded_portal_is_sealed_chained_numbered_and_opens(loaded, client):
    staff, rows = loaded
    assert rows["seruni_cases.Case"] == Case.objects.count() == 200
    assert all(row.summary for row in Complaint.objects.all())
    assert all(row.name and row.phone for row in Person.objects.all())
    assert all(row.words for row in Consent.objects.all())
    assert all(row.note for row in Service.objects.all())
    assert all(row.packet for row in Referral.objects.all())
    assert audit.first_broken_link() is None

    numbers = sorted(Case.objects.values_list("number", flat=True))
    by_year = {year: [n for n in numbers if n.endswith(year)] for year in {n[-4:] for n in numbers}}
    for year, given in by_year.items():
        assert [int(number[:5]) for number in given] == list(range(1, len(given) + 1))
        assert Counter.objects.get(key=f"case/{year}").last == len(given)

    client.force_login(staff[Role.CASE_MANAGER][0])
    newest = Case.objects.open().first()
    assert newest.code in client.get("/kerja/seruni/kasus/").content.decode()
    assert client.get(f"/kerja/seruni/kasus/{newest.code}/").status_code == 200
    client.force_login(staff[Role.COMPLAINT_OFFICER][0])
    waiting = Complaint.objects.waiting_triage().first()
    assert waiting.code in client.get("/kerja/seruni/aduan/").content.decode()


def test_a_card_can_be_sent_in_the_loaded_portal_and_twice_is_once(loaded, client):
    staff, _ = loaded
    client.force_login(staff[Role.COMPLAINT_OFFICER][0])
    blank = form_of(client.get("/kerja/seruni/kartu/").content.decode(), "summary")
    card = forms.card(blank, "MEDIS")
    before = Complaint.objects.count()
    first = client.post("/kerja/seruni/kartu/", card)
    second = client.post("/kerja/seruni/kartu/", card)
    assert first.status_code == second.status_code == 303
    assert first.headers["Location"] == second.headers["Location"]
    assert Complaint.objects.count() == before + 1
    assert audit.first_broken_link() is None


def test_rounds_interleave_and_the_warming_ones_do_not_count():
    seen = []

    def subject(name, seconds):
        return lambda: seen.append(name) or next(seconds)

    results = interleaved(
        {"a": subject("a", iter([9, 9, 0.001, 0.003, 0.002])), "b": subject("b", iter([9, 9, 1, 1, 1]))},
        rounds=3,
    )
    assert "".join(seen) == "ababababab"
    assert results["a"] == Result(median=2.0, least=1.0, most=3.0, rounds=3)


def test_a_form_is_read_as_a_browser_would_send_it():
    page = """<form method="get"><input name="summary"></form>
      <form method="post"><input type="hidden" name="csrf" value="x"></form><form method="post">
      <input type="hidden" name="idem" value="1&amp;2"><input type="radio" name="sex" value="L">
      <input type="radio" name="sex" value="P" checked><input type="checkbox" name="need" value="X">
      <select name="channel"><option value="">Pilih</option><option value="WA" selected>WA</option></select>
      <select name="work"><option value="A">A</option><option value="B">B</option></select>
      <textarea name="summary">isi</textarea><button name="go">Simpan</button></form>"""
    assert form_of(page, "summary") == {
        "idem": ["1&2"],
        "sex": ["P"],
        "channel": ["WA"],
        "work": ["A"],
        "summary": ["isi"],
    }


# The drill's comparison -----------------------------------------------------------------------------

RECEIPTS = [
    Receipt("kartu-1", "/kerja/seruni/aduan/ADU-26-00001-A/diterima/"),
    Receipt("kartu-2", "/kerja/seruni/aduan/ADU-26-00002-B/diterima/"),
    Receipt("kartu-2", "/kerja/seruni/kasus/SRN-26-00001-C/", "case"),
]


def card(mark, code):
    return {"code": code, "mark": mark, "lines": 1, "clocks": 1, "contacts": 1}


@pytest.fixture
def ledger():
    return {
        "cards": [card("kartu-1", "ADU-26-00001-A"), card("kartu-2", "ADU-26-00002-B")],
        "cases": [
            {"code": "SRN-26-00001-C", "number": "00001/SERUNI/2026", "card": "ADU-26-00002-B", "lines": 1}
        ],
        "counters": {"case/2026": 1},
        "answers": ["/a/", "/b/", "/c/"],
        "letters": ["referral/1"],
        "chain": "",
    }


def test_a_whole_ledger_has_no_problems(ledger):
    assert comparison.problems(RECEIPTS, ledger) == []


def test_a_card_committed_but_never_acknowledged_is_no_problem(ledger):
    assert comparison.problems(RECEIPTS[1:], ledger) == []


def test_a_lost_card_is_noticed(ledger):
    del ledger["cards"][0]
    assert "card kartu-1 was acknowledged and is lost" in comparison.problems(RECEIPTS, ledger)


def test_a_lost_case_is_noticed(ledger):
    ledger["cases"].clear()
    assert "case kartu-2 was acknowledged and is lost" in comparison.problems(RECEIPTS, ledger)


def test_a_doubled_card_is_noticed(ledger):
    ledger["cards"].append(card("kartu-1", "ADU-26-00009-Z"))
    ledger["answers"].append("/d/")
    assert comparison.problems(RECEIPTS, ledger) == ["card kartu-1 stands 2 times"]


def test_another_code_than_the_receipts_is_noticed(ledger):
    ledger["cards"][0]["code"] = "ADU-26-00009-Z"
    found = comparison.problems(RECEIPTS, ledger)
    assert found == ["card kartu-1 is kept under another code than its receipt's"]


def test_a_doubled_number_and_a_gap_are_noticed(ledger):
    again = ledger["cases"][0]
    ledger["cases"] += [{**again, "code": "SRN-26-00002-D"}, {**again, "code": "SRN-26-00003-E"}]
    ledger["cases"][2]["number"] = "00003/SERUNI/2026"
    ledger["answers"] += ["/d/", "/e/"]
    found = comparison.problems(RECEIPTS, ledger)
    assert "number 00001/SERUNI/2026 stands 2 times" in found
    assert "the numbers of 2026 have gaps or disagree with the counter (1)" in found


@pytest.mark.parametrize("name", ["lines", "clocks", "contacts"])
def test_a_card_without_what_its_act_writes_beside_it_is_noticed(ledger, name):
    ledger["cards"][0][name] = 0
    assert comparison.problems(RECEIPTS, ledger) == [f"ADU-26-00001-A has 0 {name} instead of 1"]


def test_a_broken_record_an_unanswered_form_and_a_doubled_letter_are_noticed(ledger):
    ledger.update(chain="baris 7: isi baris berubah", letters=["x", "x"], answers=["/a/", "/b/", ""])
    assert comparison.problems(RECEIPTS, ledger) == [
        "letter x stands 2 times",
        "3 acts stand beside 2 answered forms",
        "the record is broken: baris 7: isi baris berubah",
    ]


# The report -----------------------------------------------------------------------------------------


def even(ms):
    return Result(ms, ms, ms, 3)


@pytest.fixture
def measured():
    names, sizes = [FLOOR, BARE, CARD, *(page.name for page in PAGES)], [10_000, 100_000]
    held = {page.name: {"queries": 9, "bytes": 2048} for page in PAGES}
    return Measured(
        engine="sqlite",
        sizes=sizes,
        results={(size, name): even(10.0) for size in sizes for name in names},
        pages=dict.fromkeys(sizes, held),
        desks={size: Throughput(card=60, bare=100, errors=0) for size in sizes},
        loaded={size: {"rows": {"case": size}, "seconds": 1.0} for size in sizes},
    )


def test_what_was_written_by_hand_outlives_the_next_report(tmp_path):
    path = tmp_path / "bench.md"
    assert report.notes_of(path) == ""
    path.write_text("# Measurements\n\nold\n\n## Notes\n\nBy hand.\n")
    assert report.notes_of(path) == "## Notes\n\nBy hand.\n"


def test_a_report_of_even_times_meets_every_goal(measured):
    text = report.markdown([measured], 3)
    assert "**no**" not in text
    assert text.count("| yes |") == 5


def test_a_page_that_grows_and_a_card_that_costs_too_much_are_told(measured):
    slow = {(100_000, PAGES[0].name): even(40.0), (100_000, CARD): even(30.0)}
    text = report.markdown([replace(measured, results=measured.results | slow)], 3)
    assert f"| P1 list <= 3 x floor B | SQLite | 4.0 x | {PAGES[0].name} (100,000) | **no** |" in text
    assert f"| SQLite | 4.00 | {PAGES[0].name} | **no** |" in text
    assert "| P7 card <= 2.5 x bare insert | SQLite | 3.0 x | 100,000 | **no** |" in text
