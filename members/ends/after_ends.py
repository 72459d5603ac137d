"""Noted records of days after an end, as far as they still contradict it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from core.dates import format_day
from members.ends.dated_records import dated_records
from members.models import RecordAfterEnd
from members.querysets import RecordAfterEndQuerySet

Noted = tuple[int, dt.date]


def keys_of_unsettled(rows: RecordAfterEndQuerySet) -> set[int]:
    """Return the keys of the rows that nobody has kept and nothing has corrected.

    They are noted every night, and leave as soon as the record or the end is corrected.
    """
    noted = defaultdict[str, dict[Noted, int]](dict)
    for pk, key, record, day in rows.unsettled().values_list(
        "pk", "kind", "record", "day"
    ):
        noted[key][record, day] = pk
    return {
        of_kind[pair]
        for key, of_kind in noted.items()
        for pair in of_kind.keys() & _contradicting(key, of_kind)
    }


def _contradicting(key: str, noted: Iterable[Noted]) -> set[Noted]:
    kind = dated_records.get(key)
    pks = [pk for pk, _day in noted]
    rows = kind.contradicting().filter(pk__in=pks).order_by()
    return set(rows.values_list("pk", kind.day))


def describe_record(row: RecordAfterEnd) -> str:
    """Say in words what is on record, with its day."""
    return str(dated_records.get(row.kind).words) % {"days": format_day(row.day)}
