"""Filters of the lists of mobile members and of inquiries at former units."""

import datetime as dt
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from core.months import months_before, today
from core.names import name_contains
from core.pinyin import clean_pinyin
from members.enums import (
    MONTHS_AWAITING_PLACEMENT,
    MONTHS_OF_SHORT_ABSENCE,
    AwayFor,
    MobileKind,
)
from members.filters.members import visible_organizations
from members.models import MemberContact, MobileRecord, UnitInquiry
from organizations.enums import ThresholdKey
from organizations.models import Organization, Threshold


class InquiryAnswered(TextChoices):
    """Which inquiries a list shows."""

    OPEN = "open", _("No answer yet")
    OVERDUE = "overdue", _("No answer, and overdue")
    CLOSED = "closed", _("Answered or voided")


class MobileRecordFilter(django_filters.FilterSet):
    """Filter mobile members by name, place, kind, and what is due of them."""

    q = django_filters.CharFilter(label=_("Name or pinyin"), method="by_name")
    organization = django_filters.ModelChoiceFilter(
        label=_("Party organization"),
        queryset=visible_organizations,
        method="at_or_below",
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind of absence"), choices=MobileKind.choices
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=AwayFor.choices,
        method="by_state",
        empty_label=_("Away at present"),
    )

    class Meta:
        model = MobileRecord
        fields = ("q", "organization", "kind", "state")

    def by_name(self, rows: Any, _name: str, text: str) -> Any:
        """Keep members whose name contains or sounds like the text."""
        text = text.strip()[:50]
        sound = Q(member__sound__contains=clean_pinyin(text))
        return rows.filter(name_contains(text, "member__name") | sound)

    def at_or_below(self, rows: Any, _name: str, organization: Organization) -> Any:
        """Keep the mobile members of the place and of everything below it."""
        return rows.within(organization)

    def by_state(self, rows: Any, _name: str, state: str) -> Any:
        """Keep absences of half a year, those past their time, or those that ended."""
        day = today()
        if state == AwayFor.SIX_MONTHS:
            return rows.filter(
                starts_on__lte=months_before(day, MONTHS_OF_SHORT_ABSENCE)
            )
        if state == AwayFor.PLACEMENT:
            since = months_before(day, MONTHS_AWAITING_PLACEMENT)
            return rows.filter(kind=MobileKind.AWAITING, starts_on__lte=since)
        if state == AwayFor.REPORT_DUE:
            return _without_report(rows, day)
        return rows


def _without_report(rows: Any, day: dt.date) -> Any:
    months = Threshold.objects.on(ThresholdKey.YEARLY_REPORT_MONTHS, day)
    since = months_before(day, months)
    reports = MemberContact.objects.filter(is_report=True, made_on__gt=since)
    reports = reports.filter(member=OuterRef("member"))
    return rows.filter(~Exists(reports), starts_on__lte=since)


class InquiryFilter(django_filters.FilterSet):
    """Filter inquiries by name of the member or unit, place, and answer."""

    q = django_filters.CharFilter(label=_("Member or unit"), method="by_name")
    organization = django_filters.ModelChoiceFilter(
        label=_("Party organization"),
        queryset=visible_organizations,
        method="at_or_below",
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=InquiryAnswered.choices, method="by_state"
    )

    class Meta:
        model = UnitInquiry
        fields = ("q", "organization", "state")

    def by_name(self, rows: Any, _name: str, text: str) -> Any:
        """Keep inquiries about members or at units whose name contains the text."""
        return rows.about(text.strip()[:50])

    def at_or_below(self, rows: Any, _name: str, organization: Organization) -> Any:
        """Keep the inquiries of the place and of everything below it."""
        return rows.within(organization)

    def by_state(self, rows: Any, _name: str, state: str) -> Any:
        """Keep inquiries that wait, are overdue, or are over."""
        if state == InquiryAnswered.OPEN:
            return rows.open()
        if state == InquiryAnswered.OVERDUE:
            return rows.overdue(today())
        return rows.exclude(pk__in=rows.open().values("pk"))
