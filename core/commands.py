"""What the commands of the installation have in common."""

from django.core.management.base import BaseCommand

from core.text import StrOrPromise


class InstallationCommand(BaseCommand):
    """A command whose help is translated when it is shown, like all it says."""

    help: StrOrPromise = ""  # type: ignore[assignment]  # the stubs know no lazy text
