"""Queries over the whole audit log."""

from collections import defaultdict
from typing import Any

from django.db import models

from accounts.models import AuditEntry


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
