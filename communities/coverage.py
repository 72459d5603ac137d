"""What communities and branches ought to have: branches, leaders, meetings held."""

import datetime as dt
from collections.abc import Callable

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from communities.enums import (
    GRADUATE,
    INSTRUCTORS,
    LEADERS_CONTACTS,
    RESERVES,
    MeetingKind,
)
from communities.models import SeatHolding, ServedPlace
from communities.owed_meetings import (
    MEETING_REGULARLY,
    branches_with_committee,
    first_of_quarter,
    has_met,
)
from core.db.querysets import current_on
from core.months import month_of
from core.text import StrOrPromise
from figures.coverage import Coverage
from members.enums import Standing
from organizations.enums import OrganizationKind, ThresholdKey
from organizations.models import Organization, Threshold

Kinds = OrganizationKind
BRANCHES = (Kinds.BRANCH, Kinds.JOINT_BRANCH, Kinds.GENERAL_BRANCH)
COMMITTEES = (
    *("community_committee", "branch_committee"),
    *("unit_branch_committee", "branch_secretary"),
)
"""The kinds of body whose leader is the secretary of an organization (R-03)."""


def open_communities(_day: dt.date) -> QuerySet[Organization]:
    """Return every community that exists."""
    return Organization.objects.open().communities()


def open_branches(_day: dt.date) -> QuerySet[Organization]:
    """Return every branch that meets regularly."""
    return Organization.objects.open().filter(kind__in=MEETING_REGULARLY)


def branches_electing(day: dt.date) -> QuerySet[Organization]:
    """Return every branch that is large enough for a committee (R-03)."""
    large = branches_with_committee(open_branches(day)).order_by().values("pk")
    return Organization.objects.filter(pk__in=large)


def has_branch(_day: dt.date) -> Q:
    """Return the condition that a branch stands below, directly or in a grid."""
    branches = Organization.objects.open().filter(kind__in=BRANCHES)
    return Q(Exists(branches.filter(parent=OuterRef("pk")))) | Q(
        Exists(branches.filter(parent__parent=OuterRef("pk")))
    )


def has_right_size(day: dt.date) -> Q:
    """Return the condition that a branch has as many members as R-01 wants."""
    sized = open_branches(day).annotate(
        belonging=Count("members"),
        full=Count("members", filter=Q(members__standing=Standing.FULL)),
    )
    right = sized.filter(
        full__gte=Threshold.objects.on(ThresholdKey.BRANCH_MINIMUM, day),
        belonging__lte=Threshold.objects.on(ThresholdKey.BRANCH_MAXIMUM, day),
    )
    return Q(pk__in=right.order_by().values("pk"))


def is_led(day: dt.date) -> Q:
    """Return the condition that somebody leads the organization's own committee."""
    led = SeatHolding.objects.filter(
        current_on(day),
        seat__kind__leads=True,
        seat__body__organization=OuterRef("pk"),
        seat__body__kind__code__in=COMMITTEES,
        seat__body__voided_at=None,
    )
    return Q(Exists(led))


def has_somebody(kind: str) -> Callable[[dt.date], Q]:
    """Return what says whether somebody sits in a kind of body, here or just below."""

    def condition(day: dt.date) -> Q:
        rows = SeatHolding.objects.filter(
            current_on(day),
            seat__body__kind__code=kind,
            seat__body__voided_at=None,
        )
        here = rows.filter(seat__body__organization=OuterRef("pk"))
        below = rows.filter(seat__body__organization__parent=OuterRef("pk"))
        return Q(Exists(here)) | Q(Exists(below))

    return condition


def has_graduate(day: dt.date) -> Q:
    """Return the condition that a graduate serves in a community, or below it (S2-11).

    To be on the list of reserves is not to serve.
    """
    rows = SeatHolding.objects.filter(
        current_on(day), recruited_from=GRADUATE, seat__body__voided_at=None
    ).exclude(seat__body__kind__code=RESERVES)
    place = "seat__body__organization"
    here = rows.filter(**{place: OuterRef("pk")})
    below = rows.filter(**{f"{place}__parent": OuterRef("pk")})
    return Q(Exists(here)) | Q(Exists(below))


def is_served_by(kind: str) -> Callable[[dt.date], Q]:
    """Return what says whether somebody of a kind of body is there for a place."""

    def condition(day: dt.date) -> Q:
        rows = ServedPlace.objects.current(day).filter(
            holding__seat__body__kind__code=kind
        )
        return Q(Exists(rows.filter(organization=OuterRef("pk"))))

    return condition


def page_of_served(_row: Organization) -> str:
    """Return the list of who is there for which place."""
    return reverse("communities:served_places")


def met_this_quarter(kind: MeetingKind) -> Callable[[dt.date], Q]:
    """Return what says whether a branch has met in a form in the quarter (R-40)."""

    return lambda day: has_met(kind, first_of_quarter(day))


def met_this_month(kind: MeetingKind) -> Callable[[dt.date], Q]:
    """Return what says whether a branch has met in a form in the month (R-40)."""
    return lambda day: has_met(kind, month_of(day))


def page_of_organizations(row: Organization) -> str:
    """Return the page from which branches are founded below an organization."""
    return row.get_absolute_url()


def page_of_bodies(row: Organization) -> str:
    """Return the bodies of an organization."""
    query = urlencode({"organization": row.pk})
    return f"{reverse('communities:bodies')}?{query}"


def page_of_members(row: Organization) -> str:
    """Return the members of a branch."""
    return f"{reverse('members:list')}?{urlencode({'organization': row.pk})}"


def page_of_owed_meetings(_row: Organization) -> str:
    """Return the meetings that are still owed."""
    return reverse("communities:owed")


def page_of_meetings(row: Organization) -> str:
    """Return the meetings of a branch, where one is recorded."""
    return f"{reverse('communities:list')}?{urlencode({'organization': row.pk})}"


def somebody(kind: str, label: StrOrPromise, lacking: StrOrPromise) -> Coverage:
    """Declare that every community has somebody in a kind of body."""
    return Coverage(
        f"communities_{kind}",
        label,
        lacking,
        open_communities,
        has_somebody(kind),
        page_of_bodies,
    )


COVERAGES = (
    Coverage(
        "communities_branch",
        _("Communities with a branch"),
        _("Communities without a branch"),
        open_communities,
        has_branch,
        page_of_organizations,
    ),
    Coverage(
        "communities_leader",
        _("Communities with a secretary"),
        _("Communities without a secretary"),
        open_communities,
        is_led,
        page_of_bodies,
    ),
    somebody(
        "police_commissioners",
        _("Communities with a police officer"),
        _("Communities without a police officer"),
    ),
    somebody(
        "instructors",
        _("Communities with an instructor"),
        _("Communities without an instructor"),
    ),
    somebody(
        "grid_workers",
        _("Communities with grid workers"),
        _("Communities without grid workers"),
    ),
    Coverage(
        "communities_graduates",
        _("Communities with a graduate"),
        _("Communities without a graduate"),
        open_communities,
        has_graduate,
        page_of_bodies,
    ),
    Coverage(
        "branches_instructor",
        _("Branches with an instructor of their own"),
        _("Branches without an instructor of their own"),
        open_branches,
        is_served_by(INSTRUCTORS),
        page_of_served,
    ),
    Coverage(
        "communities_contact",
        _("Communities with a leader as their contact"),
        _("Communities without a leader as their contact"),
        open_communities,
        is_served_by(LEADERS_CONTACTS),
        page_of_served,
    ),
    Coverage(
        "branches_size",
        _("Branches of the right size"),
        _("Branches with too few or too many members"),
        open_branches,
        has_right_size,
        page_of_members,
    ),
    Coverage(
        "branches_leader",
        _("Branches with a secretary"),
        _("Branches without a secretary"),
        open_branches,
        is_led,
        page_of_bodies,
    ),
    Coverage(
        "branches_members_meeting",
        _("Members' meetings held this quarter"),
        _("Branches without a members' meeting this quarter"),
        open_branches,
        met_this_quarter(MeetingKind.MEMBERS),
        page_of_owed_meetings,
    ),
    Coverage(
        "branches_committee_meeting",
        _("Committee meetings held this month"),
        _("Branches without a committee meeting this month"),
        branches_electing,
        met_this_month(MeetingKind.COMMITTEE),
        page_of_owed_meetings,
    ),
    Coverage(
        "branches_lesson",
        _("Branches with a Party lesson this quarter"),
        _("Branches without a Party lesson this quarter"),
        open_branches,
        met_this_quarter(MeetingKind.LESSON),
        page_of_meetings,
    ),
    Coverage(
        "branches_theme_day",
        _("Branches with a theme Party day this month"),
        _("Branches without a theme Party day this month"),
        open_branches,
        met_this_month(MeetingKind.THEME_DAY),
        page_of_meetings,
    ),
)
