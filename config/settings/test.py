"""The test suite: public keys, fast hashes, either database."""

import base64
import os
from typing import Any

from config.environment import read
from config.settings.base import *  # noqa: F403
from config.settings.base import (
    SQLITE_ENGINE,
    SQLITE_OPTIONS,
    VAR_DIR,
    with_database_options,
)

DEBUG = False
DEMO = False
SECRET_KEY = "only-for-tests-and-long-enough-to-start"  # noqa: S105 -- opens nothing outside the suite
FIELD_KEYS = [f"test:{base64.b64encode(b'f' * 32).decode()}"]
BLIND_KEY = base64.b64encode(b"b" * 32).decode()
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ATTACHMENT_DIR = read("FILES_DIR", default=VAR_DIR / "test-attachments")
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
WHITENOISE_MAX_AGE = 3600  # a browser asks for each file once, not once a page
VAR_DIR.mkdir(exist_ok=True)
DATABASES: dict[str, Any]
if os.environ.get("DATABASE_URL"):
    DATABASES = {"default": with_database_options(read("DATABASE_URL"))}
    # A crash of the server loses a test's last commits, which nobody would miss.
    if DATABASES["default"]["ENGINE"].endswith("postgresql"):
        DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"
else:
    DATABASES = {
        "default": {
            "ENGINE": SQLITE_ENGINE,
            "NAME": VAR_DIR / "unused.sqlite3",
            "OPTIONS": SQLITE_OPTIONS,
            "TEST": {"NAME": VAR_DIR / "test.sqlite3"},
        }
    }
