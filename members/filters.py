"""Filters of the list of members."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet, TextChoices
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from core.months import today
from core.names import name_contains
from members.appraisal_enums import RoundState
from members.enums import (
    RUNNING_OUT_DAYS,
    TRANSFER_DIRECTIONS,
    Absence,
    Category,
    Direction,
    PairState,
    Stage,
    Standing,
)
from members.fields import skill_choices, transfer_causes
from members.missing_facts import lacking, missing_fact_choices
from members.models import AppraisalRound, DuplicatePair, Member, MobileRecord, Transfer
from members.prompts import due_to_transfer
from organizations.models import Organization


def visible_organizations(request: HttpRequest) -> QuerySet[Organization]:
    """Return the organizations by which the reader may filter the list."""
    return Organization.objects.visible_to(request.user).open().order_by("path")


class OnRecord(TextChoices):
    """Which members a list shows; by default those whom the monthly return counts."""

    ON_ROLLS = "on_rolls", _("On the rolls")
    GUESTS = "guests", _("Checked in, on the rolls elsewhere")
    GONE = "gone", _("Left")
    VOIDED = "voided", _("Voided as a mistake")


class MemberFilter(django_filters.FilterSet):
    """Filter by name or pinyin, organization, state of the record, and category.

    Never by a number: a partial search would reveal it digit by digit.
    """

    q = django_filters.CharFilter(label=_("Name or pinyin"), method="by_name")
    organization = django_filters.ModelChoiceFilter(
        label=_("Party organization"),
        queryset=visible_organizations,
        method="by_organization",
    )
    record = django_filters.ChoiceFilter(
        label=_("On the rolls or not"),
        choices=OnRecord.choices,
        empty_label=_("All but voided records"),
        initial=OnRecord.ON_ROLLS,  # else the filter would stand open on a phone
        method="by_record",
    )
    standing = django_filters.ChoiceFilter(
        label=_("Kind of member"), choices=Standing.choices
    )
    category = django_filters.ChoiceFilter(
        label=_("Category"), choices=Category.choices
    )
    absence = django_filters.ChoiceFilter(
        label=_("Absence"), choices=Absence.choices, method="by_absence"
    )
    skill = django_filters.ChoiceFilter(
        label=_("Can do"), choices=skill_choices, method="by_skill"
    )
    missing = django_filters.ChoiceFilter(
        label=_("Missing in the record"),
        choices=missing_fact_choices,
        method="by_missing",
    )

    default_record = OnRecord.ON_ROLLS.value

    class Meta:
        model = Member
        fields: tuple[str, ...] = (
            *("q", "organization", "record"),
            *("standing", "category", "absence", "skill", "missing"),
        )

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        given = QueryDict(mutable=True) if data is None else data.copy()
        given.setdefault("record", self.default_record)
        super().__init__(given, *args, **kwargs)

    def by_name(self, rows: Any, _name: str, text: str) -> Any:
        """Keep members whose name contains the text or sounds like it."""
        return rows.named(text.strip()[:50])

    def by_organization(self, rows: Any, _name: str, organization: Organization) -> Any:
        """Keep members who belong to the place or below, or are checked in there."""
        if self.data.get("record") == OnRecord.ON_ROLLS:
            return rows.on_rolls(self.request.user, organization)
        return rows.within(organization)

    def by_record(self, rows: Any, _name: str, state: str) -> Any:
        """Keep members on the rolls, guests, those who left, or voided records."""
        user = self.request.user
        return {
            OnRecord.ON_ROLLS: lambda: rows.on_rolls(user),
            OnRecord.GUESTS: lambda: rows.guests_of(user),
            OnRecord.GONE: rows.gone,
            OnRecord.VOIDED: rows.voided,
        }[OnRecord(state)]()

    def by_absence(self, rows: Any, _name: str, state: str) -> Any:
        """Keep members who are away, or those of them whose transfer is due."""
        if state == Absence.TRANSFER_DUE:
            return due_to_transfer(rows)
        return rows.filter(MobileRecord.objects.away_on(today(), "pk"))

    def by_skill(self, rows: Any, _name: str, code: str) -> Any:
        """Keep members who wrote that they have the skill."""
        return rows.skilled_in(code)

    def by_missing(self, rows: Any, _name: str, fact: str) -> Any:
        """Keep members whose record lacks a fact."""
        return rows.filter(lacking(fact))


class DuplicateFilter(django_filters.FilterSet):
    """Filter pairs of records by name and by what was decided."""

    q = django_filters.CharFilter(label=_("Name or pinyin"), method="by_name")
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=PairState.choices, initial=PairState.OPEN
    )

    class Meta:
        model = DuplicatePair
        fields = ("q", "state")

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        given = QueryDict(mutable=True) if data is None else data.copy()
        given.setdefault("state", PairState.OPEN.value)
        super().__init__(given, *args, **kwargs)

    def by_name(self, rows: Any, _name: str, text: str) -> Any:
        """Keep pairs in which a name contains the text or sounds like it."""
        found = Member.all_objects.named(text.strip()[:50]).order_by().values("pk")
        return rows.filter(Q(first__in=found) | Q(second__in=found))


def appraised_years() -> list[tuple[int, str]]:
    """Return this year and the years before it."""
    return [(year, str(year)) for year in range(today().year, today().year - 6, -1)]


class AppraisalFilter(django_filters.FilterSet):
    """Filter appraisals by branch, year and state."""

    organization = django_filters.ModelChoiceFilter(
        label=_("Party organization"),
        queryset=visible_organizations,
        method="at_or_below",
    )
    year = django_filters.ChoiceFilter(
        label=_("Year appraised"), choices=appraised_years
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=RoundState.choices)

    class Meta:
        model = AppraisalRound
        fields = ("organization", "year", "state")

    def at_or_below(self, rows: Any, _name: str, organization: Organization) -> Any:
        """Keep the appraisals of the place and of everything below it."""
        return rows.within(organization)


class SlipFilter(MemberFilter):
    """Filter those who may get a slip: members on the rolls and guests alike."""

    record = None
    absence = None
    skill = None
    missing = None
    default_record = ""

    class Meta(MemberFilter.Meta):
        fields = ("q", "organization", "standing", "category")


def closing_years() -> list[tuple[int, str]]:
    """Return this year and the years before it by which transfers are looked up."""
    return [(year, str(year)) for year in range(today().year, today().year - 5, -1)]


class TransferFilter(django_filters.FilterSet):
    """Filter transfers by name, stage, direction and cause."""

    q = django_filters.CharFilter(
        label=_("Name, pinyin or former unit"), method="by_name"
    )
    stage = django_filters.ChoiceFilter(
        label=_("How far it has come"), choices=Stage.choices, method="by_stage"
    )
    way = django_filters.ChoiceFilter(
        label=_("Which way"), choices=TRANSFER_DIRECTIONS, method="by_way"
    )
    cause = django_filters.ChoiceFilter(
        label=_("Cause of the transfer"), choices=transfer_causes
    )

    year = django_filters.ChoiceFilter(
        label=_("Year in which it was closed"),
        choices=closing_years,
        field_name="closed_on__year",
    )

    class Meta:
        model = Transfer
        fields = ("q", "stage", "way", "cause", "year")

    def by_name(self, rows: Any, _name: str, text: str) -> Any:
        """Keep transfers of people by their name, its sound, or their former unit."""
        wanted = text.strip()[:50]
        members = Member.objects.named(wanted).order_by().values("pk")
        return rows.filter(
            Q(member__in=members)
            | name_contains(wanted, "person_name")
            | name_contains(wanted, "former_unit")
        )

    def by_stage(self, rows: Any, _name: str, stage: str) -> Any:
        """Keep transfers that have come so far."""
        kept: dict[str, Any] = {
            Stage.PROPOSED: rows.proposed,
            Stage.IN_TRANSIT: rows.in_transit,
            Stage.ARRIVED: rows.arrived,
            Stage.RUNNING_OUT: lambda: rows.running_out(today(), RUNNING_OUT_DAYS),
            Stage.EXPIRED: rows.expired,
            Stage.WITHOUT_RECEIPT: rows.without_receipt,
        }
        return kept[stage]() if stage in kept else rows.filter(state=stage)

    def by_way(self, rows: Any, _name: str, way: str) -> Any:
        """Keep transfers from the reader's area, or to it."""
        user = self.request.user
        return rows.leaving(user) if way == Direction.OUT else rows.coming(user)
