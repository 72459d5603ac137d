"""Put people in seats on file like the street's cadres, and void filings."""

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from communities.actions.holdings import lock_holding
from communities.actions.succession import follow, refuse_outside, void_following
from communities.models import SeatFiling, SeatHolding
from communities.staffing_errors import FileNumberTaken
from core import audit
from core.actions import action
from core.actors import Actor
from core.months import refuse_future_day
from organizations.models import Organization


@action(label=_("Seat-holder put on file"))
def file_holding(
    holding: SeatHolding,
    *,
    level: str,
    number: str,
    starts_on: dt.date,
    by: Actor | None,
    basis: str = "",
    standing: str = "",
) -> SeatFiling:
    """Put somebody in a seat on file from a day on; another filing ends there.

    One person keeps their number from seat to seat; nobody else has it in the
    organization.
    """
    holding, body = lock_holding(holding, corrects=True)
    refuse_future_day(starts_on)
    refuse_outside(holding, starts_on)
    filing = SeatFiling(
        holding=holding,
        level=level,
        number=number,
        basis=basis,
        standing=standing,
        starts_on=starts_on,
        ends_on=holding.ends_on,
    )
    _refuse_taken_number(holding, number)
    follow(_filings_of(holding), filing)
    audit.record(
        filing,
        by=by,
        organization_id=body.organization_id,
        after=audit.snapshot(filing),
    )
    return filing


@action(label=_("Filing of a seat-holder voided"))
def void_filing(filing: SeatFiling, *, by: Actor | None, reason: str) -> SeatFiling:
    """Void a filing entered by mistake; the one before it goes on."""
    holding, body = lock_holding(filing.holding, corrects=True)
    rows = SeatFiling.all_objects.select_for_update(of=("self",))
    filing = rows.get(pk=filing.pk)
    filing.holding = holding
    void_following(_filings_of(holding), filing, reason)
    audit.record_void(
        filing, by=by, organization_id=body.organization_id, reason=reason
    )
    return filing


def _refuse_taken_number(holding: SeatHolding, number: str) -> None:
    """Refuse a number under which another person of the organization is on file."""
    place = holding.seat.body.organization_id
    Organization.objects.select_for_update(of=("self",)).get(pk=place)
    rows = SeatFiling.objects.filter(
        number=number, holding__seat__body__organization=place
    ).select_related("holding__member", "holding__non_member", "holding__unit")
    for row in rows.order_by("pk"):
        if row.holding.person != holding.person:
            raise FileNumberTaken(number=number, name=row.holding.holder_name)


def _filings_of(holding: SeatHolding) -> QuerySet[SeatFiling]:
    rows: QuerySet[SeatFiling] = SeatFiling.objects.filter(holding=holding)
    return rows
