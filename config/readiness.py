"""What this installation checks before it serves, and again at each `/readyz`."""

import datetime as dt
import tempfile
from collections.abc import Iterator

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import ProofTrouble
from accounts.models import AuditEntry, Verification
from config.checks import DEMO_ACCOUNTS, HINT, count_demo_accounts
from config.keys import find_key_problems, remember_keys
from core.dates import format_time
from core.db.privileges import find_wrong_backup_privileges, find_wrong_privileges
from core.file_errors import say_reason
from core.registries.readiness import (
    ReadinessCheck,
    readiness_checks,
    require_readiness,
)
from exchange.models import Attachment, BackupRun, ChoreRun
from exchange.stored_files import make_folder
from organizations.models import RecountRequest

BROKER_SECONDS = 1
SEALER = "accounts.seal"
SEALED_WITHIN = dt.timedelta(minutes=10)
NEWEST_FILES = 5
SECRET_LENGTH, SECRET_CHARACTERS = 32, 8


def find_database_problems() -> Iterator[str]:
    """Yield the error of a database that does not answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    yield from ()


def find_unapplied_migrations() -> Iterator[str]:
    """Yield a sentence if the tables are not those of this version."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        yield _(
            "The tables are not those of this version: %(count)d migrations are not"
            " applied, from %(first)s on. Run `manage.py migrate` as their owner."
        ) % {"count": len(plan), "first": plan[0][0]}


def find_wrong_rights() -> Iterator[str]:
    """Yield what the role of a real installation lacks or has too much of."""
    if not settings.OWNER_MAY_SERVE:
        yield from find_wrong_privileges()


def find_wrong_backup_rights() -> Iterator[str]:
    """Yield what the role of the backups lacks or has too much of."""
    if settings.BACKUP_ROLE:
        yield from find_wrong_backup_privileges(settings.BACKUP_ROLE)


def find_weak_secret() -> Iterator[str]:
    """Yield a sentence if the key of the sessions could be guessed."""
    secret: str = settings.SECRET_KEY
    repeats = secret in (secret + secret)[1:-1]
    if len(secret) < SECRET_LENGTH or len({*secret}) < SECRET_CHARACTERS or repeats:
        yield _(
            "SECRET_KEY is short or repeats itself: whoever guesses it can sign in as"
            " anybody. Set at least %(length)d random characters."
        ) % {"length": SECRET_LENGTH}


def find_demo_accounts() -> Iterator[str]:
    """Yield a sentence if a real installation has accounts of the demo."""
    if count := count_demo_accounts():
        yield f"{DEMO_ACCOUNTS % {'count': count}}{HINT}"


def find_unwritable_files() -> Iterator[str]:
    """Yield a sentence if uploaded files cannot be stored."""
    folder = settings.ATTACHMENT_DIR
    try:
        make_folder(folder)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"ready")
    except OSError as error:
        yield _(
            "Files cannot be stored in %(folder)s (%(error)s). Let the service's user"
            " write there, or make room on the disk."
        ) % {"folder": folder, "error": say_reason(error)}


def find_files_kept_elsewhere() -> Iterator[str]:
    """Yield a sentence if the newest files that the database knows are not here.

    One lost file is named when it is opened; where none of several is there, the folder
    is another one, as on a second machine that does not share it.
    """
    newest = Attachment.objects.on_disk().order_by("-pk")[:NEWEST_FILES]
    if newest and not any(file.path.exists() for file in newest):
        yield _(
            "None of the newest %(count)d uploaded files lies in %(folder)s: it is not"
            " the folder in which they were stored. Share one folder between all"
            " machines, or restore the files."
        ) % {"count": len(newest), "folder": settings.ATTACHMENT_DIR}


def find_broker_problems() -> Iterator[str]:
    """Yield a sentence if the broker that is configured does not answer."""
    if not settings.CELERY_BROKER_URL:
        return
    # Where no broker is used, no process holds its client in memory.
    from redis import Redis, RedisError  # noqa: PLC0415 -- five megabytes

    try:
        with Redis.from_url(
            settings.CELERY_BROKER_URL,
            socket_connect_timeout=BROKER_SECONDS,
            socket_timeout=BROKER_SECONDS,
        ) as broker:
            broker.ping()
    except RedisError:
        yield _("The broker does not answer: jobs wait, nothing is lost.")


def find_overdue_backup() -> Iterator[str]:
    """Yield a sentence if the last good backup is older than is expected."""
    now = timezone.now()
    if not BackupRun.objects.is_overdue(now):
        return
    last = BackupRun.objects.succeeded().order_by("-finished_at").first()
    if last is None:
        yield _("No backup has been made yet. Arrange for one every night.")
        return
    age = int((now - last.finished_at).total_seconds() // 3600)
    yield _(
        "The last good backup is %(age)d hours old, %(expected)d are expected. Look at"
        " the service of the backups and make one."
    ) % {"age": age, "expected": settings.BACKUP_EXPECTED_HOURS}


def find_missing_proof() -> Iterator[str]:
    """Yield a sentence if the last `verify` found something, or is too long ago."""
    trouble = Verification.objects.trouble(timezone.now())
    if trouble == ProofTrouble.BROKEN:
        yield _(
            "The last verify found %(count)d invariants that do not hold. Look into the"
            " journal of its service, and keep the database as it is."
        ) % {"count": len(Verification.objects.latest().findings)}
    elif trouble == ProofTrouble.OVERDUE:
        yield _(
            "verify has not run for %(expected)d hours. Look at its timer, and run it."
        ) % {"expected": settings.VERIFY_EXPECTED_HOURS}


def find_standing_sealer() -> Iterator[str]:
    """Yield a sentence if the audit log is not being sealed, and since when.

    Also where every entry has its seal: what is written next would wait for one.
    """
    run = ChoreRun.objects.filter(key=SEALER).first()
    first = AuditEntry.objects.order_by("pk").first() if run is None else None
    since = run.tried_at if run else first and first.at
    if since and timezone.now() - since > SEALED_WITHIN:
        yield _(
            "Since %(time)s nothing has sealed the audit log: what was written after"
            " that could be erased together with its entries, and verify would not"
            " find it. Start the service of the chores."
        ) % {"time": format_time(timezone.localtime(since))}


def find_due_recount() -> Iterator[str]:
    """Yield a sentence if figures wait for a recount, which proves nothing of them."""
    requests = RecountRequest.objects.all()
    count = requests.values("organization").distinct().count()
    if count:
        yield _(
            "A recount is due for %(count)d organizations, as after an upgrade: their"
            " figures are not compared until the chores have counted them."
        ) % {"count": count}


readiness_checks.add(
    ReadinessCheck("database", find_database_problems),
    ReadinessCheck("migrations", find_unapplied_migrations),
    ReadinessCheck("privileges", find_wrong_rights),
    ReadinessCheck("backup role", find_wrong_backup_rights),
    ReadinessCheck("keys", find_key_problems),
    ReadinessCheck("secret", find_weak_secret),
    ReadinessCheck("demo", find_demo_accounts),
    ReadinessCheck("files", find_unwritable_files),
    ReadinessCheck("shared files", find_files_kept_elsewhere, at_start=False),
    ReadinessCheck("broker", find_broker_problems, at_start=False),
    ReadinessCheck("backup", find_overdue_backup, at_start=False, is_warning=True),
    ReadinessCheck("sealer", find_standing_sealer, at_start=False, is_warning=True),
    ReadinessCheck("verify", find_missing_proof, at_start=False, is_warning=True),
)


def refuse_to_start_unready() -> None:
    """Stop a process from serving what it could only damage or refuse."""
    require_readiness()
    remember_keys()  # a key that is new since the last start
