"""Checks of our own, beside Django's: `manage.py check --deploy` names what production must not be."""

import importlib.util
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db.backends.postgresql import psycopg_any

from pug_portal.core import keyring


def _bare(settings_cache) -> str:
    return settings_cache["default"]["BACKEND"].rsplit(".", 1)[-1]


@register(Tags.security, deploy=True)
def demonstration_is_off(app_configs, **kwargs):
    """portal.E001: fictional people and plain http belong on a demonstration machine only."""
    if settings.DEMO or settings.DEBUG:
        return [
            Error("DEMO dan DEBUG harus false di produksi.", hint="Ubah .env.", id="portal.E001"),
        ]
    return []


@register(Tags.caches)
def limits_hold_across_workers(app_configs, **kwargs):
    """portal.E002: limits and used codes in one process's memory protect nothing."""
    if _bare(settings.CACHES) in {"LocMemCache", "DummyCache"}:
        return [Error("Batas percobaan masuk harus disimpan di basis data.", id="portal.E002")]
    return []


@register(Tags.compatibility)
def one_postgresql_driver(app_configs, **kwargs):
    """portal.E003: Django silently prefers psycopg 3 as soon as it is installed."""
    if importlib.util.find_spec("psycopg") or psycopg_any.is_psycopg3:
        return [Error("psycopg 3 terpasang; portal diuji dengan psycopg2.", id="portal.E003")]
    return []


@register(Tags.security, deploy=True)
def key_ring_is_fit(app_configs, **kwargs):
    """portal.E004: without a fit key ring nothing confidential opens."""
    try:
        keyring.load()
    except keyring.KeyringProblem as problem:
        return [Error(str(problem), id="portal.E004")]
    return []


@register(Tags.security)
def hostile_xml_is_refused(app_configs, **kwargs):
    """portal.E005: openpyxl reads XML safely only when defusedxml is installed."""
    if importlib.util.find_spec("defusedxml") is None:
        return [Error("defusedxml tidak terpasang; impor XLSX tidak aman.", id="portal.E005")]
    return []


@register(Tags.security, deploy=True)
def second_factor_is_asked_for(app_configs, **kwargs):
    """portal.E006: every role that sees cases signs in with a second factor in production."""
    if not settings.ENFORCE_SECOND_FACTOR:
        return [Error("ENFORCE_SECOND_FACTOR harus true di produksi.", id="portal.E006")]
    return []


@register(Tags.security, deploy=True)
def site_answers_to_its_own_name(app_configs, **kwargs):
    """portal.W001: links in letters must lead here."""
    if urlsplit(settings.SITE_URL).hostname not in settings.ALLOWED_HOSTS:
        return [Warning("Nama pada SITE_URL tidak ada di ALLOWED_HOSTS.", id="portal.W001")]
    return []


@register(Tags.files, deploy=True)
def uploads_stay_in_memory(app_configs, **kwargs):
    """portal.E007: an upload written to a temporary folder lies there in the clear."""
    handlers = settings.FILE_UPLOAD_HANDLERS
    if any("TemporaryFile" in handler for handler in handlers):
        return [Error("Unggahan tidak boleh ditulis ke folder sementara.", id="portal.E007")]
    return []
