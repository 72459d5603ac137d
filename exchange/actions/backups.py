"""Record the result of a backup."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from exchange.models import BackupRun

MAX_MESSAGE_LENGTH = 500


@action(label=_("Backup made"))
def record_backup(
    started_at: dt.datetime, *, file_name: str = "", size: int = 0, failure: str = ""
) -> BackupRun:
    """Record one run, which the system administrator's desk then shows."""
    run = BackupRun.objects.create(
        started_at=started_at,
        finished_at=max(started_at, timezone.now()),
        succeeded=not failure,
        file_name=file_name,
        size=size,
        message=failure[:MAX_MESSAGE_LENGTH],
    )
    after = {"file": file_name, "bytes": size, "failure": run.message}
    audit.record(run, by=None, after=after)
    return run
