"""Split a figure into bands: by age, by education, by the kind of a meeting.

A `Source` names the breakdowns of its rows. A breakdown is data over rows that exist:
it needs no table and no migration, every figure of the source has it, and each number
of it opens to its rows.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Case, CharField, Q, TextChoices, Value, When
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from core.db.querysets import any_of
from core.months import last_day, years_before
from core.text import StrOrPromise
from organizations.models import CodeItem
from organizations.queries import code_items

REST = "rest"
"""The key of the rows that no band matches, such as those where nothing is recorded."""
NOT_RECORDED = _("not recorded")


@dataclass(frozen=True, slots=True)
class Band:
    """One part of a breakdown: the rows that `where` matches and no earlier band does.

    `key` stands in addresses.
    """

    key: str
    label: StrOrPromise
    where: Q


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One way to split the rows of a source; `bands` are those of a month, in order.

    Every row is in exactly one band: what no band matches is in the last one, `REST`.
    `undated` marks facts without a day, such as the education: of a past month, too,
    they are read as they are recorded today.
    """

    key: str
    label: StrOrPromise
    bands: Callable[[dt.date], Sequence[Band]]
    rest: StrOrPromise = NOT_RECORDED
    undated: bool = False

    def bands_in(self, month: dt.date) -> list[Band]:
        """Return the bands of a month, the rest included."""
        return [*self.bands(month), Band(REST, self.rest, Q())]

    def expression(self, month: dt.date) -> Case:
        """Return the database expression of the key of a row's band."""
        return Case(
            *(When(band.where, then=Value(band.key)) for band in self.bands(month)),
            default=Value(REST),
            output_field=CharField(),
        )

    def matching(self, month: dt.date, key: str) -> Q:
        """Return a condition on the rows of one band."""
        return Q(Exact(self.expression(month), Value(key)))


def by_choices(
    key: str,
    label: StrOrPromise,
    choices: type[TextChoices],
    *columns: str,
    undated: bool = False,
) -> Breakdown:
    """Return a breakdown by a closed list of values, found in any of some columns."""
    bands = [
        Band(str(value), text, any_of(Q(**{column: value}) for column in columns))
        for value, text in choices.choices
    ]
    return Breakdown(key, label, lambda _month: bands, undated=undated)


def by_code_list(
    key: str, label: StrOrPromise, code_list: str, column: str, *, undated: bool = False
) -> Breakdown:
    """Return a breakdown by a column with codes of a list that the office keeps."""

    def bands(_month: dt.date) -> list[Band]:
        items = code_items(code_list)
        return [Band(code, text, Q(**{column: code})) for code, text in items]

    return Breakdown(key, label, bands, undated=undated)


def by_age(key: str, label: StrOrPromise, code_list: str, column: str) -> Breakdown:
    """Return a breakdown of a birth date by the age at the month's end (R-29).

    The bands are a code list with the attributes `min_age` and `max_age`.
    """

    def bands(month: dt.date) -> list[Band]:
        day = last_day(month)
        return [_age_band(item, column, day) for item in _items(code_list)]

    return Breakdown(key, label, bands)


def _age_band(item: CodeItem, column: str, day: dt.date) -> Band:
    oldest, youngest = item.attributes.get("max_age"), item.attributes.get("min_age")
    where = Q(**{f"{column}__isnull": False})
    if oldest:
        where &= Q(**{f"{column}__gt": years_before(day, int(oldest) + 1)})
    if youngest:
        where &= Q(**{f"{column}__lte": years_before(day, int(youngest))})
    return Band(item.code, item.label, where)


def by_period(key: str, label: StrOrPromise, code_list: str, column: str) -> Breakdown:
    """Return a breakdown of a day by periods: a code list with the attribute `until`.

    `until` is the first day that the period no longer has; the last period has none.
    """

    def bands(_month: dt.date) -> list[Band]:
        return [_period_band(item, column) for item in _items(code_list)]

    return Breakdown(key, label, bands)


def _period_band(item: CodeItem, column: str) -> Band:
    where = Q(**{f"{column}__isnull": False})
    if until := item.attributes.get("until"):
        where &= Q(**{f"{column}__lt": dt.date.fromisoformat(until)})
    return Band(item.code, item.label, where)


def _items(code_list: str) -> list[CodeItem]:
    return list(CodeItem.objects.listed(code_list))
