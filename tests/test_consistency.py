"""House test: no missing migration, no unused template, roles, records and labels that fit together."""

import ast
import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command
from django.urls import reverse
from django.utils.text import camel_case_to_spaces

from pug_portal.core.audit import KINDS
from pug_portal.core.models import User
from pug_portal.core.obligations import LABELS
from pug_portal.core.roles import CASE_ROLES, GRANTS, MFA_ROLES, Role
from tests.consistency import ROOMS, existing_permissions, imports, our_models, python_files, tree
from tools import ROOT

TEMPLATES = ROOT / "templates"
# Found by the libraries under their own names, or kept for all rooms to take (docs/ui.md).
BY_NAME = (
    "account/",
    "mfa/",
    "usersessions/",
    "allauth/",
    "admin/",
    "bootstrap5/",
    "django_filters/",
    "simple_history/",
    "components/",
)
ERRORS = {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"}
ENGLISH = re.compile(
    r"\b(the|and|name|date|time|user|file|address|phone|status code|is|at|by|of|created|updated|number|"
    r"object|objects|type|title|description|notes?|start|end|first|last|email address|password|active)\b",
    re.I,
)
# Words that are Indonesian, or the office's own, although they look English.
OURS = {
    "status",
    "kelurahan",
    "kecamatan",
    "total",
    "format",
    "data",
    "model",
    "training of fasilitator (tof)",
}
# Kinds that are named before the room that writes them stands; each goes with its issue.
LATER: set[str] = set()


def test_no_migration_is_missing(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def _named_templates() -> set[str]:
    """Return every template that Python code or another template names."""
    found = set(ERRORS)
    for room in ROOMS:
        for path in python_files(room):
            for node in ast.walk(tree(path)):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.update(re.findall(r"[\w/.-]+\.(?:html|txt|typ|docx)", node.value))
    for path in TEMPLATES.rglob("*.*"):
        if path.suffix in {".html", ".txt", ".typ"}:
            found.update(re.findall(r"[\w/.-]+\.(?:html|txt|typ|docx)", path.read_text(encoding="utf-8")))
    return found


def _letters() -> set[str]:
    """Return the letters that some room sends; each is a pair of files."""
    return {
        node.value
        for room in ROOMS
        for path in python_files(room)
        if any(name.startswith("pug_portal.core.outbox") for name, _ in imports(path))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_template_is_used():
    named, letters = _named_templates(), _letters()
    formatted = _formatted()
    unused = [
        name
        for path in sorted(TEMPLATES.rglob("*.*"))
        if path.suffix in {".html", ".txt", ".typ"}
        and not (name := path.relative_to(TEMPLATES).as_posix()).startswith(BY_NAME)
        and name not in named
        and path.name not in named
        and name.removeprefix("emails/").split(".")[0] not in letters
        and not any(re.fullmatch(pattern, name) for pattern in formatted)
    ]
    assert unused == []


def _formatted() -> list[str]:
    """Return patterns of template names that code puts together: f"home/{desk}.html"."""
    patterns = []
    for room in ROOMS:
        for path in python_files(room):
            for node in ast.walk(tree(path)):
                if isinstance(node, ast.JoinedStr):
                    parts = [
                        re.escape(v.value) if isinstance(v, ast.Constant) else r"[\w./-]+"
                        for v in node.values
                    ]
                    if (
                        re.search(r"\\\.(html|typ)$|\.(html|typ)$", "".join(parts))
                        and len("".join(parts)) > 12
                    ):
                        patterns.append("".join(parts))
    return patterns


def test_every_template_that_is_named_exists():
    missing = []
    for room in ROOMS:
        for path in python_files(room):
            for node in ast.walk(tree(path)):
                if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "render":
                    names = [
                        a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)
                    ]
                    missing += [n for n in names if n.endswith(".html") and not (TEMPLATES / n).exists()]
    assert missing == []


# Roles and records --------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_every_role_names_permissions_that_exist(role):
    assert GRANTS[role] - existing_permissions() == set()


def test_every_permission_of_ours_is_held_by_some_role():
    """A capability that nobody holds is a door without a key."""
    ours = {
        f"{model._meta.app_label}.{code}" for model in our_models() for code, _ in model._meta.permissions
    }
    assert ours - frozenset().union(*GRANTS.values()) == set()


def test_every_role_that_reaches_cases_needs_a_second_factor():
    reaching = {role for role, grants in GRANTS.items() if any(g.startswith("seruni_cases.") for g in grants)}
    codes_only = {Role.SYSTEM_ADMIN}  # keeps the lists of codes; sees no case
    assert reaching - CASE_ROLES - codes_only == set()
    assert CASE_ROLES <= MFA_ROLES and Role.SYSTEM_ADMIN in MFA_ROLES


def _strings_in_code(skip=()) -> set[str]:
    return {
        node.value
        for room in ROOMS
        for path in python_files(room)
        if path.name not in skip
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_kind_of_record_is_written_somewhere():
    written = _strings_in_code(skip=("audit.py",))
    assert set(KINDS) - written == LATER


def test_every_record_that_is_written_has_a_kind():
    used = set()
    for room in ROOMS:
        for path in python_files(room):
            for node in ast.walk(tree(path)):
                if isinstance(node, ast.Call) and ast.unparse(node.func) in {"audit.record", "audit.note"}:
                    if node.args and isinstance(node.args[0], ast.Constant):
                        used.add(node.args[0].value)
    assert used - set(KINDS) == set()


def test_every_kind_of_duty_is_started_somewhere():
    assert set(LABELS) - _strings_in_code(skip=("obligations.py",)) == set()


# Labels -------------------------------------------------------------------------------------------


def _is_english(label: str) -> bool:
    plain = label.strip().lower()
    return plain not in OURS and bool(ENGLISH.search(plain))


@pytest.mark.parametrize("model", our_models(), ids=lambda m: m._meta.label)
def test_every_label_is_indonesian(model):
    meta, wrong = model._meta, []
    if meta.model_name.startswith("historical"):
        return
    if str(meta.verbose_name) == camel_case_to_spaces(meta.object_name):
        wrong.append(f"verbose_name {meta.verbose_name!r}")
    if str(meta.verbose_name_plural).endswith("s") and str(meta.verbose_name_plural)[:-1] == str(
        meta.verbose_name
    ):
        wrong.append(f"verbose_name_plural {meta.verbose_name_plural!r}")
    for field in meta.concrete_fields:
        label = str(field.verbose_name)
        written_by_nobody = label == field.name.replace("_", " ") and label not in OURS
        if field.editable and (written_by_nobody or _is_english(str(field.verbose_name))):
            wrong.append(f"{field.name} {field.verbose_name!r}")
        if field.choices:
            wrong += [f"{field.name}: {label!r}" for _, label in field.flatchoices if _is_english(str(label))]
    assert wrong == []


@pytest.mark.parametrize("room", [r.split("/")[-1] for r in ROOMS])
def test_every_room_is_named_in_indonesian(room):
    config = apps.get_app_config(room)
    assert str(config.verbose_name).lower().replace(" ", "_") != room


def test_permissions_are_named_in_indonesian():
    wrong = [
        f"{model._meta.app_label}.{code}: {name}"
        for model in our_models()
        for code, name in model._meta.permissions
        if name.startswith(("Can ", "View ", "Add ")) or _is_english(name)
    ]
    assert wrong == []


# Administration -----------------------------------------------------------------------------------

REGISTERED = [m for m in admin.site._registry if m._meta.app_label in {r.split("/")[-1] for r in ROOMS}]


@pytest.mark.django_db
@pytest.mark.parametrize("model", REGISTERED, ids=lambda m: m._meta.label)
def test_every_page_of_the_administration_opens_for_those_who_may_and_for_nobody_else(
    model, client, superuser, as_, request
):
    meta = model._meta
    pages = {"changelist": reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")}
    pages["add"] = reverse(f"admin:{meta.app_label}_{meta.model_name}_add")
    people = [request.getfixturevalue(name) for name in ("admin_person", "secretary", "auditor", "superuser")]
    opened = set()
    for person in people:
        person = User.objects.get(pk=person.pk)
        answer = as_(person).get(pages["changelist"])
        may = person.has_perm(f"{meta.app_label}.view_{meta.model_name}") or person.has_perm(
            f"{meta.app_label}.change_{meta.model_name}"
        )
        assert answer.status_code == (200 if may else 403), f"{person} {pages['changelist']}"
        assert as_(person).get(pages["changelist"], {"q": "a"}).status_code == answer.status_code
        assert as_(person).get(pages["add"]).status_code in {200, 302, 403}
        opened |= {person} if may else set()
    assert opened, "nobody may look at it"


@pytest.mark.parametrize("model", REGISTERED, ids=lambda m: m._meta.label)
def test_every_list_of_the_administration_keeps_the_conventions(model):
    site_admin, wrong = admin.site._registry[model], []
    if site_admin.list_display == ("__str__",):
        wrong.append("list_display")
    if site_admin.list_per_page > 50:
        wrong.append("list_per_page")
    if len(site_admin.list_display) > 8:
        wrong.append("more than eight columns")
    if site_admin.search_fields and not site_admin.search_help_text:
        wrong.append("search_help_text")
    assert wrong == []
