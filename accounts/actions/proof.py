"""Record what `verify` proved."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from accounts.models import Seal, Verification
from core import audit
from core.actions import action
from core.registries.invariants import Finding

LINES_KEPT = 20


@action(label=_("Records verified"))
def record_verification(
    findings: Sequence[Finding], *, began_at: dt.datetime
) -> Verification:
    """Record the verdict of a complete run of `verify` and the seal it ended on."""
    head = Seal.objects.order_by("number").last()
    failed = [finding for finding in findings if not finding.holds]
    verification = Verification.objects.create(
        began_at=began_at,
        holds=not failed,
        invariants=len(findings),
        findings=[
            {
                "key": finding.key,
                "status": finding.status,
                "count": len(finding.lines),
                "lines": finding.lines[:LINES_KEPT],
            }
            for finding in failed
        ],
        seal_number=head.number if head else None,
        seal_digest=head.digest if head else "",
    )
    audit.record(verification, by=None, after={"holds": verification.holds})
    return verification
