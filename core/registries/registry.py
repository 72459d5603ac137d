"""The registry through which lower layers call higher ones without importing them."""

from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar

from django.core.exceptions import ImproperlyConfigured


class Keyed(Protocol):
    """Anything declared under a key."""

    @property
    def key(self) -> str: ...


T = TypeVar("T", bound=Keyed)


class Registry(Generic[T]):
    """Items that apps declare, in the order of declaration, each key once."""

    def __init__(self, noun: str) -> None:
        self.noun = noun
        self._items: dict[str, T] = {}

    def add(self, *items: T) -> None:
        """Add items; a second one with the same key is an error."""
        for item in items:
            if self._items.setdefault(item.key, item) is not item:
                raise ImproperlyConfigured(f"{self.noun} {item.key!r} declared twice.")

    def get(self, key: str) -> T:
        """Return the item with the key, or raise KeyError."""
        return self._items[key]

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def __iter__(self) -> Iterator[T]:
        return iter(self._items.values())

    def __len__(self) -> int:
        return len(self._items)
