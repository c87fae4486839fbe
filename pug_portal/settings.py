"""All settings, from the environment. A wrong or missing word stops the start."""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
if (BASE_DIR / ".env").exists():
    environ.Env.read_env(BASE_DIR / ".env")


def secret(name: str) -> str:
    """Return a required secret of at least 40 characters; say how to make one otherwise."""
    value = env.str(name, default="")
    if len(value) < 40:
        raise ImproperlyConfigured(
            f"{name} belum diisi atau terlalu pendek. Jalankan `python3 portal.py run` "
            f"agar .env dibuat, atau isi {name} dengan sedikitnya 40 karakter acak."
        )
    return value


SECRET_KEY = secret("SECRET_KEY")
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000")
SITE_NAME = "Portal PUG Kota Semarang"
# Plain http is for this machine alone: demonstration, development, trying it out.
SECURE_ORIGIN = SITE_URL.startswith("https://")
if not SECURE_ORIGIN and urlsplit(SITE_URL).hostname not in {"127.0.0.1", "localhost", "::1"}:
    raise ImproperlyConfigured("SITE_URL harus diawali https:// bila bukan alamat komputer ini.")

DATA_DIR = (BASE_DIR / env.str("PORTAL_DATA_DIR", default="var")).resolve()
KEYRING_FILE = BASE_DIR / env.str("PORTAL_KEYRING_FILE", default="kunci/keyring.json")

INSTALLED_APPS = [
    "pug_portal.core",
    "institutions",
    "focal_points",
    "seruni_cases",
    "activities",
    "pug_portal.home",
    "pug_portal.core.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.humanize",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_filters",
    "import_export",
    "simple_history",
]

MIDDLEWARE = [
    "pug_portal.core.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pug_portal.core.middleware.SessionActivityMiddleware",
    "pug_portal.core.middleware.IdleMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "pug_portal.core.access.DeclaredAccessMiddleware",
    "pug_portal.core.middleware.SecondFactorMiddleware",
    "pug_portal.core.middleware.ConflictMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "pug_portal.urls"
WSGI_APPLICATION = "pug_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pug_portal.core.context.portal",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]
FORM_RENDERER = "pug_portal.core.rendering.PortalRenderer"

# Databases ------------------------------------------------------------------------------------
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON"
    ),
}
POSTGRES_OPTIONS = {
    "options": ("-c lock_timeout=5s -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s")
}
DATABASES = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'portal.sqlite3'}"),
}
IS_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
DATABASES["default"].update(
    CONN_MAX_AGE=600,
    CONN_HEALTH_CHECKS=True,
    # What the address itself asks for (?sslmode=require) stays.
    OPTIONS=DATABASES["default"].get("OPTIONS", {}) | (SQLITE_OPTIONS if IS_SQLITE else POSTGRES_OPTIONS),
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# The ground floor points at an institution without knowing its room (as AUTH_USER_MODEL does).
INSTITUTION_MODEL = "institutions.Institution"
# The roof tells the skeleton which menu a person sees; the ground floor never looks up.
MENU = "pug_portal.home.menu.menu_for"

# What the minute job does for each room, by dotted name; the ground floor never looks up.
TICK = [
    "pug_portal.core.outbox.send_waiting",
    "pug_portal.core.obligations.escalate_late",
    "seruni_cases.actions.referral.expire_silent",
    "pug_portal.core.drafts.sweep",
    "pug_portal.core.outbox.sweep",
    "pug_portal.core.idempotency.sweep",
    "pug_portal.core.imports.forget_old_imports",
    "pug_portal.core.audit.anchor",
    "pug_portal.core.upkeep.refresh_statistics",
]

# Rate limits and one-time codes must hold across workers and restarts (ecosystem trap T13).
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        # The stock limit of 300 entries would throw limits and waiting imports away.
        "OPTIONS": {"MAX_ENTRIES": 20000},
    }
}

# Accounts ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["pug_portal.core.passwords.PortalArgon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "pug_portal.core.passwords.LocalWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:desk"
LOGOUT_REDIRECT_URL = "home:front"

ACCOUNT_ADAPTER = "pug_portal.core.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# An unknown address gets no letter: the portal writes to nobody it does not know.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_RATE_LIMITS = {
    "login": "30/15m/ip,300/h/ip",
    "login_failed": "5/5m/key,20/h/key,30/15m/ip",
    "reset_password": "10/h/ip,5/h/key",
    "reauthenticate": "10/5m/user",
    "change_password": "5/5m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
MFA_ADAPTER = "pug_portal.core.accounts.MFAAdapter"
MFA_FORMS = {
    "authenticate": "pug_portal.core.accounts.OneUseAuthenticateForm",
    "reauthenticate": "pug_portal.core.accounts.OneUseReauthenticateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_ISSUER = "Portal PUG Semarang"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_COUNT = 10
# Passkeys need https, except on this machine.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE_ORIGIN
USERSESSIONS_TRACK_ACTIVITY = True
# The second factor is enforced in production; the demonstration offers it.
ENFORCE_SECOND_FACTOR = env.bool("ENFORCE_SECOND_FACTOR", default=SECURE_ORIGIN)
INVITATION_HOURS = 72

# Where "Keluar cepat" leads; the secretariat chooses a page nobody wonders about.
EXIT_TARGET = env.str("EXIT_TARGET", default="https://www.bmkg.go.id/")

# Sessions ---------------------------------------------------------------------------------------
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 10 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_ORIGIN
SESSION_COOKIE_NAME = "__Host-sesi" if SECURE_ORIGIN else "sesi"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE_ORIGIN else "csrf"
CSRF_COOKIE_HTTPONLY = False
CSRF_FAILURE_VIEW = "pug_portal.core.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])
IDLE_SECONDS_CASE = env.int("IDLE_SECONDS_CASE", default=20 * 60)
IDLE_SECONDS = env.int("IDLE_SECONDS", default=30 * 60)
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Headers ----------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = SECURE_ORIGIN
SECURE_HSTS_SECONDS = 31536000 if SECURE_ORIGIN else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_ORIGIN
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Language and time ------------------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
TIME_ZONE = "Asia/Jakarta"
USE_I18N = USE_TZ = USE_THOUSAND_SEPARATOR = True
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["pug_portal.core.formats"]

# Files ------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = not SECURE_ORIGIN
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if not SECURE_ORIGIN
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
FILES_DIR = DATA_DIR / "files"
# Seals of the audit chain outside the database; make it append-only for others (docs/operations.md).
AUDIT_ANCHOR_FILE = DATA_DIR / "audit-anchors.jsonl"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024

CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# E-mail -----------------------------------------------------------------------------------------
EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Portal Layanan <noreply@localhost>")

# Logs carry no personal data: no query strings, no bodies, no names (core/logs.py).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"scrub": {"()": "pug_portal.core.logs.ScrubFilter"}},
    "formatters": {"json": {"()": "pug_portal.core.logs.JSONFormatter"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "filters": ["scrub"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "portal": {"level": "INFO"},
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}

# Import and export (ecosystem traps T4-T7) --------------------------------------------------------
IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_SKIP_ADMIN_LOG = False
IMPORT_EXPORT_TMP_STORAGE_CLASS = "pug_portal.core.resources.SealedCacheStorage"
IMPORT_EXPORT_SKIP_ADMIN_CONFIRM = False
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "import"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "export"
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True
IMPORT_EXPORT_ESCAPE_ILLEGAL_CHARS_ON_EXPORT = True

SIMPLE_HISTORY_FILEFIELD_TO_CHARFIELD = True
