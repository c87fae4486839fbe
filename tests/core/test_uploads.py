import io
import os
import time
import uuid
import zipfile
import zlib
from functools import cache

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from openpyxl import Workbook
from PIL import Image

from pug_portal.core import documents, uploads
from pug_portal.core.access import PUBLIC, Refused
from pug_portal.core.forms import PortalForm
from pug_portal.core.models import DataKey, StoredFile
from pug_portal.core.uploads import KINDS, DamagedFile, UploadRefused, vault

PHOTO, DOCUMENT, EVIDENCE = KINDS["photo"], KINDS["document"], KINDS["evidence"]


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


def image(form="JPEG", size=(60, 40), mode="RGB", **options):
    buffer = io.BytesIO()
    Image.new(mode, size, "teal").save(buffer, form, **options)
    return buffer.getvalue()


def with_position():
    exif = Image.Exif()
    exif[0x010F] = "KameraRahasia"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "S"
    return image(exif=exif)


def noise(size):
    buffer = io.BytesIO()
    Image.frombytes("RGB", size, os.urandom(size[0] * size[1] * 3)).save(buffer, "JPEG", quality=95)
    return buffer.getvalue()


def huge_png():
    """A few bytes that declare 400 megapixels."""

    def chunk(kind, body):
        return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)

    head = (20000).to_bytes(4) + (20000).to_bytes(4) + b"\x08\x02\x00\x00\x00"
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


def docx(**parts):
    buffer = io.BytesIO()
    document = Document()
    document.add_paragraph("Isi surat")
    document.save(buffer)
    return rezip(buffer.getvalue(), **parts) if parts else buffer.getvalue()


def rezip(data, *, add=None, swap=None, drop=()):
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            if name not in drop:
                made.writestr(name, (swap or {}).get(name, lambda old: old)(source.read(name)))
        for name, content in (add or {}).items():
            made.writestr(name, content)
    return target.getvalue()


def xlsx():
    buffer = io.BytesIO()
    Workbook().save(buffer)
    return buffer.getvalue()


def pdf():
    return documents.pdf("report", {"title": "Bukti"})


def entity_bomb(_):
    return b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w>&b;</w>'


MACRO_TYPE = b"application/vnd.ms-word.document.macroEnabled.main+xml"
PLAIN_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
REMOTE = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="t" Target="http://x/t.dotm" TargetMode="External"/></Relationships>'
)


@cache
def good():
    return {
        "foto.jpg": image(),
        "FOTO.JPEG": image(),
        "foto.png": image("PNG", mode="RGBA"),
        "palet.png": image("PNG", mode="P"),
        "foto.webp": image("WEBP"),
        "abu.jpg": image(mode="L"),
        "cmyk.jpg": image(mode="CMYK"),
        "bukti.pdf": pdf(),
        "surat.docx": docx(),
        "urutan lain.docx": rezip(docx(), drop=["docProps/app.xml"], add={"a.txt": "x"}),
    }


@cache
def hostile():
    jpeg, paper = image(), pdf()
    return {
        "kosong.pdf": b"",
        "teks.txt": b"halo",
        "tanpa": jpeg,
        "program.exe": b"MZ" + b"\0" * 100,
        "program.pdf": b"MZ" + b"\0" * 100,
        "halaman.jpg": b"<html><script>1</script>",
        "gambar.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>',
        "gambar.png": b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>',
        "salah.png": jpeg,
        "salah.pdf": jpeg,
        "gerak.gif": image("GIF"),
        "terpotong.png": image("PNG")[:20],
        "banjir.png": huge_png(),
        "html.pdf": b"<html>" + paper,
        "terpotong.pdf": paper[:-200],
        "berekor.pdf": paper + b"<script>alert(1)</script>" * 100,
        "palsu.pdf": b"%PDF-1.7\nhalo\nstartxref\n3\n%%EOF",
        "skrip.pdf": paper.replace(b"/Type", b"/JavaScript", 1),
        "samar.pdf": paper.replace(b"/Type", b"/J#61vaScript", 1),
        "luncur.pdf": paper.replace(b"/Type", b"/Launch", 1),
        "arsip.docx": rezip(docx(), drop=["word/document.xml"]),
        "lembar.docx": xlsx(),
        "makro.docx": docx(add={"word/vbaProject.bin": b"x"}),
        "makro2.docx": docx(swap={"[Content_Types].xml": lambda old: old.replace(PLAIN_TYPE, MACRO_TYPE)}),
        "aktif.docx": docx(add={"word/activeX/activeX1.bin": b"x"}),
        "ole.docx": docx(add={"word/embeddings/oleObject1.bin": b"x"}),
        "bom.docx": docx(add={"word/media/a.bin": b"\0" * 60_000_000}),
        "entitas.docx": docx(swap={"word/document.xml": entity_bomb}),
        "rusak.docx": docx(swap={"word/document.xml": lambda _: b"<w"}),
        "keluar.docx": docx(add={"../../etc/cron.d/x": b"x"}),
        "jauh.docx": docx(add={"word/_rels/settings.xml.rels": REMOTE}),
        "potong.docx": docx()[:-50],
        "makro.docm": docx(),
    }


@pytest.mark.parametrize("name", sorted(good()))
def test_a_good_file_is_taken(name):
    assert uploads.judge(good()[name], name, EVIDENCE)


@pytest.mark.parametrize("name", sorted(hostile()))
def test_a_hostile_file_is_refused_with_what_to_do(name):
    with pytest.raises(UploadRefused) as refusal:
        uploads.judge(hostile()[name], name, EVIDENCE)
    assert str(refusal.value).endswith(".")


def test_a_flood_of_pixels_costs_nothing():
    data = huge_png()
    started = time.perf_counter()
    with pytest.raises(UploadRefused, match="40 megapiksel"):
        uploads.judge(data, "banjir.png", PHOTO)
    assert time.perf_counter() - started < 0.05


def test_the_size_limit_holds_to_the_byte():
    data = image()
    exact = data + b"\0" * (PHOTO.max_bytes - len(data))
    assert uploads.judge(exact, "foto.jpg", PHOTO)
    with pytest.raises(UploadRefused, match="paling besar 10 MB"):
        uploads.judge(exact + b"\0", "foto.jpg", PHOTO)


def test_a_place_for_photos_takes_no_document():
    with pytest.raises(UploadRefused, match="Kirim foto JPG, PNG, atau WebP"):
        uploads.judge(pdf(), "bukti.pdf", PHOTO)


def stored(data, name, *, by=PUBLIC, **options):
    return uploads.receive(SimpleUploadedFile(name, data), by=by, **options)


@pytest.mark.django_db
def test_a_photo_is_kept_without_its_place_and_camera():
    data = with_position()
    assert b"KameraRahasia" in data
    row = stored(data, "IMG 0001.JPG", kind="photo")
    kept = uploads.read(row)
    assert b"KameraRahasia" not in kept
    picture = Image.open(io.BytesIO(kept))
    assert not picture.getexif()
    assert picture.size == (40, 60)  # turned upright before the hint was dropped
    assert (row.name, row.content_type, row.size) == ("IMG 0001.jpg", "image/jpeg", len(kept))


@pytest.mark.django_db
def test_a_script_behind_a_photo_does_not_survive():
    row = stored(image() + b"<?php system($_GET[0]); ?><script>x</script>", "foto.jpg", kind="photo")
    assert b"php" not in uploads.read(row)


@pytest.mark.django_db
def test_a_large_photo_becomes_small():
    row = stored(noise((3000, 1200)), "besar.jpg", kind="photo")
    assert row.size <= 300 * 1024
    assert max(Image.open(io.BytesIO(uploads.read(row))).size) <= 2560


@pytest.mark.django_db
def test_a_drawing_stays_a_drawing_as_evidence():
    row = stored(image("PNG", mode="RGBA"), "denah.png", kind="evidence")
    assert row.content_type == "image/png"


@pytest.mark.django_db
def test_nothing_of_a_file_lies_readable_on_disk(files):
    row = stored(pdf(), "bukti rahasia.pdf")
    path = vault.path_of(row.storage_name)
    assert b"%PDF" not in path.read_bytes()
    assert "bukti" not in str(path)
    assert path.stat().st_mode & 0o077 == 0
    assert uploads.read(row).startswith(b"%PDF")


@pytest.mark.parametrize("size", [0, 1, vault.PIECE - 1, vault.PIECE, vault.PIECE + 1, 3 * vault.PIECE])
def test_what_goes_into_the_vault_comes_out(size):
    data = os.urandom(size)
    name = vault.write(data, scope=None)
    assert b"".join(vault.pieces(name, scope=None)) == data


def damaged(path, change):
    path.write_bytes(change(path.read_bytes()))


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw[: 13 + vault.PIECE + 16],  # cut at the border of a piece
        lambda raw: raw[:-1],
        lambda raw: raw[:5],
        lambda raw: raw[:200] + bytes([raw[200] ^ 1]) + raw[201:],
        lambda raw: raw[:6] + bytes(7) + raw[13:],
        lambda raw: raw[:13] + raw[13 + vault.PIECE + 16 :] + raw[13 : 13 + vault.PIECE + 16],
        lambda raw: raw + raw[13:],
    ],
    ids=["cut at a border", "cut", "head only", "flipped bit", "other nonce", "swapped pieces", "appended"],
)
def test_a_changed_file_is_noticed(change):
    name = vault.write(os.urandom(2 * vault.PIECE), scope=None)
    damaged(vault.path_of(name), change)
    with pytest.raises(DamagedFile):
        list(vault.pieces(name, scope=None))


def test_a_file_under_another_name_does_not_open():
    name = vault.write(b"isi", scope=None)
    other = vault.write(b"lain", scope=None)
    vault.path_of(other).write_bytes(vault.path_of(name).read_bytes())
    with pytest.raises(DamagedFile):
        list(vault.pieces(other, scope=None))


@pytest.mark.django_db
def test_a_case_file_has_a_neutral_name_and_hangs_on_the_key_of_the_case():
    scope, other = uuid.uuid4(), uuid.uuid4()
    for number in (scope, other):
        DataKey.make(number).save()
    row = stored(image(), "Visum Siti Contoh.jpg", kind="evidence", scope=scope)
    assert (row.name, row.klass) == ("berkas.jpg", StoredFile.Klass.CONFIDENTIAL)
    assert uploads.read(row)
    row.scope = other
    with pytest.raises(DamagedFile):
        uploads.read(row)


@pytest.mark.django_db
def test_a_document_is_only_ever_a_download(rf):
    response = uploads.serve(rf.get("/"), stored(pdf(), "surat\r\nX: y.pdf"))
    assert response["Content-Disposition"].startswith("attachment")
    assert "\n" not in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert b"".join(response.streaming_content).startswith(b"%PDF")


@pytest.mark.django_db
def test_a_redrawn_image_may_show_in_a_page(rf):
    response = uploads.serve(rf.get("/"), stored(image(), "foto.jpg", kind="photo"))
    assert response["Content-Disposition"].startswith("inline")
    assert response["Content-Type"] == "image/jpeg"
    assert int(response["Content-Length"]) == len(b"".join(response.streaming_content))


@pytest.mark.django_db
def test_another_site_cannot_fetch_a_file_that_is_not_public(rf):
    row = stored(image(), "foto.jpg", kind="photo")
    foreign = rf.get("/", HTTP_SEC_FETCH_SITE="cross-site")
    with pytest.raises(Refused):
        uploads.serve(foreign, row)
    row.klass = StoredFile.Klass.PUBLIC
    assert uploads.serve(foreign, row)["Cache-Control"].startswith("public")


@pytest.mark.django_db
def test_a_damaged_file_is_an_error_and_not_half_an_answer(rf):
    row = stored(image(), "foto.jpg", kind="photo")
    damaged(vault.path_of(row.storage_name), lambda raw: raw[:-1])
    with pytest.raises(DamagedFile):
        uploads.serve(rf.get("/"), row)


@pytest.mark.django_db
def test_a_discarded_file_leaves_the_disk_with_its_row(django_capture_on_commit_callbacks):
    row = stored(image(), "foto.jpg", kind="photo")
    path = vault.path_of(row.storage_name)
    with django_capture_on_commit_callbacks(execute=True):
        uploads.discard(row)
        assert path.exists()
    assert not path.exists()


@pytest.mark.django_db
def test_garbage_is_a_file_without_a_row_and_only_when_old():
    kept = stored(image(), "foto.jpg", kind="photo")
    orphan = vault.path_of(vault.write(b"x", scope=None))
    assert uploads.collect_garbage() == 0
    for path in (orphan, vault.path_of(kept.storage_name)):
        os.utime(path, (0, 0))
    assert uploads.collect_garbage() == 1
    assert not orphan.exists()
    assert uploads.read(kept)


class ProofForm(PortalForm):
    proof = uploads.UploadField(label="Bukti", kind="evidence")
    photos = uploads.MultiUploadField(label="Foto", kind="photo", most=2, required=False)


def proof_form(**files):
    return ProofForm({}, dict(files))


def test_the_form_says_what_to_do_with_a_wrong_file():
    assert proof_form().errors["proof"] == ["Pilih bukti."]
    form = proof_form(proof=SimpleUploadedFile("a.exe", b"MZ"))
    assert form.errors["proof"] == [
        "Jenis berkas ini belum dapat diterima. Kirim foto, PDF, atau Word (.docx)."
    ]
    assert proof_form(proof=SimpleUploadedFile("a.pdf", b"")).errors["proof"] == [
        "Berkas ini kosong. Pilih berkas lain."
    ]
    assert 'accept=".jpg,.jpeg,.png,.webp,.pdf,.docx"' in str(form["proof"])


@pytest.mark.django_db
def test_the_form_hands_over_uploads_that_can_be_received():
    photos = [SimpleUploadedFile(f"{number}.jpg", image()) for number in range(3)]
    form = proof_form(proof=SimpleUploadedFile("a.jpg", image()), photos=photos[:2])
    assert form.is_valid(), form.errors
    assert len(form.cleaned_data["photos"]) == 2
    for upload in (form.cleaned_data["proof"], *form.cleaned_data["photos"]):
        assert uploads.receive(upload, by=PUBLIC, kind="photo").size
    assert proof_form(photos=photos).errors["photos"] == ["Pilih paling banyak 2 berkas."]
    wrong = [SimpleUploadedFile("x.jpg", b"bukan foto")]
    assert proof_form(photos=wrong).errors["photos"][0].startswith("x.jpg: Isi berkas tidak sesuai")
