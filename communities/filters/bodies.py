"""Filters above the lists of meetings, projects and bodies."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import (
    CharFilter,
    ChoiceFilter,
    DateFilter,
    FilterSet,
    ModelChoiceFilter,
)

from communities.election_querysets import ElectionQuerySet
from communities.enums import Agenda, BodyGroup, Filling, MeetingKind, ProjectTag
from communities.leaders import HOLDERS_WHO
from communities.meeting_querysets import MeetingQuerySet
from communities.models import (
    Body,
    BodyKind,
    Election,
    Meeting,
    Project,
    Seat,
    SeatHolding,
    TermOfOffice,
)
from communities.querysets import (
    BodyQuerySet,
    ProjectQuerySet,
    SeatHoldingQuerySet,
)
from core.db.tree import path_range
from core.months import today
from core.names import name_contains
from core.web.name_filter import NameFilter
from members.enums import Sex
from organizations.models import Organization
from organizations.queries import code_items

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def visible_organizations(request: Any) -> QuerySet[Organization]:
    """Return the organizations by which the reader may filter meetings."""
    return Organization.objects.visible_to(request.user).holding_members()


class MeetingFilter(FilterSet):
    """Meetings by topic, by kind, by place and by time."""

    topic = NameFilter(label=_("Topic"))
    kind = ChoiceFilter(label=_("Kind"), choices=MeetingKind.choices)
    agenda = ChoiceFilter(label=_("Mostly about"), choices=Agenda.choices)
    organization = ModelChoiceFilter(
        label=_("Organization"), queryset=visible_organizations, method="at_or_below"
    )
    since = DateFilter(
        label=_("From"), field_name="held_on", lookup_expr="gte", widget=DAY
    )
    until = DateFilter(
        label=_("Until (last day)"), field_name="held_on", lookup_expr="lte", widget=DAY
    )

    class Meta:
        model = Meeting
        fields: list[str] = []

    def at_or_below(
        self, meetings: MeetingQuerySet, _name: str, organization: Organization
    ) -> MeetingQuerySet:
        """Meetings of the organization and of everything below it."""
        return meetings.within(organization)


def visible_communities(request: Any) -> QuerySet[Organization]:
    """Return the communities the reader may choose among."""
    return Organization.objects.visible_to(request.user).communities()


def visible_organizations_with_bodies(request: Any) -> QuerySet[Organization]:
    """Return the organizations by which the reader may filter bodies."""
    return Organization.objects.visible_to(request.user).open()


class ProjectFilter(FilterSet):
    """Projects by name, by way of co-building and by community."""

    name = NameFilter(label=_("Project name"))
    tag = ChoiceFilter(label=_("Way of co-building"), choices=ProjectTag.choices)
    organization = ModelChoiceFilter(
        label=_("At or below"),
        queryset=visible_organizations_with_bodies,
        method="at_or_below",
    )
    state = ChoiceFilter(
        label=_("State"), choices=[("running", _("running"))], method="in_state"
    )

    class Meta:
        model = Project
        fields: list[str] = []

    def at_or_below(
        self, projects: ProjectQuerySet, _name: str, organization: Organization
    ) -> ProjectQuerySet:
        """Projects of the organization and of everything below it."""
        return projects.filter(path_range("organization", organization.path))

    def in_state(
        self, projects: ProjectQuerySet, _name: str, _which: str
    ) -> ProjectQuerySet:
        """Projects that go on today."""
        return projects.running()


def body_kinds(request: Any) -> QuerySet[BodyKind]:
    """Return the kinds of body that the reader may see."""
    return BodyKind.objects.visible_to(request.user)


class BodyFilter(FilterSet):
    """Bodies by name, kind and place, and those with a vacant seat."""

    name = NameFilter(label=_("Name of the body"))
    group = ChoiceFilter(
        label=_("Listed under"), field_name="kind__group", choices=BodyGroup.choices
    )
    kind = ModelChoiceFilter(label=_("Kind of body"), queryset=body_kinds)
    organization = ModelChoiceFilter(
        label=_("Party organization"),
        queryset=visible_organizations_with_bodies,
        method="at_or_below",
    )
    seats = ChoiceFilter(
        label=_("Seats"),
        choices=[("vacant", _("with a vacant seat")), ("lead", _("without a leader"))],
        method="with_vacancy",
    )
    term = ChoiceFilter(
        label=_("Term"),
        choices=[("ending", _("ends within six months or has run out"))],
        method="with_term",
    )

    class Meta:
        model = Body
        fields: list[str] = []

    def at_or_below(
        self, bodies: BodyQuerySet, _name: str, organization: Organization
    ) -> BodyQuerySet:
        """Bodies of the organization and of everything below it."""
        return bodies.within(organization)

    def with_term(self, bodies: BodyQuerySet, _name: str, _which: str) -> BodyQuerySet:
        """Bodies whose term is to be followed by the next one."""
        terms = TermOfOffice.objects.to_be_renewed(today())
        return bodies.filter(pk__in=terms.order_by().values("body"))

    def with_vacancy(
        self, bodies: BodyQuerySet, _name: str, which: str
    ) -> BodyQuerySet:
        """Bodies with a vacant seat, or with nobody who leads them."""
        seats = Seat.objects.vacant()
        if which == "lead":
            seats = seats.filter(kind__leads=True)
        return bodies.filter(pk__in=seats.order_by().values("body"))


YES_NO = [
    ("yes", pgettext_lazy("answer", "yes")),
    ("no", pgettext_lazy("answer", "no")),
]


class HolderFilter(FilterSet):
    """Seat-holders by name, body and place, and by what statistics ask for."""

    name = CharFilter(label=_("Name"), method="named")
    kind = ModelChoiceFilter(
        label=_("Kind of body"), field_name="seat__body__kind", queryset=body_kinds
    )
    organization = ModelChoiceFilter(
        label=_("Party organization"),
        queryset=visible_organizations_with_bodies,
        method="at_or_below",
    )
    sex = ChoiceFilter(label=_("Sex"), choices=Sex.choices, method="of_sex")
    party = ChoiceFilter(label=_("Party member"), choices=YES_NO, method="in_party")
    channel = ChoiceFilter(label=_("Came by"), choices=Filling.choices)
    recruited_from = ChoiceFilter(
        label=_("From which group"), choices=lambda: code_items("recruited_from")
    )
    which = ChoiceFilter(
        label=_("Only"),
        choices=[
            ("leads", _("who lead a body")),
            ("several", _("who hold several seats")),
            ("leads_several", _("who lead a body and hold other seats")),
            ("stands_out", _("secretaries who are old or little schooled")),
            ("unfiled", _("secretaries who are not on file")),
            ("filed", _("who are on file")),
            ("actual", _("who really lead the work")),
            ("full_time", _("who work full time")),
            ("part_time", _("who work part time")),
            ("long_term", _("who are here for years")),
            ("workers", pgettext_lazy("people", "workers")),
        ],
        method="only",
    )

    class Meta:
        model = SeatHolding
        fields: list[str] = []

    def named(
        self, rows: SeatHoldingQuerySet, _name: str, text: str
    ) -> SeatHoldingQuerySet:
        """Held by somebody with the text in their name, in any spelling."""
        if not text.strip():
            return rows
        return rows.filter(
            name_contains(text, "member__name")
            | name_contains(text, "non_member__name")
        )

    def at_or_below(
        self, rows: SeatHoldingQuerySet, _name: str, organization: Organization
    ) -> SeatHoldingQuerySet:
        """In bodies of the organization and of everything below it."""
        return rows.within(organization)

    def of_sex(
        self, rows: SeatHoldingQuerySet, _name: str, code: str
    ) -> SeatHoldingQuerySet:
        """Held by women, or by men."""
        return rows.of_sex(code)

    def in_party(
        self, rows: SeatHoldingQuerySet, _name: str, answer: str
    ) -> SeatHoldingQuerySet:
        """Held by Party members, or by others."""
        if answer == "no":
            return rows.filter(non_member__isnull=False)
        return rows.filter(member__isnull=False)

    def only(
        self, rows: SeatHoldingQuerySet, _name: str, which: str
    ) -> SeatHoldingQuerySet:
        """Only leaders, holders of several seats, or those marked in some way."""
        if which in ("several", "leads_several"):
            rows = rows.held_with_others()
            which = "leads" if which == "leads_several" else ""
        if which == "workers":
            rows = rows.paid_seats()
        return rows.filter(HOLDERS_WHO[which](today())) if which else rows


class ElectionFilter(FilterSet):
    """Elections by place, and those in which something is to be done."""

    organization = ModelChoiceFilter(
        label=_("Party organization"),
        queryset=visible_organizations_with_bodies,
        method="at_or_below",
    )
    state = ChoiceFilter(
        label=_("State"),
        choices=[
            ("under_way", _("under way")),
            ("count", _("to be counted")),
            ("approve", _("counted, to be approved")),
        ],
        method="in_state",
    )

    class Meta:
        model = Election
        fields: list[str] = []

    def at_or_below(
        self, elections: ElectionQuerySet, _name: str, organization: Organization
    ) -> ElectionQuerySet:
        """Elections of the organization and of everything below it."""
        return elections.within(organization)

    def in_state(
        self, elections: ElectionQuerySet, _name: str, which: str
    ) -> ElectionQuerySet:
        """Elections that have come so far."""
        if which == "count":
            return elections.to_be_counted(today())
        if which == "approve":
            return elections.to_be_approved()
        return elections.under_way()
