"""Actions on code lists, thresholds and the office's own working days."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import today
from organizations.actions.recounts import request_recount
from organizations.errors import ThresholdRuns
from organizations.models import CodeItem, Organization, Threshold, WorkdayOverride


@action(label=_("Code list item saved"), former_name="keep_code_items")
def save_code_items(
    rows: Iterable[Mapping[str, Any]], *, by: Actor | None
) -> list[CodeItem]:
    """Enter or correct items of code lists; list and code identify an item."""
    items, events = [], []
    for row in rows:
        key = {"code_list": row["code_list"], "code": row["code"]}
        locked = CodeItem.objects.select_for_update().filter(**key).first()
        item = locked or CodeItem(**key)
        before = audit.snapshot(item, *row) if locked else {}
        for name, value in row.items():
            setattr(item, name, value)
        validate(item)
        item.save()
        after = audit.snapshot(item, *row)
        items.append(item)
        if before != after:
            events.append(audit.AuditEvent(item, None, before, after))
    audit.record_many(events, by=by)
    return items


def save_code_item(*, by: Actor | None, **values: Any) -> CodeItem:
    """Enter one item of a code list."""
    return save_code_items([values], by=by)[0]


def change_code_item(item: CodeItem, *, by: Actor | None, **values: Any) -> CodeItem:
    """Correct one item of a code list; its list and code stay."""
    key = {"code_list": item.code_list, "code": item.code}
    return save_code_items([{**key, **values}], by=by)[0]


@action(label=_("Rule's number set"))
def set_threshold(
    *,
    key: str,
    value: int,
    by: Actor | None,
    starts_on: dt.date | None = None,
    basis: str = "",
) -> Threshold:
    """Change a rule's number from a day on; the earlier one ends that day."""
    day = starts_on or today()
    old = Threshold.objects.select_for_update().filter(key=key, ends_on=None).first()
    if old is not None:
        if day <= old.starts_on:
            raise ThresholdRuns(day=old.starts_on)
        old.ends_on = day
        old.save(update_fields=["ends_on"])
    new = Threshold(key=key, value=value, basis=basis, starts_on=day)
    validate(new)
    new.save()
    request_recount(
        (pk, day) for pk in Organization.objects.values_list("pk", flat=True)
    )
    audit.record(
        new,
        by=by,
        before={"value": old.value} if old else {},
        after=audit.snapshot(new, "key", "value", "basis", "starts_on"),
    )
    return new


@action(label=_("Working day set"))
def set_workday(
    *, day: dt.date, works: bool, by: Actor | None, note: str = ""
) -> WorkdayOverride:
    """Set whether the office works on a day, overriding the common calendar."""
    existing = WorkdayOverride.objects.select_for_update().filter(day=day).first()
    row = existing or WorkdayOverride(day=day)
    before = audit.snapshot(row, "works", "note") if existing else {}
    row.works, row.note = works, note
    validate(row)
    row.save()
    audit.record(
        row,
        by=by,
        before=before,
        after=audit.snapshot(row, "day", "works", "note"),
    )
    return row


def change_workday(
    row: WorkdayOverride, *, by: Actor | None, **values: Any
) -> WorkdayOverride:
    """Correct an existing override."""
    corrected = {"works": row.works, "note": row.note, **values}
    return set_workday(day=row.day, by=by, **corrected)
