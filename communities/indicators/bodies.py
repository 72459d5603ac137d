"""Figures about meetings and seats, each defined once."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.enums import (
    BodyGroup,
    Filling,
    MeetingKind,
    VacatingReason,
)
from communities.leaders import is_little_schooled, is_old, is_secretary
from communities.models import Meeting, Seat, SeatHolding
from core.db.querysets import ScopedQuerySet
from core.months import last_day
from core.text import StrOrPromise
from figures.breakdowns import by_choices, by_code_list
from figures.definitions import Column, Indicator, Kind, RowFilter, Source, indicators
from members.enums import Sex
from organizations.roles import MEETING_KEEPERS


def _meetings_counted_in(month: dt.date) -> ScopedQuerySet[Meeting]:
    return Meeting.all_objects.counted_in(month).select_related("organization")


MEETINGS = Source(
    "communities.meetings",
    _("Meetings held"),
    _meetings_counted_in,
    (
        Column(_("Organization"), "organization.name"),
        Column(_("Kind"), "get_kind_display"),
        Column(_("Topic"), "topic", opens="self"),
        Column(_("Held on"), "held_on"),
    ),
    project="project",
    day="held_on",
    breakdowns=(by_choices("kind", _("Kind"), MeetingKind, "kind"),),
)


def of_kind(kind: MeetingKind) -> RowFilter:
    """Return a condition on meetings of one kind."""
    return lambda _month: Q(kind=kind)


def _meeting_indicator(key: str, label: StrOrPromise, kind: MeetingKind) -> Indicator:
    return Indicator(
        f"meetings_{key}", label, _("times"), Kind.FLOW, MEETINGS, of_kind(kind)
    )


indicators.add(
    Indicator(
        "meetings_held", _("Meetings of all kinds"), _("times"), Kind.FLOW, MEETINGS
    ),
    _meeting_indicator("members", _("Members' meetings"), MeetingKind.MEMBERS),
    _meeting_indicator(
        "committee", _("Branch committee meetings"), MeetingKind.COMMITTEE
    ),
    _meeting_indicator("lessons", _("Party lessons"), MeetingKind.LESSON),
    _meeting_indicator("theme_days", _("Theme Party days"), MeetingKind.THEME_DAY),
)


def _seats_at_month_end(month: dt.date) -> ScopedQuerySet[Seat]:
    rows = Seat.objects.open(last_day(month))
    return rows.select_related("kind", "body__kind", "body__organization")


def _holdings_at_month_end(month: dt.date) -> ScopedQuerySet[SeatHolding]:
    rows = SeatHolding.objects.current(last_day(month)).with_holders()
    return rows.filter(seat__body__voided_at=None)


def _holdings_ended_in(month: dt.date) -> ScopedQuerySet[SeatHolding]:
    rows = SeatHolding.objects.left_in(month, last_day(month)).with_holders()
    return rows.filter(seat__body__voided_at=None)


SEATS_UNIT = pgettext_lazy("unit", "seats")
SEATS = Source(
    "communities.seats",
    _("Seats at month end"),
    _seats_at_month_end,
    (
        Column(_("Seat"), "kind.name"),
        Column(_("Body"), "body.name", opens="body"),
        Column(_("Party organization"), "body.organization.name"),
    ),
    organization="body__organization",
)
HOLDINGS = Source(
    "communities.holdings",
    _("Seats held at month end"),
    _holdings_at_month_end,
    (
        Column(_("Name"), "holder_name", names_person=True),
        Column(_("Seat"), "seat.kind.name"),
        Column(_("Body"), "seat.body.name", opens="seat.body"),
        Column(_("Party organization"), "seat.body.organization.name"),
        Column(_("Since"), "starts_on"),
    ),
    organization="seat__body__organization",
    names_read_by=MEETING_KEEPERS,
    breakdowns=(
        by_choices("channel", _("Came by"), Filling, "channel"),
        by_code_list("from", _("From which group"), "recruited_from", "recruited_from"),
    ),
)


LEFT = Source(
    "communities.left",
    _("Seats left within the month"),
    _holdings_ended_in,
    (
        *HOLDINGS.columns,
        Column(_("No longer from"), "ends_on"),
        Column(_("Why"), "get_end_reason_display"),
    ),
    organization="seat__body__organization",
    day="ends_on",
    names_read_by=MEETING_KEEPERS,
    breakdowns=(by_choices("reason", _("Why"), VacatingReason, "end_reason"),),
)


def is_vacant(month: dt.date) -> Q:
    """Return a condition on seats that nobody holds at month end (R-09)."""
    vacant = Seat.objects.vacant(last_day(month)).order_by()
    return Q(pk__in=vacant.values("pk"))


def leads_party_body(_month: dt.date) -> Q:
    """Return a condition on holdings of those who lead committees of the Party."""
    return is_secretary()


def leads_and_holds_others(month: dt.date) -> Q:
    """Return a condition on leaders who hold another seat as well (一肩挑, S0-04)."""
    several = SeatHolding.objects.held_with_others(last_day(month)).order_by()
    return leads_party_body(month) & Q(pk__in=several.values("pk"))


def leads_and_is_old(month: dt.date) -> Q:
    """Return a condition on holdings of secretaries who count as old (S3-03)."""
    return is_secretary() & is_old(last_day(month))


def leads_and_is_little_schooled(month: dt.date) -> Q:
    """Return a condition on holdings of secretaries who count as little schooled."""
    return is_secretary() & is_little_schooled(last_day(month))


def is_held_by_woman(_month: dt.date) -> Q:
    """Return a condition on holdings of women."""
    return Q(member__sex=Sex.FEMALE) | Q(non_member__sex=Sex.FEMALE)


def is_worker(_month: dt.date) -> Q:
    """Return a condition on holdings of workers."""
    return Q(seat__body__kind__group=BodyGroup.WORKERS)


def is_long_term_worker(month: dt.date) -> Q:
    """Return a condition on holdings of workers who are here for years (S0-10)."""
    return is_worker(month) & Q(is_long_term=True)


def is_recruited(_month: dt.date) -> Q:
    """Return a condition on holdings of those who came by recruitment (S2-62)."""
    return Q(channel=Filling.RECRUITMENT)


def is_missing_worker(month: dt.date) -> Q:
    """Return a condition on seats of workers that nobody holds (S2-31)."""
    return is_vacant(month) & Q(body__kind__group=BodyGroup.WORKERS)


def _seat_indicator(
    key: str, label: StrOrPromise, where: RowFilter, source: Source = HOLDINGS
) -> Indicator:
    return Indicator(key, label, SEATS_UNIT, Kind.STOCK, source, where)


indicators.add(
    _seat_indicator("seats_vacant", _("Vacant seats"), is_vacant, SEATS),
    _seat_indicator("leaders", _("Leaders of Party committees"), leads_party_body),
    _seat_indicator(
        "leaders_concurrent",
        _("Leaders of Party committees who hold other seats"),
        leads_and_holds_others,
    ),
    _seat_indicator("leaders_old", _("Old secretaries"), leads_and_is_old),
    _seat_indicator(
        "leaders_little_schooled",
        _("Little schooled secretaries"),
        leads_and_is_little_schooled,
    ),
    _seat_indicator("seats_of_women", _("Seats held by women"), is_held_by_woman),
    _seat_indicator("seats_recruited", _("Seats filled by recruitment"), is_recruited),
    _seat_indicator("workers", _("Workers on rosters"), is_worker),
    _seat_indicator(
        "workers_long_term",
        _("Workers who are here for years"),
        is_long_term_worker,
    ),
    _seat_indicator(
        "workers_missing", _("Vacant seats of workers"), is_missing_worker, SEATS
    ),
    Indicator(
        "workers_left",
        _("Workers who left"),
        pgettext_lazy("unit", "seats"),
        Kind.FLOW,
        LEFT,
        is_worker,
    ),
)
