"""Filters above the lists of recruitments, reserves, pay and visits."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter

from communities.enums import ENDED_WITH_THE_BODY, ReserveOutcome, VacatingReason
from communities.filters.bodies import (
    HolderFilter,
    body_kinds,
    visible_organizations_with_bodies,
)
from communities.models import (
    BodyKind,
    Recruitment,
    Reserve,
    SeatHolding,
    ServedPlace,
)
from communities.pay import below_standard
from communities.querysets import SeatHoldingQuerySet
from communities.staffing_querysets import (
    RecruitmentQuerySet,
    ReserveQuerySet,
    ServedPlaceQuerySet,
)
from core.db.tree import path_range
from core.months import today
from core.names import name_contains
from organizations.models import Organization
from organizations.queries import code_items


class RecruitmentFilter(FilterSet):
    """Recruitments by place and by how far they have come."""

    organization = ModelChoiceFilter(
        label=_("Party organization"),
        queryset=visible_organizations_with_bodies,
        method="at_or_below",
    )
    state = ChoiceFilter(
        label=_("State"),
        choices=[
            ("open", _("seats still to be filled")),
            ("due", pgettext_lazy("recruitment", "to be decided")),
        ],
        method="in_state",
    )

    class Meta:
        model = Recruitment
        fields: list[str] = []

    def at_or_below(
        self, rows: RecruitmentQuerySet, _name: str, organization: Organization
    ) -> RecruitmentQuerySet:
        """For bodies of the organization and of everything below it."""
        return rows.within(organization)

    def in_state(
        self, rows: RecruitmentQuerySet, _name: str, which: str
    ) -> RecruitmentQuerySet:
        """Recruitments that have come so far."""
        return rows.past_their_day() if which == "due" else rows.open()


class ReserveFilter(FilterSet):
    """Reserves by place, level, source and post, those on the list or others."""

    name = CharFilter(label=_("Name"), method="named")
    organization = ModelChoiceFilter(
        label=_("Party organization"),
        queryset=visible_organizations_with_bodies,
        method="at_or_below",
    )
    level = ChoiceFilter(
        label=_("Level of reserve"), choices=lambda: code_items("reserve_levels")
    )
    recruited_from = ChoiceFilter(
        label=_("From which group"),
        field_name="holding__recruited_from",
        choices=lambda: code_items("recruited_from"),
    )
    for_post = CharFilter(
        label=_("Post that they could take over"), method="could_take_over"
    )
    state = ChoiceFilter(
        label=_("State"),
        choices=[("listed", _("on the list")), *ReserveOutcome.choices],
        method="in_state",
    )

    class Meta:
        model = Reserve
        fields: list[str] = []

    def named(self, rows: ReserveQuerySet, _name: str, text: str) -> ReserveQuerySet:
        """Somebody with the text in their name, in any spelling."""
        if not text.strip():
            return rows
        return rows.filter(
            name_contains(text, "holding__member__name")
            | name_contains(text, "holding__non_member__name")
        )

    def could_take_over(
        self, rows: ReserveQuerySet, name: str, text: str
    ) -> ReserveQuerySet:
        """Fit for a post with the text in its name, in any spelling."""
        return rows.filter(name_contains(text, name)) if text.strip() else rows

    def at_or_below(
        self, rows: ReserveQuerySet, _name: str, organization: Organization
    ) -> ReserveQuerySet:
        """On lists of the organization and of everything below it."""
        return rows.within(organization)

    def in_state(
        self, rows: ReserveQuerySet, _name: str, which: str
    ) -> ReserveQuerySet:
        """On the list today, or taken off it with some outcome."""
        if which == "listed":
            return rows.listed_on(today())
        return rows.filter(outcome=which)


class PayFilter(HolderFilter):
    """Seat-holders by what they are paid, as well as by all that is asked of them."""

    pay = ChoiceFilter(
        label=_("Pay"),
        choices=[
            ("below", _("below the standard")),
            ("unpaid", _("work without pay")),
            ("paid", _("paid")),
            ("unknown", _("not on record")),
        ],
        method="paid_so",
    )
    source = ChoiceFilter(
        label=_("From which money"),
        field_name="pay_source",
        choices=lambda: code_items("pay_sources"),
    )
    grade = ChoiceFilter(
        label=pgettext_lazy("pay", "Grade"),
        field_name="pay_grade",
        choices=lambda: code_items("worker_grades"),
    )

    class Meta:
        model = SeatHolding
        fields: list[str] = []

    def paid_so(
        self, rows: SeatHoldingQuerySet, _name: str, which: str
    ) -> SeatHoldingQuerySet:
        """Paid below the standard, not at all, something, or nobody knows what."""
        return rows.filter(
            {
                "below": below_standard(),
                "unpaid": Q(pay_amount=0),
                "paid": Q(pay_amount__gt=0),
                "unknown": Q(pay_amount=None),
            }[which]
        )


class LeaverFilter(FilterSet):
    """Who left a seat, by place and by reason."""

    organization = ModelChoiceFilter(
        label=_("Party organization"),
        queryset=visible_organizations_with_bodies,
        method="at_or_below",
    )
    end_reason = ChoiceFilter(
        label=_("Why they left"),
        choices=[
            (reason.value, reason.label)
            for reason in VacatingReason
            if reason not in ENDED_WITH_THE_BODY
        ],
    )

    class Meta:
        model = SeatHolding
        fields: list[str] = []

    def at_or_below(
        self, rows: SeatHoldingQuerySet, _name: str, organization: Organization
    ) -> SeatHoldingQuerySet:
        """In bodies of the organization and of everything below it."""
        return rows.within(organization)


class ServedFilter(FilterSet):
    """Places served, by the place, by the kind of body and by what is open."""

    organization = ModelChoiceFilter(
        label=_("Place served"),
        queryset=visible_organizations_with_bodies,
        method="at_or_below",
    )
    kind = ModelChoiceFilter(
        label=_("Kind of body"), queryset=body_kinds, method="of_kind"
    )
    visits = ChoiceFilter(
        label=_("Visits"),
        choices=[
            ("open", _("with a problem to be solved")),
            ("none", _("not visited yet")),
        ],
        method="visited",
    )

    class Meta:
        model = ServedPlace
        fields: list[str] = []

    def at_or_below(
        self, rows: ServedPlaceQuerySet, _name: str, organization: Organization
    ) -> ServedPlaceQuerySet:
        """Places at the organization and below it."""
        return rows.filter(path_range("organization", organization.path))

    def of_kind(
        self, rows: ServedPlaceQuerySet, _name: str, kind: BodyKind
    ) -> ServedPlaceQuerySet:
        """Served by a body of the kind, or by who has a seat in one."""
        return rows.filter(Q(holding__seat__body__kind=kind) | Q(body__kind=kind))

    def visited(self, rows: Any, _name: str, which: str) -> Any:
        """With an open problem, or never visited."""
        if which == "open":
            return rows.filter(open_count__gt=0)
        return rows.filter(visit_count=0)
