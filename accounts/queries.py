"""Questions to the trail as a whole."""

from collections import defaultdict
from typing import Any

from django.db import models

from accounts.models import AuditEntry


def last_recorded_values(model: type[models.Model]) -> dict[str, dict[str, Any]]:
    """Return by key what the trail says last of each column of a model's rows.

    `verify` holds frozen rows against it: whoever rewrites them in the database would
    have to rewrite the sealed trail as well. Beside the columns each action stands under
    its own name, with the key of the person who did it last.
    """
    entries = AuditEntry.objects.filter(subject_type=model._meta.label).order_by("pk")
    told: dict[str, dict[str, Any]] = defaultdict(dict)
    for key, action, actor, after in entries.values_list(
        "subject_id", "action", "actor", "after"
    ).iterator():
        told[key] |= {**after, action: actor}
    return told
