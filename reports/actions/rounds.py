"""Actions on rounds: open a month's returns, remind those who have not submitted."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.dates import format_month
from core.db.constraints import validate
from core.months import last_day, month_of, shift_month, today
from exchange.actions import refuse_clock_in_doubt
from organizations.enums import STREET_TIER, ThresholdKey
from organizations.models import Organization, Threshold
from organizations.month_tree import filing_within, get_organization_at
from organizations.queries import last_closed_months
from organizations.workdays import first_workday_from
from reports.errors import (
    NobodyToRemind,
    NoFormInForce,
    NotAStreet,
    RemindedToday,
)
from reports.models import MonthlyReturn, ReturnForm, ReturnRound
from reports.notices import notify_of_open_returns


def compute_due_day(month: dt.date) -> dt.date:
    """Return the day of the next month on which a month's returns are due.

    Where that is a day off, the next working day counts.
    """
    next_month = shift_month(month, 1)
    day = Threshold.objects.on(ThresholdKey.RETURN_DUE_DAY, next_month)
    due_day = next_month.replace(day=1) + dt.timedelta(days=day - 1)
    return first_workday_from(min(due_day, last_day(next_month)))


@action(label=_("Month opened for returns"))
def open_round(
    street: Organization, month: dt.date, *, by: Actor | None
) -> ReturnRound:
    """Open a month: one return for each community of the street, already filled in.

    Opening again adds only returns of communities founded meanwhile. Refuses
    organizations that are no street, months without a form in force, and every month
    while the server's date is in doubt.
    """
    refuse_clock_in_doubt()
    if street.kind not in STREET_TIER:
        raise NotAStreet(name=street.name)
    rounds = ReturnRound.objects.select_for_update(of=("self",)).filter(
        organization=street, month=month
    )
    row = rounds.first() or _create_round(street, month)
    count = _create_returns(row)
    if count:
        audit.record(
            row,
            by=by,
            organization_id=street.pk,
            after={
                "month": f"{month:%Y-%m}",
                "due_on": f"{row.due_on}",
                "returns": count,
            },
        )
    return row


def _create_round(street: Organization, month: dt.date) -> ReturnRound:
    form = ReturnForm.objects.in_force(month)
    if form is None:
        raise NoFormInForce(month=format_month(month))
    due_on = compute_due_day(month)
    row = ReturnRound(organization=street, month=month, form=form, due_on=due_on)
    validate(row)
    row.save()
    return row


def _create_returns(row: ReturnRound) -> int:
    """Create a return for each community that has none and has not closed the month."""
    organization = get_organization_at(row.organization_id, row.month)
    communities = (
        [p.pk for p in filing_within(organization, row.month)] if organization else []
    )
    closed = last_closed_months(communities)
    existing = MonthlyReturn.objects.filter(
        organization__in=communities, month=row.month
    )
    present = set(existing.values_list("organization_id", flat=True))
    missing = [
        MonthlyReturn(organization_id=pk, month=row.month, round=row)
        for pk in communities
        if pk not in present and row.month > closed.get(pk, dt.date.min)
    ]
    MonthlyReturn.objects.bulk_create(missing)
    return len(missing)


def open_current_rounds() -> int:
    """Open this month's round in every street; return how many streets there are."""
    streets = list(Organization.objects.streets().open())
    for street in streets:
        open_round(street, month_of(today()), by=None)
    return len(streets)


@action(label=_("Late ones reminded"))
def remind(row: ReturnRound, *, by: Actor | None) -> int:
    """Remind the keepers of communities that have not submitted; return how many.

    Refuses if all have submitted, or all the others were reminded today: one reminder
    a day is enough.
    """
    row = ReturnRound.objects.select_for_update(of=("self",)).get(pk=row.pk)
    open_now = row.returns.open().select_for_update(of=("self",))
    waiting = list(open_now.select_related("organization", "round").order_by("pk"))
    if not waiting:
        raise NobodyToRemind
    due = [one for one in waiting if one.reminded_on != today()]
    if not due:
        raise RemindedToday
    row.returns.filter(pk__in=[one.pk for one in due]).update(reminded_on=today())
    audit.record(
        row,
        by=by,
        organization_id=row.organization_id,
        after={"reminded": [f"{one.organization}" for one in due]},
    )
    notify_of_open_returns(due)
    return len(due)
