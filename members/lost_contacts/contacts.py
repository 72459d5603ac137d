"""Proofs of contact with a member: organization life, dues, service (R-23)."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from core.registries.registry import Registry
from members.duplicates.merged import owners_of_rows


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
    return _latest(contact_facts, member_ids)


def _latest(
    chosen: Iterable[ContactFacts], member_ids: Iterable[int]
) -> dict[int, dt.date]:
    """Return the latest of some facts, those of merged records with the members'."""
    owners, latest = owners_of_rows(member_ids), dict[int, dt.date]()
    for facts in chosen:
        for record, day in facts.last(owners).items():
            member_id = owners[record]
            latest[member_id] = max(day, latest.get(member_id, day))
    return latest


def last_organization_life(member_id: int) -> dt.date | None:
    """Return the last day on which a member took part in organization life."""
    facts = [one for one in contact_facts if one.is_organization_life]
    return _latest(facts, [member_id]).get(member_id)
