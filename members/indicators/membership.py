"""Figures about members, each defined once."""

import datetime as dt
from collections.abc import Mapping

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.db.querysets import ScopedQuerySet
from core.months import last_day, shift_month, years_before
from core.text import StrOrPromise
from figures.breakdowns import by_age, by_choices, by_code_list, by_period
from figures.definitions import (
    Column,
    Indicator,
    Kind,
    RowFilter,
    Source,
    indicators,
    match_all,
)
from members.enums import (
    GAINS,
    LOSSES,
    Category,
    EndReason,
    Sex,
    Standing,
    StartReason,
)
from members.models import Affiliation, CheckIn, MobileRecord
from organizations.enums import ThresholdKey
from organizations.models import Threshold
from organizations.roles import MEETING_KEEPERS

PERSONS = _("persons")
REGISTER = "members_closing"
"""The figure with which the register of members begins."""
# What the people of a row, `member`, are told apart by (S0-12).
COMPOSITION = (
    by_age("age", _("Age"), "age_bands", "member__birth_date"),
    by_choices("sex", _("Sex"), Sex, "member__sex"),
    by_code_list(
        "education", _("Education"), "education", "member__education", undated=True
    ),
    by_choices("category", _("Category"), Category, "member__category", undated=True),
    by_choices(
        "standing", _("Kind of member"), Standing, "member__standing", undated=True
    ),
    by_period("joined", _("Joined the Party"), "join_periods", "member__join_date"),
    by_code_list(
        "sector",
        _("Sector of the employer"),
        "org_sectors",
        "member__employer__sector",
        undated=True,
    ),
)
MEMBER = (
    Column(_("Name"), "member.name", opens="member", names_person=True),
    Column(_("Party organization"), "organization.name"),
    Column(_("Sex"), "member.get_sex_display", names_person=True),
    Column(_("Joined the Party on"), "member.joined", names_person=True),
)


def _affiliations_at_month_end(month: dt.date) -> ScopedQuerySet[Affiliation]:
    rows = Affiliation.all_objects.counted_in(month)
    return rows.select_related("member", "organization")


def _affiliations_at_month_start(month: dt.date) -> ScopedQuerySet[Affiliation]:
    return _affiliations_at_month_end(shift_month(month, -1))


def _affiliations_begun_in(month: dt.date) -> ScopedQuerySet[Affiliation]:
    rows = Affiliation.all_objects.begun_in(month)
    return rows.select_related("member", "organization")


def _affiliations_ended_in(month: dt.date) -> ScopedQuerySet[Affiliation]:
    rows = Affiliation.all_objects.ended_in(month)
    return rows.select_related("member", "organization")


def _check_ins_at_month_end(month: dt.date) -> ScopedQuerySet[CheckIn]:
    rows = CheckIn.all_objects.not_void_in(month).current(last_day(month))
    return rows.select_related("member", "community")


STOCK = Source(
    "members.stock",
    _("Members at month end"),
    _affiliations_at_month_end,
    MEMBER,
    names_read_by=MEETING_KEEPERS,
    breakdowns=COMPOSITION,
    begins_with=REGISTER,
)
# Not split: it opens to the closing of the month before, with the ages of that month.
OPENING = Source(
    "members.opening",
    _("Members at month start"),
    _affiliations_at_month_start,
    MEMBER,
    names_read_by=MEETING_KEEPERS,
    begins_with=REGISTER,
)
GAINED = Source(
    "members.gained",
    _("Members gained"),
    _affiliations_begun_in,
    (
        *MEMBER,
        Column(_("Date"), "gained_on"),
        Column(_("Reason"), "get_start_reason_display"),
    ),
    day="gained_on",
    names_read_by=MEETING_KEEPERS,
    breakdowns=(
        by_choices("reason", _("Reason"), StartReason, "start_reason"),
        *COMPOSITION,
    ),
    begins_with=REGISTER,
)
LOST = Source(
    "members.lost",
    _("Members lost"),
    _affiliations_ended_in,
    (
        *MEMBER,
        Column(_("Date"), "lost_on"),
        Column(_("Reason"), "get_end_reason_display"),
    ),
    day="lost_on",
    undone=Affiliation.objects.end_undone(),
    names_read_by=MEETING_KEEPERS,
    breakdowns=(
        by_choices("reason", _("Reason"), EndReason, "end_reason"),
        *COMPOSITION,
    ),
    begins_with=REGISTER,
)
CHECKED_IN = Source(
    "members.checked_in",
    _("In-service members checked in"),
    _check_ins_at_month_end,
    (
        Column(_("Name"), "member.name", opens="member", names_person=True),
        Column(_("Community"), "community.name"),
        Column(_("Checked in on"), "starts_on"),
    ),
    organization="community",
    names_read_by=MEETING_KEEPERS,
    breakdowns=COMPOSITION,
)


def is_woman(_month: dt.date) -> Q:
    """Return a condition on members who are women."""
    return Q(member__sex=Sex.FEMALE)


def is_young(month: dt.date) -> Q:
    """Return a condition on members up to the young age at month end (R-29)."""
    day = last_day(month)
    age = Threshold.objects.on(ThresholdKey.YOUNG_AGE, day)
    return Q(member__birth_date__gt=years_before(day, age + 1))


def is_mobile(month: dt.date) -> Q:
    """Return a condition on members who are away without a transfer (R-20)."""
    records = MobileRecord.all_objects.not_void_in(month)
    return records.away_on(last_day(month))


def is_no_guest_from_elsewhere(_month: dt.date) -> Q:
    """Return a condition on check-ins that leaves out mobile members (R-21)."""
    return ~Q(member__category=Category.MOBILE)


def began_because(*reasons: StartReason) -> RowFilter:
    """Return a condition on affiliations that began for one of the reasons."""
    return lambda _month: Q(start_reason__in=reasons)


def ended_because(*reasons: EndReason) -> RowFilter:
    """Return a condition on affiliations that ended for one of the reasons."""
    return lambda _month: Q(end_reason__in=reasons)


def _stock_indicator(
    key: str,
    label: StrOrPromise,
    where: RowFilter = match_all,
    *,
    source: Source = STOCK,
    label_values: Mapping[str, ThresholdKey] | None = None,
) -> Indicator:
    return Indicator(
        f"members_{key}",
        label,
        PERSONS,
        Kind.STOCK,
        source,
        where,
        fixed=True,
        label_values=label_values or {},
    )


def _gain_indicator(key: str, label: StrOrPromise, *reasons: StartReason) -> Indicator:
    where = began_because(*reasons)
    name = f"members_{key}"
    return Indicator(name, label, PERSONS, Kind.FLOW, GAINED, where, fixed=True)


def _loss_indicator(key: str, label: StrOrPromise, *reasons: EndReason) -> Indicator:
    where = ended_because(*reasons)
    name = f"members_{key}"
    return Indicator(name, label, PERSONS, Kind.FLOW, LOST, where, fixed=True)


indicators.add(
    _stock_indicator("opening", _("Members at the end of last month"), source=OPENING),
    _gain_indicator("developed", _("Newly admitted"), StartReason.DEVELOPED),
    _gain_indicator("in", _("Transferred in"), StartReason.TRANSFERRED_IN),
    _gain_indicator("other_gain", _("Other gains"), *GAINS),
    _loss_indicator("out", _("Transferred out"), EndReason.TRANSFERRED_OUT),
    _loss_indicator("died", _("Deceased"), EndReason.DIED),
    _loss_indicator("other_loss", _("Other losses"), *LOSSES),
    _stock_indicator("closing", _("Members at month end")),
    _stock_indicator("women", _("Women"), is_woman),
    _stock_indicator(
        "young",
        _("Aged %(age)s or under"),
        is_young,
        label_values={"age": ThresholdKey.YOUNG_AGE},
    ),
    _stock_indicator("mobile", _("Mobile members"), is_mobile),
    _stock_indicator(
        "checked_in",
        _("In-service members checked in"),
        is_no_guest_from_elsewhere,
        source=CHECKED_IN,
    ),
)
