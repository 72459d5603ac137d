"""Make the pair of keys with which backups are encrypted and read."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.backups.archive import make_key_pair
from core.commands import InstallationCommand
from core.errors import DomainError
from core.file_errors import file_errors_in_words


class Command(InstallationCommand):
    """Writes the private key to a file and prints the public one."""

    help = gettext_lazy(
        "Write a private backup key to FILE and print BACKUP_RECIPIENT."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        private, public = make_key_pair()
        try:
            flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY
            with (
                file_errors_in_words(options["file"]),
                os.fdopen(os.open(options["file"], flags, 0o600), "w") as file,
            ):
                file.write(f"{private}\n")
        except DomainError as error:
            sentence = _("No key was made, %(file)s is as it was: %(reason)s")
            message = sentence % {"file": options["file"], "reason": error}
            raise CommandError(message) from error
        self.stdout.write(f"BACKUP_RECIPIENT={public}")
