"""Affiliations that go on because an end of a closed month was voided.

Such an end stays in its row, as it was published, and a row of its own continues the
affiliation (`StartReason.CONTINUED`). The rows are one affiliation all the same: it is
voided as a whole, and may truly have ended on a day before the voided end.
"""

import datetime as dt
from typing import NoReturn

from django.utils.translation import gettext

from core.dates import format_day
from core.db.constraints import validate
from core.months import month_of
from members.enums import EndReason, StartReason
from members.errors import EndsBeforeMove, EndsBeforeStart, NoDayLeftBefore
from members.models import Affiliation
from organizations.actions import request_recount
from organizations.queries import counting_month


def unbroken_rows(row: Affiliation) -> list[Affiliation]:
    """Return the rows of one affiliation up to a row, the first of them first."""
    rows = [row]
    while rows[0].start_reason == StartReason.CONTINUED:
        continued = Affiliation.objects.filter(
            member=row.member_id, ends_on=rows[0].starts_on
        )
        before = continued.select_related("organization").last()
        if before is None:
            break
        rows.insert(0, before)
    return rows


def void_row(row: Affiliation, reason: str) -> None:
    """Void a row; if a closed month counted it, the first open one is adjusted."""
    month = counting_month(row.organization, row.start_month)
    row.save(update_fields=row.void_from(month, reason))
    request_recount([(row.organization_id, row.start_month)])


def restate_end(row: Affiliation, *, day: dt.date, reason: EndReason) -> bool:
    """Let a voided end hold after all, on its right day; return whether one does.

    A closed month has counted the member's end for that reason once, and it is not
    counted again: what continued the affiliation is voided, so that no later month is
    adjusted for it. The right day is not in a month after the one that counted the end.
    """
    *before, _open = rows = unbroken_rows(row)
    for position, counted in reversed([*enumerate(before)]):
        is_counted = (
            counted.end_reason == reason
            and counted.end_month is not None
            and month_of(day) <= counted.end_month
        )
        if is_counted and counted.starts_on < day:
            _void_all(rows[position + 1 :], day)
            counted.ends_on = day
            validate(counted)
            counted.save(update_fields=["ends_on"])
            return True
    return False


def make_room_to_end(row: Affiliation, day: dt.date) -> None:
    """Let an open row begin before the day on which it truly ended, or refuse the day.

    The closed month goes on counting the voided end that the row continues; in which
    month the row counts does not change either. It begins on the day before its end.
    """
    rows = unbroken_rows(row)
    kept = [each for each in rows[:-1] if each.starts_on < day]
    if not kept:
        _refuse_day(day, rows[0])
    last, start = kept[-1], day - dt.timedelta(days=1)
    if last.starts_on == start:
        raise NoDayLeftBefore(day=day, began=start)
    _void_all(rows[len(kept) : -1], day)
    last.ends_on = start
    last.save(update_fields=["ends_on"])
    row.starts_on = start
    validate(row)
    row.save(update_fields=["starts_on"])


def refuse_before_beginning(row: Affiliation, day: dt.date) -> None:
    """Refuse an end on or before the first day of a row that continues no other.

    Whatever else is asked about such an end, it is refused after the answer too.
    """
    if day <= row.starts_on and row.start_reason != StartReason.CONTINUED:
        _refuse_day(day, row)


def _refuse_day(day: dt.date, first: Affiliation) -> NoReturn:
    """Refuse an end before the beginning; a move recorded since may be the mistake."""
    earlier = first.member.affiliations.filter(starts_on__lt=first.starts_on)
    if earlier.exists():
        raise EndsBeforeMove(day=day, began=first.starts_on)
    raise EndsBeforeStart(day=day, began=first.starts_on)


def _void_all(rows: list[Affiliation], day: dt.date) -> None:
    """Void what continued an affiliation beyond the day on which it truly ended."""
    words = {"day": format_day(day)}
    for each in rows:
        void_row(each, gettext("It did end, on %(day)s") % words)
