"""House test: imports point one way, one door to the cases, no hidden ways, nothing on the quiet."""

import ast
from pathlib import Path

import pytest
from django.db.models import Model

from pug_portal.core.crypto import ConfidentialModel
from tests.consistency import ROOMS, imports, our_models, python_files, shown, tree
from tools import ROOT

NAMES = {room: room.replace("/", ".") for room in ROOMS}
# Who may look at whom; everybody may look at the ground floor, nobody at the roof.
MAY_LOOK_AT = {
    "pug_portal/core": set(),
    "institutions": {"pug_portal/core"},
    "focal_points": {"pug_portal/core", "institutions"},
    "seruni_cases": {"pug_portal/core", "institutions", "focal_points"},
    "activities": {"pug_portal/core", "institutions", "focal_points"},
    "pug_portal/home": set(ROOMS) - {"pug_portal/home"},
}
# Inside a room, in building order: each may look at what stands in an earlier row.
ORDER = [
    {"workflow"},
    {"models"},
    {"access", "matching"},
    {"emails"},
    {"actions"},
    {"forms", "stats", "resources", "reports"},
    {"views"},
    {"urls"},
]
LEVEL = {name: level for level, row in enumerate(ORDER) for name in row}
# `forms`, `stats`, `resources` and `reports` stand in one row: a form reads choices, not figures.
THE_ROOMS = [room for room in ROOMS if not room.startswith("pug_portal/")]
# Where rows of confidential tables may be asked for directly.
DIRECT = {"access", "actions", "models", "stats", "reports", "migrations", "demo", "reference", "workflow"}


def _room_of(dotted: str) -> str | None:
    return next(
        (room for room, name in NAMES.items() if dotted == name or dotted.startswith(f"{name}.")), None
    )


def _part(room: str, path: Path) -> str:
    """Return the stage word of a file: "actions" for seruni_cases/actions/referral.py."""
    first = path.relative_to(ROOT / room).parts[0]
    return first.removesuffix(".py")


def _part_named(room: str, dotted: str) -> str:
    rest = dotted.removeprefix(NAMES[room]).strip(".")
    return rest.split(".")[0]


@pytest.mark.parametrize("room", ROOMS)
def test_imports_between_rooms_point_down(room):
    wrong = [
        f"{shown(path)} imports {name}"
        for path in python_files(room, migrations=False)
        for name, _ in imports(path)
        if (other := _room_of(name)) and other != room and other not in MAY_LOOK_AT[room]
    ]
    assert wrong == []


@pytest.mark.parametrize("room", THE_ROOMS)
def test_imports_inside_a_room_follow_its_building_order(room):
    wrong = []
    for path in python_files(room):
        here = _part(room, path)
        for name, _ in imports(path):
            there = _part_named(room, name) if _room_of(name) == room else ""
            if here in LEVEL and there in LEVEL and LEVEL[there] > LEVEL[here]:
                wrong.append(f"{shown(path)} imports {name}")
    assert wrong == []


@pytest.mark.parametrize("room", THE_ROOMS)
def test_the_administration_looks_at_models_resources_and_actions(room):
    wrong = [
        f"{shown(path)} imports {name}"
        for path in python_files(room)
        if _part(room, path) == "admin"
        for name, _ in imports(path)
        if _room_of(name) == room and _part_named(room, name) in {"views", "urls"}
    ]
    assert wrong == []


@pytest.mark.parametrize("room", ROOMS)
def test_no_import_hides_in_a_function(room):
    hidden = [
        f"{shown(path)} imports {name}"
        for path in python_files(room)
        for name, inside in imports(path)
        if inside
    ]
    assert hidden == []


@pytest.mark.parametrize("room", ROOMS)
def test_nothing_happens_on_the_quiet_by_a_signal(room):
    wrong = []
    for path in python_files(room):
        names = {name for name, _ in imports(path)}
        if any("signals" in name.split(".") or name.startswith("django.dispatch") for name in names):
            wrong.append(shown(path))
    assert wrong == []


def test_models_do_no_business_when_they_are_saved():
    """Only the kernel's confidential row does something: it seals itself."""
    wrong = {
        f"{base.__module__}.{base.__name__}.save"
        for model in our_models()
        for base in model.__mro__
        if "save" in vars(base) and base not in (ConfidentialModel, Model)
    }
    assert {name for name in wrong if name.startswith(tuple(NAMES.values()))} == set()


@pytest.mark.parametrize("room", ROOMS)
def test_forms_do_no_business_when_they_are_saved(room):
    wrong = []
    for path in python_files(room):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef) and node.name.endswith("Form"):
                names = {one.name for one in node.body if isinstance(one, ast.FunctionDef)}
                # The kernel's own form has a save that refuses.
                if "save" in names and shown(path) != "pug_portal/core/forms.py":
                    wrong.append(f"{shown(path)}: {node.name}.save")
    assert wrong == []


def test_there_is_one_door_to_confidential_rows():
    """`Case.objects` and its children's managers: only where sight is decided, or where acts stand."""
    confidential = {
        model.__name__
        for model in our_models()
        if issubclass(model, ConfidentialModel) and model._meta.app_label == "seruni_cases"
    }
    wrong = []
    for room in ROOMS:
        for path in python_files(room):
            if room == "seruni_cases" and _part(room, path) in DIRECT | {"admin", "management"}:
                continue
            for node in ast.walk(tree(path)):
                if (
                    isinstance(node, ast.Attribute)
                    and node.attr in {"objects", "_default_manager", "_base_manager"}
                    and isinstance(node.value, ast.Name)
                    and node.value.id in confidential
                ):
                    wrong.append(f"{shown(path)}:{node.lineno} {node.value.id}.{node.attr}")
    assert wrong == []


@pytest.mark.parametrize("room", ROOMS)
def test_nobody_goes_around_the_managers(room):
    """`_base_manager`, `.raw()` and cursors: only in the ground floor, where they are named."""
    cursors = {
        "pug_portal/core/audit.py",  # the lock of the chain
        "pug_portal/core/startup.py",  # reading the engine's settings
        "pug_portal/core/triggers.py",  # reading the triggers
        "pug_portal/core/upkeep.py",  # the engine learns how its tables are filled
        "pug_portal/core/views/pages.py",  # is the database there
    }
    wrong = []
    for path in python_files(room):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Attribute):
                around = node.attr in {"_base_manager", "raw"}
                cursor = node.attr == "cursor" and shown(path) not in cursors
                if around or cursor:
                    wrong.append(f"{shown(path)}:{node.lineno} .{node.attr}")
    assert wrong == []


@pytest.mark.parametrize("room", ROOMS)
def test_dates_know_their_time_zone_and_nothing_is_printed(room):
    wrong = []
    for path in python_files(room):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                words = ast.unparse(node.func)
                blind = words == "datetime.now" and not (node.args or node.keywords)
                if blind or words in {"datetime.utcnow", "date.today", "datetime.today", "print"}:
                    wrong.append(f"{shown(path)}:{node.lineno} {words}()")
    assert wrong == []


def test_the_order_written_here_names_every_stage_word():
    assert sum(len(row) for row in ORDER) == len(LEVEL)
