"""Filters of the lists of members and of slips."""

from typing import Any

import django_filters
from django.db.models import QuerySet, TextChoices
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from core.months import today
from core.web.searched_choice import SearchedChoiceFilter
from members.enums import Absence, Category, Standing, Willingness
from members.fields import skill_choices
from members.groups import group_choices, in_group
from members.missing_facts import lacking, missing_fact_choices
from members.models import LostContact, Member, MobileRecord
from members.papers import paper_choices, resting_on
from members.transfers.prompts import due_to_transfer
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
    organization = SearchedChoiceFilter(
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
    group = django_filters.ChoiceFilter(
        label=_("Group of members"), choices=group_choices, method="by_group"
    )
    skill = django_filters.ChoiceFilter(
        label=_("Can do"), choices=skill_choices, method="by_skill"
    )
    willing = django_filters.ChoiceFilter(
        label=_("Willing to serve"), choices=Willingness.choices, method="by_willing"
    )
    missing = django_filters.ChoiceFilter(
        label=_("Missing in the record"),
        choices=missing_fact_choices,
        method="by_missing",
    )

    paper = django_filters.ChoiceFilter(
        label=_("On what paper the record rests"),
        choices=paper_choices,
        method="by_paper",
    )

    default_record = OnRecord.ON_ROLLS.value

    class Meta:
        model = Member
        fields: tuple[str, ...] = (
            *("q", "organization", "record"),
            *("standing", "category", "absence", "group", "skill"),
            *("willing", "missing", "paper"),
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
        """Keep members who are away, or those on whom something is due."""
        if state == Absence.TRANSFER_DUE:
            return due_to_transfer(rows)
        if state == Absence.DECISION_DUE:
            due = LostContact.objects.to_be_decided(today())
            return rows.filter(pk__in=due.order_by().values("member"))
        return rows.filter(MobileRecord.objects.away_on(today(), "pk"))

    def by_group(self, rows: Any, _name: str, key: str) -> Any:
        """Keep members of a group that follows from what is recorded."""
        return rows.filter(in_group(key))

    def by_skill(self, rows: Any, _name: str, code: str) -> Any:
        """Keep members who wrote that they have the skill."""
        return rows.skilled_in(code)

    def by_willing(self, rows: Any, _name: str, willing: str) -> Any:
        """Keep members checked in who said that they are willing, or not now."""
        return rows.willing_so(willing)

    def by_missing(self, rows: Any, _name: str, fact: str) -> Any:
        """Keep members whose record lacks a fact."""
        return rows.filter(lacking(fact))

    def by_paper(self, rows: Any, _name: str, key: str) -> Any:
        """Keep members whose record rests on a kind of paper, or on none."""
        return rows.filter(resting_on(key))


class SlipFilter(MemberFilter):
    """Filter those who may get a slip: members on the rolls and guests alike."""

    record = None
    absence = None
    group = None
    skill = None
    willing = None
    missing = None
    paper = None
    default_record = ""

    class Meta(MemberFilter.Meta):
        fields = ("q", "organization", "standing", "category")
