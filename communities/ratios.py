"""Ratios of leaders, workers and meetings, each defined once."""

import datetime as dt
from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.enums import MeetingKind
from communities.models import Meeting
from communities.owed_meetings import MEETING_REGULARLY, first_of_quarter
from core.db.querysets import ScopedQuerySet
from core.months import last_day
from core.text import StrOrPromise
from figures.definitions import Column, Indicator, Kind, Source, indicators
from figures.ratios import Ratio, live_figure, ratios
from organizations.models import Organization


def _branches_at_month_end(month: dt.date) -> ScopedQuerySet[Organization]:
    going_on = Q(ended_on=None) | Q(ended_on__gt=last_day(month))
    return Organization.objects.filter(going_on, kind__in=MEETING_REGULARLY)


BRANCHES = Source(
    "communities.branches",
    _("Branches that meet regularly, at month end"),
    _branches_at_month_end,
    (Column(_("Party organization"), "full_name", opens="self"),),
    organization="",
)
MEETING = Indicator(
    "branches_meeting",
    _("Branches that ought to meet"),
    pgettext_lazy("unit", "branches"),
    Kind.STOCK,
    BRANCHES,
)


def met_since(
    kind: MeetingKind, first: Callable[[dt.date], dt.date]
) -> Callable[[dt.date], Q]:
    """Return what says whether a branch met in a form by the month's end (R-40)."""

    def condition(month: dt.date) -> Q:
        held = Meeting.objects.held().filter(
            organization=OuterRef("pk"),
            kind=kind,
            held_on__range=(first(month), last_day(month)),
        )
        return Q(Exists(held))

    return condition


def this_month(month: dt.date) -> dt.date:
    """Return the first day of the month itself."""
    return month


def _met(
    key: str,
    label: StrOrPromise,
    figure: StrOrPromise,
    definition: StrOrPromise,
    where: Callable[[dt.date], Q],
) -> Ratio:
    """Declare a share of the branches that held what they owed (R-40)."""
    met = live_figure(f"branches_{key}", figure, MEETING, where)
    return Ratio(f"branches_{key}_share", label, definition, met, MEETING)


def _share(key: str, of: str, label: StrOrPromise, definition: StrOrPromise) -> Ratio:
    part, whole = indicators.get(key), indicators.get(of)
    return Ratio(f"{key}_share", label, definition, part, whole)


ratios.add(
    _met(
        "members_meeting_held",
        _("Members' meetings held of those owed"),
        _("Branches with a members' meeting in the quarter"),
        _(
            "Branches that held a members' meeting from the quarter's beginning to the"
            " month's end, among all that ought to meet."
        ),
        met_since(MeetingKind.MEMBERS, first_of_quarter),
    ),
    _met(
        "lesson_held",
        _("Party lessons held of those owed"),
        _("Branches with a Party lesson in the quarter"),
        _(
            "Branches that held a Party lesson from the quarter's beginning to the"
            " month's end, among all that ought to meet."
        ),
        met_since(MeetingKind.LESSON, first_of_quarter),
    ),
    _met(
        "theme_day_held",
        _("Theme Party days held of those owed"),
        _("Branches with a theme Party day in the month"),
        _(
            "Branches that held a theme Party day within the month, among all that"
            " ought to meet."
        ),
        met_since(MeetingKind.THEME_DAY, this_month),
    ),
    _share(
        "leaders_concurrent",
        "leaders",
        _("Share of leaders with other seats"),
        _("Leaders who hold another seat as well, among leaders of Party committees."),
    ),
    _share(
        "leaders_old",
        "leaders",
        _("Share of old secretaries"),
        _("Secretaries who count as old, among leaders of Party committees."),
    ),
    _share(
        "leaders_little_schooled",
        "leaders",
        _("Share of little schooled secretaries"),
        _("Secretaries who count as little schooled, among leaders of committees."),
    ),
    _share(
        "workers_long_term",
        "workers",
        _("Share of long-term workers"),
        _("Workers who are here for years, among all workers on rosters."),
    ),
    Ratio(
        "members_per_worker",
        _("Members for each long-term worker"),
        _("Members at month end, divided by workers who are here for years."),
        indicators.get("members_closing"),
        indicators.get("workers_long_term"),
        per=_("persons each"),
    ),
    _share(
        "reserves_graduates",
        "reserves",
        _("Share of graduates among the reserves"),
        _("Graduates among the reserves on the list at month end."),
    ),
)
