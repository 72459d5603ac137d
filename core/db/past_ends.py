"""Recover from the audit log what was agreed before something was ended early."""

import datetime as dt
from typing import Any

from django.utils import timezone


def recover_planned_ends(apps: Any, app: str, model: str, action: str) -> None:
    """Fill `ended_on` and `planned_ends_on` of ended rows from the entries of the end.

    For migrations: an end that was recorded before the columns existed overwrote the
    agreed day, and only the audit log still has it.
    """
    rows = apps.get_model(app, model).objects
    entries = apps.get_model("accounts", "AuditEntry").objects
    for entry in entries.filter(action=action).order_by("pk").iterator():
        row = rows.filter(pk=entry.subject_id).first()
        if row is None or "ends_on" not in entry.before:
            continue
        planned = entry.before["ends_on"]
        row.ended_on = timezone.localdate(entry.at)
        row.planned_ends_on = dt.date.fromisoformat(planned) if planned else None
        row.save(update_fields=["ended_on", "planned_ends_on"])
