"""Which records behind a number its reader may open."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django_tables2.utils import Accessor

from core.indicators import Column

Ways = Mapping[tuple[str, int], str]
"""The page to open, by the column's path to the record and the key of the row."""

SELF = "self"


def ways_from(
    records: Iterable[models.Model], columns: Iterable[Column], user: object
) -> Ways:
    """Return the pages that the reader may open from some rows; one query a model."""
    rows = list(records)
    found = {
        (opens, row.pk): target
        for opens in {column.opens for column in columns if column.opens}
        for row in rows
        if (target := _behind(row, opens)) is not None
    }
    open_to_reader = _visible(found.values(), user)
    return {
        key: target.get_absolute_url()
        for key, target in found.items()
        if target.pk in open_to_reader[type(target)]
    }


def _behind(row: models.Model, opens: str) -> Any:
    if opens == SELF:
        return row
    return Accessor(opens.replace(".", "__")).resolve(row, quiet=True)


def _visible(targets: Iterable[Any], user: object) -> dict[type, set[int]]:
    asked: dict[type[Any], set[int]] = defaultdict(set)
    for target in targets:
        asked[type(target)].add(target.pk)
    found: dict[type, set[int]] = {}
    for model, keys in asked.items():
        rows = model.objects.visible_to(user).filter(pk__in=keys)
        found[model] = set(rows.order_by().values_list("pk", flat=True))
    return found
