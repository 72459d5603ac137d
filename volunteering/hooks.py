"""What this app registers: proofs of contact, closers and blockers."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from core.audit.presentation import label_values
from members.closers import MemberCloser, MembershipEnd, closers
from members.contacts import ContactFacts, contact_facts
from members.counted_work import CountedWork, counted_work
from members.dated_records import DatedRecords, dated_records
from organizations.closing_blockers import PROJECT, ClosingBlocker, closing_blockers
from organizations.queries import labels_of_code_list
from volunteering.actions import withdraw_claim
from volunteering.enums import PostState
from volunteering.models import Claim, Post, ServiceRecord
from volunteering.notices import notify_free_slot


def last_service(member_ids: Iterable[int]) -> Mapping[int, dt.date]:
    """The day of each member's last confirmed service."""
    rows = ServiceRecord.objects.confirmed().filter(member_id__in=list(member_ids))
    latest = rows.order_by().values("member_id").annotate(day=Max("served_on"))
    return dict(latest.values_list("member_id", "day"))


contact_facts.add(ContactFacts("volunteering", last_service))


def find_counted_months(member_ids: Iterable[int]) -> Iterable[tuple[int, dt.date]]:
    """Return the communities and months in which members' claims are counted."""
    claims = Claim.objects.holding().filter(member_id__in=list(member_ids)).order_by()
    return claims.values_list("shift__post__organization", "month").distinct()


counted_work.add(CountedWork("volunteering", find_counted_months))


def open_posts() -> QuerySet[Post]:
    """Posts that are not closed."""
    return Post.objects.exclude(state=PostState.CLOSED)


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
        ServiceRecord.objects.all,
        day="served_on",
        keeper="community",
        page=ServiceRecord.get_absolute_url,
    ),
)

label_values("volunteering.Post", category=labels_of_code_list("post_categories"))
