"""What this app registers: proofs of contact, closers, blockers, unfinished work."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Max, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.actors import Actor
from core.audit.presentation import label_values
from core.months import months_before
from core.months import today as today
from core.registries.page_sections import PageSection
from core.registries.page_sections import page_sections as page_sections
from exchange.public_sections import public_sections
from members.counted_work import CountedWork, counted_work
from members.duplicates.merged import own_or_merged
from members.ends.closers import MemberCloser, MembershipEnd, closers
from members.ends.dated_records import DatedRecords, dated_records
from members.funnels import FunnelStep as FunnelStep
from members.funnels import funnel_steps as funnel_steps
from members.lost_contacts.contacts import ContactFacts, contact_facts
from members.models import CheckInRound as CheckInRound
from members.opinions.facts import MemberFact, member_facts
from members.participation import Participation as Participation
from members.participation import participations as participations
from organizations.actions import give_back, name_of, take_along
from organizations.closing_blockers import PROJECT, ClosingBlocker, closing_blockers
from organizations.mergers import Merger, mergers
from organizations.queries import labels_of_code_list
from organizations.unfinished_work import UnfinishedWork, unfinished_work
from volunteering.actions import withdraw_claim
from volunteering.enums import PostState, RecordState
from volunteering.hooks import (  # noqa: F401 -- register theirs
    calendar,
    many_at_once,
    people,
)
from volunteering.models import Claim, Post, ServiceRecord, Shift
from volunteering.notices import notify_free_slot
from volunteering.querysets import ClaimQuerySet, ServiceRecordQuerySet

MONTHS_OF_SERVICE = 12
"""Over so many months an opinion and a unit's page tell of service."""


def last_service(member_ids: Iterable[int]) -> Mapping[int, dt.date]:
    """The day of each member's last confirmed service."""
    rows = ServiceRecord.objects.confirmed().filter(member_id__in=list(member_ids))
    latest = rows.order_by().values("member_id").annotate(day=Max("served_on"))
    return dict(latest.values_list("member_id", "day"))


contact_facts.add(ContactFacts("volunteering", last_service))


def describe_service(member_ids: Iterable[int], day: dt.date) -> Mapping[int, str]:
    """Say how often members served in the twelve months up to a day, and how long."""
    rows = ServiceRecord.objects.confirmed().filter(
        own_or_merged(member_ids),
        served_on__gt=months_before(day, MONTHS_OF_SERVICE),
        served_on__lte=day,
    )
    person = Coalesce("member__merged_into", "member")
    sums = rows.order_by().values(person=person)
    totals = sums.annotate(times=Count("pk"), hours=Sum("hours"))
    return {
        row["person"]: ngettext(
            "%(times)s time, %(hours)s hours",
            "%(times)s times, %(hours)s hours",
            row["times"],
        )
        % {"times": row["times"], "hours": f"{row['hours'].normalize():f}"}
        for row in totals
    }


member_facts.add(
    MemberFact(
        "volunteering.service",
        _("Service confirmed in the last twelve months"),
        describe_service,
        _("None"),
    )
)


def find_counted_months(member_ids: Iterable[int]) -> Iterable[tuple[int, dt.date]]:
    """Return the communities and months in which members' claims are counted."""
    claims = Claim.objects.holding().filter(member_id__in=list(member_ids)).order_by()
    return claims.values_list("shift__post__organization", "month").distinct()


counted_work.add(CountedWork("volunteering", find_counted_months))


def open_posts() -> QuerySet[Post]:
    """Posts that are not closed."""
    return Post.objects.exclude(state=PostState.CLOSED)


mergers.add(
    Merger(
        "volunteering.posts",
        _("posts that go along, with their claims: %(count)s"),
        open_posts,
        take_along(),
        take_back=give_back(),
        remember=name_of,
        within_return=True,
    )
)
closing_blockers.add(
    ClosingBlocker(
        "volunteering.posts",
        _("posts not closed: %(count)s (close them)"),
        open_posts,
    ),
    ClosingBlocker(
        "volunteering.project_posts",
        _("posts not closed: %(count)s (close them)"),
        open_posts,
        closes=PROJECT,
        column="project",
    ),
)


def claims_to_come() -> QuerySet[Claim]:
    """Return claims of shifts that have not begun."""
    return Claim.objects.all().to_come()


def close_claim(claim: Claim, end: MembershipEnd) -> None:
    """Give back the place of a member who ends or moves away; notify the others."""
    withdraw_claim(claim, by=end.by)
    notify_free_slot(claim.shift)


closers.add(
    MemberCloser(
        "volunteering.claims",
        _("claims given back: %(count)s"),
        claims_to_come,
        close_claim,
        organization_lookup="shift__post__organization",
    ),
)


def holding_claims() -> QuerySet[Claim]:
    """Return claims that hold a place."""
    return Claim.objects.holding()


def settled_service() -> QuerySet[ServiceRecord]:
    """Return service that waits or is confirmed: what was handed back says nothing."""
    return ServiceRecord.objects.settled()


def page_to_correct(record: ServiceRecord) -> str:
    """Return the page on which hours are handed back, or recorded anew."""
    if record.state == RecordState.RETURNED:
        return reverse("volunteering:record", args=[record.claim_id])
    is_confirmed = record.state == RecordState.CONFIRMED
    name = "take_back" if is_confirmed else "return"
    return reverse(f"volunteering:{name}", args=[record.pk])


dated_records.add(
    DatedRecords(
        "volunteering.claims",
        _("claims made on %(days)s"),
        holding_claims,
        day="claimed_at__date",
        keeper="shift__post__organization",
        page=Claim.get_absolute_url,
    ),
    DatedRecords(
        "volunteering.service",
        _("service on %(days)s"),
        settled_service,
        day="served_on",
        keeper="community",
        page=page_to_correct,
    ),
)

label_values("volunteering.Post", category=labels_of_code_list("post_categories"))


def unconfirmed_in(month: dt.date) -> ServiceRecordQuerySet:
    """Return the services of a month's shifts that wait for confirmation."""
    return ServiceRecord.objects.submitted().filter(
        claim__shift__starts_at__year=month.year,
        claim__shift__starts_at__month=month.month,
    )


def describe_unconfirmed(count: int) -> str:
    """Say how many services are not confirmed."""
    words = ngettext(
        "%(n)s service record of this month is not confirmed yet",
        "%(n)s service records of this month are not confirmed yet",
        count,
    )
    return words % {"n": count}


def unrecorded_in(month: dt.date) -> ClaimQuerySet:
    """Return the claims of a month's shifts of which no hours are recorded."""
    return Claim.objects.unrecorded().filter(
        shift__starts_at__year=month.year, shift__starts_at__month=month.month
    )


def describe_unrecorded(count: int) -> str:
    """Say of how many claims no hours are recorded."""
    words = ngettext(
        "of %(n)s claimed shift of this month no hours are recorded yet",
        "of %(n)s claimed shifts of this month no hours are recorded yet",
        count,
    )
    return words % {"n": count}


unfinished_work.add(
    UnfinishedWork(
        "volunteering.service",
        unconfirmed_in,
        describe_unconfirmed,
        lambda: reverse("volunteering:service"),
    ),
    UnfinishedWork(
        "volunteering.unrecorded",
        unrecorded_in,
        describe_unrecorded,
        lambda: reverse("volunteering:unrecorded"),
    ),
)


SHOWN_POSTS = 10


def describe_open_posts(place: Any, stranger: Actor) -> Mapping[str, Any]:
    """Return the posts of a place whose shifts want people; nothing if there are none.

    They are the same posts that strangers find on the list of posts.
    """
    shifts = Shift.objects.claimable().within(place)
    posts = Post.objects.visible_to(stranger).filter(shifts__in=shifts).distinct()
    rows = list(posts.order_by("title", "pk")[:SHOWN_POSTS])
    return {"posts": rows} if rows else {}


public_sections.add(
    PageSection(
        "volunteering.posts",
        "organizations.Organization",
        "volunteering/_public_posts.html",
        describe_open_posts,
    )
)
