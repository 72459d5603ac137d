"""Set a person's password on the server, by the same rules as on the pages."""

import getpass
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions import set_password
from accounts.backends import find_account
from config.keys import require_right_keys
from core.commands import InstallationCommand
from core.errors import DomainError


class Command(InstallationCommand):
    """Replaces Django's command, which writes no audit log and keeps no history."""

    help = gettext_lazy(
        "Set the password of the account USERNAME; it is asked for, not shown."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *_args: Any, **options: Any) -> None:
        require_right_keys()
        user = find_account(options["username"])
        if user is None:
            sentence = _("No account is called %(name)s. Nothing was changed.")
            raise CommandError(sentence % {"name": options["username"]})
        password = getpass.getpass(_("New password: "))
        if getpass.getpass(_("New password (again): ")) != password:
            raise CommandError(_("The two passwords differ. Nothing was changed."))
        try:
            set_password(user, password=password)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        sentence = _("The password of %(name)s was set.")
        self.stdout.write(sentence % {"name": user.username})
