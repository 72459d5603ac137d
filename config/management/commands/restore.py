"""Restore a backup into an empty database and an empty folder of files."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import Error, connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.backups.archive import parse_key
from config.backups.restore import choose_backup, restore_backup
from core.commands import InstallationCommand
from core.db.grants import grant_to_application, grant_to_backup
from core.errors import DomainError
from core.file_errors import file_errors_in_words


class Command(InstallationCommand):
    """Runs as the role that is to own the tables."""

    help = gettext_lazy(
        "Restore DIR's newest backup, or one backup file, with the private key."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dir", type=Path)
        parser.add_argument(
            "--key", type=Path, required=True, help=_("the private key")
        )
        parser.add_argument("--role", help=_("the application's role (PostgreSQL)"))
        parser.add_argument("--backup-role", help=_("the role that only reads"))

    def handle(self, *_args: Any, **options: Any) -> None:
        if connection.vendor == "postgresql" and not options["role"]:
            raise CommandError(
                _("Say --role: without it the application may do nothing.")
            )
        started = time.monotonic()
        try:
            with file_errors_in_words(options["key"]):
                key = parse_key(options["key"].read_text())
            with file_errors_in_words(options["dir"]):
                path = choose_backup(options["dir"])
                manifest = restore_backup(path, key)
            if connection.vendor == "postgresql":
                grant_to_application(options["role"])
                if options["backup_role"]:
                    grant_to_backup(options["backup_role"])
        except (DomainError, Error) as error:
            raise CommandError(str(error)) from error
        rows = sum(described[0] for described in manifest["tables"].values())
        self.stdout.write(
            _(
                "%(name)s of %(made_at)s: %(tables)d tables, %(rows)d rows and"
                " %(files)d files are as they were saved, %(seconds).1f s. Now run"
                " manage.py verify."
            )
            % {
                "name": path.name,
                "made_at": manifest["made_at"],
                "tables": len(manifest["tables"]),
                "rows": rows,
                "files": manifest["files"],
                "seconds": time.monotonic() - started,
            }
        )
