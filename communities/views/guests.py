"""Guests of a meeting found by their full name (S4-07).

A branch secretary sees the members of the own branch alone. Members of the same
community who attend as guests are added to the list by their full name, which whoever
records the meeting knows; nobody else is shown.
"""

from functools import cached_property
from typing import Any

from django.http import HttpRequest

from core.names import BadName, clean_person_name
from members.models import Member
from organizations.models import Organization
from organizations.queries import filing_organization

ASKED = "guest"
MOST_NAMES = 20
MAX_LENGTH = 40  # characters


class GuestSearch:
    """A page with the minutes of a meeting, to which guests are added by name."""

    request: HttpRequest

    @cached_property
    def asked_names(self) -> list[str]:
        """The names that were asked for, each once."""
        typed = self.request.GET.getlist(ASKED)[:MOST_NAMES]
        return [*dict.fromkeys(name for one in typed if (name := _clean(one)))]

    def guests_by_name(self, organization: Organization) -> dict[int, str]:
        """Return the names of the members of the community who were asked for."""
        if not self.asked_names:
            return {}
        community = filing_organization(organization)
        belong = Member.objects.belonging_to(community)
        rows = belong | Member.objects.checked_in_at(community)
        found = rows.filter(name__in=self.asked_names).order_by()
        return dict(found.values_list("pk", "name"))

    def describe_search(self, organization: Organization) -> dict[str, Any]:
        """Return what the page says of the search, for its template."""
        found = {*self.guests_by_name(organization).values()}
        return {
            "asked_guests": self.asked_names,
            "guests_not_found": [n for n in self.asked_names if n not in found],
        }


def _clean(name: str) -> str:
    """Return a name as it is recorded; what is no name is looked for as it is."""
    try:
        return clean_person_name(name)[:MAX_LENGTH]
    except BadName:
        return name.strip()[:MAX_LENGTH]
