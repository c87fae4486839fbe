"""Cases in numbers, for those who count them: no code, no name, no list of persons."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from pug_portal.core import audit, clock
from pug_portal.core.access import requires
from pug_portal.core.downloads import download
from pug_portal.core.figures import Figure
from seruni_cases import access, stats
from seruni_cases.models import Code, Codebook
from seruni_cases.views._pages import to
from seruni_cases.workflow import Status

SOURCE = "register kasus PPT SERUNI"
UNKNOWN = "tidak diketahui"
FILES = {
    "csv": (Figure.csv, "text/csv"),
    "xlsx": (Figure.xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "png": (Figure.png, "image/png"),
}


@requires("seruni_cases.view_figures")
@require_GET
def figures(request):
    """Four figures of one year, or of all years."""
    cases, years, year = _asked(request)
    drawn = _figures(cases, year)
    audit.note("figures.read", by=request.user, year=year or "semua")
    shown = [figure.context(_links(name, figure, year)) for name, figure in drawn.items()]
    context = {"figures": shown, "years": years, "year": year}
    return render(request, "seruni_cases/figures.html", context)


@requires("seruni_cases.view_figures")
@require_GET
def figure_file(request, name, form):
    """One figure to take along: numbers only."""
    cases, _, year = _asked(request)
    figure = _figures(cases, year).get(name)
    if figure is None or (form == "png" and not figure.is_drawn):
        raise Http404
    make, content_type = FILES[form]
    audit.note("export.made", by=request.user, what=f"figure.{name}", form=form, year=year or "semua")
    return download(f"{name}-{year or 'semua-tahun'}.{form}", make(figure), content_type)


def _asked(request):
    """Return (cases of the asked year, years that have cases, the year or None)."""
    cases = access.counted_cases(request.user)
    years = [year for year, _ in stats.by_year(cases)]
    asked = request.GET.get("tahun", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else None
    return stats.of_year(cases, year) if year else cases, years, year


def _figures(cases, year: int | None) -> dict[str, Figure]:
    book = Codebook()
    parts = {
        "tahun": ("Kasus terdaftar per tahun", _named(stats.by_year(cases)), "line"),
        "bentuk": (
            "Bentuk kekerasan",
            [(book.label(Code.List.VIOLENCE, code), n) for code, n in stats.by_violence(cases)],
            "bar",
        ),
        "kecamatan": ("Kasus menurut kecamatan tempat tinggal", _named(stats.by_kecamatan(cases)), "bar"),
        "tahap": (
            "Kasus menurut tahap",
            [(Status(status).label, n) for status, n in stats.by_status(cases)],
            "bar",
        ),
    }
    if year:
        del parts["tahun"]
    return {name: _figure(title, rows, kind, year) for name, (title, rows, kind) in parts.items()}


def _named(rows) -> list[tuple[str, int]]:
    return [(str(label) if label else UNKNOWN, number) for label, number in rows]


def _figure(title: str, rows: list, kind: str, year: int | None) -> Figure:
    several = title == "Bentuk kekerasan"
    return Figure(
        title=title,
        question="Berapa kasus, dan di mana yang terbanyak?",
        columns=("Rincian", "Kasus"),
        rows=rows,
        unit="kasus",
        period=f"tahun {year}" if year else "semua tahun",
        source=SOURCE,
        as_of=timezone.localdate(),
        definition=(
            "Yang dihitung kasus, menurut tanggal pendaftaran (WIB)."
            + (
                " Satu kasus dapat memuat beberapa bentuk, jadi jumlahnya boleh melebihi kasus."
                if several
                else ""
            )
        ),
        kind=kind,
        in_order=kind == "line",
        incomplete=(str(clock.today().year),) if kind == "line" else (),
    )


def _links(name: str, figure: Figure, year: int | None) -> list[tuple[str, str]]:
    suffix = f"?tahun={year}" if year else ""
    forms = [form for form in FILES if form != "png" or figure.is_drawn]
    return [(form.upper(), to("figure_file", name, form) + suffix) for form in forms]
