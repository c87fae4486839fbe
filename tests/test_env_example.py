"""`.env.example` names exactly what the settings read, and starts the portal once its secret is filled in."""

import os
import re
import secrets
import subprocess
import sys

from tests import settings as world
from tools import ROOT, envfile

EXAMPLE = ROOT / ".env.example"
READ = re.compile(r"""\b(?:env(?:\.\w+)?|secret)\(\s*["']([A-Z][A-Z_0-9]+)["']""")


def _named():
    return set(envfile.read(EXAMPLE))


def test_every_setting_read_from_the_environment_is_in_the_example_and_no_other():
    assert _named() == set(READ.findall((ROOT / "pug_portal/settings.py").read_text()))


def test_only_the_settings_file_reads_the_environment():
    rooms = ("pug_portal", "institutions", "focal_points", "seruni_cases", "activities")
    readers = {
        path.relative_to(ROOT).as_posix()
        for room in rooms
        for path in (ROOT / room).rglob("*.py")
        if re.search(r"os\.environ\[|os\.getenv|environ\.get\(|environ\.Env", path.read_text())
    }
    assert readers == {"pug_portal/settings.py"}


def test_the_world_of_the_tests_decides_every_setting_so_that_no_developers_file_leaks_in():
    assert set(world.DECIDED) == _named()


def test_the_example_starts_the_settings_once_the_secret_is_filled_in():
    environ = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "pug_portal.settings"}
    environ |= envfile.read(EXAMPLE) | {"SECRET_KEY": secrets.token_urlsafe(48)}
    ask = "from django.conf import settings as s; print(s.SESSION_COOKIE_SECURE, s.DEBUG, s.DEMO)"
    done = subprocess.run([sys.executable, "-c", ask], env=environ, cwd=ROOT, capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == ("True False False", "")


def test_the_example_holds_no_secret():
    assert envfile.read(EXAMPLE)["SECRET_KEY"] == ""
