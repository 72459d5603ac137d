"""Figures about mobile members: each of the five kinds, reports, reviews, inquiries."""

import datetime as dt

from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.db.querysets import ScopedQuerySet
from core.months import last_day
from figures.definitions import Column, Indicator, Kind, RowFilter, Source, indicators
from members.enums import MobileKind
from members.indicators.contacts import CONTACTS
from members.indicators.membership import STOCK
from members.models import MobileRecord, MonthlyReview, UnitInquiry
from organizations.roles import MEETING_KEEPERS

PERSONS = _("persons")


def is_mobile_of(kind: MobileKind) -> RowFilter:
    """Return a condition on members who are away, of one kind."""

    def where(month: dt.date) -> Q:
        rows = MobileRecord.all_objects.not_void_in(month).filter(kind=kind)
        return rows.away_on(last_day(month))

    return where


def is_report(_month: dt.date) -> Q:
    """Return a condition on contacts in which a member reported on the year (R-19)."""
    return Q(is_report=True)


def _reviewed(month: dt.date) -> ScopedQuerySet[MonthlyReview]:
    rows = MonthlyReview.all_objects.not_void_in(month).filter(month=month)
    return rows.select_related("member", "organization")


def _waiting(month: dt.date) -> ScopedQuerySet[UnitInquiry]:
    rows = UnitInquiry.objects.open_on(last_day(month))
    return rows.select_related("member", "case__organization")


REVIEWS = Source(
    "members.reviews",
    _("Monthly reviews of absent and waiting members"),
    _reviewed,
    (
        Column(_("Name"), "member.name", opens="member", names_person=True),
        Column(_("Party organization"), "organization.name"),
        Column(_("Reviewed on"), "reviewed_on"),
        Column(_("What was found"), "get_finding_display"),
    ),
    names_read_by=MEETING_KEEPERS,
)
INQUIRIES = Source(
    "members.inquiries",
    _("Inquiries at former units without an answer"),
    _waiting,
    (
        Column(_("Name"), "member.name", opens="member", names_person=True),
        Column(_("Party organization"), "case.organization.name"),
        Column(_("Former unit"), "unit"),
        Column(_("Sent on"), "sent_on"),
    ),
    organization="case__organization",
    names_read_by=MEETING_KEEPERS,
)

indicators.add(
    *(
        Indicator(
            f"members_mobile_{kind.value}",
            format_lazy(_("Mobile members: {kind}"), kind=kind.label),
            PERSONS,
            Kind.STOCK,
            STOCK,
            is_mobile_of(kind),
            fixed=True,
        )
        for kind in MobileKind
    ),
    Indicator(
        "members_reports",
        _("Yearly reports of mobile members"),
        _("person-times"),
        Kind.FLOW,
        CONTACTS,
        is_report,
        fixed=True,
    ),
    Indicator(
        "members_reviews",
        _("Monthly reviews of absent and waiting members"),
        PERSONS,
        Kind.FLOW,
        REVIEWS,
        fixed=True,
    ),
    Indicator(
        "members_inquiries",
        _("Inquiries at former units without an answer"),
        PERSONS,
        Kind.STOCK,
        INQUIRIES,
        fixed=True,
    ),
)
