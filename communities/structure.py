"""What the regulations want of branches and their committees (R-01 to R-06, R-10)."""

import datetime as dt
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from communities.coverage import is_led, page_of_bodies, page_of_members
from communities.models import Body, SeatHolding, TermOfOffice, UnitCover
from communities.owed_meetings import FORMING_A_COMMITTEE, MEETING_REGULARLY
from core.db.querysets import current_on
from core.text import StrOrPromise
from members.enums import Standing
from members.models import Member
from organizations.enums import OrganizationKind, ThresholdKey
from organizations.findings import StructuralRule
from organizations.models import Organization, Threshold

Kinds = OrganizationKind
COMMITTEES = ("branch_committee", "unit_branch_committee")
FEWEST_SEATS, MOST_SEATS = 3, 7
MOST_OF_A_GENERAL_BRANCH = 100
UNITS_OF_A_JOINT_BRANCH = 5
"""By the Regulations on the work of Party branches, normally at most (R-02)."""
ON_SIZE = _("Regulations on the work of Party branches (trial), article 4")
ON_COMMITTEES = _("Regulations on the work of Party branches (trial), on committees")
ON_TERMS = _("Opinion on the terms of office of primary Party organizations (2018)")


def with_people(rows: QuerySet[Organization]) -> Any:
    """Annotate how many members and full members a branch and its groups have."""
    full = Q(standing=Standing.FULL)
    return rows.annotate(
        belonging=_count("organization") + _count("organization__parent"),
        full_members=_count("organization", full)
        + _count("organization__parent", full),
    )


def _count(lookup: str, where: Q | None = None) -> Coalesce:
    rows = Member.objects.filter(where or Q(), **{lookup: OuterRef("pk")}).order_by()
    if lookup != "organization":  # what lies below a branch are its groups
        rows = rows.filter(organization__kind=Kinds.PARTY_GROUP)
    counted = rows.values(lookup).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _branches() -> Any:
    return with_people(Organization.objects.open().filter(kind__in=MEETING_REGULARLY))


def with_few_full_members(day: dt.date) -> Any:
    """Return the branches with fewer full members than form a branch (R-01, R-02)."""
    least = Threshold.objects.on(ThresholdKey.BRANCH_MINIMUM, day)
    return _branches().filter(full_members__lt=least)


def with_many_members(day: dt.date) -> Any:
    """Return the branches with more members than one ought to have (R-01, R-04)."""
    most = Threshold.objects.on(ThresholdKey.BRANCH_MAXIMUM, day)
    return _branches().filter(belonging__gt=most)


def general_branches_too_large(_day: dt.date) -> Any:
    """Return the general branches that are as large as a committee (R-04)."""
    rows = Organization.objects.open().filter(kind=Kinds.GENERAL_BRANCH)
    return with_people(rows).filter(belonging__gt=MOST_OF_A_GENERAL_BRANCH)


def _committees(day: dt.date) -> QuerySet[Body]:
    running: QuerySet[Body] = Body.objects.running(day)
    return running.filter(kind__code__in=COMMITTEES)


def without_committee(day: dt.date) -> Any:
    """Return the branches large enough for a committee that have none (R-03)."""
    rows = _branches().filter(full_members__gte=FORMING_A_COMMITTEE)
    return rows.exclude(pk__in=_committees(day).order_by().values("organization"))


def with_odd_committee(day: dt.date) -> QuerySet[Organization]:
    """Return the branches whose committee has too few or too many seats (R-03)."""
    seats = Count("seats", filter=Q(seats__ends_on=None))
    sized = _committees(day).order_by().annotate(open_seats=seats)
    odd = sized.filter(Q(open_seats__lt=FEWEST_SEATS) | Q(open_seats__gt=MOST_SEATS))
    return Organization.objects.open().filter(pk__in=odd.values("organization"))


def without_secretary(day: dt.date) -> QuerySet[Organization]:
    """Return the branches and communities that nobody leads (R-09)."""
    kinds = (*MEETING_REGULARLY, Kinds.COMMUNITY)
    return Organization.objects.open().filter(kind__in=kinds).exclude(is_led(day))


def _with_term(rows: QuerySet[TermOfOffice]) -> QuerySet[Organization]:
    places = rows.order_by().values("body__organization")
    return Organization.objects.open().filter(pk__in=places)


def with_overdue_term(day: dt.date) -> QuerySet[Organization]:
    """Return the organizations with a term that has run out (R-05)."""
    return _with_term(TermOfOffice.objects.to_be_renewed(day).filter(ends_on__lte=day))


def with_ending_term(day: dt.date) -> QuerySet[Organization]:
    """Return the organizations with a term that ends within six months (R-06)."""
    return _with_term(TermOfOffice.objects.to_be_renewed(day).filter(ends_on__gt=day))


def led_before_election(day: dt.date) -> QuerySet[Organization]:
    """Return where somebody leads since before the committee's term began (R-10)."""
    early = SeatHolding.objects.filter(
        current_on(day), seat__kind__leads=True, starts_on__lt=F("term__starts_on")
    )
    places = early.order_by().values("seat__body__organization")
    return Organization.objects.open().filter(pk__in=places)


def temporary_with_members(_day: dt.date) -> QuerySet[Organization]:
    """Return the temporary branches to which members belong, or to groups (R-07)."""
    rows = Organization.objects.open().filter(kind=Kinds.TEMPORARY_BRANCH)
    people: QuerySet[Organization] = with_people(rows).filter(belonging__gt=0)
    return people


def _joint(day: dt.date) -> Any:
    """Annotate how many units each joint branch covers today."""
    covers = UnitCover.objects.current(day).filter(organization=OuterRef("pk"))
    counted = covers.order_by().values("organization").annotate(n=Count("pk"))
    units = Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)
    joint = Organization.objects.open().filter(kind=Kinds.JOINT_BRANCH)
    return joint.annotate(covered_units=units)


def joint_of_many_units(day: dt.date) -> QuerySet[Organization]:
    """Return the joint branches of more units than one ought to serve (R-02)."""
    most = UNITS_OF_A_JOINT_BRANCH
    rows: QuerySet[Organization] = _joint(day).filter(covered_units__gt=most)
    return rows


def joint_of_one_unit(day: dt.date) -> QuerySet[Organization]:
    """Return the joint branches on record for a single unit (R-02)."""
    rows: QuerySet[Organization] = _joint(day).filter(covered_units=1)
    return rows


def page_of_covers(row: Organization) -> str:
    """Return the units of the place where the branch stands."""
    return reverse("organizations:units")


def page_of_terms(row: Organization) -> str:
    """Return the bodies of an organization whose term ends or has run out."""
    query = urlencode({"organization": f"{row.pk}", "term": "ending"})
    return f"{reverse('communities:bodies')}?{query}"


def rule(
    key: str, label: StrOrPromise, cites: StrOrPromise, advice: StrOrPromise, *rest: Any
) -> StructuralRule:
    """Declare a rule of this app."""
    return StructuralRule(f"communities.{key}", label, cites, advice, *rest)


RULES = (
    rule(
        "temporary_members",
        _("A temporary branch to which members belong"),
        ON_SIZE,
        _("Move them back to the branch to which they belong."),
        temporary_with_members,
        page_of_members,
    ),
    rule(
        "joint_many_units",
        _("A joint branch of more than five units"),
        ON_SIZE,
        _("Found another joint branch, or a branch where there are three members."),
        joint_of_many_units,
        page_of_covers,
    ),
    rule(
        "joint_one_unit",
        _("A joint branch of one unit alone"),
        ON_SIZE,
        _("Enter the other units that it covers, or make it that unit's own branch."),
        joint_of_one_unit,
        page_of_covers,
    ),
    rule(
        "few_full_members",
        _("Fewer full members than form a branch"),
        ON_SIZE,
        _("Form a joint branch with neighbours, or dissolve it into another branch."),
        with_few_full_members,
        Organization.get_absolute_url,
    ),
    rule(
        "many_members",
        _("More members than one branch ought to have"),
        ON_SIZE,
        _("Split it, or make it a general branch with the superior's approval."),
        with_many_members,
        Organization.get_absolute_url,
    ),
    rule(
        "large_general_branch",
        _("A general branch with more than a hundred members"),
        ON_SIZE,
        _("Ask the superior whether a committee is to be formed."),
        general_branches_too_large,
        page_of_members,
    ),
    rule(
        "no_committee",
        _("Seven full members and no committee"),
        ON_COMMITTEES,
        _("Elect a committee of three to five, seven at most."),
        without_committee,
        page_of_bodies,
    ),
    rule(
        "odd_committee",
        _("A committee of fewer than three or more than seven seats"),
        ON_COMMITTEES,
        _("Open or close seats, so that there are three to seven."),
        with_odd_committee,
        page_of_bodies,
    ),
    rule(
        "no_secretary",
        _("No secretary"),
        ON_COMMITTEES,
        _("Fill the seat of the secretary."),
        without_secretary,
        page_of_bodies,
    ),
    rule(
        "overdue_term",
        _("A term that has run out"),
        ON_TERMS,
        _("Hold the election, or enter the approved extension of a year at most."),
        with_overdue_term,
        page_of_terms,
    ),
    rule(
        "ending_term",
        _("A term that ends within six months"),
        ON_TERMS,
        _("Remind the organization now, and prepare the election."),
        with_ending_term,
        page_of_terms,
    ),
    rule(
        "early_leader",
        _("A leader in office before the committee was elected"),
        _("Rules of statistics within the Party: offices and committees agree"),
        _("Correct the day on which the seat was taken, or the beginning of the term."),
        led_before_election,
        page_of_bodies,
    ),
)
