"""Rows that are closed when the record ends to which they belong: roles and such."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

from core.registries.registry import Registry
from core.text import StrOrPromise

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class Closer(Generic[E]):
    """Rows of an app that are open for a record, and how they are closed.

    `open_rows` are those of all records, `owner` is the lookup from a row to its own.
    `close` ends one row, in the transaction that ends the record; `words` says on the
    page how many (`%(count)s`) were closed.
    """

    key: str
    words: StrOrPromise
    open_rows: Callable[[], QuerySet[Any]]
    close: Callable[[Any, E], object]
    owner: str

    def open_for(self, owner: Model) -> QuerySet[Any]:
        """Return the rows that are open for one record."""
        return self.open_rows().filter(**{self.owner: owner.pk})

    def open_for_any(self, owners: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows that are open for any of the records."""
        keys = owners.order_by().values("pk")
        return self.open_rows().filter(**{f"{self.owner}__in": keys})

    def close_rows(self, rows: Iterable[Any], end: E) -> int:
        """Close rows; return how many there were."""
        found = list(rows)
        for row in found:
            self.close(row, end)
        return len(found)


C = TypeVar("C", bound=Closer[Any])


class Closers(Registry[C]):
    """What apps close when a record of one kind ends."""

    def close_rows(self, owner: Model, end: Any, *, only: str = "") -> dict[str, int]:
        """Close what is open for a record; return how many rows, by closer.

        `only` is the key of a single closer to use instead of all.
        """
        return {
            closer.key: closer.close_rows(closer.open_for(owner), end)
            for closer in ([self.get(only)] if only else self)
        }

    def count_rows(self, owner: Model) -> dict[str, int]:
        """Return how many rows are open for a record, by closer."""
        return {closer.key: closer.open_for(owner).count() for closer in self}

    def describe_rows(self, counts: Mapping[str, int]) -> list[str]:
        """Return in words how many rows of each kind were or will be closed."""
        return [
            str(closer.words) % {"count": counts[closer.key]}
            for closer in self
            if counts.get(closer.key)
        ]

    def find_unclosed_rows(self, ended: QuerySet[Any]) -> Iterator[str]:
        """Find rows that are open for records that have ended."""
        for closer in self:
            rows = closer.open_for_any(ended).order_by("pk")
            for pk in rows.values_list("pk", flat=True):
                yield f"{closer.key} {pk}"
