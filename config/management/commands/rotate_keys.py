"""Encrypt everything again under the first key of FIELD_KEYS."""

from typing import Any

from cryptography.exceptions import InvalidTag
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions import encrypt_rows_again, record_key_rotation
from config.keys import remember_keys, require_right_keys
from core.commands import InstallationCommand
from core.crypto import field_key_names
from core.db.encrypted_rows import encrypted_columns, find_rows
from core.errors import DomainError
from exchange.stored_files import encrypt_files_again

BATCH = 500
UNREADABLE = gettext_lazy(
    "Something could not be read with the keys of the environment (%(error)s). What was"
    " encrypted again so far stays, and nothing was lost: run `verify`, which names"
    " what cannot be read, and then this command again."
)


class Command(InstallationCommand):
    """Works in small steps beside the running service; can be interrupted and repeated.

    The old keys stay in FIELD_KEYS until it has finished.
    """

    help = gettext_lazy(
        "Encrypt columns and files again under the first key of FIELD_KEYS."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        require_right_keys()
        remember_keys()
        newest = field_key_names()[0]
        try:
            rows, files = self.rotate_rows(newest), encrypt_files_again(newest)
        except (InvalidTag, KeyError, ValueError, DomainError) as error:
            reason = str(error) or type(error).__name__
            raise CommandError(UNREADABLE % {"error": reason}) from error
        record_key_rotation(newest)
        self.stdout.write(
            _(
                "%(rows)d rows and %(files)d files were encrypted again under"
                " %(newest)s. Nothing needs the other keys of FIELD_KEYS any more,"
                " except the backups of before: keep those keys with them, take them"
                " out here and restart."
            )
            % {"rows": rows, "files": files, "newest": newest}
        )

    def rotate_rows(self, newest: str) -> int:
        """Encrypt rows again, a batch a transaction; return how many."""
        count = 0
        for model, columns in encrypted_columns():
            while keys := find_rows(model, columns, "<>", newest, BATCH):
                count += encrypt_rows_again(model, columns, keys)
        return count
