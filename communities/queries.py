"""Queries for the form of a meeting."""

import datetime as dt
from collections.abc import Collection

from django.db.models import Q

from communities.enums import CALLING_SOME
from communities.models import Attendance, Meeting
from core.actors import Actor
from core.db.querysets import current_on
from core.db.tree import path_range
from members.models import Affiliation, Member
from members.querysets import MemberQuerySet
from organizations.models import Organization
from organizations.queries import filing_organization


def members_on(
    organization: Organization, day: dt.date, *, also: Collection[int] = ()
) -> MemberQuerySet:
    """Members formally affiliated with the organization on the day, and `also`."""
    affiliated = Affiliation.objects.filter(
        current_on(day), path_range("organization", organization.path)
    )
    listed = Q(pk__in=affiliated.values("member")) | Q(pk__in=also)
    return Member.objects.filter(listed).order_by("sort_key", "pk")


def possible_guests(
    organization: Organization, user: Actor, *, also: Collection[int] = ()
) -> MemberQuerySet:
    """Members checked in at the community, as far as the reader may see them (R-21).

    Members already on the list (`also`) are always offered.
    """
    seen = Member.objects.visible_to(user).checked_in_at(
        filing_organization(organization)
    )
    listed = Q(pk__in=seen.order_by().values("pk")) | Q(pk__in=also)
    return Member.objects.filter(listed).order_by("sort_key", "pk")


def members_called_last_time(organization: Organization, kind: str) -> set[int]:
    """Members called to the last meeting of the kind; committees rarely change."""
    if kind not in CALLING_SOME:
        return set()
    meetings = Meeting.objects.filter(organization=organization, kind=kind)
    last = meetings.order_by("-held_on", "-pk").first()
    rows = Attendance.objects.called().filter(meeting=last)
    return set(rows.values_list("member", flat=True))
