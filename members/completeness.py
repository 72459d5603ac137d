"""How complete the register is: what is missing, by organization (S3-05)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count
from django.urls import reverse

from core.actors import Actor
from core.db.querysets import any_of
from core.numbers import percent_of
from members.belonging import Belonging
from members.missing_facts import facts_asked_of
from organizations.models import Organization


@dataclass(frozen=True, slots=True)
class Completeness:
    """One organization: its members, how many records are full, what others lack."""

    organization: Organization
    belonging: Belonging
    members: int
    full: int
    missing: Mapping[str, int]

    @property
    def share(self) -> int:
        """How many of a hundred records are full, never rounded up to all."""
        full, members = Decimal(self.full), Decimal(self.members)
        return int(percent_of(full, members, decimals=0, rounded_down=True) or 0)

    def url_of(self, key: str = "") -> str:
        """Return the list of those here, or of those whose record lacks a fact."""
        query = f"organization={self.organization.pk}&record={self.belonging.key}"
        lacking = f"&missing={key}" if key else ""
        return f"{reverse('members:list')}?{query}{lacking}"


def list_completeness(user: Actor, belonging: Belonging) -> list[Completeness]:
    """Return the organizations of the reader's area that have members, by the tree.

    Who belongs here is counted with their branch, who is checked in alone with the
    community of the check-in.
    """
    facts = facts_asked_of(belonging)
    lacks_any = any_of(fact.lacking for fact in facts)
    counts: Any = {
        f"lacks_{fact.key}": Count("pk", filter=fact.lacking) for fact in facts
    }
    rows: Any = belonging.members_of(user).order_by().values(belonging.place)
    rows = rows.annotate(
        members=Count("pk"), lacking=Count("pk", filter=lacks_any), **counts
    )
    found = {row[belonging.place]: row for row in rows}
    places = Organization.objects.filter(pk__in=found).order_by("path")
    return [
        Completeness(
            place,
            belonging,
            found[place.pk]["members"],
            found[place.pk]["members"] - found[place.pk]["lacking"],
            {fact.key: found[place.pk][f"lacks_{fact.key}"] for fact in facts},
        )
        for place in places
    ]
