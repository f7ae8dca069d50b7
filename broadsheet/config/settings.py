"""All settings of the paper, in one file; docs/reference/settings.md says what each one means.

Values come from the environment or `broadsheet.toml` (see `environment.py`); `BROADSHEET_PROFILE` is `production`
(the default), `development` (debug pages, no caching of templates) or `test`.
"""

import warnings
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from broadsheet.config.environment import kept_secret_key, read_environment
from broadsheet.config.rooms import ROOMS
from broadsheet.config.rooms import SLOTS as SLOTS
from broadsheet.kit import sqlite_library
from broadsheet.kit.structured_logs import logging_config

SQLITE_VERSION = sqlite_library.use_newest_library()

env = read_environment(directory=Path.cwd())
PROFILE = env.str("BROADSHEET_PROFILE", default="production")
BROADSHEET_DATA = Path(env.str("BROADSHEET_DATA", default="broadsheet-data")).resolve()
BROADSHEET_DATA.mkdir(parents=True, exist_ok=True)
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")

DEBUG = PROFILE == "development"
SECRET_KEY = env.str("SECRET_KEY", default="") or (
    "only-for-tests-and-never-for-a-site" if PROFILE == "test" else kept_secret_key(BROADSHEET_DATA)
)
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS",
    default=[urlsplit(SITE_URL).hostname or "localhost", "localhost", "127.0.0.1"],
)
SERVES_TLS = SITE_URL.startswith("https://")

INSTALLED_APPS = [
    *ROOMS,
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "broadsheet.masthead.security_headers.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "broadsheet.photos.examination_first.ExaminationFirstMiddleware",
    "broadsheet.newsdesk.story_past.StoryPastMiddleware",
    "broadsheet.publishing.newsroom_transaction.NewsroomTransactionMiddleware",
    "broadsheet.pages.missed_addresses.MissedAddressMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "broadsheet.config.urls"
WSGI_APPLICATION = "broadsheet.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# Databases and caches

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{BROADSHEET_DATA / 'main.db'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = sqlite_library.connection_options(SQLITE_VERSION)
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONNECTION_MAX_AGE_SECONDS", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Whoever waits for a machine that has gone without a word would wait for hours, as TCP has it.
    noticing = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 20_000}
    given = DATABASES["default"].get("OPTIONS", {})
    DATABASES["default"]["OPTIONS"] = {"connect_timeout": 5} | noticing | given
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://broadsheet")}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Addresses typed without a scheme are https, as from Django 6.0 on; Django 5.2 warns of the setting that says so.
warnings.filterwarnings("ignore", "The FORMS_URLFIELD_ASSUME_HTTPS transitional setting is deprecated.")
FORMS_URLFIELD_ASSUME_HTTPS = True

# Languages and time

LANGUAGE_CODE = env.str("LANGUAGE_CODE", default="en")
LANGUAGES = [
    ("en", _("English")),
    ("ar", _("Arabic")),
    ("de", _("German")),
    ("es", _("Spanish")),
    ("fr", _("French")),
    ("he", _("Hebrew")),
    ("ja", _("Japanese")),
    ("ru", _("Russian")),
    ("uk", _("Ukrainian")),
]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "masthead" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="UTC")

# People who sign in

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "wagtailadmin_login"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SERVES_TLS
CSRF_COOKIE_HTTPONLY = False  # the newsroom's own scripts read it for their requests
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL] if SERVES_TLS else [])

# Security headers that Django sets; the content security policy is in masthead/security_headers.py

SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=63_072_000) if SERVES_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SERVES_TLS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if proxy_header := env.str("TRUSTED_PROXY_SSL_HEADER", default=""):
    SECURE_PROXY_SSL_HEADER = (proxy_header, "https")

# Files

STATIC_URL = "/static/"
STATIC_ROOT = BROADSHEET_DATA / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = BROADSHEET_DATA / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if PROFILE in {"test", "development"}
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = PROFILE in {"test", "development"}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# Readers' pages

PAGES_STORED = env.bool("PAGES_STORED", default=not DEBUG)
EXPORT_PAGES = PAGES_STORED and env.bool("EXPORT_PAGES", default=False)
PAGE_MEMORY_BYTES = env.int("PAGE_MEMORY_BYTES", default=48 * 1024 * 1024)
CDN_URL = env.str("CDN_URL", default="")
CDN_TOKEN = env.str("CDN_TOKEN", default="")

# Wire

WIRE_FOLDERS = Path(env.str("WIRE_FOLDERS", default=str(BROADSHEET_DATA / "wire")))
WIRE_SECRETS = Path(env.str("WIRE_SECRETS", default=str(BROADSHEET_DATA / "wire-secrets")))
WIRE_ALLOWED_HOSTS = env.list("WIRE_ALLOWED_HOSTS", default=[])
WIRE_KEEP_DAYS = env.int("WIRE_KEEP_DAYS", default=30)

# Feeds

WEBSUB_HUB = env.str("WEBSUB_HUB", default="")

# Mail

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="newsroom@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Wagtail

WAGTAIL_PAGE_MODEL = "pages.BasePage"
WAGTAILIMAGES_IMAGE_MODEL = "photos.Photo"
WAGTAILDOCS_DOCUMENT_MODEL = "pages.NewsroomDocument"
WAGTAIL_SITE_NAME = env.str("PAPER_NAME", default="Broadsheet")
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_COMMENTS_ENABLED = True
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_I18N_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = [(code, name) for code, name in LANGUAGES if code == LANGUAGE_CODE]
WAGTAIL_ALLOW_UNICODE_SLUGS = True
COUNT_MISSES = PROFILE != "test"  # a thread in each process; tests write the counts themselves
WAGTAILREDIRECTS_AUTO_CREATE = False  # ours: pages/keep_old_address.py; Wagtail's would keep addresses of drafts, too
WAGTAILIMAGES_MAX_UPLOAD_SIZE = env.int("PHOTO_MAX_BYTES", default=40 * 1024 * 1024)
WAGTAILIMAGES_MAX_IMAGE_PIXELS = env.int("PHOTO_MAX_PIXELS", default=100_000_000)
WAGTAILIMAGES_IMAGE_FORM_BASE = "broadsheet.newsdesk.photo_form.ShownPhotoForm"
PHOTO_RENDITIONS_AT_UPLOAD = env.bool("PHOTO_RENDITIONS_AT_UPLOAD", default=PROFILE != "test")
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "broadsheet.search.newsroom.search_backend", "AUTO_UPDATE": False}}
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # nothing is fetched: see stories/embeds.py
SILENCED_SYSTEM_CHECKS: list[str] = []

LOG_FORMAT = env.str("LOG_FORMAT", default="")
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
LOGGING = logging_config(log_format=LOG_FORMAT, level=LOG_LEVEL)
ACCESS_LOG = env.bool("ACCESS_LOG", default=False)

if PROFILE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
