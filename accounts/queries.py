"""Queries over the whole audit log."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext

from accounts.models import AuditEntry
from core.audit.presentation import action_label, actor_label
from core.dates import format_time
from core.web.components import DetailRow


def last_recorded_values(model: type[models.Model]) -> dict[str, dict[str, Any]]:
    """Return, by row key, the last logged value of each column of a model's rows.

    `verify` compares frozen rows with it, so that rewriting them in the database means
    rewriting the sealed audit log too. Each action's key is included as well, with the
    person who ran it last.
    """
    entries = AuditEntry.objects.filter(subject_type=model._meta.label).order_by("pk")
    values: dict[str, dict[str, Any]] = defaultdict(dict)
    for key, action, actor, after in entries.values_list(
        "subject_id", "action", "actor", "after"
    ).iterator():
        values[key] |= {**after, action: actor}
    return values


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done with a record: which action, when, by whom, and why."""

    action: str
    at: dt.datetime
    by: str
    reason: str


def list_steps(
    subject: models.Model, actions: Iterable[str] | None = None
) -> list[Step]:
    """Return what was done with a record, or only some actions, the earliest first.

    For the record's own page: whoever may read the record may know who decided on it
    and why. The values before and after are left out; those are the log's readers'.
    """
    entries = AuditEntry.objects.about(subject)
    if actions is not None:
        entries = entries.filter(action__in=list(actions))
    rows = entries.order_by("pk").values_list("action", "at", "actor_name", "reason")
    return [Step(*row) for row in rows]


def describe_steps(subject: models.Model) -> list[DetailRow]:
    """Return what was done with a record in words: when, by whom, and why."""
    rows = []
    for step in list_steps(subject):
        words = f"{actor_label(step.by)} {action_label(step.action)}"
        if step.reason:
            values = {"step": words, "reason": step.reason}
            words = gettext("%(step)s: %(reason)s") % values
        rows.append(DetailRow(format_time(step.at), words))
    return rows
