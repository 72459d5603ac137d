"""Set a person's password on the server, by the same rules as on the pages."""

import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.actions import set_password
from accounts.backends import find_account
from config.keys import require_right_keys
from core.errors import DomainError


class Command(BaseCommand):
    """Replaces Django's command, which writes no audit log and keeps no history."""

    help = "Set the password of the account USERNAME; it is asked for, not shown."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *_args: Any, **options: Any) -> None:
        require_right_keys()
        user = find_account(options["username"])
        if user is None:
            raise CommandError(f"No account is called {options['username']}.")
        password = getpass.getpass("New password: ")
        if getpass.getpass("New password (again): ") != password:
            raise CommandError("The two passwords differ. Nothing was changed.")
        try:
            set_password(user, password=password)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"The password of {user.username} was set.")
