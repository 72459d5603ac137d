"""The menu: its entries and the roles they are for."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Notice, User
from accounts.models.people import ADMIN_ROLES
from accounts.permissions import LOG_READERS, SLIP_ISSUERS
from organizations.roles import (
    MEETING_KEEPERS,
    MONEY_READERS,
    READERS,
    RECORD_KEEPERS,
    WITH_A_PLACE,
    Role,
)

D = Role
MEMBER = frozenset({D.MEMBER})
OFFICERS = frozenset({D.CITY_OFFICER})


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One line of the menu: the page, its icon and the roles it is for.

    `also` names other lists whose pages belong to the entry.
    """

    label: str | Promise
    url_name: str
    icon: str
    roles: frozenset[Role]
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as one reader sees it."""

    label: str | Promise
    url: str
    icon: str
    current: bool


MENU: tuple[MenuEntry, ...] = (
    MenuEntry(
        _("Desk"),
        "accounts:desk",
        "house",
        MEETING_KEEPERS | MONEY_READERS | {D.SYSTEM_ADMIN},
    ),
    MenuEntry(_("Returns"), "reports:returns", "file-earmark-text", READERS),
    MenuEntry(
        _("Tasks from above"),
        "reports:requests",
        "check-circle",
        READERS,
        also=("reports:burden", "reports:feedback"),
    ),
    MenuEntry(_("Party organizations"), "organizations:tree", "diagram-3", READERS),
    MenuEntry(
        _("Members"),
        "members:list",
        "people",
        MEETING_KEEPERS,
        also=(
            *("members:appraisals", "members:certificates", "members:check_in_rounds"),
            *("members:developments", "members:inquiries", "members:member_remarks"),
            *("members:pledges", "members:corrections"),
        ),
    ),
    MenuEntry(_("Transfers"), "members:transfers", "diagram-3", MEETING_KEEPERS),
    MenuEntry(_("Cases"), "cases:list", "file-earmark-text", MEETING_KEEPERS),
    MenuEntry(
        _("Opinions asked for"),
        "members:opinions",
        "file-earmark-text",
        RECORD_KEEPERS | {D.LIAISON},
    ),
    MenuEntry(_("About me"), "members:me", "person", MEMBER),
    MenuEntry(_("Meetings"), "communities:list", "calendar-event", READERS),
    MenuEntry(
        _("Bodies and seats"),
        "communities:bodies",
        "diagram-3",
        READERS,
        also=(
            *("communities:elections", "communities:facilities"),
            *("communities:honours", "communities:visits"),
        ),
    ),
    MenuEntry(_("Volunteer posts"), "volunteering:list", "heart", READERS | MEMBER),
    MenuEntry(_("My service"), "volunteering:mine", "award", MEMBER),
    MenuEntry(
        _("Service to confirm"), "volunteering:service", "check-circle", RECORD_KEEPERS
    ),
    MenuEntry(_("My unit"), "cobuilding:unit", "house", frozenset({D.LIAISON})),
    MenuEntry(_("Our people"), "members:unit_people", "people", frozenset({D.LIAISON})),
    MenuEntry(
        _("Co-building"),
        "cobuilding:list",
        "diagram-3",
        RECORD_KEEPERS | OFFICERS,
        also=("communities:projects",),
    ),
    MenuEntry(
        _("Resident units"),
        "organizations:units",
        "archive",
        READERS,
        also=("members:unit_remarks",),
    ),
    MenuEntry(_("Facts of places"), "organizations:facts", "bar-chart", READERS),
    MenuEntry(_("Funds"), "finance:list", "cash-coin", MONEY_READERS),
    MenuEntry(
        _("Documents"),
        "exchange:documents",
        "archive",
        READERS,
        also=("exchange:publications",),
    ),
    MenuEntry(_("Imports"), "exchange:list", "upload", RECORD_KEEPERS),
    MenuEntry(_("Dashboard"), "reports:dashboard", "bar-chart", READERS),
    MenuEntry(
        _("Workbooks"),
        "reports:summaries",
        "file-earmark-excel",
        RECORD_KEEPERS | OFFICERS,
        also=("reports:superior_forms",),
    ),
    MenuEntry(
        _("Logs"),
        "accounts:access_log",
        "search",
        LOG_READERS,
        also=("accounts:change_log", "accounts:proof"),
    ),
    MenuEntry(_("Sign-in slips"), "accounts:slips", "qr-code", SLIP_ISSUERS),
    MenuEntry(_("Running"), "exchange:running", "archive", frozenset({D.SYSTEM_ADMIN})),
    MenuEntry(_("Records"), "admin:index", "gear", ADMIN_ROLES),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Add the reader's menu and the scope of their roles to every page's context.

    A page renders many templates; the menu is read for the first of them.
    """
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"navigation": []}
    context: dict[str, Any] | None = getattr(request, "_navigation", None)
    if context is None:
        context = _build_context(user, request.path)
        setattr(request, "_navigation", context)  # noqa: B010 -- ours, on Django's object
    return context


def entries_for(user: User) -> list[MenuEntry]:
    """Return the entries of a person's menu."""
    held = {assignment.role for assignment in user.role_assignments_today()}
    return [entry for entry in MENU if entry.roles & held]


def _build_context(user: User, path: str) -> dict[str, Any]:
    return {
        "navigation": [_make_item(entry, path) for entry in entries_for(user)],
        "scope_label": user.scope_label,
        "may_write_feedback": user.scope().has_role(WITH_A_PLACE),
        "notices_url": reverse("accounts:notices"),
        "notice_count": Notice.objects.visible_to(user).unread().count(),
    }


def _make_item(entry: MenuEntry, path: str) -> Item:
    url = reverse(entry.url_name)
    prefixes = (url, *(reverse(name) for name in entry.also))
    return Item(entry.label, url, entry.icon, path.startswith(prefixes))
