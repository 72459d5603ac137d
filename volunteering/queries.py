"""Reads that need more than one table: suitable shifts, lists of shifts."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Prefetch, QuerySet, Sum

from core.actors import Actor, scope_of
from members.models import Member
from organizations.models import CodeItem, Organization
from organizations.queries import filing_organization
from volunteering.enums import CodeList
from volunteering.models import Claim, Post, ServiceRecord, Shift
from volunteering.querysets import ShiftQuerySet


def labels_of(code_list: CodeList, codes: Iterable[str]) -> list[str]:
    """Return the labels of some codes, in the order of the list."""
    rows = CodeItem.objects.listed(code_list).filter(code__in=list(codes))
    return list(rows.values_list("label", flat=True))


def member_of_account(user: Actor) -> Member | None:
    """Return the member to whom the account belongs, if any."""
    member_id = scope_of(user).member_id
    if member_id is None:
        return None
    rows = Member.objects.select_related("organization", "community")
    return rows.get(pk=member_id)


def home_communities(member: Member) -> list[Organization]:
    """Return the member's own communities: of residence and of branch."""
    homes = [member.community] if member.community is not None else []
    if member.organization is not None:
        homes.append(filing_organization(member.organization))
    return homes


def shifts_nearest_to(user: Actor) -> ShiftQuerySet:
    """Return the shifts a reader may see, the nearest to them first.

    Each row knows which claim of the reader holds a place in it.
    """
    member = member_of_account(user)
    own = Claim.objects.of_member(member.pk if member else None)
    skills = member.skills if member else []
    homes = home_communities(member) if member else []
    rows = Shift.objects.visible_to(user).select_related("post__organization")
    return rows.with_claim_of(own).nearest_first(skills, homes)


def shifts_for(post: Post, user: Actor, *, keeps: bool) -> QuerySet[Shift]:
    """Return a post's shifts as a reader may see them.

    Keepers see all of them and who has claimed them, others what is still to come.
    """
    own = Claim.objects.of_member(scope_of(user).member_id)
    rows = post.shifts.with_claim_of(own).order_by("starts_at", "pk")
    if not keeps:
        return rows.to_come()
    held = Claim.objects.holding().select_related("member").order_by("claimed_at", "pk")
    return rows.prefetch_related(Prefetch("claims", held, to_attr="held"))


def confirmed_hours(member_id: int) -> Decimal:
    """Return all confirmed hours of a member."""
    rows = ServiceRecord.objects.confirmed().of_member(member_id)
    return Decimal(rows.aggregate(hours=Sum("hours", default=Decimal(0)))["hours"])
