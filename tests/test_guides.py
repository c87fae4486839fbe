"""The guides in docs/panduan stay complete: a page for every role, no dead link, no missing picture."""

import re
from pathlib import Path

import pytest

from pug_portal.core.roles import Role

DOCS = Path(__file__).resolve().parent.parent / "docs"
GUIDES = DOCS / "panduan"
PAGES = sorted(GUIDES.glob("*.md"))
LONGEST_SENTENCE = 15  # words


def _name(role: str) -> str:
    return f"{role.replace('_', '-')}.md"


@pytest.mark.parametrize("role", Role.values)
def test_every_role_has_a_guide_and_the_index_leads_to_it(role):
    assert (GUIDES / _name(role)).is_file()
    assert f"({_name(role)})" in (GUIDES / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("role", Role)
def test_a_guide_is_called_as_the_role_is_called_on_screen(role):
    first = (GUIDES / _name(role)).read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# {role.label}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_pictures_of_a_guide_exist(page):
    targets = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_guide_speaks_in_short_sentences(page):
    assert [one for one in _sentences(page) if len(one.split()) > LONGEST_SENTENCE] == []


def _sentences(page: Path) -> list[str]:
    found = []
    for line in page.read_text(encoding="utf-8").splitlines():
        if not line.startswith(("#", "|", "!")):
            plain = re.sub(r"\]\([^)]*\)|[*`\[\]]", "", line)
            found += re.split(r"(?<=[.?!:;]) ", re.sub(r"^(\d+\.|-) ", "", plain.strip()))
    return found


def test_pictures_are_small():
    assert [one.name for one in (DOCS / "img").glob("*.png") if one.stat().st_size > 120_000] == []
