"""Open every measured page once: its address, queries and bytes, as JSON."""

import json
import re
from html import unescape

from django.core.management.base import BaseCommand
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.people import first_of
from bench.subjects import PAGES
from institutions.models import Region
from seruni_cases.models import Code

NEXT = re.compile(r'href="(\?[^"]*sesudah=[^"]+)"')


class Command(BaseCommand):
    help = "Opens every measured page once and tells its address, queries and bytes."

    def add_arguments(self, parser):
        parser.add_argument("--addresses", action="store_true", help="only where the forms are")

    def handle(self, *args, **options):
        kecamatan = Region.objects.filter(parent__isnull=True).order_by("code").first()
        pages = () if options["addresses"] else PAGES
        said = {
            "card": reverse("seruni_cases:card"),
            "register": reverse("seruni_cases:register", args=["KODE"]),
            "need": self._code(Code.List.NEED),
            "category": self._code(Code.List.CATEGORY),
            "violence": self._code(Code.List.VIOLENCE),
            "pages": {page.name: self._look(page, kecamatan.pk) for page in pages},
        }
        self.stdout.write(json.dumps(said))

    def _code(self, code_list: str) -> str:
        return Code.objects.of(code_list).order_by("order").first().code

    def _look(self, page, kecamatan: str) -> dict:
        client = Client()
        client.force_login(first_of(page.role))
        query = page.query.format(kecamatan=kecamatan)
        path = reverse(page.route) + (f"?{query}" if query else "")
        for _ in range(page.depth):
            path = self._next(client, path)
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}")
        return {"path": path, "queries": len(queries), "bytes": len(answer.content)}

    def _next(self, client, path: str) -> str:
        """Return the address of the page after `path`; the last page is its own next."""
        found = NEXT.search(client.get(path).content.decode())
        return path.split("?")[0] + unescape(found[1]) if found else path
