"""Back up the database and the files into one encrypted file."""

import logging
import time
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.backups.backup import remove_older, write_backup
from config.backups.errors import FilesMissing
from core.commands import InstallationCommand
from core.errors import DomainError
from core.file_errors import file_errors_in_words
from exchange.actions import record_backup
from exchange.backup_reports import report_backup

log = logging.getLogger(__name__)


def one_or_more(text: str) -> int:
    """Return the number, or refuse it: no backup at all is never what is meant."""
    if not text.isdecimal() or not int(text):
        raise ArgumentTypeError(_("%(text)s is not 1 or more.") % {"text": text})
    return int(text)


class Command(InstallationCommand):
    """Fails loudly: exit status 1, a sentence, and a todo of the administrator."""

    help = gettext_lazy(
        "Write an encrypted backup of database and files into DIR, and read it back."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dir", type=Path)
        parser.add_argument(
            "--keep",
            type=one_or_more,
            help=_("remove all but so many of the newest backups"),
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        started_at, started = timezone.now(), time.monotonic()
        try:
            with file_errors_in_words(options["dir"]):
                path, manifest = write_backup(options["dir"])
            if manifest["missing_files"]:
                count = len(manifest["missing_files"])
                raise FilesMissing(name=path.name, count=count)
        except (DomainError, DatabaseError) as error:
            self.record(started_at, failure=str(error))
            raise CommandError(str(error)) from error
        self.record(started_at, file_name=path.name, size=path.stat().st_size)
        if options["keep"]:
            remove_older(options["dir"], options["keep"])
        rows = sum(described[0] for described in manifest["tables"].values())
        self.stdout.write(
            _(
                "%(path)s: %(tables)d tables, %(rows)d rows, %(files)d files, read"
                " back, %(seconds).1f s"
            )
            % {
                "path": path,
                "tables": len(manifest["tables"]),
                "rows": rows,
                "files": manifest["files"],
                "seconds": time.monotonic() - started,
            }
        )

    def record(self, started_at: Any, **outcome: Any) -> None:
        """Record the run for the administrator's desk, if the database can be used.

        A role that only reads leaves word of it; the application records it then.
        """
        try:
            if settings.BACKUP_REPORT:
                report_backup(started_at, **outcome)
            else:
                record_backup(started_at, **outcome)
        except (DatabaseError, OSError) as error:
            log.error("The outcome of the backup cannot be recorded: %s", error)  # noqa: TRY400 -- a sentence
