import io

import pytest
from openpyxl import Workbook

from institutions.models import Institution
from institutions.resources import InstitutionResource
from pug_portal.core.imports import undo_import
from pug_portal.core.models import AuditEvent, ImportRun
from pug_portal.core.resources import SafeXLSX

HEADS = ["Nama resmi", "Singkatan", "Jenis", "Induk", "Nama sudah diperiksa", "Berlaku mulai"]


def sheet(rows):
    book = Workbook()
    for row in [HEADS, *rows]:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return SafeXLSX().create_dataset(buffer.getvalue())


def good(number):
    return [f"Dinas Peraga {number}", f"DP{number}", "Dinas", "Setda", "ya", "1 Januari 2026"]


def run(rows, user, *, dry_run):
    resource = InstitutionResource(user=user)
    return resource.import_data(
        sheet(rows),
        dry_run=dry_run,
        rollback_on_validation_errors=True,  # as the administration does
        user=user,
        file_name="lembaga.xlsx",
    )


@pytest.fixture
def sixty():
    return [good(number) for number in range(60)]


def test_sixty_agencies_come_in_and_get_the_posts_of_their_heads(register, admin_person, sixty):
    result = run(sixty, admin_person, dry_run=False)
    assert not result.has_errors() and not result.has_validation_errors()
    one = Institution.objects.get(name="Dinas Peraga 7")
    assert (one.kind, one.parent.abbreviation, one.is_verified) == ("dinas", "Setda", True)
    assert one.posts.get().title == "Kepala Dinas Peraga 7"
    assert AuditEvent.objects.get(kind="import.applied").facts["created"] == 60


def test_three_bad_rows_are_named_by_their_cells_and_nothing_comes_in(register, admin_person, sixty):
    sixty[4][2] = "Kementerian"
    sixty[9][3] = "Lembaga Antah Berantah"
    sixty[20][5] = "31 Februari 2026"
    result = run(sixty, admin_person, dry_run=False)
    cells = {cell for row in result.invalid_rows for cell in row.error_dict}
    assert cells == {"Sel C6", "Sel D11", "Sel F22"}
    assert not Institution.objects.filter(name__startswith="Dinas Peraga").exists()
    assert not ImportRun.objects.exists()


def test_a_preview_writes_nothing(register, admin_person, sixty):
    run(sixty, admin_person, dry_run=True)
    assert not Institution.objects.filter(name__startswith="Dinas Peraga").exists()


def test_an_import_is_taken_back(register, admin_person, sixty):
    result = run(sixty, admin_person, dry_run=False)
    undo_import(result.run, by=admin_person)
    assert not Institution.objects.filter(name__startswith="Dinas Peraga").exists()


def test_a_changed_row_returns_to_what_it_was(register, admin_person, office):
    rows = [["Dinas Kesehatan", "DKK", "Dinas", None, "ya", None]]
    result = run(rows, admin_person, dry_run=False)
    assert office("DKK").name == "Dinas Kesehatan"
    undo_import(result.run, by=admin_person)
    assert office("Dinkes").name == "Dinas Kesehatan"


def test_the_driver_role_is_no_column(register, admin_person):
    with pytest.raises(ValueError, match="tidak dikenal"):
        InstitutionResource(user=admin_person)._matched(["Nama resmi", "Peran khusus PUG"])


def test_the_pages_of_import_are_for_those_who_may(register, secretary, focal, as_, client):
    address = "/kelola/institutions/institution/import/"
    assert as_(secretary).get(address).status_code == 200
    assert as_(focal).get(address).status_code in (302, 403)
