"""Grant the roles of application and backups what they need, and no more."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import Error, connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.commands import InstallationCommand
from core.db.grants import grant_to_application, grant_to_backup


class Command(InstallationCommand):
    """Runs as the role that owns the tables, after every `migrate`."""

    help = gettext_lazy("Grant other roles their rights over the tables of this role.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role")
        parser.add_argument("--backup-role", help=_("the role that only reads"))

    def handle(self, *_args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError(_("Only PostgreSQL has roles. Nothing was changed."))
        try:
            grant_to_application(options["role"])
            if options["backup_role"]:
                grant_to_backup(options["backup_role"])
        except Error as error:
            message = _("Nothing was granted: %(reason)s") % {"reason": error}
            raise CommandError(message) from error
        used = _("%(role)s may use the tables.") % {"role": options["role"]}
        self.stdout.write(used)
        if options["backup_role"]:
            sentence = _("%(role)s may read them.")
            self.stdout.write(sentence % {"role": options["backup_role"]})
