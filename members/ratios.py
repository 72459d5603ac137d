"""Ratios of members, each defined once: shares of those who belong to a place."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from core.months import last_day, shift_month
from core.text import StrOrPromise
from figures.definitions import indicators
from figures.ratios import Ratio, live_figure, ratios
from members.duplicates.merged import whose_person_has
from members.enums import Category, LostState
from members.models import CheckIn, LostContact, Pledge


def is_in_service(_month: dt.date) -> Q:
    """Return a condition on members who have to check in where they live (S4-10)."""
    return Q(member__category=Category.IN_SERVICE)


def is_checked_in(month: dt.date) -> Q:
    """Return a condition on members checked in anywhere at the month's end."""
    rows = CheckIn.all_objects.not_void_in(month).current(last_day(month))
    return Q(Exists(rows.filter(member=OuterRef("member"))))


def is_searched_for(month: dt.date) -> Q:
    """Return a condition on members whose search goes on at the month's end (R-22)."""
    day = last_day(month)
    rows = LostContact.objects.filter(
        Q(contacted_on=None) | Q(contacted_on__gt=day),
        member=OuterRef("member"),
        lost_on__lt=day,
    ).exclude(state__in=(LostState.VOIDED, LostState.CLOSED))
    return Q(Exists(rows))


def has_pledged(month: dt.date) -> Q:
    """Return a condition on check-ins of members with an accepted pledge (S4-11)."""
    rows = Pledge.objects.counted().overlapping(month, shift_month(month, 1))
    return whose_person_has(rows)


CLOSING = indicators.get("members_closing")
CHECKED_IN = indicators.get("members_checked_in")
PLEDGED = live_figure(
    "members_checked_in_pledged",
    _("In-service members checked in who pledged"),
    CHECKED_IN,
    has_pledged,
)
IN_SERVICE = live_figure(
    "members_in_service", _("In-service members"), CLOSING, is_in_service
)
IN_SERVICE_CHECKED_IN = live_figure(
    "members_in_service_checked_in",
    _("In-service members checked in somewhere"),
    IN_SERVICE,
    is_checked_in,
)
LOST = live_figure(
    "members_lost", _("Members without contact"), CLOSING, is_searched_for
)


def _share(key: str, label: StrOrPromise, definition: StrOrPromise, of: str) -> Ratio:
    """Declare that one indicator is a part of another."""
    return Ratio(
        f"{key}_share", label, definition, indicators.get(key), indicators.get(of)
    )


ratios.add(
    _share(
        "members_women",
        _("Share of women"),
        _("Women among the members at month end."),
        "members_closing",
    ),
    _share(
        "members_young",
        _("Share of young members"),
        _("Members up to the young age among all at month end."),
        "members_closing",
    ),
    _share(
        "members_mobile",
        _("Share of mobile members"),
        _("Members who are away without a transfer, among all at month end."),
        "members_closing",
    ),
    Ratio(
        "members_lost_share",
        _("Share without contact"),
        _("Members being searched for at month end, among all at month end."),
        LOST,
        CLOSING,
    ),
    Ratio(
        "members_checked_in_share",
        _("Share checked in"),
        _(
            "In-service members of this place who are checked in with any community,"
            " among all its in-service members at month end. Who is in service is read"
            " as it is recorded today."
        ),
        IN_SERVICE_CHECKED_IN,
        IN_SERVICE,
    ),
    Ratio(
        "members_pledged_share",
        _("Share of those checked in who pledged"),
        _(
            "Members with an accepted pledge for days of the month, among in-service"
            " members checked in here at month end."
        ),
        PLEDGED,
        CHECKED_IN,
    ),
    _share(
        "members_appraised_excellent",
        _("Share graded excellent"),
        _("Members graded excellent among those graded within the month."),
        "members_appraised",
    ),
    _share(
        "members_appraised_unqualified",
        _("Share graded unqualified"),
        _("Members graded unqualified among those graded within the month."),
        "members_appraised",
    ),
)
