"""Proofs of contact with a member: organization life, dues, service (R-23)."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from core.registries.registry import Registry


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """When members were last in contact, as far as an app's rows prove it."""

    key: str
    last: Callable[[Iterable[int]], Mapping[int, dt.date]]


contact_facts: Registry[ContactFacts] = Registry("Contact facts")


def last_contacts(member_ids: Iterable[int]) -> dict[int, dt.date]:
    """Return the latest proof of contact for each member who has any."""
    ids, latest = list(member_ids), dict[int, dt.date]()
    for facts in contact_facts:
        for member_id, day in facts.last(ids).items():
            latest[member_id] = max(day, latest.get(member_id, day))
    return latest
