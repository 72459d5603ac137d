"""Deeds on rounds: opening a month's returns, and reminding who has not filed."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import last_day, month_of, shift_month, today
from organizations.enums import STREET_TIER, ThresholdKey
from organizations.models import Organization, Threshold
from organizations.month_tree import filing_within, place_of
from organizations.queries import last_closed_months
from organizations.workdays import first_workday_from
from reports.errors import (
    NobodyToRemind,
    NotAStreet,
    NothingInForce,
    RemindedToday,
)
from reports.models import MonthlyReturn, ReturnForm, ReturnRound
from reports.notices import tell_of_reminder


def due_on(month: dt.date) -> dt.date:
    """Return the day of the next month on which its return is due.

    A day off is none to file on: the first working day after it counts.
    """
    following = shift_month(month, 1)
    day = Threshold.objects.on(ThresholdKey.RETURN_DUE_DAY, following)
    named = following.replace(day=1) + dt.timedelta(days=day - 1)
    return first_workday_from(min(named, last_day(following)))


@action(label=_("Month opened for returns"))
def open_round(
    street: Organization, month: dt.date, *, by: Actor | None
) -> ReturnRound:
    """Collect a month: one return for each community of the street, already filled in.

    Opening twice is opening once; a community founded meanwhile gets its return then.
    """
    if street.kind not in STREET_TIER:
        raise NotAStreet(name=street.name)
    found = ReturnRound.objects.select_for_update(of=("self",)).filter(
        organization=street, month=month
    )
    row = found.first() or _new_round(street, month)
    added = _prepare_returns(row)
    if added:
        audit.record(
            row,
            by=by,
            organization_id=street.pk,
            after={
                "month": f"{month:%Y-%m}",
                "due_on": f"{row.due_on}",
                "returns": added,
            },
        )
    return row


def _new_round(street: Organization, month: dt.date) -> ReturnRound:
    form = ReturnForm.objects.in_force(month)
    if form is None:
        raise NothingInForce(month=f"{month:%Y-%m}")
    row = ReturnRound(organization=street, month=month, form=form, due_on=due_on(month))
    validate(row)
    row.save()
    return row


def _prepare_returns(row: ReturnRound) -> int:
    """Give a return to each community that has none and has not closed the month."""
    place = place_of(row.organization_id, row.month)
    filing = [p.pk for p in filing_within(place, row.month)] if place else []
    closed = last_closed_months(filing)
    have = MonthlyReturn.objects.filter(organization__in=filing, month=row.month)
    done = set(have.values_list("organization_id", flat=True))
    new = [
        MonthlyReturn(organization_id=pk, month=row.month, round=row)
        for pk in filing
        if pk not in done and row.month > closed.get(pk, dt.date.min)
    ]
    MonthlyReturn.objects.bulk_create(new)
    return len(new)


def open_current_rounds() -> int:
    """Open this month's round in every street; return how many streets there are."""
    streets = list(Organization.objects.streets().open())
    for street in streets:
        open_round(street, month_of(today()), by=None)
    return len(streets)


@action(label=_("Late ones reminded"))
def remind(row: ReturnRound, *, by: Actor | None) -> int:
    """Remind the keepers of every community that has not filed; return how many.

    Once a day and return: whoever was reminded today is left in peace.
    """
    row = ReturnRound.objects.select_for_update(of=("self",)).get(pk=row.pk)
    waiting = list(row.returns.unfiled().select_related("organization"))
    if not waiting:
        raise NobodyToRemind
    told = [one for one in waiting if one.reminded_on != today()]
    if not told:
        raise RemindedToday
    row.returns.filter(pk__in=[one.pk for one in told]).update(reminded_on=today())
    audit.record(
        row,
        by=by,
        organization_id=row.organization_id,
        after={"reminded": [f"{one.organization}" for one in told]},
    )
    tell_of_reminder(told, row.due_on)
    return len(told)
