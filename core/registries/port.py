"""Ports: one implementation that an upper app supplies to a lower layer."""

from typing import Generic, TypeVar

from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")


class Port(Generic[T]):
    """A place for exactly one implementation; a registry holds many.

    A lower layer declares the port with the type it needs, an upper app connects its
    implementation at start-up. Connecting again replaces it.
    """

    def __init__(self, noun: str) -> None:
        self.noun = noun
        self._implementation: T | None = None

    def connect(self, implementation: T) -> None:
        """Set the implementation."""
        self._implementation = implementation

    def get(self) -> T:
        """Return the implementation; there must be one."""
        if self._implementation is None:
            raise ImproperlyConfigured(
                f"{self.noun}: not connected; the app that supplies it is not loaded."
            )
        return self._implementation
