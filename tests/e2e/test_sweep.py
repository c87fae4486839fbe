"""Every page that can be reached by links: it opens, is accessible, keeps its budget and its silence."""

import gzip
import re
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from tests.e2e.conftest import DESKTOP, PHONE

ROLES = [
    "admin",
    "sekretariat",
    "ketua",
    "pimpinan",
    "kepala.dinkes",
    "timteknis",
    "focal.dinkes",
    "petugas",
    "pendamping",
    "manajer",
    "ketua.seruni",
    "rumahaman",
    "mitra",
    "data",
    "auditor",
]
# Pages are looked at once, whoever reached them first.
LOOKED_AT: set[str] = set()
# The administration has a walk of its own; what guests see is the guests' walk.
ELSEWHERE = re.compile(r"/kelola/|/(?!kerja/|akun/)")
HREF = re.compile(r'<a\s[^>]*href="([^"#]+)', re.IGNORECASE)
HEADERS = 600  # bytes of an answer besides its body
# First visit, compressed (design budgets of the office): what may travel.
BUDGETS = {
    "/bantuan/": 30,
    "/keamanan/": 30,
    "/layanan/ppt-seruni/": 30,
    "/": 100,
    "/pug/": 100,
    "/pug/struktur/": 100,
    "/pug/focal-point/": 100,
    "/pug/dasar-hukum/": 100,
    "/pug/penghargaan/": 100,
    "/kegiatan/": 100,
    "/layanan/": 100,
    "/kontak/": 100,
}
STAFF = {
    "petugas": "/kerja/seruni/aduan/",
    "sekretariat": "/kerja/focal-point/papan/",
    "focal.dinkes": "/kerja/",
}


def _route(address: str) -> str:
    """Return the URL pattern behind an address, so that a list of ten cases is one page."""
    try:
        return resolve(urlsplit(address).path).route
    except Resolver404:
        return address


def _links(page: str, text: str) -> list[str]:
    """Return the addresses of this portal that a page leads to."""
    found = (href.replace("&amp;", "&") for href in HREF.findall(text))
    absolute = (urlsplit(page).path + href if href.startswith("?") else href for href in found)
    return [href for href in dict.fromkeys(absolute) if href.startswith("/") and not href.startswith("//")]


def _walk(visitor, starts: list[str], but: re.Pattern = re.compile("-")) -> dict[str, str]:
    """Open the starts and what they lead to, two steps far, one address per URL pattern, `but` left out.

    Return pattern -> address of those that are pages; everything else must open too.
    """
    seen, pages, here = set(), {}, starts
    for _ in range(3):
        ahead = []
        for address in here:
            if (route := _route(address)) in seen or but.match(address):
                continue
            seen.add(route)
            answer = visitor.context.request.get(visitor.portal.url + address)
            assert answer.status == 200, f"{address} answers {answer.status}"
            if "text/html" in answer.headers["content-type"]:
                pages[route] = address
                ahead += _links(address, answer.text())
        here = ahead
    return pages


def _look(visitor, pages: dict[str, str]) -> None:
    """Check in the browser what nobody has looked at yet."""
    for route, address in pages.items():
        if route not in LOOKED_AT:
            visitor.go(address)
            visitor.check()
            LOOKED_AT.add(route)


def test_guests_find_every_public_page_in_order(visitor):
    guest = visitor(PHONE)
    pages = _walk(guest, ["/", "/peta-situs/"])
    assert len(pages) >= 18
    _look(guest, pages)


@pytest.mark.parametrize("role", ROLES)
def test_every_page_opens_and_is_accessible_for(visitor, role):
    person = visitor(DESKTOP, as_=role)
    pages = _walk(person, ["/kerja/"], but=ELSEWHERE)
    _look(person, pages)


@pytest.mark.parametrize("role", ["admin", "sekretariat"])
def test_the_administration_speaks_indonesian_and_opens_for(visitor, role):
    admin = visitor(as_=role)
    pages = _walk(admin, ["/kelola/"], but=re.compile("/(?!kelola/)"))
    _look(admin, pages)
    admin.go("/kelola/")
    said = admin.page.locator("body").inner_text()
    for word in ("Delete", "Search", "Save", "Home", "History", "objects"):
        assert word not in said


def _weigh(browser, portal, address: str, cookies=()) -> tuple[float, set[str], set[str]]:
    """Return the KB of a first visit as a proxy sends them, the hosts asked, and the cookies left."""
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]})
    context.add_cookies(list(cookies))
    page, answers = context.new_page(), []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(portal.url + address, wait_until="networkidle")
    weight = sum(len(gzip.compress(answer.body(), 6)) + HEADERS for answer in answers)
    hosts = {urlsplit(answer.url).netloc for answer in answers}
    names = {cookie["name"] for cookie in context.cookies()}
    context.close()
    return weight / 1024, hosts, names


@pytest.mark.parametrize(("address", "most"), BUDGETS.items(), ids=BUDGETS)
def test_a_first_visit_is_light_and_asks_nobody_else(browser, portal, address, most):
    weight, hosts, cookies = _weigh(browser, portal, address)
    assert weight <= most, f"{address}: {weight:.0f} KB"
    assert hosts == {urlsplit(portal.url).netloc}
    assert cookies <= {"csrf"}


@pytest.mark.parametrize("role", STAFF)
def test_a_working_page_keeps_its_weight(browser, portal, visitor, role):
    visitor(as_=role)
    weight, hosts, _ = _weigh(browser, portal, STAFF[role], portal.signed_in[role])
    assert weight <= 150, f"{STAFF[role]}: {weight:.0f} KB"
    assert hosts == {urlsplit(portal.url).netloc}


@pytest.mark.parametrize(
    ("role", "address"),
    [
        ("", "/"),
        ("", "/bantuan/"),
        ("", "/pug/struktur/"),
        ("petugas", "/kerja/"),
        ("petugas", "/kerja/seruni/kartu/"),
        ("sekretariat", "/kerja/focal-point/papan/"),
        ("admin", "/kelola/"),
    ],
)
def test_pages_can_be_read_in_the_dark(visitor, role, address):
    person = visitor(as_=role, color_scheme="dark")
    person.go(address)
    person.check()


def test_pages_can_be_read_in_forced_colours(visitor):
    guest = visitor(forced_colors="active")
    for address in ("/", "/bantuan/", "/pug/struktur/"):
        guest.go(address)
        guest.check()
