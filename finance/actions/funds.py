"""Open funds."""

from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from finance.enums import FundKind
from finance.errors import TemporaryTakesNoDues
from finance.models import Fund
from organizations.actions import refuse_ended
from organizations.models import Organization
from organizations.queries import is_temporary


@action(label=_("Fund opened"))
def open_fund(
    organization: Organization, *, kind: FundKind, name: str, by: Actor | None
) -> Fund:
    """Open an empty ledger; the balance of earlier books is entered as an income."""
    refuse_ended(organization)
    if kind == FundKind.DUES and is_temporary(organization):
        raise TemporaryTakesNoDues(name=organization.name)
    fund = Fund(organization=organization, kind=kind, name=name)
    validate(fund)
    fund.save()
    audit.record(
        fund,
        by=by,
        organization_id=organization.pk,
        after=audit.snapshot(fund, "organization", "kind", "name"),
    )
    return fund
