"""The door for gunicorn. It refuses to serve when the start-up checks fail."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pug_portal.settings")

application = get_wsgi_application()

from pug_portal.core import startup  # noqa: E402  (needs the applications loaded)

startup.verify()
