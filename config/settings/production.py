"""A real installation: all secrets come from the environment, or it does not start."""

from config.environment import read
from config.settings.base import *  # noqa: F403
from config.settings.base import with_database_options

DEBUG = False
DEMO = False
OWNER_MAY_SERVE = False
SECRET_KEY = read("SECRET_KEY")
FIELD_KEYS = read("FIELD_KEYS")
BLIND_KEY = read("BLIND_KEY")
ALLOWED_HOSTS = read("ALLOWED_HOSTS")
ADMINISTRATOR_SLIPS_NEED_CONSENT = read("ADMINISTRATOR_SLIPS_NEED_CONSENT")
_database = with_database_options(read("DATABASE_URL"))
if "init_command" in _database.get("OPTIONS", {}):
    # What was answered is on the disk, even if the power fails.
    _database["OPTIONS"]["init_command"] += "PRAGMA synchronous=FULL;"
DATABASES = {
    "default": {
        **_database,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,  # a restarted database costs no request
    }
}
BACKUP_EXPECTED_HOURS = read("BACKUP_EXPECTED_HOURS", default=36)
VERIFY_EXPECTED_HOURS = read("VERIFY_EXPECTED_HOURS", default=36)

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked on the machine itself
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
