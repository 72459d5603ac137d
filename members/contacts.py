"""Proofs of contact with a member: organization life, dues, service (R-23)."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from core.registries.registry import Registry


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """When members were last in contact, as far as an app's rows prove it.

    Only organization life and dues say since when contact is lost (R-23).
    """

    key: str
    last: Callable[[Iterable[int]], Mapping[int, dt.date]]
    is_organization_life: bool = False


contact_facts: Registry[ContactFacts] = Registry("Contact facts")


def last_contacts(member_ids: Iterable[int]) -> dict[int, dt.date]:
    """Return the latest proof of contact for each member who has any."""
    ids, latest = list(member_ids), dict[int, dt.date]()
    for facts in contact_facts:
        for member_id, day in facts.last(ids).items():
            latest[member_id] = max(day, latest.get(member_id, day))
    return latest


def last_organization_life(member_id: int) -> dt.date | None:
    """Return the last day on which a member took part in organization life."""
    facts = [one for one in contact_facts if one.is_organization_life]
    days = [one.last([member_id]).get(member_id) for one in facts]
    return max((day for day in days if day is not None), default=None)
