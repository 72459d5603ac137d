"""Which branches owe which meetings, and whether they have met (R-03, R-40)."""

import datetime as dt

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from communities.enums import MeetingKind
from communities.models import Meeting
from core.months import month_of, shift_month
from members.enums import Standing
from organizations.enums import OrganizationKind
from organizations.models import Organization

MEETING_REGULARLY = (OrganizationKind.BRANCH, OrganizationKind.JOINT_BRANCH)
FORMING_A_COMMITTEE = 7
"""Full members, by the regulations on branches (R-03)."""


def branches_with_committee(branches: QuerySet[Organization]) -> QuerySet[Organization]:
    """Return the branches with seven full members, which elect a committee (R-03)."""
    full = Count("members", filter=Q(members__standing=Standing.FULL))
    return branches.annotate(full_members=full).filter(
        full_members__gte=FORMING_A_COMMITTEE
    )


def has_met(kind: MeetingKind, since: dt.date) -> Q:
    """Return the condition that a branch has held a meeting of a kind since a day."""
    held = Meeting.objects.held().filter(
        organization=OuterRef("pk"), kind=kind, held_on__gte=since
    )
    return Q(Exists(held))


def first_of_quarter(day: dt.date) -> dt.date:
    """Return the first month of the quarter in which a day lies."""
    month = month_of(day)
    return shift_month(month, -((month.month - 1) % 3))
