"""Figures about members, each defined once."""

import datetime as dt
from collections.abc import Mapping

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.months import last_day, shift_month, years_before
from core.text import StrOrPromise
from figures.definitions import (
    Column,
    Indicator,
    Kind,
    Narrowing,
    Source,
    indicators,
    match_all,
)
from members.enums import GAINS, LOSSES, EndReason, Sex, StartReason
from members.models import Affiliation, CheckIn, MobileRecord
from organizations.enums import ThresholdKey
from organizations.models import Threshold
from organizations.roles import MEETING_KEEPERS

PERSONS = _("persons")
MEMBER = (
    Column(_("Name"), "member.name", opens="member", names_person=True),
    Column(_("Party organization"), "organization.name"),
    Column(_("Sex"), "member.get_sex_display", names_person=True),
    Column(_("Joined the Party on"), "member.join_date", names_person=True),
)


def _at_month_end(month: dt.date) -> QuerySet[Affiliation]:
    rows = Affiliation.objects.counted_in(month)
    return rows.select_related("member", "organization")


def _at_month_start(month: dt.date) -> QuerySet[Affiliation]:
    return _at_month_end(shift_month(month, -1))


def _gained(month: dt.date) -> QuerySet[Affiliation]:
    return Affiliation.objects.begun_in(month).select_related("member", "organization")


def _lost(month: dt.date) -> QuerySet[Affiliation]:
    return Affiliation.objects.ended_in(month).select_related("member", "organization")


def _checked_in(month: dt.date) -> QuerySet[CheckIn]:
    rows = CheckIn.objects.current(last_day(month))
    return rows.select_related("member", "community")


STOCK = Source(
    "members.stock",
    _("Members at month end"),
    _at_month_end,
    MEMBER,
    names_read_by=MEETING_KEEPERS,
)
OPENING = Source(
    "members.opening",
    _("Members at month start"),
    _at_month_start,
    MEMBER,
    names_read_by=MEETING_KEEPERS,
)
GAINED = Source(
    "members.gained",
    _("Members gained"),
    _gained,
    (
        *MEMBER,
        Column(_("Date"), "starts_on"),
        Column(_("Reason"), "get_start_reason_display"),
    ),
    day="starts_on",
    names_read_by=MEETING_KEEPERS,
)
LOST = Source(
    "members.lost",
    _("Members lost"),
    _lost,
    (
        *MEMBER,
        Column(_("Date"), "ends_on"),
        Column(_("Reason"), "get_end_reason_display"),
    ),
    day="ends_on",
    names_read_by=MEETING_KEEPERS,
)
CHECKED_IN = Source(
    "members.checked_in",
    _("In-service members checked in"),
    _checked_in,
    (
        Column(_("Name"), "member.name", opens="member", names_person=True),
        Column(_("Community"), "community.name"),
        Column(_("Checked in on"), "starts_on"),
    ),
    organization="community",
    names_read_by=MEETING_KEEPERS,
)


def women(_month: dt.date) -> Q:
    """Members who are women."""
    return Q(member__sex=Sex.FEMALE)


def young(month: dt.date) -> Q:
    """Members up to the young age in force, on the month's last day (R-29)."""
    day = last_day(month)
    age = Threshold.objects.on(ThresholdKey.YOUNG_AGE, day)
    return Q(member__birth_date__gt=years_before(day, age + 1))


def mobile(month: dt.date) -> Q:
    """Members who are away without having transferred (R-20)."""
    return MobileRecord.objects.away_on(last_day(month))


def begun_by(*reasons: StartReason) -> Narrowing:
    """Affiliations that began for one of the reasons."""
    return lambda _month: Q(start_reason__in=reasons)


def ended_by(*reasons: EndReason) -> Narrowing:
    """Affiliations that ended for one of the reasons."""
    return lambda _month: Q(end_reason__in=reasons)


def _stock(
    key: str,
    label: StrOrPromise,
    where: Narrowing = match_all,
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


def _gain(key: str, label: StrOrPromise, *reasons: StartReason) -> Indicator:
    where = begun_by(*reasons)
    name = f"members_{key}"
    return Indicator(name, label, PERSONS, Kind.FLOW, GAINED, where, fixed=True)


def _loss(key: str, label: StrOrPromise, *reasons: EndReason) -> Indicator:
    where = ended_by(*reasons)
    name = f"members_{key}"
    return Indicator(name, label, PERSONS, Kind.FLOW, LOST, where, fixed=True)


indicators.add(
    _stock("opening", _("Members at the end of last month"), source=OPENING),
    _gain("developed", _("Newly admitted"), StartReason.DEVELOPED),
    _gain("in", _("Transferred in"), StartReason.TRANSFERRED_IN),
    _gain("other_gain", _("Other gains"), *GAINS),
    _loss("out", _("Transferred out"), EndReason.TRANSFERRED_OUT),
    _loss("died", _("Deceased"), EndReason.DIED),
    _loss("other_loss", _("Other losses"), *LOSSES),
    _stock("closing", _("Members at month end")),
    _stock("women", _("Women"), women),
    _stock(
        "young",
        _("Aged %(age)s or under"),
        young,
        label_values={"age": ThresholdKey.YOUNG_AGE},
    ),
    _stock("mobile", _("Mobile members"), mobile),
    _stock("checked_in", _("In-service members checked in"), source=CHECKED_IN),
)
