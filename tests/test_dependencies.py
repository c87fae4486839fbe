"""What the portal leans on: every line used, every line locked with hashes, one database driver."""

import importlib.metadata
import re
import tomllib

import django.db.backends.postgresql.psycopg_any as driver
import pytest

from tools import ROOT

LINE = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[\w,]+\])?==([\w.]+)$")
PIN = re.compile(
    r"^([a-z0-9][a-z0-9.-]*)==([\w.]+)(?: ; .+?)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.M
)
# Packages that are no modules of ours to import: what uses them is written down here and must be there.
USED_BY = {
    "psycopg2-binary": ("pug_portal/settings.py", "DATABASE_URL"),
    "gunicorn": ("tools/serve.py", '"gunicorn"'),
    "ruff": ("tools/lanes.py", '"ruff"'),
    "mypy": ("tools/lanes.py", '"mypy"'),
    "django-stubs": ("pyproject.toml", "mypy_django_plugin.main"),
    "pytest-xdist": ("tools/lanes.py", '"-n"'),
    "pytest-django": ("pyproject.toml", "DJANGO_SETTINGS_MODULE"),
}
ROOMS = (
    "pug_portal",
    "institutions",
    "focal_points",
    "seruni_cases",
    "activities",
    "tests",
    "bench",
    "tools",
)


def required(name):
    """Return {package: version} of a requirements file, without the file it includes."""
    lines = (ROOT / name).read_text().splitlines()
    plain = [line for line in lines if line and not line.startswith(("#", "-r "))]
    matches = {line: LINE.match(line) for line in plain}
    assert all(matches.values()), f"every line names one exact version: {matches}"
    return {match[1].lower(): match[2] for match in matches.values()}


def locked(name):
    """Return {package: version} of the pins that carry at least one hash."""
    return {package: version for package, version, _ in PIN.findall((ROOT / name).read_text())}


def normal(package):
    return re.sub(r"[-_.]+", "-", package).lower()


@pytest.mark.parametrize(
    ("readable", "lock"),
    [("requirements.txt", "requirements.lock"), ("requirements.txt", "requirements-dev.lock"),
     ("requirements-dev.txt", "requirements-dev.lock")],
)  # fmt: skip
def test_every_required_line_stands_in_the_lock_with_hashes(readable, lock):
    pins = locked(lock)
    assert {normal(name): version for name, version in required(readable).items()}.items() <= pins.items()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_no_pin_of_a_lock_goes_without_a_hash(lock):
    pins = re.findall(r"^[a-z0-9][a-z0-9.-]*==", (ROOT / lock).read_text(), re.M)
    assert len(pins) == len(locked(lock)) > 40


def test_the_tests_run_on_the_very_versions_the_portal_runs_on():
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items()


@pytest.mark.parametrize("name", sorted(required("requirements.txt") | required("requirements-dev.txt")))
def test_every_required_package_is_used(name):
    if name in USED_BY:
        path, word = USED_BY[name]
        assert word in (ROOT / path).read_text()
    else:
        assert _is_named_in_the_code(_modules(name)), f"{name} is required and nothing imports it"


def _modules(package):
    """Return the importable names a package brings, underscored helpers left out."""
    packages = importlib.metadata.packages_distributions()
    names = [name for name, owners in packages.items() if normal(package) in map(normal, owners)]
    return [name for name in names if not name.startswith("_")]


def _is_named_in_the_code(modules):
    # An app or middleware of Django is used by its dotted name in the settings.
    words = "|".join(map(re.escape, modules))
    use = re.compile(rf"""^\s*(?:from|import)\s+(?:{words})\b|["'](?:{words})(?:\.[\w.]+)?["']""", re.M)
    sources = (
        path for room in ROOMS for path in (ROOT / room).rglob("*.py") if path.name != "test_dependencies.py"
    )
    return any(use.search(path.read_text()) for path in sources)


def test_django_speaks_to_postgresql_through_the_driver_that_was_chosen():
    # Django prefers psycopg 3 silently as soon as anything installs it (ecosystem trap T1).
    assert driver.is_psycopg3 is False
    assert not {"psycopg", "psycopg-binary"} & locked("requirements-dev.lock").keys()


def test_the_oldest_python_is_the_same_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert project["project"]["requires-python"] == ">=3.11"
    assert project["tool"]["ruff"]["target-version"] == "py311"
    assert "OLDEST = (3, 11)" in (ROOT / "portal.py").read_text()
