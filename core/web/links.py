"""Which record pages a reader may open from a list of rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django_tables2.utils import Accessor

from core.actors import Actor

Links = Mapping[tuple[str, int], str]
"""The address of a page, by the path from a row to the record and the row's key."""

SELF = "self"


def links_from(
    rows: Iterable[models.Model], paths: Iterable[str], reader: Actor
) -> Links:
    """Return the pages the reader may open from some rows; one query a model.

    `paths` name the record whose page is opened, seen from a row; `self` is the row.
    """
    records = list(rows)
    targets = {
        (path, row.pk): target
        for path in paths
        for row in records
        if (target := _target(row, path)) is not None
    }
    visible = _visible_keys(targets.values(), reader)
    return {
        key: target.get_absolute_url()
        for key, target in targets.items()
        if target.pk in visible[type(target)]
    }


def _target(row: models.Model, path: str) -> Any:
    if path == SELF:
        return row
    return Accessor(path.replace(".", "__")).resolve(row, quiet=True)


def _visible_keys(targets: Iterable[Any], reader: Actor) -> dict[type, set[int]]:
    keys_by_model: dict[type[Any], set[int]] = defaultdict(set)
    for target in targets:
        keys_by_model[type(target)].add(target.pk)
    visible: dict[type, set[int]] = {}
    for model, keys in keys_by_model.items():
        rows = model.objects.visible_to(reader).filter(pk__in=keys)
        visible[model] = set(rows.order_by().values_list("pk", flat=True))
    return visible
