"""The demo on one machine: SQLite under `var/`, secrets made at the first start."""

import base64
import json
import os
import secrets

from config.environment import read
from config.settings.base import *  # noqa: F403
from config.settings.base import (
    BASE_DIR,
    SQLITE_ENGINE,
    SQLITE_OPTIONS,
    VAR_DIR,
    with_database_options,
)

(VAR_DIR / "static").mkdir(parents=True, exist_ok=True)
_file = VAR_DIR / "demo-secrets.json"
if not _file.exists():
    _file.write_text(
        json.dumps(
            {
                "secret": secrets.token_urlsafe(48),
                "field": base64.b64encode(secrets.token_bytes(32)).decode(),
                "blind": base64.b64encode(secrets.token_bytes(32)).decode(),
            }
        )
    )
    _file.chmod(0o600)
_secrets = json.loads(_file.read_text())

DEBUG = False
DEMO = True
SECRET_KEY = _secrets["secret"]
FIELD_KEYS = [f"demo:{_secrets['field']}"]
BLIND_KEY = _secrets["blind"]
ALLOWED_HOSTS = ["*"]
_path = read("JIEDAO_DATABASE")
DATABASES = {
    "default": {
        "ENGINE": SQLITE_ENGINE,
        "NAME": BASE_DIR / _path if _path else VAR_DIR / "db.sqlite3",
        "OPTIONS": SQLITE_OPTIONS,
    }
}
if os.environ.get("DATABASE_URL"):
    DATABASES = {"default": with_database_options(read("DATABASE_URL"))}
WHITENOISE_USE_FINDERS = True
CLOCK_TOLERANCE_DAYS = 3660  # a demo is put away for a year and opened again
