"""Opening funds."""

from django.db import transaction

from core import trail
from core.constraints import checked
from finance.enums import FundKind
from finance.models import Fund
from organizations.actions import refuse_ended
from organizations.models import Organization


@transaction.atomic
def open_fund(
    organization: Organization, *, kind: FundKind, name: str, by: object | None
) -> Fund:
    """Open an empty ledger; what earlier books left enters it as an income."""
    refuse_ended(organization)
    fund = Fund(organization=organization, kind=kind, name=name)
    checked(fund)
    fund.save()
    trail.record(
        "finance.open_fund",
        fund,
        by=by,
        organization_id=organization.pk,
        after=trail.snapshot(fund, "organization", "kind", "name"),
    )
    return fund
