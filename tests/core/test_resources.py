import io
import time
import zipfile
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.contrib import admin
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import path, reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from pug_portal import urls
from pug_portal.core.access import Refused
from pug_portal.core.adminsite import PortalAdminSite
from pug_portal.core.imports import ImportRun, forget_old_imports, undo_import
from pug_portal.core.models import AuditEvent, RoleAssignment, User
from pug_portal.core.resources import (
    ChoiceWidget,
    DateTimeWidget,
    DecimalWidget,
    IntegerWidget,
    LookupWidget,
    MoneyWidget,
    PhoneWidget,
    PortalImportExportMixin,
    PortalResource,
    SafeCSV,
    SafeXLSX,
    SealedCacheStorage,
    SheetRefused,
    TextWidget,
    TimeWidget,
    YesNoWidget,
    storage,
)

HEADERS = ["Nomor keputusan", "Pemegang", "Peran", "Mulai", "Sampai"]


class TermResource(PortalResource):
    """Terms, named by their decree: a date, a choice and a relation in one sheet."""

    class Meta:
        model = RoleAssignment
        fields = ("decree_number", "user", "role", "starts", "ends")
        import_id_fields = ("decree_number",)
        widgets = {"user": LookupWidget(User, fields=("username", "email"))}


class TermAdmin(PortalImportExportMixin, admin.ModelAdmin):
    resource_classes = [TermResource]


site = PortalAdminSite(name="admin")
site.register(RoleAssignment, TermAdmin)
urlpatterns = [*urls.urlpatterns[:-1], path("kelola/", site.urls)]


def sheet(*rows, headers=HEADERS):
    book = Workbook()
    book.active.append(headers)
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_dimension(data, text, *, cells=""):
    """The same workbook whose sheet claims another size, or holds further rows."""
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            part = source.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                start = part.index('<dimension ref="') + len('<dimension ref="')
                part = part[:start] + text + part[part.index('"', start) :]
                part = part.replace("</sheetData>", cells + "</sheetData>")
            made.writestr(name, part)
    return target.getvalue()


def read(data, form=SafeXLSX):
    return form().create_dataset(data)


# Files ------------------------------------------------------------------------------------------


def test_a_sheet_is_read_with_the_number_of_each_row():
    dataset = read(sheet(["1/2025", "ani", None, date(2025, 8, 7)], [], [], ["2/2025", "budi", 12.0, 1.5]))
    assert dataset.headers == HEADERS
    assert dataset[0] == ("1/2025", "ani", None, datetime(2025, 8, 7), None)
    assert dataset[1] == ("2/2025", "budi", 12, 1.5, None)
    assert dataset.row_numbers == [2, 5]


def test_a_sheet_that_understates_its_size_loses_no_row():
    dataset = read(with_dimension(sheet(*[[str(number)] for number in range(300)]), "A1:A4"))
    assert len(dataset) == 300


def test_one_far_cell_costs_seconds_and_not_the_machine():
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    data = with_dimension(sheet(["1"]), "A1:XFD1048576", cells=far)
    started = time.perf_counter()
    assert len(read(data)) == 1
    assert time.perf_counter() - started < 20


def test_a_sheet_may_hold_five_thousand_rows_and_not_one_more():
    rows = [[str(number)] for number in range(5001)]
    assert len(read(sheet(*rows[:5000], headers=["a"]))) == 5000
    with pytest.raises(SheetRefused, match="lebih dari 5.000 baris"):
        read(sheet(*rows, headers=["a"]))
    with pytest.raises(SheetRefused, match="lebih dari 5.000 baris"):
        read(b"a\n" + b"1\n" * 5001, SafeCSV)


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        ([], "kosong"),
        ([f"k{number}" for number in range(61)], "lebih dari 60 kolom"),
        (["a", None, "b"], "kolom tanpa nama"),
        (["a", "a"], "Kolom “a” ada dua"),
    ],
)
def test_a_sheet_without_clear_columns_is_refused(headers, words):
    with pytest.raises(SheetRefused, match=words):
        read(sheet(["x"] if headers else [], headers=headers))


def test_hostile_files_are_refused():
    macro = io.BytesIO(sheet(["1"]))
    with zipfile.ZipFile(macro, "a") as container:
        container.writestr("xl/vbaProject.bin", b"x")
    bomb = io.BytesIO(sheet(["1"]))
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as container:
        container.writestr("xl/media/a", b"\0" * 50_000_000)
    for data in (b"bukan zip", b"PK\x03\x04rusak", macro.getvalue(), bomb.getvalue(), sheet(["1"])[:-40]):
        with pytest.raises(SheetRefused):
            read(data)
    with pytest.raises(SheetRefused, match="paling besar 20 MB"):
        read(b"x" * (20 * 1024 * 1024 + 1), SafeCSV)


@pytest.mark.parametrize(
    "text",
    ["Nama;Umur\r\nAni;12\r\n", "Nama,Umur\nAni,12\n", "Nama\tUmur\nAni\t12\n", "\ufeffNama;Umur\nAni;12"],
)
def test_a_csv_is_read_whatever_divides_its_fields(text):
    dataset = read(text.encode(), SafeCSV)
    assert (dataset.headers, dataset[0]) == (["Nama", "Umur"], ("Ani", "12"))


def test_a_csv_of_an_old_spreadsheet_is_read():
    assert read("Nama\nJosé".encode("cp1252"), SafeCSV)[0] == ("José",)


@pytest.mark.parametrize("form", [SafeXLSX, SafeCSV])
@pytest.mark.parametrize("text", ["=1+1", "+62 812", "-x", "@a", "＝1"])
def test_what_was_exported_is_read_back_and_is_never_a_formula(form, text):
    dataset = read(sheet(["x"], headers=["Isi"]))
    dataset[0] = (text,)
    again = read(form().export_data(dataset), form)
    assert again[0] == (text,)
    assert type(again[0][0]) is str


# Cells ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("widget", "cell", "value"),
    [
        (TextWidget(), 3374011512120001, "3374011512120001"),
        (TextWidget(), None, ""),
        (TextWidget(null=True), " ", None),
        (TimeWidget(), "14.30", datetime(2025, 1, 1, 14, 30).time()),
        (IntegerWidget(), "1.234", 1234),
        (IntegerWidget(), 12, 12),
        (MoneyWidget(), "Rp1.500.000", 1500000),
        (DecimalWidget(), "12,5", Decimal("12.5")),
        (DecimalWidget(), 12.5, Decimal("12.50")),
        (YesNoWidget(), "Ya", True),
        (YesNoWidget(), "tidak", False),
        (PhoneWidget(), 81234567890, "+6281234567890"),
        (ChoiceWidget([("d", "Dinas")]), " dinas ", "d"),
        (ChoiceWidget([("d", "Dinas")]), "D", "d"),
        (ChoiceWidget([("d", "Dinas")]), None, ""),
    ],
)
def test_a_cell_is_read_as_a_form_would_read_it(widget, cell, value):
    assert widget.clean(cell) == value


@pytest.mark.parametrize(
    ("widget", "cell", "words"),
    [
        (IntegerWidget(), 12.5, "angka bulat tanpa pecahan, bukan 12,5"),
        (DecimalWidget(), "12.5", "Maksud Anda 12,5"),
        (YesNoWidget(), "mungkin", "Tulis ya atau tidak"),
        (ChoiceWidget([("d", "Dinas")]), "Badan", "Pilih salah satu: Dinas"),
        (DateTimeWidget(), "besok", "Tulis"),
    ],
)
def test_a_cell_that_cannot_be_read_says_what_to_do(widget, cell, words):
    with pytest.raises(ValueError, match=words):
        widget.clean(cell)


@pytest.mark.django_db
def test_a_name_that_fits_two_rows_is_asked_back(person):
    person(name="Ani")
    person(name="Ani")
    lookup = LookupWidget(User, fields=("name", "username"))
    assert lookup.clean("WARGA1").username == "warga1"
    with pytest.raises(ValueError, match="cocok dengan 2 data"):
        lookup.clean("ani")
    with pytest.raises(ValueError, match="tidak ditemukan"):
        lookup.clean("siapa")


# Resources --------------------------------------------------------------------------------------


@pytest.fixture
def importing(superuser, person):
    """Import rows as a person who may, for real or as a preview."""
    ani = person(name="Ani Contoh")

    def run(*rows, dry_run=False, headers=HEADERS, data=None):
        rows = [[ani.username if cell == "ani" else cell for cell in row] for row in rows]
        dataset = read(data or sheet(*rows, headers=headers))
        return TermResource(user=superuser).import_data(
            dataset,
            dry_run=dry_run,
            rollback_on_validation_errors=True,
            user=superuser,
            file_name="peran.xlsx",
        )

    run.by, run.ani = superuser, ani
    return run


ROW = ["1/2025", "ani", "Sekretariat Pokja", "7 Agustus 2025", None]


def terms():
    return RoleAssignment.objects.exclude(decree_number="")


def test_a_resource_names_its_fields():
    class OpenResource(PortalResource):
        class Meta:
            model = RoleAssignment

    with pytest.raises(Exception, match="must name its fields"):
        OpenResource()


def test_columns_carry_the_names_that_people_see(importing):
    role = RoleAssignment(role="sekretariat").get_role_display()
    result = importing(
        ["1/2025", "ani", role, "7/8/2025"], headers=["NOMOR KEPUTUSAN", "user", "peran", "mulai"]
    )
    assert not result.has_errors(), result.base_errors
    term = terms().get()
    assert (term.user, term.role, term.starts) == (importing.ani, "sekretariat", date(2025, 8, 7))
    assert TermResource().export(terms()).headers == HEADERS


def good(**changes):
    role = RoleAssignment(role="sekretariat").get_role_display()
    facts = {"number": "1/2025", "user": "ani", "role": role, "starts": "7 Agustus 2025", "ends": None}
    return list({**facts, **changes}.values())


def test_a_preview_changes_nothing_and_shows_old_and_new(importing):
    importing(good())
    result = importing(good(starts="8 Agustus 2025"), good(number="2/2025"), dry_run=True)
    changed, new = result.rows
    assert changed.diff[3] == "7 Agu 2025 → 8 Agu 2025"
    assert (changed.diff[0], new.diff[0]) == ("1/2025", "2/2025")
    assert terms().count() == 1


def test_unchanged_rows_are_left_alone(importing):
    importing(good())
    result = importing(good())
    assert result.totals["skip"] == 1
    assert list(result.rows) == []
    assert ImportRun.objects.count() == 1


def test_errors_are_named_by_cell_and_nothing_is_half_applied(importing):
    result = importing(
        good(),
        [],
        good(number="2/2025", starts="12/13/2025"),
        good(number="3/2025", user="siapa", role="Raja"),
        good(number="4/2025", ends="1 Januari 2020"),
    )
    named = {row.number: row.field_specific_errors for row in result.invalid_rows}
    assert list(named[4]) == ["Sel D4"]
    assert "Bulan harus antara 1 dan 12" in named[4]["Sel D4"][0]
    assert set(named[5]) == {"Sel B5", "Sel C5"}
    assert result.invalid_rows[2].non_field_specific_errors == [
        "Tanggal selesai harus sesudah tanggal mulai."
    ]
    assert not terms().exists()
    assert not ImportRun.objects.exists()


def test_a_formula_is_an_error_of_its_cell(importing):
    result = importing(good(), good(number="2/2025", starts="=TODAY()"))
    assert result.invalid_rows[0].field_specific_errors == {
        "Sel D3": ["Sel ini berisi rumus. Salin lalu tempel sebagai nilai."]
    }


def test_the_same_key_twice_is_refused(importing):
    result = importing(good(), good(number="2/2025"), good())
    assert result.invalid_rows[0].non_field_specific_errors == ["Baris ini sama dengan baris 2. Hapus satu."]


def test_two_rows_of_the_database_that_fit_are_refused(importing):
    for _ in range(2):
        RoleAssignment.objects.create(user=importing.ani, role="sekretariat", decree_number="1/2025")
    result = importing(good())
    assert "beberapa data yang cocok" in result.invalid_rows[0].non_field_specific_errors[0]


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        ([*HEADERS[:4], "Gaji"], "Kolom “Gaji” tidak dikenal"),
        (HEADERS[1:], "Kolom “Nomor keputusan” tidak ada"),
    ],
)
def test_unknown_and_missing_columns_are_refused(importing, headers, words):
    result = importing(["x"] * len(headers), headers=headers)
    assert words in str(result.base_errors[0].error)


def test_what_the_database_says_stays_inside(importing, monkeypatch):
    def fails(*args, **kwargs):
        raise KeyError("secret column")

    monkeypatch.setattr(RoleAssignment, "save", fails)
    result = importing(good())
    ((number, (error,)),) = result.row_errors()
    assert number == 2
    assert str(error.error) == "Baris ini tidak dapat disimpan. Periksa isinya, atau hubungi pengelola."


def test_an_import_costs_few_queries_before_it_writes(importing, django_assert_max_num_queries):
    importing(*[good(number=f"{number}/2025") for number in range(20)])
    with django_assert_max_num_queries(70):
        importing(*[good(number=f"{number}/2025") for number in range(20)])


# Undo -------------------------------------------------------------------------------------------


def test_an_import_is_recorded_and_its_rows_are_sealed(importing):
    run = importing(good()).run
    assert (run.created_count, run.updated_count, run.by) == (1, 0, importing.by)
    assert run.changes[0]["after"]["decree_number"] == "1/2025"
    event = AuditEvent.objects.get(kind="import.applied")
    assert event.facts == {"created": 1, "updated": 0}


def test_an_undone_import_leaves_everything_as_it_was(importing):
    importing(good())
    before = terms().values().get()
    run = importing(good(starts="8 Agustus 2025", ends="9 Agustus 2025"), good(number="2/2025")).run
    undo_import(run, by=importing.by)
    assert terms().values().get() == before
    assert AuditEvent.objects.filter(kind="import.undone").count() == 1
    with pytest.raises(Refused, match="sudah dibatalkan"):
        undo_import(ImportRun.objects.get(pk=run.pk), by=importing.by)


def test_a_row_that_was_changed_since_refuses_the_whole_undo(importing):
    run = importing(good(), good(number="2/2025")).run
    terms().filter(decree_number="1/2025").update(starts=date(2025, 1, 1))
    with pytest.raises(Refused, match="Baris 2 sudah diubah"):
        undo_import(run, by=importing.by)
    assert terms().count() == 2
    assert ImportRun.objects.get(pk=run.pk).is_undoable


def test_an_import_cannot_be_undone_without_the_right_or_after_a_day(importing, person):
    run = importing(good()).run
    with pytest.raises(Refused, match="hak impor"):
        undo_import(run, by=person())
    with time_machine.travel(timezone.now() + timedelta(hours=25)), pytest.raises(Refused, match="24 jam"):
        undo_import(ImportRun.objects.get(pk=run.pk), by=importing.by)
    assert terms().count() == 1


def test_what_can_no_longer_be_undone_is_forgotten(importing):
    run = importing(good()).run
    assert forget_old_imports() == 0
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert forget_old_imports() == 1
        assert forget_old_imports() == 0
    run = ImportRun.objects.get(pk=run.pk)
    assert (run.changes, run.created_count) == ([], 1)


# Waiting sheets ---------------------------------------------------------------------------------


@pytest.fixture
def as_importer():
    tokens = []
    yield lambda user: tokens.append(storage.importer.set(user))
    for token in reversed(tokens):
        storage.importer.reset(token)


def test_a_waiting_sheet_is_sealed_and_opens_only_for_its_sender(as_importer):
    as_importer("ani")
    waiting = SealedCacheStorage()
    waiting.save(b"rahasia")
    assert b"rahasia" not in cache.get(f"impor-{waiting.name}")
    assert SealedCacheStorage(name=waiting.name).read() == b"rahasia"
    as_importer("budi")
    with pytest.raises(SheetRefused):
        SealedCacheStorage(name=waiting.name).read()
    as_importer("ani")
    waiting.remove()
    with pytest.raises(SheetRefused, match="Unggah lagi"):
        waiting.read()


def test_a_waiting_sheet_is_gone_after_half_an_hour(as_importer):
    as_importer("ani")
    waiting = SealedCacheStorage()
    waiting.save(b"rahasia")
    with time_machine.travel(timezone.now() + timedelta(minutes=31)), pytest.raises(SheetRefused):
        waiting.read()


# Admin ------------------------------------------------------------------------------------------


@pytest.fixture
def desk(settings, client, importing):
    """The admin as seen by a person who may import."""
    settings.ROOT_URLCONF = __name__
    client.force_login(importing.by)

    def send(data, name="peran.xlsx", form="0"):
        upload = SimpleUploadedFile(name, data)
        return client.post(address("import"), {"import_file": upload, "format": form, "resource": "0"})

    client.send = send
    return client


def address(page, *args):
    return reverse(f"admin:core_roleassignment_{page}", args=args)


def confirm(client, response):
    return client.post(address("process_import"), response.context["confirm_form"].initial)


def words(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_a_sheet_goes_from_template_to_preview_to_rows_and_back(desk, importing):
    page = desk.get(address("import"))
    assert "templat Excel" in page.content.decode()
    template = load_workbook(io.BytesIO(desk.get(address("import_sheet")).content)).active
    assert [cell.value for cell in template[1]] == HEADERS

    preview = desk.send(sheet(good(user=importing.ani.username)))
    assert "Beginilah hasilnya nanti" in preview.content.decode()
    assert "7 Agu 2025" in preview.content.decode()
    assert not terms().exists()

    done = confirm(desk, preview)
    assert done.status_code == 302
    assert "1 baris baru" in words(done)[0]
    assert terms().count() == 1

    run = ImportRun.objects.get()
    undo = address("undo_import", run.pk)
    assert undo in words(done)[0]
    assert undo in desk.get(address("import")).content.decode()
    assert "1 baris baru" in desk.get(undo).content.decode()
    assert "Data kembali seperti sebelumnya" in words(desk.post(undo))[0]
    assert not terms().exists()
    assert "tidak dapat dibatalkan lagi" in desk.get(undo).content.decode()


def test_a_preview_names_the_cells_to_repair_and_offers_no_confirmation(desk, importing):
    page = desk.send(sheet(good(user=importing.ani.username, starts="12/13/2025"))).content.decode()
    assert "Sel D2: Bulan harus antara 1 dan 12." in page
    assert "Simpan impor ini" not in page


def test_a_sheet_confirmed_twice_is_carried_out_once(desk, importing):
    preview = desk.send(sheet(good(user=importing.ani.username)))
    confirm(desk, preview)
    again = confirm(desk, preview)
    assert "sudah diproses" in words(again)[-1]
    assert terms().count() == 1


def test_somebody_else_cannot_confirm_a_waiting_sheet(desk, importing, person):
    preview = desk.send(sheet(good(user=importing.ani.username)))
    other = person()
    User.objects.filter(pk=other.pk).update(is_superuser=True)
    desk.force_login(User.objects.get(pk=other.pk))
    confirm(desk, preview)
    assert not terms().exists()


def test_data_that_changed_since_the_preview_stop_the_import(desk, importing):
    preview = desk.send(sheet(good(user=importing.ani.username), good(user="warga-lain", number="2")))
    assert "tidak ditemukan" in preview.content.decode()
    other = User.objects.create_user("warga-lain", "lain@contoh.test", "sandi-uji-coba")
    preview = desk.send(sheet(good(user=importing.ani.username), good(user="warga-lain", number="2")))
    other.delete()
    assert "Data berubah sejak pratinjau" in words(confirm(desk, preview))[0]
    assert not terms().exists()


def test_a_wrong_file_says_what_to_do(desk):
    assert "rusak" in desk.send(b"bukan excel").content.decode()
    assert "tidak dikenal" in desk.send(b"Gaji\n1", name="a.csv", form="1").content.decode()


def test_without_the_right_there_is_no_import_template_undo_or_export(desk, importing, admin_person):
    run = importing(good()).run
    desk.force_login(admin_person)
    for page, args in (("import", ()), ("import_sheet", ()), ("undo_import", (run.pk,)), ("export", ())):
        assert desk.get(address(page, *args)).status_code == 403
    assert desk.post(address("undo_import", run.pk)).status_code == 403
    assert terms().count() == 1


def test_an_export_is_a_safe_file_and_leaves_a_record(desk, importing):
    importing(good())
    names = ("decree_number", "user", "role", "starts", "ends")
    columns = {f"termresource_{name}": "on" for name in names}
    response = desk.post(address("export"), {"format": "0", "resource": "0", **columns})
    rows = list(load_workbook(io.BytesIO(response.content)).active.values)
    assert list(rows[0]) == HEADERS
    assert ("1/2025", importing.ani.username, good()[2], datetime(2025, 8, 7), None) in rows
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    event = AuditEvent.objects.get(kind="export.made")
    assert event.facts["rows"] == RoleAssignment.objects.count()


def test_an_export_page_names_the_columns_as_people_see_them(desk):
    page = desk.get(address("export")).content.decode()
    assert "Nomor keputusan" in page
    assert "Decree Number" not in page
    assert "onchange" not in page
