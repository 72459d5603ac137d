"""Compares encrypted values with the digests that the audit log keeps of them."""

from collections.abc import Iterator
from typing import Any

from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.db import models
from django.db.models.functions import Cast

from accounts.models import AuditEntry
from core import crypto
from core.audit.port import DIGEST_SUFFIX, digest_masked
from core.db.fields import EncryptedTextField


def find_swapped_values() -> Iterator[str]:
    """Yield rows whose encrypted value is not the last one that was recorded.

    The mask alone does not tell two numbers with the same last digits apart. A value
    that no key opens is named too, and the remaining ones are still compared.
    """
    for model in apps.get_models():
        columns = [f for f in model._meta.fields if isinstance(f, EncryptedTextField)]
        if not columns:
            continue
        recorded = _last_digests(model._meta.label)
        stored = [Cast(column.name, models.TextField()) for column in columns]
        everything: models.QuerySet[Any] = models.QuerySet(model)
        rows = everything.order_by("pk").values_list("pk", *stored)
        for pk, *values in rows.iterator():
            for column, encrypted in zip(columns, values, strict=True):
                known = recorded.get((f"{pk}", column.name + DIGEST_SUFFIX))
                fault = _fault_of(column, encrypted, known)
                if fault is not None:
                    yield f"{model._meta.label} {pk}: {column.name}{fault}"


def _fault_of(
    column: EncryptedTextField, encrypted: str | None, known: str | None
) -> str | None:
    """Say what is wrong with a stored value; None where nothing is."""
    try:
        value = encrypted and crypto.decrypt(encrypted, context=column.context)
    except (InvalidTag, KeyError, ValueError):
        return " cannot be read"
    return "" if known and known != digest_masked(column, value) else None


def _last_digests(label: str) -> dict[tuple[str, str], str]:
    """Return the last recorded digest by the row's key and the name it is under."""
    entries = AuditEntry.objects.filter(subject_type=label).order_by("pk")
    return {
        (key, name): value
        for key, after in entries.values_list("subject_id", "after").iterator()
        for name, value in after.items()
        if name.endswith(DIGEST_SUFFIX)
    }
