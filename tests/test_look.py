"""The look keeps its promises: fresh styles, readable colours, a strict policy, kind words, small files."""

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parent.parent
STATIC, TEMPLATES = ROOT / "static", ROOT / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))
STYLES = ["public", "staff", "print", "admin"]
TEXT_COLOURS = ["tinta", "abu", "laut", "laut-tua", "judul", "asem", "soga", "bata"]
GROUNDS = ["latar", "kain", "bidang"]
PAIRS = [
    ("pada-tombol", "tombol"),
    ("pada-tombol", "tombol-tua"),
    ("pada-tombol", "bata"),
    ("pada-tombol", "bata-tua"),
    ("pada-kepala", "kepala"),
    *(("pada-panas", f"panas-{step}") for step in (1, 2, 3)),
    *(("pada-panas-tua", f"panas-{step}") for step in (4, 5)),
]
INK_ON_KUNYIT = "#1b2226"
# ux.md 4.4 and 4.1 F8: words that blame, scold or promise nothing.
UNKIND = re.compile(
    r"\b(oknum|aib|digagahi|ternoda|submit|laporkan pelaku|tidak valid|wajib diisi|segera kami proses"
    r"|mengapa tidak melawan|baru lapor sekarang|kronologi|maaf|mohon)\b",
    re.IGNORECASE,
)


def tokens(scheme):
    """The colours of one scheme, name -> #rrggbb, read from the Sass source."""
    source = (STATIC / "scss/_tokens.scss").read_text()
    block = re.search(rf"\$pesisir-{scheme}: \((.*?)\);", source, re.DOTALL).group(1)
    return dict(re.findall(r"([a-z0-9-]+): (#[0-9a-f]{6})", block))


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """WCAG 2.2 contrast ratio, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def label(path):
    return str(path.relative_to(ROOT))


def markup(path):
    """A template's markup without template comments."""
    text = re.sub(r"{% comment.*?%}.*?{% endcomment %}", "", path.read_text(), flags=re.DOTALL)
    return re.sub(r"{#.*?#}", "", text)


def visible_words(path):
    """What a reader may see: no tags, no template code, no styles of attributes."""
    without_code = re.sub(r"{%.*?%}|{{.*?}}", " ", markup(path), flags=re.DOTALL)
    return re.sub(r"<[^>]*>", " ", without_code)


def is_public(path):
    head = markup(path)[:400]
    return "public" in path.parts or "public/base.html" in head or "help_base.html" in head


@pytest.mark.parametrize("name", STYLES)
def test_the_built_style_comes_from_the_source_beside_it(name):
    digest = hashlib.sha256()
    for path in sorted((STATIC / "scss").glob("*.scss"), key=lambda p: p.name):
        digest.update(f"{path.name}\n{path.read_text()}".encode())
    built = (STATIC / f"css/{name}.css").read_text()
    assert digest.hexdigest() in built.split("\n", 1)[0], "run: npm run css"
    assert "sourceMappingURL" not in built


@pytest.mark.parametrize("name,limit", [("public", 12), ("staff", 14), ("print", 3), ("admin", 4)])
def test_styles_stay_small(name, limit):
    packed = gzip.compress((STATIC / f"css/{name}.css").read_bytes(), 9)
    assert len(packed) <= limit * 1024


def test_scripts_and_pictures_stay_small():
    def packed(path):
        return len(gzip.compress(path.read_bytes(), 9))

    assert packed(STATIC / "js/exit.js") <= 2048
    assert sum(packed(path) for path in (STATIC / "js").glob("*.js")) <= 15 * 1024
    assert packed(STATIC / "img/icons.svg") <= 8 * 1024
    assert (STATIC / "img/motif.svg").stat().st_size <= 1536
    assert len(re.findall("<symbol", (STATIC / "img/icons.svg").read_text())) <= 30
    assert (STATIC / "fonts/atkinson-next.woff2").stat().st_size <= 36 * 1024


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_colour_is_readable_on_every_ground(scheme):
    colours = tokens(scheme)
    pairs = [(text, ground) for text in TEXT_COLOURS for ground in GROUNDS] + PAIRS
    weak = {pair for pair in pairs if contrast(colours[pair[0]], colours[pair[1]]) < 4.5}
    assert not weak


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_borders_of_inputs_and_the_focus_band_can_be_seen(scheme):
    colours = tokens(scheme)
    assert all(contrast(colours["garis"], colours[ground]) >= 3 for ground in GROUNDS)
    assert contrast(colours["kunyit"], INK_ON_KUNYIT) >= 7


@pytest.mark.parametrize("path", PAGES, ids=label)
def test_no_template_needs_inline_code_or_style(path):
    text = markup(path)
    assert not re.search(r"<style\b|\sstyle\s*=", text)
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", text)
    assert "javascript:" not in text
    inline = re.findall(r"<script\b(?![^>]*\bsrc=)([^>]*)>", text)
    assert all('type="application/json"' in attributes for attributes in inline)


def test_nothing_is_loaded_from_elsewhere():
    ours = [*PAGES, *(STATIC / "css").glob("*.css"), *(STATIC / "js").glob("*.js")]
    ours += [*(STATIC / "scss").glob("*.scss"), *(STATIC / "img").glob("*.svg")]
    loading = re.compile(
        r"""(?:src|action|url\(|import|data-[a-z-]+=|<link[^>]*href=)["'(\s]*(?:https?:)?//"""
    )
    assert [label(path) for path in ours if loading.search(path.read_text())] == []
    scripts = [path for path in ours if path.suffix in {".js", ".css"}]
    assert [label(path) for path in scripts if re.search(r"https?://", path.read_text())] == []


@pytest.mark.parametrize("path", COMPONENTS, ids=label)
def test_every_component_says_what_it_expects(path):
    start = path.read_text()
    comment = re.match(r"\s*(?:{% load [^%]*%}\s*)?{% comment %}(.*?){% endcomment %}", start, re.DOTALL)
    assert comment and "Expects" in comment.group(1)


@pytest.mark.parametrize("path", [page for page in PAGES if is_public(page)], ids=label)
def test_public_pages_use_kind_words(path):
    assert UNKIND.findall(visible_words(path)) == []


@pytest.mark.parametrize("path", [p for p in PAGES if "public/help_base.html" in markup(p)[:400]], ids=label)
def test_titles_of_help_pages_give_nothing_away(path):
    titles = re.findall(r"{% block title %}(.*?){% endblock", markup(path), re.DOTALL)
    assert not re.search(r"lapor|kekerasan|pengaduan|seruni", " ".join(titles), re.IGNORECASE)


def test_help_pages_carry_the_exit_first_and_no_decoration():
    text = (TEMPLATES / "public/help_base.html").read_text()
    body = text[text.index("{% block body %}") :]
    assert body.index('form="keluar-cepat"') < body.index("<header")
    assert "motif" not in body and "seruni" not in body
    assert "site_name" not in text


@pytest.mark.parametrize("path", PAGES, ids=label)
def test_every_named_file_and_icon_exists(path):
    text = markup(path)
    files = re.findall(r"""{% static ['"]([^'"]+)['"] %}""", text)
    assert [name for name in files if not finders.find(name)] == []
    symbols = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "img/icons.svg").read_text()))
    assert set(re.findall(r"""{% icon ['"]([^'"]+)['"]""", text)) <= symbols


@pytest.mark.parametrize("path", PAGES, ids=label)
def test_every_template_compiles(path):
    assert get_template(str(path.relative_to(TEMPLATES)))


@pytest.mark.parametrize("code", ["500", "503"])
def test_the_last_resort_needs_no_context(code):
    page = get_template(f"errors/{code}.html").render()
    assert "<h1>" in page and 'lang="id"' in page


def test_vendored_files_are_the_ones_that_were_noted():
    noted = json.loads((STATIC / "vendor.json").read_text())
    for part in noted["parts"]:
        for name, digest in part.get("files", {}).items():
            assert hashlib.sha256((STATIC / name).read_bytes()).hexdigest() == digest
    versions = json.loads((ROOT / "package.json").read_text())["devDependencies"]
    assert versions["bootstrap"] == noted["parts"][0]["version"]
