"""Record the result of a backup."""

import datetime as dt

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from exchange.backup_reports import iter_reports
from exchange.models import BackupRun

MAX_MESSAGE_LENGTH, MAX_NAME_LENGTH = 500, 120


@action(label=_("Backup made"))
def record_backup(
    started_at: dt.datetime,
    *,
    finished_at: dt.datetime | None = None,
    file_name: str = "",
    size: int = 0,
    failure: str = "",
) -> BackupRun:
    """Record one run, which the system administrator's desk then shows."""
    run = BackupRun.objects.create(
        started_at=started_at,
        finished_at=max(started_at, finished_at or timezone.now()),
        succeeded=not failure,
        file_name=file_name[:MAX_NAME_LENGTH],
        size=max(0, size),
        message=failure[:MAX_MESSAGE_LENGTH],
    )
    after = {"file": run.file_name, "bytes": run.size, "failure": run.message}
    audit.record(run, by=None, after=after)
    return run


def record_reported_backups() -> int:
    """Record the runs that a backup of another user left word of, each once."""
    if not settings.BACKUP_REPORT:
        return 0
    last = BackupRun.objects.order_by("-started_at").first()
    new = [
        report
        for report in iter_reports()
        if last is None or report["started_at"] > last.started_at
    ]
    for report in new:
        record_backup(**report)
    return len(new)
