"""Who leads a new organization from its first day: bodies are of an upper app."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from core.actors import Actor
from core.registries.port import Port
from core.text import StrOrPromise
from organizations.models import Organization


@dataclass(frozen=True, slots=True)
class FirstSecretaries:
    """How the first secretary of a new organization comes into office.

    `candidates` are the people whom a reader may name. `appoint` seats one of them and
    returns what `withdraw` needs to take it back, and `holder` to name whom it seated.
    `leads` says of which kinds of organization there is a secretary.
    """

    candidates: Callable[[Actor, Organization], QuerySet[Any]]
    appoint: Callable[[Organization, Any, date, "Appointment"], Any]
    withdraw: Callable[[Any, Actor | None, str], None]
    leads: Callable[[str], bool]
    holder: Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Appointment:
    """The document by which a first secretary is approved, and who recorded it."""

    basis: StrOrPromise
    basis_number: str
    approved_by: str
    approved_on: date | None
    by: Actor | None


first_secretaries: Port[FirstSecretaries] = Port("First secretaries")
