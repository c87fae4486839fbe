"""Static files as production serves them: gathered, hashed, and every page finds its own."""

import os
import subprocess
import sys

from tools import ROOT, envfile


def test_gathering_with_the_manifest_finds_every_file_that_a_page_names(tmp_path):
    envfile.write_keyring(tmp_path / "keys" / "keyring.json")
    (tmp_path / "data").mkdir()
    environ = os.environ | {
        "DJANGO_SETTINGS_MODULE": "pug_portal.settings",
        "DEMO": "false",
        "DEBUG": "false",
        "SITE_URL": "https://portal.example.test",
        "DATABASE_URL": f"sqlite:///{tmp_path}/data/portal.sqlite3",
        "PORTAL_DATA_DIR": str(tmp_path / "data"),
        "PORTAL_KEYRING_FILE": str(tmp_path / "keys" / "keyring.json"),
    }
    script = f"""
import django
from django.conf import settings
settings.STATIC_ROOT = {str(tmp_path / "static")!r}
django.setup()
from django.core.management import call_command
from django.template.loader import render_to_string
call_command("collectstatic", verbosity=0, interactive=False)
for name in ("public/safety.html", "errors/404.html", "account/login.html", "staff/base.html"):
    page = render_to_string(name, {{"exit_target": "/", "menu": []}})
    assert "/static/css/" in page, name
    assert ".css" in page and "public.css\\"" not in page, name
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environ, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]
