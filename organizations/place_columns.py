"""What apps show of each organization in the tree and on its page."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from django.db.models import Count, QuerySet

from core.actors import Actor
from core.db.querysets import any_of, join_lookup
from core.db.tree import ancestor_paths, path_range
from core.registries.registry import Registry
from core.text import StrOrPromise
from organizations.models import Organization

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PlaceColumn:
    """Something of each organization: people, bodies, the state of the last return.

    `read` returns the own values of the organizations at or below some paths, by path,
    in one query. Numbers that `add_up` are shown with those of everything below.
    `url` leads to the list of what is counted, for whoever is `permitted` to open it.
    """

    key: str
    label: StrOrPromise
    read: Callable[[Actor, Sequence[str]], Mapping[str, Any]]
    url: Callable[[Organization], str]
    permitted: Callable[[Actor, Organization], bool]
    adds_up: bool = True
    rank: int = 50


place_columns: Registry[PlaceColumn] = Registry("Column of the tree")


@dataclass(slots=True)
class PlaceValues:
    """The values of some organizations, read once for all of them."""

    columns: list[PlaceColumn]
    by_column: dict[str, dict[str, Any]] = field(default_factory=dict)

    def of(self, path: str) -> list[Any]:
        """Return the values of one organization, in the order of the columns."""
        return [
            self.by_column[column.key].get(path, 0 if column.adds_up else "")
            for column in self.columns
        ]


def count_by_path(rows: QuerySet[Any], lookup: str, paths: Sequence[str]) -> Counts:
    """Count rows by the path of their organization, at or below some paths."""
    path = join_lookup(lookup, "path")
    below = rows.filter(any_of(path_range(lookup, top) for top in paths)).order_by()
    return dict(below.values_list(path).annotate(count=Count("pk")))


def read_values(reader: Actor, paths: Iterable[str]) -> PlaceValues:
    """Read every column of the organizations at or below the paths."""
    tops = outermost(paths)
    columns = sorted(place_columns, key=attrgetter("rank"))
    values = PlaceValues(columns)
    for column in columns:
        own = column.read(reader, tops) if tops else {}
        values.by_column[column.key] = _add_up(own) if column.adds_up else dict(own)
    return values


def outermost(paths: Iterable[str]) -> list[str]:
    """Return the paths that lie below none of the others."""
    kept: list[str] = []
    for path in sorted(paths):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return kept


def _add_up(own: Mapping[str, int]) -> dict[str, int]:
    """Add the number of each path to those of all its ancestors."""
    sums: dict[str, int] = defaultdict(int)
    for path, number in own.items():
        for above in (*ancestor_paths(path), path):
            sums[above] += number
    return dict(sums)
