"""Prove the invariants over live data."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.registries.invariants import invariants


class Command(BaseCommand):
    """Runs every invariant's search; fails if one finds any row."""

    help = "Prove what must always be true; exit status 1 if something is not."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only", help="the key of one invariant")
        parser.add_argument("--most", type=int, default=20, help="lines shown of each")

    def handle(self, *_args: Any, **options: Any) -> None:
        broken = 0
        for invariant in invariants:
            if options["only"] not in (None, invariant.key):
                continue
            began = time.monotonic()
            violations = list(invariant.broken())
            status = "BROKEN" if violations else "ok"
            seconds = time.monotonic() - began
            self.stdout.write(
                f"{status:6} {seconds:6.2f}s {invariant.key}: {invariant.label}"
            )
            for line in violations[: options["most"]]:
                self.stdout.write(f"         {line}")
            broken += bool(violations)
        if broken:
            raise CommandError(f"{broken} invariants do not hold.")
