"""Reference data that the project ships and every `migrate` completes."""

from collections.abc import Iterable

from django.db import models, transaction

from core.db.digests import digesting, digests_begun


def install_missing(rows: Iterable[models.Model], *, by: tuple[str, ...]) -> None:
    """Write the rows whose values in the columns `by` no stored row has.

    An office's changes stay. What is written is digested like the rows of an action,
    unless digests have not begun: they begin with the rows that are there then.
    """
    needed = list(rows)
    if not needed:
        return
    model = type(needed[0])
    stored = set(model._default_manager.values_list(*by))
    missing = [
        row for row in needed if tuple(getattr(row, n) for n in by) not in stored
    ]
    if not missing:
        return
    with transaction.atomic():
        if not digests_begun.get()():
            model._default_manager.bulk_create(missing)
            return
        with digesting(f"{model._meta.app_label}.install_reference_data"):
            model._default_manager.bulk_create(missing)
