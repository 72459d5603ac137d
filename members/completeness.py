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
from members.missing_facts import MISSING_FACTS
from members.models import Member
from organizations.models import Organization


@dataclass(frozen=True, slots=True)
class Completeness:
    """One organization: its members, how many records are full, what others lack."""

    organization: Organization
    members: int
    full: int
    missing: Mapping[str, int]

    @property
    def share(self) -> int:
        """How many of a hundred records are full, never rounded up to all."""
        full, members = Decimal(self.full), Decimal(self.members)
        return int(percent_of(full, members, decimals=0, rounded_down=True) or 0)

    def url_of(self, key: str) -> str:
        """Return the list of those here whose record lacks a fact."""
        query = f"organization={self.organization.pk}&record=on_rolls&missing={key}"
        return f"{reverse('members:list')}?{query}"


def list_completeness(user: Actor) -> list[Completeness]:
    """Return the organizations of the reader's area that have members, by the tree."""
    lacks_any = any_of(fact.lacking for fact in MISSING_FACTS)
    counts: Any = {
        f"lacks_{fact.key}": Count("pk", filter=fact.lacking) for fact in MISSING_FACTS
    }
    rows: Any = Member.objects.on_rolls(user).order_by().values("organization")
    rows = rows.annotate(
        members=Count("pk"), lacking=Count("pk", filter=lacks_any), **counts
    )
    found = {row["organization"]: row for row in rows}
    places = Organization.objects.filter(pk__in=found).order_by("path")
    return [
        Completeness(
            place,
            found[place.pk]["members"],
            found[place.pk]["members"] - found[place.pk]["lacking"],
            {fact.key: found[place.pk][f"lacks_{fact.key}"] for fact in MISSING_FACTS},
        )
        for place in places
    ]
