"""Encrypt rows again under the newest key, after a key was added or leaked."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import KeyCheck
from core import audit
from core.actions import action


@action(label=_("Numbers encrypted under a new key"))
def encrypt_rows_again(
    model: type[Model], columns: Sequence[str], keys: Sequence[Any]
) -> int:
    """Write the rows' encrypted columns again, which uses the newest key.

    The rows are locked meanwhile, and being written by an action they get new digests.
    """
    every_row: QuerySet[Any] = QuerySet(model)  # a manager might hide voided ones
    rows = every_row.select_for_update(of=("self",)).filter(pk__in=keys)
    return int(every_row.bulk_update(list(rows), [*columns]))


@action(label=_("Encryption key replaced"))
def record_key_rotation(name: str) -> int:
    """Record that everything is under the named key; return how many keys are free.

    A key under which nothing is encrypted any more is no longer asked for at the start.
    """
    check = KeyCheck.objects.get(name=name)
    audit.record(check, by=None, after=audit.snapshot(check, "name"))
    others = KeyCheck.objects.exclude(name__in=(name, "BLIND_KEY"))
    return int(others.delete()[0])
