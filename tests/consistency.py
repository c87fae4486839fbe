"""What the house tests ask of the whole tree."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import apps

from tools import ROOT

ROOMS = ("pug_portal/core", "institutions", "focal_points", "seruni_cases", "activities", "pug_portal/home")
LABELS = tuple(Path(room).name for room in ROOMS)


def python_files(room: str, *, migrations: bool = False) -> list[Path]:
    found = sorted((ROOT / room).rglob("*.py"))
    return [path for path in found if migrations or "migrations" not in path.parts]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def our_models() -> list[type]:
    return [model for label in LABELS for model in apps.get_app_config(label).get_models()]


def existing_permissions() -> set[str]:
    """Return "app.codename" of every permission that some model of the project declares."""
    found = set()
    for model in apps.get_models():
        meta = model._meta
        found |= {f"{meta.app_label}.{verb}_{meta.model_name}" for verb in meta.default_permissions}
        found |= {f"{meta.app_label}.{code}" for code, _ in meta.permissions}
    return found


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Yield (dotted name, whether it stands inside a function) of what a file imports."""
    package = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    parents = package.split(".")[: -1 if path.name != "__init__.py" else None]
    if path.name == "__init__.py":
        parents = package.split(".")[:-1]
    for node, hidden in _with_depth(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, hidden) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = parents[: len(parents) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((f"{base}.{alias.name}", hidden) for alias in node.names)


def _with_depth(node: ast.AST, hidden: bool = False) -> Iterator[tuple[ast.AST, bool]]:
    for child in ast.iter_child_nodes(node):
        yield child, hidden
        inside = hidden or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield from _with_depth(child, inside)
