"""What stands in the menu, for whom."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.duties import (
    MEETING_KEEPERS,
    MONEY_READERS,
    NOBODY,
    READERS,
    RECORD_KEEPERS,
    DutyCode,
    scope_of,
)

D = DutyCode


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu: the page, its icon and the duties it is for."""

    label: str | Promise
    url_name: str
    icon: str
    duties: frozenset[DutyCode]
    for_members: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as one reader sees it."""

    label: str | Promise
    url: str
    icon: str
    current: bool


MENU: tuple[Entry, ...] = (
    Entry(_("Desk"), "accounts:desk", "house", MEETING_KEEPERS | MONEY_READERS),
    Entry(
        _("Volunteer posts"), "volunteering:list", "heart", READERS, for_members=True
    ),
    Entry(_("My service"), "volunteering:mine", "award", NOBODY, for_members=True),
    Entry(
        _("Service to confirm"), "volunteering:service", "check-circle", RECORD_KEEPERS
    ),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Put the reader's menu, and over what he has a duty, into every page."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"navigation": []}
    scope = scope_of(user)
    items = []
    for entry in MENU:
        if scope.holds(entry.duties) or (entry.for_members and scope.member_id):
            url = reverse(entry.url_name)
            current = request.path.startswith(url)
            items.append(Item(entry.label, url, entry.icon, current))
    return {"navigation": items}
