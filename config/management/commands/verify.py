"""Prove the invariants over live data."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions import record_verification
from accounts.chain_heads import heads_not_in_chain
from config.keys import find_key_problems
from config.readiness import find_due_recount, find_standing_sealer
from core.commands import InstallationCommand
from core.registries.invariants import Finding, invariants, prove


class Command(InstallationCommand):
    """Proves every invariant, even after one fails; stores the verdict.

    A run with `--only` proves a part and stores nothing.
    """

    help = gettext_lazy(
        "Prove what must always be true; exit status 1 if something is not."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only", help=_("the key of one invariant"))
        parser.add_argument(
            "--head",
            action="append",
            default=[],
            help=_("a head that was noted elsewhere"),
        )
        parser.add_argument(
            "--most", type=int, default=20, help=_("lines shown of each")
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        began_at, only = timezone.now(), options["only"]
        key_problems = list(find_key_problems())
        lost_heads = list(heads_not_in_chain(options["head"]))
        # How long nothing was sealed bounds what is proved, and breaks no statement;
        # nor does a recount that is due.
        bounds = [*find_standing_sealer(), *find_due_recount()]
        for line in [*key_problems, *lost_heads, *bounds]:
            self.stdout.write(line)
        findings = self.prove_all(only, options["most"])
        # Under a wrong key the verdict would get a digest that is wrong for ever.
        if only is None and not key_problems:
            self.store(findings, began_at)
        # A wrong key and a lost head are one more thing each that does not hold.
        failed = sum(not finding.holds for finding in findings)
        failed += bool(key_problems) + bool(lost_heads)
        if failed:
            raise CommandError(
                _("%(count)d invariants do not hold.") % {"count": failed}
            )

    def prove_all(self, only: str | None, most: int) -> list[Finding]:
        """Prove each invariant, or the one of a key, and print the verdict on it."""
        findings = []
        for invariant in invariants:
            if only in (None, invariant.key):
                findings.append(prove(invariant))
                self.show(findings[-1], str(invariant.label), most)
        return findings

    def show(self, finding: Finding, label: str, most: int) -> None:
        """Print the verdict on one invariant and the first rows that violate it."""
        status = finding.status if finding.holds else finding.status.upper()
        self.stdout.write(f"{status:8} {finding.seconds:6.2f}s {finding.key}: {label}")
        for line in finding.lines[:most]:
            self.stdout.write(f"           {line}")
        if (more := len(finding.lines) - most) > 0:
            rest = _("and %(count)d more (--most)") % {"count": more}
            self.stdout.write(f"           {rest}")

    def store(self, findings: list[Finding], began_at: Any) -> None:
        """Store the verdict for the auditor's page; print the seal it ended on."""
        try:
            verification = record_verification(findings, began_at=began_at)
        except DatabaseError as error:
            sentence = _("The verdict could not be stored: %(reason)s")
            self.stderr.write(sentence % {"reason": error})
            return
        number, digest = verification.seal_number, verification.seal_digest
        # As a head leaves the machine, so that `--head` takes it.
        head = f"seal {number} {digest}" if number else _("nothing is sealed yet")
        self.stdout.write(_("Head: %(head)s") % {"head": head})
