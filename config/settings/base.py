"""Settings shared by all environments."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from kombu import Queue

from config.environment import read

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = BASE_DIR / "var"

OUR_APPS = [
    "core",
    "sheets",
    "organizations",
    "accounts",
    "exchange",
    "figures",
    "cases",
    "members",
    "communities",
    "cobuilding",
    "volunteering",
    "finance",
    "reports",
]
INSTALLED_APPS = [
    "config.apps.WorkAdminConfig",
    "config.apps.InstallationConfig",  # before `auth`, whose commands it replaces
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_filters",
    "django_tables2",
    "import_export",
    "axes",
    "csp",
    *OUR_APPS,
]
MIDDLEWARE = [
    "core.web.hosts.refuse_foreign_hosts_middleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.web.compression.CompressedPagesMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.web.middleware.reject_malformed_middleware",
    "core.web.middleware.reach_database_middleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "exchange.middleware.upload_limit_middleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SignInAgainMiddleware",
    "core.web.middleware.private_pages_middleware",
    "core.web.middleware.audit_context_middleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.sessions.ending_sessions_middleware",
    "accounts.drafts.offering.kept_drafts_middleware",
    "accounts.password_age.password_age_middleware",
    "core.web.middleware.name_answered_forms_middleware",
    "core.web.middleware.explain_refused_method_middleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "accounts.middleware.SentAgainMiddleware",
    "exchange.middleware.ListExportMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.navigation.navigation",
            ],
        },
    },
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SQLITE_ENGINE = "core.db.queued_sqlite3"
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        "PRAGMA recursive_triggers=ON;"  # REPLACE then fires DELETE triggers
    ),
}


# The schema is named by every connection of ours: whoever owns the database could set
# another path for it, on which tables of theirs stand before PostgreSQL's catalogue.
# Compiling a query costs more than any page's query takes; estimates run high where
# conditions ask about other rows.
POSTGRESQL_OPTIONS = "-c search_path=public -c jit=off"


def with_database_options(database: dict[str, Any]) -> dict[str, Any]:
    """Return a database's settings; SQLite's own keep no order and no guard."""
    options = database.get("OPTIONS", {})
    if str(database["ENGINE"]).endswith("postgresql"):
        flags = f"{POSTGRESQL_OPTIONS} {options.get('options', '')}".strip()
        return {**database, "OPTIONS": {**options, "options": flags}}
    if not str(database["ENGINE"]).endswith("sqlite3"):
        return database
    return {
        **database,
        "ENGINE": SQLITE_ENGINE,
        "OPTIONS": {**SQLITE_OPTIONS, **options},
    }


AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "accounts.backends.UsernameOrPhone",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "accounts.passwords.validators.NotCommon"},
    {"NAME": "accounts.passwords.validators.NoPattern"},
    {"NAME": "accounts.passwords.validators.NothingPersonal"},
    {"NAME": "accounts.passwords.validators.NotUsedBefore"},
]
# Names of this system; those of people and places are read from the records.
PASSWORD_WORDS = ["jiedao", "dangjian", "gongzuotai", "街道", "党建", "工作台"]
PASSWORDS_REMEMBERED = 5
# Days after which a password is to be changed; 0 asks for no change (decision 0010).
PASSWORD_MAX_AGE_DAYS = read("PASSWORD_MAX_AGE_DAYS")
# Whether a slip that opens an administrator's account needs a second administrator.
ADMINISTRATOR_SLIPS_NEED_CONSENT = False
UNUSED_ACCOUNT_DAYS = read("UNUSED_ACCOUNT_DAYS")
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "accounts:home"
LOGOUT_REDIRECT_URL = "accounts:sign_in"
SESSION_COOKIE_AGE = 60 * 60 * 12
MEMBER_SESSION_AGE = 60 * 60 * 24 * 30  # a member, on their own phone
SESSION_IDLE_AGE = 60 * 30
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# Five wrong passwords lock the account at this address for a quarter of an hour; every
# sign-in page counts, because all of them call `authenticate`. The limits and delays
# are in `accounts.lockout`; axes keeps the record of attempts.
AXES_HANDLER = "accounts.lockout.LockoutHandler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = 1
AXES_ENABLE_ACCESS_FAILURE_LOG = False  # `accounts.guesses` writes it beforehand
AXES_USERNAME_CALLABLE = "accounts.lockout.lockout_name"
AXES_CLIENT_IP_CALLABLE = "accounts.guesses.counted_address"
AXES_LOCKOUT_CALLABLE = "accounts.lockout.respond_locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_SENSITIVE_PARAMETERS = ["username", "password"]
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
TRUSTED_PROXIES = read("TRUSTED_PROXIES")

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
# Our translations override those of the libraries, whatever the order of the apps.
LOCALE_PATHS = [BASE_DIR / app / "locale" for app in OUR_APPS]
FORMAT_MODULE_PATH = ["config.formats"]

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
ATTACHMENT_DIR: Path = read("FILES_DIR", default=VAR_DIR / "attachments")
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
UPLOAD_LIMIT_BYTES = 20 * 1024 * 1024
JOBS_PER_PERSON = 5  # waiting or under way; the others wait behind them
# A clock so many days from the last known one opens and closes nothing by itself.
CLOCK_TOLERANCE_DAYS = read("CLOCK_TOLERANCE_DAYS")
# The public key for whom backups are encrypted; `make_backup_key` makes the pair.
BACKUP_RECIPIENT = read("BACKUP_RECIPIENT")
# Where a backup under a role that only reads leaves word of its end; the application
# records it. Nothing: the backup records it itself.
BACKUP_REPORT = str(read("BACKUP_REPORT"))
# The role of the backups, whose rights the application looks at (PostgreSQL).
BACKUP_ROLE = read("BACKUP_ROLE")
# After how many hours without a backup the system administrator hears of it; 0: never.
BACKUP_EXPECTED_HOURS = read("BACKUP_EXPECTED_HOURS", default=0)
# The same of `verify`, which proves the records every night.
VERIFY_EXPECTED_HOURS = read("VERIFY_EXPECTED_HOURS", default=0)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'self'"],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
FORM_RENDERER = "core.web.renderers.FormRenderer"  # our templates come first
FILTERS_EMPTY_CHOICE_LABEL = _("All")
DJANGO_TABLES2_TEMPLATE = "core/_table.html"
IMPORT_EXPORT_USE_TRANSACTIONS = True

# Without DEBUG Django would not log errors to the console; a page with status 500
# leaves its traceback in the log of the service.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "masking": {
            "()": "core.logs.MaskingFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "masking"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Django's own handlers would mail what was typed to ADMINS, in clear.
        "django": {"handlers": []},
        "django.request": {"level": "ERROR"},  # a 404 is not worth a line
    },
}

# Where the head of the audit log goes every day: `print`, `mail:…` or `file:…`, best on
# another machine.
AUDIT_HEAD_TO = read("AUDIT_HEAD_TO")

# Whether the role that owns the tables may serve: on a desk, not in production.
OWNER_MAY_SERVE = True

CELERY_BROKER_URL = read("REDIS_URL")
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "socket_connect_timeout": 1,  # a missing broker must not delay a page
    "socket_timeout": 1.5,  # nor one that accepts connections and never answers
    # kombu would try to connect again and again, for six seconds, before it gives up.
    "max_retries": 0,
    "interval_start": 0,
}
# A worker that is told nothing serves both queues; production gives each its own, so
# that sealing and recounting never wait behind a sheet.
CELERY_TASK_QUEUES = [Queue("celery"), Queue("chores")]
CELERY_TASK_DEFAULT_QUEUE = "celery"
CELERY_TASK_ROUTES = {"exchange.run_chore": {"queue": "chores"}}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = TIME_ZONE
