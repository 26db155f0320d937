"""All settings. What differs between installations is an environment variable, named and explained in the README."""

import os
import sys
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from carenet.database import databases_from
from carenet.enums import ENUM_NAMES
from carenet.mail import mail_from, watchers_from
from carenet.storages import storages_in

BASE = Path(__file__).resolve().parent.parent


def flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    return [word for word in os.environ.get(name, default).split(",") if word]


# The demo runs without TLS on this machine only, with invented people whose second factor its first page explains.
DEMO = flag("CARENET_DEMO")
DEBUG = flag("CARENET_DEBUG")
TESTING = "pytest" in sys.modules

DEFAULT_SECRET = "for the demo and the tests only: never for people's data"
SECRET_KEY = os.environ.get("CARENET_SECRET_KEY") or DEFAULT_SECRET
if (len(SECRET_KEY) < 50 or SECRET_KEY == DEFAULT_SECRET) and not (DEMO or DEBUG or TESTING):
    raise ImproperlyConfigured(
        "CARENET_SECRET_KEY is missing or shorter than 50 characters. Make one with: "
        "python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"
    )
if DEMO and flag("CARENET_PRODUCTION"):
    raise ImproperlyConfigured("CARENET_DEMO and CARENET_PRODUCTION cannot both be set: the demo's keys are public.")
SECRET_KEY_FALLBACKS = words("CARENET_OLD_SECRET_KEYS")

# What encrypts the numbers of people's certificates (apps/kernel/vault.py): the first locks, all of them open. Lost, the
# numbers cannot be read again; it is kept apart from the database and from its backups.
DEFAULT_DATA_KEY = "for the demo and the tests only: never for people's numbers"
DATA_KEYS = words("CARENET_DATA_KEYS") or [DEFAULT_DATA_KEY]
if any(len(key) < 40 or key == DEFAULT_DATA_KEY for key in DATA_KEYS) and not (DEMO or DEBUG or TESTING):
    raise ImproperlyConfigured(
        "CARENET_DATA_KEYS is missing, or one of its keys is shorter than 40 characters. Make one with: "
        "python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"
    )

PLAIN_HTTP = DEMO or DEBUG or TESTING
ALLOWED_HOSTS = words("CARENET_HOSTS", "localhost,127.0.0.1,[::1]" if PLAIN_HTTP else "")
CSRF_TRUSTED_ORIGINS = words("CARENET_ORIGINS")
# The name written on slips and in QR codes; one site may answer on two host names (Internet and LGWAN).
BASE_URL = os.environ.get("CARENET_BASE_URL", f"http://localhost:{os.environ.get('PORT', '8000')}").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.forms",
    "servestatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_linear_migrations",
    "django_htmx",
    "heroicons",
    "csp",
    "guardian",
    "channels",
    "rest_framework",
    "drf_spectacular",
    "procrastinate.contrib.django",
    # From the roof to the ground, so that a higher floor's templates win.
    "apps.home",
    "apps.handovers",
    "apps.calendars",
    "apps.oversight",
    "apps.records",
    "apps.notes",
    "apps.referrals",
    "apps.waiting",
    "apps.inquiries",
    "apps.surveys",
    "apps.visits",
    "apps.rooms",
    "apps.facilities",
    "apps.clients",
    "apps.paper",
    "apps.files",
    "apps.notices",
    "apps.environments",
    "apps.directory",
    "apps.accounts",
    "apps.audit",
    "apps.kernel",
    "carenet",
    # Below the house, so that accounts' own pages are found before these.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "carenet.static_files.static_files",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "apps.kernel.middleware.private_pages_stay_out_of_caches",
    "apps.accounts.middleware.device_token",
    "apps.accounts.middleware.IdleLock",
    "apps.accounts.middleware.LoginRequired",
    "apps.audit.middleware.origin",
    "apps.kernel.middleware.RefusalMiddleware",
    "apps.audit.middleware.RefusalsAreRecorded",
    "apps.accounts.middleware.two_factors",
    "apps.environments.middleware.fence",
]

ROOT_URLCONF = "carenet.urls"
ASGI_APPLICATION = "carenet.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "apps.home.context.around_every_page",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "apps.kernel.templatetags.house"],
        },
    },
]
FORM_RENDERER = "apps.kernel.forms.HouseRenderer"

DATABASES = databases_from(os.environ, testing=TESTING)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False
# One cache for all processes, so that a lock-out counts everywhere and survives a restart.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kernel_cache"},
}

# -- people who sign in

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "apps.accounts.passphrases.UnlikeTheLoginId"},
    {"NAME": "apps.accounts.passphrases.LongEnough", "OPTIONS": {"min_length": 13}},
    {"NAME": "apps.accounts.passphrases.Uncommon"},
    {"NAME": "apps.accounts.passphrases.NotOnlyDigits"},
]
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False

ACCOUNT_ADAPTER = "apps.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login_id"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_RATE_LIMITS = {
    # A whole town hall may come from one network address; failures are counted apart.
    "login": "300/m/ip",
    "login_failed": "20/m/ip,5/15m/key",
    "reauthenticate": "10/m/user",
    "slip": "10/15m/ip",
    "sheet": "20/15m/ip",
    "visit": "20/15m/ip",
    "family": "20/15m/ip",
    "feed": "20/15m/ip",
}
ACCOUNT_FORMS = {
    "login": "apps.accounts.forms.LoginForm",
    "reauthenticate": "apps.accounts.forms.ReauthenticateForm",
    "change_password": "apps.accounts.forms.ChangePassphraseForm",
}
MFA_ADAPTER = "apps.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "carenet"
# A phone's clock may be half a minute off; a code is still taken only once (accounts/forms.py).
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "apps.accounts.forms.AuthenticateForm",
    "reauthenticate": "apps.accounts.forms.ReauthenticateCodeForm",
    "activate_totp": "apps.accounts.forms.ActivateAppForm",
    "login_webauthn": "apps.accounts.factor_forms.LoginPasskeyForm",
    "authenticate_webauthn": "apps.accounts.factor_forms.AuthenticatePasskeyForm",
    "reauthenticate_webauthn": "apps.accounts.factor_forms.ReauthenticatePasskeyForm",
    "add_webauthn": "apps.accounts.factor_forms.AddPasskeyForm",
    "edit_webauthn": "apps.accounts.factor_forms.RenamePasskeyForm",
}
# A passkey needs TLS, but for http://localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = PLAIN_HTTP
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:start"
LOGOUT_REDIRECT_URL = "account_login"
# Minutes without a deed after which a screen locks (MHLW guideline 7.0, domain rule M3).
IDLE_MINUTES = int(os.environ.get("CARENET_IDLE_MINUTES", "15"))

# -- cookies, headers, transport

SESSION_COOKIE_NAME = "carenet_session" if PLAIN_HTTP else "__Host-carenet_session"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = not PLAIN_HTTP
CSRF_COOKIE_NAME = "carenet_csrf" if PLAIN_HTTP else "__Host-carenet_csrf"
CSRF_COOKIE_SECURE = not PLAIN_HTTP
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "apps.kernel.views.csrf_failure"
LANGUAGE_COOKIE_SECURE = not PLAIN_HTTP
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = not PLAIN_HTTP
SECURE_REDIRECT_EXEMPT = [r"^healthz/$"]
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("CARENET_BEHIND_PROXY") else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}
# What one person may post in a minute, in each server process; a person does not come near it, a loop does.
POSTS_PER_MINUTE = int(os.environ.get("CARENET_POSTS_PER_MINUTE", "120"))
# A room takes text; files come another way. A paste beyond this is refused before it is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# -- words and time

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", _("Japanese")), ("en", _("English"))]
LOCALE_PATHS = [BASE / "carenet" / "locale"]
LANGUAGE_COOKIE_NAME = "carenet_language"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"

# -- files

STATIC_URL = "/static/"
STATIC_ROOT = os.environ.get("CARENET_STATIC_ROOT", BASE / "static-root")
MEDIA_ROOT = Path(os.environ.get("CARENET_MEDIA_ROOT", BASE / ".carenet" / "media"))
STORAGES = storages_in(MEDIA_ROOT, plain_http=PLAIN_HTTP)
SERVESTATIC_USE_FINDERS = PLAIN_HTTP
# A file that is edited while the demo runs is served as it is now, not with the length it had at the start.
SERVESTATIC_AUTOREFRESH = DEMO or DEBUG
# The wording of the consent form that is signed on paper: a text file of the municipality's own; empty, the house's.
CONSENT_TEXT = os.environ.get("CARENET_CONSENT_TEXT", "")

# A folder to which the worker appends the signed heads of every ledger, kept apart from the database; empty, none.
LEDGER_ANCHORS = os.environ.get("CARENET_LEDGER_ANCHORS", "")
# Who is sent a ledger's newest head each day: `<environment's id, or installation>=address`, separated by commas.
LEDGER_MAIL = watchers_from(words("CARENET_LEDGER_MAIL"))
# The only mail there is. smtp://user:password@host:port, or smtps://; empty, none is sent.
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_SSL = mail_from(
    os.environ.get("CARENET_SMTP", "")
)
EMAIL_USE_TLS = bool(EMAIL_HOST) and not EMAIL_USE_SSL and not DEMO
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = os.environ.get("CARENET_MAIL_FROM", "carenet@localhost")

# Where the virus scanner listens (clamd): tcp://host:3310 or unix:///path. Empty: files are kept and marked as not scanned.
CLAMAV = os.environ.get("CARENET_CLAMAV", "")

# -- API

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "apps.accounts.api.authentication.DeviceAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["apps.audit.api.parsing.BoundedJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "apps.audit.api.answer",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "carenet",
    "DESCRIPTION": "The same access and the same actions as the pages. Sign in with a device token.",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "ENUM_NAME_OVERRIDES": ENUM_NAMES,
}

# -- what is written down: ids and verbs, never names, messages or query strings

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("CARENET_LOG_LEVEL", "WARNING")},
    "loggers": {
        "carenet": {"level": os.environ.get("CARENET_LOG_LEVEL", "INFO")},
        # Django writes the path of every refused request at WARNING; the ledger holds refusals.
        "django.request": {"level": "ERROR"},
    },
}

SILENCED_SYSTEM_CHECKS = [
    # guardian warns that its back end is listed with another one; the account back end decides sign-in.
    "guardian.W001",
]
