"""Settings of every installation; all that varies comes from the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONCE, NONE, SELF

from hemicycle.chain import ROOMS
from hemicycle.config import env

PACKAGE = Path(__file__).resolve().parent.parent.parent
DATA = env.folder("HEMICYCLE_DATA", Path.cwd() / "var")

SECRET_KEY = env.secret("HEMICYCLE_SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS = [h for h in env.text("HEMICYCLE_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if h]
CSRF_TRUSTED_ORIGINS = [o for o in env.text("HEMICYCLE_ORIGINS").split(",") if o]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "django_prose_editor",
    "hemicycle.accounts",
    "hemicycle.dossier",
    *(f"hemicycle.chain.{room}" for room in ROOMS),
    "hemicycle.couriers",
    "hemicycle.demonstration",
    "hemicycle.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "hemicycle.config.urls"
WSGI_APPLICATION = "hemicycle.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hemicycle.web.shell.shell",
            ],
            "builtins": ["hemicycle.web.templatetags.french", "hemicycle.web.templatetags.drawings"],
        },
    },
]

# SQLite: FULL, because NORMAL loses acknowledged commits when the power is cut (docs/adr/0003).
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}
DATABASES: dict[str, Any] = {
    "default": environ.Env.db_url_config(env.text("HEMICYCLE_DATABASE_URL", f"sqlite:///{DATA / 'hemicycle.sqlite3'}"))
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = dict(SQLITE_OPTIONS)
else:
    # One connection for each thread of a worker, kept between requests: opening one costs as much as a page.
    DATABASES["default"] |= {"CONN_MAX_AGE": 300, "CONN_HEALTH_CHECKS": True}
    # Pages read a few rows by their indexes, on disks without heads; compiling such queries costs more than they do.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c random_page_cost=1.1 -c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Agent"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Throttles the pair, not the account alone: nobody may lock the president out on a voting day.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 8
# The key under which sign_in names the account to the back ends: another one counts failures of nobody.
AXES_USERNAME_FORM_FIELD = "username"
AXES_CLIENT_IP_CALLABLE = "hemicycle.web.signing_in.address_of"
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_TEMPLATE = "errors/429.html"
AXES_VERBOSE = False
CSRF_FAILURE_VIEW = "hemicycle.web.failures.forged"
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "inbox"

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = env.optional_folder("HEMICYCLE_STATIC")
# The wheel's files are served where they lie: nothing to collect on a small installation.
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 10 * 3600
CSRF_COOKIE_HTTPONLY = True
HTTPS = env.flag("HEMICYCLE_HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
# How many proxies stand in front: each adds one address to X-Forwarded-For, the rest is whatever was sent.
PROXIES = int(env.number("HEMICYCLE_PROXIES", 1 if HTTPS else 0))
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("HEMICYCLE_LOG", "WARNING")},
}

# --- Hémicycle's own -------------------------------------------------------------------------------------------
BLOBS = env.folder("HEMICYCLE_BLOBS", DATA / "blobs")
# A bucket's name here, and the store is that bucket instead of the folder (docs/adr/0010).
BLOBS_S3 = env.text("HEMICYCLE_BLOBS_S3")
S3_ENDPOINT = env.text("HEMICYCLE_S3_ENDPOINT")
S3_REGION = env.text("HEMICYCLE_S3_REGION")
S3_ACCESS_KEY = env.text("HEMICYCLE_S3_ACCESS_KEY")
S3_SECRET_KEY = env.secret("HEMICYCLE_S3_SECRET_KEY", "")
# The demonstration only: its accounts ([[role, name, e-mail]…]) are offered on the sign-in page with their password.
DEMONSTRATION_PASSWORD = env.text("HEMICYCLE_DEMONSTRATION_PASSWORD")
DEMONSTRATION_ACCOUNTS = env.rows("HEMICYCLE_DEMONSTRATION_ACCOUNTS", columns=3)
SITE_URL = env.text("HEMICYCLE_SITE_URL", "http://localhost:8000").rstrip("/")

# The outside world: an address each, and nothing else, decides which system is on the other end.
TDT_URL = env.text("HEMICYCLE_TDT_URL")
TDT_LOGIN = env.text("HEMICYCLE_TDT_LOGIN")
TDT_PASSWORD = env.secret("HEMICYCLE_TDT_PASSWORD", "")
TDT_CERTIFICATE = env.text("HEMICYCLE_TDT_CERTIFICATE")
TDT_KEY = env.text("HEMICYCLE_TDT_KEY")
#: Straight to the ministry only: the mail box of the returns and who may write there, our codes, our book.
TDT_RETURNS = env.text("HEMICYCLE_TDT_RETURNS")
TDT_RETURNS_PASSWORD = env.secret("HEMICYCLE_TDT_RETURNS_PASSWORD", "")
TDT_RETURNS_SENDERS = env.text("HEMICYCLE_TDT_RETURNS_SENDERS")
TDT_OPERATOR = env.matching("HEMICYCLE_TDT_OPERATOR", r"[A-Z]{3}-[A-Z]{4}", "HEM-TACT", example="ABC-EACT")
TDT_LEDGER = env.folder("HEMICYCLE_TDT_LEDGER", DATA / "tdt")
SAE_URL = env.text("HEMICYCLE_SAE_URL")
SAE_TENANT = int(env.number("HEMICYCLE_SAE_TENANT", 0))
SAE_ACCESS_CONTRACT = env.text("HEMICYCLE_SAE_ACCESS_CONTRACT", "ContratTNR")
SAE_CERTIFICATE = env.text("HEMICYCLE_SAE_CERTIFICATE")
SAE_KEY = env.text("HEMICYCLE_SAE_KEY")
TSA_URL = env.text("HEMICYCLE_TSA_URL")
SIGNATURE_KEYS = env.folder("HEMICYCLE_SIGNATURE_KEYS", DATA / "keys")
#: PEM file of the roots that signatures are judged by.
SIGNATURE_TRUST = env.text("HEMICYCLE_SIGNATURE_TRUST")
#: Folder (or file) of the authorities that the public page « Vérifier un document » trusts, besides those.
TRUST_ROOTS = env.text("HEMICYCLE_TRUST_ROOTS")
#: How long a signature is meant to be provable (docs/adr/0016).
SIGNATURE_LEVEL = env.choice("HEMICYCLE_SIGNATURE_LEVEL", ("B-T", "B-LT", "B-LTA"), "B-LT")
#: Where the organisation's own key is, as of a signatory (docs/operation.md); empty: copies bear no seal.
SEAL_KEY = env.text("HEMICYCLE_SEAL_KEY")
#: Library of the tokens, /usr/lib/…/libXXX.so.
PKCS11_MODULE = env.text("HEMICYCLE_PKCS11_MODULE")
#: Remote signing service, …/csc/v2; empty: none.
CSC_URL = env.text("HEMICYCLE_CSC_URL")
CSC_CLIENT_ID = env.text("HEMICYCLE_CSC_CLIENT_ID")
CSC_CLIENT_SECRET = env.secret("HEMICYCLE_CSC_CLIENT_SECRET", "")
#: i-Parapheur 5, https://…; empty: none. The entity and the desk that leaves the acts there, by name or identifier.
IPARAPHEUR_URL = env.text("HEMICYCLE_IPARAPHEUR_URL")
IPARAPHEUR_USER = env.text("HEMICYCLE_IPARAPHEUR_USER")
IPARAPHEUR_PASSWORD = env.secret("HEMICYCLE_IPARAPHEUR_PASSWORD", "")
IPARAPHEUR_TENANT = env.text("HEMICYCLE_IPARAPHEUR_TENANT")
IPARAPHEUR_DESK = env.text("HEMICYCLE_IPARAPHEUR_DESK")
SMTP_HOST = env.text("HEMICYCLE_SMTP_HOST")
SMTP_PORT = int(env.number("HEMICYCLE_SMTP_PORT", 25))
SMTP_USER = env.text("HEMICYCLE_SMTP_USER")
SMTP_PASSWORD = env.secret("HEMICYCLE_SMTP_PASSWORD", "")
SMTP_STARTTLS = env.flag("HEMICYCLE_SMTP_STARTTLS")
#: The antivirus, « tcp://host:3310 » or « unix:///run/clamav/clamd.ctl »; empty: none.
CLAMD = env.text("HEMICYCLE_CLAMD")
MAIL_SENDER = env.text("HEMICYCLE_MAIL_SENDER", "actes@ormelle.example")

# Seconds after which the errand of a courier that died is taken up again.
COURIER_LEASE = env.number("HEMICYCLE_COURIER_LEASE", 180)

# Folders of official schemas, for a running installation that wants to check against them too.
ACTES_SCHEMAS = env.optional_folder("HEMICYCLE_ACTES_XSD")
SEDA_SCHEMAS = env.optional_folder("HEMICYCLE_SEDA_XSD")
