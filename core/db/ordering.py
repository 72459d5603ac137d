"""Make orders total: they end in the primary key."""

from typing import TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


def end_order_in_key(rows: QuerySet[M]) -> QuerySet[M]:
    """Return the rows in the same order, equal ones by their keys.

    Without it the database may give equal rows in another order for each page.
    """
    query = rows.query
    if query.is_sliced:
        return rows
    order = query.order_by or (
        tuple(rows.model._meta.ordering or ()) if query.default_ordering else ()
    )
    keys = {"pk", rows.model._meta.pk.name}
    if any(isinstance(part, str) and part.lstrip("-") in keys for part in order):
        return rows
    return rows.order_by(*order, "pk")
