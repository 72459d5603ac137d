"""Says where administrators come from, instead of creating a superuser."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.commands import InstallationCommand


class Command(InstallationCommand):
    """Replaces Django's command: nobody here may do everything."""

    help = gettext_lazy(
        "There is no superuser; see docs/how-to/set-up-an-installation.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take Django's options, so that everybody reads the same sentence."""
        for option in ("--username", "--display_name", "--email"):
            parser.add_argument(option)
        parser.add_argument("--noinput", "--no-input", action="store_true")

    def handle(self, *_args: Any, **_options: Any) -> None:
        raise CommandError(
            _(
                "There is no superuser. The three administrators are set up by"
                " `manage.py bootstrap FILE.json`, which prints a sign-in slip for"
                " each. Nothing was created."
            )
        )
