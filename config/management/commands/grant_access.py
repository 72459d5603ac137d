"""Grant the roles of application and backups what they need, and no more."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error, connection

from core.db.grants import grant_to_application, grant_to_backup


class Command(BaseCommand):
    """Runs as the role that owns the tables, after every `migrate`."""

    help = "Grant other roles their rights over the tables of this role."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role")
        parser.add_argument("--backup-role", help="the role that only reads")

    def handle(self, *_args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles. Nothing was changed.")
        try:
            grant_to_application(options["role"])
            if options["backup_role"]:
                grant_to_backup(options["backup_role"])
        except Error as error:
            message = f"Nothing was granted: {error}"
            raise CommandError(message) from error
        self.stdout.write(f"{options['role']} may use the tables.")
        if options["backup_role"]:
            self.stdout.write(f"{options['backup_role']} may read them.")
