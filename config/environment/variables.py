"""Every variable that the settings read: its name, kind, meaning and default."""

from dataclasses import dataclass
from typing import Any

from config.environment.kinds import (
    BROKER,
    DATABASE,
    FLAG,
    HOSTS,
    KEY,
    KEYS,
    PATH,
    PUBLIC_KEY,
    ROLE_NAME,
    SECRET,
    TARGET,
    TEXT,
    ValueKind,
    number,
)


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable; left out or empty it has its default.

    Without a default a real installation does not start. `default` is what the settings
    have then, `otherwise` says it where the value alone would not.
    """

    name: str
    kind: ValueKind
    meaning: str
    default: Any = None
    is_required: bool = False
    otherwise: str = ""


DECLARED = (
    Variable(
        "SECRET_KEY",
        SECRET,
        "signs sessions and forms: at least 32 random characters",
        is_required=True,
    ),
    Variable(
        "FIELD_KEYS",
        KEYS,
        "the keys of numbers and files, as name:key; the first encrypts, all decrypt",
        is_required=True,
    ),
    Variable(
        "BLIND_KEY",
        KEY,
        "finds encrypted numbers; never replaced",
        is_required=True,
    ),
    Variable(
        "ALLOWED_HOSTS",
        HOSTS,
        "the names that people open, without scheme, port and path",
        is_required=True,
    ),
    Variable(
        "DATABASE_URL",
        DATABASE,
        "where the database is, and the role",
        is_required=True,
    ),
    Variable(
        "FILES_DIR",
        PATH,
        "the folder of uploaded files; shared where several machines serve",
        otherwise="`var/attachments`",
    ),
    Variable(
        "TRUSTED_PROXIES",
        number(0, 10),
        "how many proxies of ours are in front",
        default=0,
    ),
    Variable(
        "REDIS_URL",
        BROKER,
        "the broker, only where Celery does the work",
        default="",
        otherwise="no broker: `manage.py work` does it",
    ),
    Variable(
        "AUDIT_HEAD_TO",
        TARGET,
        "where the head of the audit log goes every night",
        default="print",
    ),
    Variable(
        "BACKUP_RECIPIENT",
        PUBLIC_KEY,
        "the public key for whom backups are encrypted",
        default="",
        otherwise="no backups",
    ),
    Variable(
        "BACKUP_ROLE",
        ROLE_NAME,
        "the role of the backups, whose rights are looked at",
        default="",
        otherwise="none is looked at",
    ),
    Variable(
        "BACKUP_REPORT",
        PATH,
        "the file in which a backup that only reads leaves word of its end",
        default="",
        otherwise="the backup records its end itself",
    ),
    Variable(
        "BACKUP_EXPECTED_HOURS",
        number(0, 8760),
        "after how many hours without a backup the administrator hears of it; 0: never",
        otherwise="36",
    ),
    Variable(
        "VERIFY_EXPECTED_HOURS",
        number(0, 8760),
        "after how many hours without `verify` the administrator hears of it; 0: never",
        otherwise="36",
    ),
    Variable(
        "PASSWORD_MAX_AGE_DAYS",
        number(0, 3660),
        "after how many days a password is to be changed; 0: never",
        default=0,
    ),
    Variable(
        "UNUSED_ACCOUNT_DAYS",
        number(1, 3660),
        "after how many days an office account that nobody used is closed",
        default=90,
    ),
    Variable(
        "ADMINISTRATOR_SLIPS_NEED_CONSENT",
        FLAG,
        "whether a slip for an administrator needs a second administrator",
        default=True,
    ),
    Variable(
        "CLOCK_TOLERANCE_DAYS",
        number(1, 3660),
        "how far the date may be from the last known day before chores wait",
        default=14,
    ),
    Variable(
        "JIEDAO_DATABASE",
        TEXT,
        "the demo alone: the file of its database",
        default="",
        otherwise="`var/db.sqlite3`",
    ),
)
VARIABLES = {variable.name: variable for variable in DECLARED}
