"""Build a made-up installation to look at."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from config.demo import changan, zaoyang
from config.demo.base import PASSWORD
from core.commands import InstallationCommand
from core.db.digests import digested
from organizations.models import Organization

SHAPES = {"zaoyang": zaoyang.build, "changan": changan.build}


@digested
def load_demo(shape: str, seed: int) -> None:
    """Write the demo: thousands of actions in one transaction, digested once."""
    SHAPES[shape](seed)


class Command(InstallationCommand):
    """Builds one shape into an empty database, through the actions users run."""

    help = gettext_lazy(
        "Build a made-up city (zaoyang) or street (changan) into an empty database."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--shape", choices=sorted(SHAPES), default="zaoyang")
        parser.add_argument(
            "--if-empty", action="store_true", help=_("else do nothing")
        )
        parser.add_argument("--seed", type=int, default=2026)

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(_("The demo is never loaded into a real installation."))
        if Organization.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError(_("The database is not empty; nothing was loaded."))
        began = time.monotonic()
        load_demo(options["shape"], options["seed"])
        self.list_accounts()
        seconds = time.monotonic() - began
        sentence = _("%(shape)s ready in %(seconds).1f s.")
        self.stdout.write(sentence % {"shape": options["shape"], "seconds": seconds})

    def list_accounts(self) -> None:
        """Write one sign-in per role to a file that `make demo` prints."""
        lines = [
            f"{user.display_name}\t{user.username}\t{PASSWORD}"
            for user in User.objects.filter(is_demo=True).order_by("pk")
            if user.has_usable_password()
        ]
        path = settings.VAR_DIR / "demo-accounts.txt"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
