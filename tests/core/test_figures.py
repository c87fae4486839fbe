import io
import re
from datetime import date
from decimal import Decimal

import pytest
from defusedxml.ElementTree import fromstring
from django.template.loader import render_to_string
from openpyxl import load_workbook
from PIL import Image

from pug_portal.core import charts
from pug_portal.core.disclosure import Hidden
from pug_portal.core.figures import Figure

HIDDEN = Hidden("kurang dari 5")


def figure(**changes):
    facts = {
        "title": "Pengaduan per bulan",
        "question": "Apakah pengaduan bertambah?",
        "columns": ["Bulan", "Pengaduan"],
        "rows": [["Jan 2025", 12], ["Feb 2025", 9], ["Mar 2025", 31], ["Apr 2025", 15]],
        "unit": "kasus",
        "period": "Januari–April 2025",
        "source": "PPT SERUNI",
        "as_of": date(2025, 5, 7),
        "kind": "line",
    }
    return Figure(**{**facts, **changes})


def bars(**changes):
    rows = [["Psikis", 40], ["Fisik", 120], ["Lainnya", None], ["Seksual", HIDDEN]]
    return figure(
        title="Bentuk kekerasan", columns=["Bentuk", "Kasus"], rows=rows, kind="bar", period="2025", **changes
    )


def pairs(kind):
    return figure(
        title="Umur dan jenis kelamin",
        columns=["Umur", "Perempuan", "Laki-laki"],
        rows=[["0–5 tahun", 6, 5], ["6–12 tahun", 20, 14], ["<b>&</b>", 1000, 0]],
        kind=kind,
        unit="orang",
    )


def test_the_sentence_tells_kind_period_largest_smallest_and_change():
    assert figure().sentence() == (
        "Garis: pengaduan per bulan, Januari–April 2025. "
        "Tertinggi 31 kasus (Mar 2025), terendah 9 kasus (Feb 2025). "
        "Dari 12 (Jan 2025) menjadi 15 (Apr 2025), naik 25%."
    )


def test_the_sentence_tells_what_is_missing_and_what_is_hidden():
    assert bars(incomplete=["Psikis"]).sentence() == (
        "Batang: bentuk kekerasan, 2025. Tertinggi 120 kasus (Fisik), terendah 40 kasus (Psikis). "
        "Belum ada data: Lainnya. Data belum lengkap: Psikis. "
        "1 angka kecil tidak ditampilkan untuk melindungi orang."
    )


def test_the_sentence_sums_each_series_unless_a_cell_is_hidden():
    assert "Jumlah: Perempuan 1.026, Laki-laki 19." in pairs("mirror").sentence()
    hidden = figure(columns=["Umur", "P", "L"], rows=[["0–5", HIDDEN, 8], ["6–12", 9, 7]], kind="mirror")
    assert "Jumlah" not in hidden.sentence()


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "Belum ada angka untuk periode ini."),
        ([["Jan", None]], "Belum ada angka untuk periode ini."),
        ([["Jan", 4]], "Jan: 4 kasus."),
        ([["Jan", 4], ["Feb", 4]], "Semua sama: 4 kasus. Dari 4 (Jan) menjadi 4 (Feb), tetap."),
        ([["Jan", 0], ["Feb", 4]], "Dari 0 (Jan) menjadi 4 (Feb), naik."),
        ([["Jan", 8], ["Feb", 4]], "turun 50%."),
    ],
)
def test_the_sentence_holds_for_few_numbers(rows, words):
    assert figure(rows=rows).sentence().endswith(words)


def test_units_are_written_as_money_or_percent():
    assert figure(unit="Rp").say(1500000) == "Rp1.500.000"
    assert figure(unit="%").say(Decimal("12.5")) == "12,5%"
    assert figure().say(1234) == "1.234"
    assert (figure().say(None), figure().say(HIDDEN)) == ("—", "kurang dari 5")


@pytest.mark.parametrize(
    "shown", [figure(), bars(), pairs("mirror"), pairs("stacked"), pairs("bar"), pairs("line")]
)
def test_a_drawing_is_one_image_without_style_script_or_address(shown):
    drawing = shown.svg()
    root = fromstring(drawing)
    assert root.get("role") == "img"
    assert root[0].text == shown.sentence()
    assert root.get("aria-labelledby").split() == [root[0].get("id"), root[1].get("id")]
    assert "width" not in root.attrib
    for forbidden in ("style", "<script", "href", "font-family", "graphics-symbol", "aria-label="):
        assert forbidden not in drawing
    assert len(drawing) < 25_000


def test_text_stays_text_and_is_escaped():
    drawing = pairs("mirror").svg()
    assert "6–12 tahun" in drawing
    assert "&lt;b&gt;&amp;&lt;/b&gt;" in drawing
    assert "Perempuan 6" in drawing
    assert ">1.000<" in drawing
    assert charts.SEXES["P"] in drawing
    assert charts.SEXES["L"] in drawing


def test_bars_stand_largest_first_unless_they_have_an_order_of_their_own():
    assert [row[0] for row in bars().table()] == ["Fisik", "Psikis", "Lainnya", "Seksual"]
    assert [row[0] for row in bars(in_order=True).table()] == ["Psikis", "Fisik", "Lainnya", "Seksual"]
    assert bars().table()[3] == ["Seksual", "kurang dari 5"]


def test_a_drawing_with_many_holes_is_not_made():
    holes = bars()
    holes = figure(columns=holes.columns, kind="bar", rows=[["a", HIDDEN], ["b", HIDDEN], ["c", 9]])
    assert holes.svg() == ""
    assert holes.table()
    with pytest.raises(ValueError, match="nothing fit"):
        holes.png()


def test_five_series_are_refused():
    with pytest.raises(ValueError, match="at most four"):
        figure(columns=["Bulan", *"abcde"], rows=[["Jan", 1, 2, 3, 4, 5]]).svg()


def test_the_same_data_are_drawn_once(monkeypatch):
    shown = figure(source="x")
    shown.svg()
    monkeypatch.setitem(charts._FORMS, "svg", lambda drawing: pytest.fail("drawn again"))
    assert shown.svg()
    with pytest.raises(pytest.fail.Exception):
        figure(rows=[["Jan", 77], ["Feb", 78]]).svg()


def test_a_picture_is_small_and_sharp():
    picture = figure().png()
    assert len(picture) < 150 * 1024
    assert Image.open(io.BytesIO(picture)).width >= 1400


def test_the_same_rows_leave_as_csv_and_workbook():
    assert (
        bars().csv()
        == "\ufeffBentuk;Kasus\r\nFisik;120\r\nPsikis;40\r\nLainnya;\r\nSeksual;kurang dari 5\r\n"
    )
    sheet = load_workbook(io.BytesIO(bars().xlsx())).active
    assert [cell.value for cell in sheet["B"]] == ["Kasus", 120, 40, None, "kurang dari 5"]


def test_no_number_is_shown_without_its_source():
    assert figure().foot() == (
        "Sumber: PPT SERUNI; periode Januari–April 2025; data per 7 Mei 2025; satuan: kasus."
    )


def test_a_page_shows_sentence_drawing_and_table():
    html = render_to_string("components/figure.html", figure().context([("CSV", "/data/x.csv")]))
    assert "Tertinggi 31 kasus" in html
    assert "<svg" in html
    assert re.search(r"<th scope=\"row\">Mar 2025</th>\s*<td class=\"num\">31</td>", html)
    assert 'href="/data/x.csv"' in html
    assert "Sumber: PPT SERUNI" in html
