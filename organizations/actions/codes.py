"""Keeping code lists, the numbers of rules and the office's own working days."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from core import trail
from core.constraints import checked
from core.months import today
from organizations.actions.marks import mark_stale
from organizations.errors import ThresholdRuns
from organizations.models import CodeItem, Organization, Threshold, WorkdayOverride


@transaction.atomic
def keep_code_items(
    rows: Iterable[Mapping[str, Any]], *, by: object | None
) -> list[CodeItem]:
    """Enter or correct items of code lists, each found by its list and code."""
    kept, happenings = [], []
    for row in rows:
        place = {"code_list": row["code_list"], "code": row["code"]}
        locked = CodeItem.objects.select_for_update().filter(**place).first()
        item = locked or CodeItem(**place)
        before = trail.snapshot(item, *row) if locked else {}
        for name, value in row.items():
            setattr(item, name, value)
        checked(item)
        item.save()
        after = trail.snapshot(item, *row)
        kept.append(item)
        if before != after:
            deed = "organizations.keep_code_item"
            happenings.append(trail.Happening(deed, item, None, before, after))
    trail.record_many(happenings, by=by)
    return kept


def keep_code_item(*, by: object | None, **values: Any) -> CodeItem:
    """Enter one item of a code list."""
    return keep_code_items([values], by=by)[0]


def change_code_item(item: CodeItem, *, by: object | None, **values: Any) -> CodeItem:
    """Correct one item of a code list; its list and code stay."""
    place = {"code_list": item.code_list, "code": item.code}
    return keep_code_items([{**place, **values}], by=by)[0]


@transaction.atomic
def set_threshold(
    *,
    key: str,
    value: int,
    by: object | None,
    starts_on: dt.date | None = None,
    basis: str = "",
) -> Threshold:
    """Give a rule another number from a day on; the earlier one ends that day."""
    day = starts_on or today()
    old = Threshold.objects.select_for_update().filter(key=key, ends_on=None).first()
    if old is not None:
        if day <= old.starts_on:
            raise ThresholdRuns(day=old.starts_on)
        old.ends_on = day
        old.save(update_fields=["ends_on"])
    new = Threshold(key=key, value=value, basis=basis, starts_on=day)
    checked(new)
    new.save()
    mark_stale((pk, day) for pk in Organization.objects.values_list("pk", flat=True))
    trail.record(
        "organizations.set_threshold",
        new,
        by=by,
        before={"value": old.value} if old else {},
        after=trail.snapshot(new, "key", "value", "basis", "starts_on"),
    )
    return new


@transaction.atomic
def set_workday(
    *, day: dt.date, works: bool, by: object | None, note: str = ""
) -> WorkdayOverride:
    """Say whether the office works on a day, against the common calendar."""
    found = WorkdayOverride.objects.select_for_update().filter(day=day).first()
    row = found or WorkdayOverride(day=day)
    before = trail.snapshot(row, "works", "note") if found else {}
    row.works, row.note = works, note
    checked(row)
    row.save()
    trail.record(
        "organizations.set_workday",
        row,
        by=by,
        before=before,
        after=trail.snapshot(row, "day", "works", "note"),
    )
    return row


def change_workday(
    row: WorkdayOverride, *, by: object | None, **values: Any
) -> WorkdayOverride:
    """Correct what was said of a day."""
    said = {"works": row.works, "note": row.note, **values}
    return set_workday(day=row.day, by=by, **said)
