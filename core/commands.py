"""What the commands of the installation have in common."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core.text import StrOrPromise


class InstallationCommand(BaseCommand):
    """A command whose help is translated when it is shown, like all it says."""

    help: StrOrPromise = ""  # type: ignore[assignment]  # the stubs know no lazy text

    def create_parser(
        self, prog_name: str, subcommand: str, **kwargs: Any
    ) -> CommandParser:
        """Return the parser with the help as words: it wraps no text that is lazy."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.description = str(self.help)
        return parser
