"""Reads of posts, shifts, claims and service."""

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Self

from django.db.models import (
    BooleanField,
    Case,
    Count,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils import timezone

from core.actors import Actor
from core.db.querysets import Node, ScopedQuerySet, any_of
from core.db.tree import ancestor_paths, path_range
from organizations.roles import READERS, RECORD_KEEPERS
from volunteering.enums import (
    AWAITING_OR_CONFIRMED,
    HOLDING,
    ClaimState,
    PostState,
    RecordState,
)

if TYPE_CHECKING:
    from volunteering.models import Claim, Post, ServiceRecord, Shift


ORGANIZATION = "post__organization"


class PostQuerySet(ScopedQuerySet["Post"]):
    """Posts: public once offered; drafts are visible to those who manage them."""

    seen_with = READERS
    managed_with = RECORD_KEEPERS

    def visible_to(self, user: Actor) -> Self:
        """Posts that are or were on offer, and the drafts within one's scope."""
        in_scope = super().visible_to(user)
        return self.filter(~Q(state=PostState.DRAFT) | Q(pk__in=in_scope.values("pk")))

    def drafts(self) -> Self:
        """Not on offer yet."""
        return self.filter(state=PostState.DRAFT)

    def counted_in(self, month: dt.date) -> Self:
        """On offer at the end of a month, as the months were counted."""
        return self.filter(
            Q(close_month=None) | Q(close_month__gt=month), open_month__lte=month
        )

    def without_contact(self) -> Self:
        """Not closed, and without a contact person, as posts of before are."""
        return self.filter(contact_name="").exclude(state=PostState.CLOSED)


class ShiftQuerySet(ScopedQuerySet["Shift"]):
    """Shifts: as public as their posts."""

    organization_lookups = ("post__organization",)
    seen_with = READERS
    managed_with = RECORD_KEEPERS

    def visible_to(self, user: Actor) -> Self:
        """Shifts of offered posts, and of the drafts within one's scope."""
        in_scope = super().visible_to(user)
        return self.filter(
            ~Q(post__state=PostState.DRAFT) | Q(pk__in=in_scope.values("pk"))
        )

    def to_come(self) -> Self:
        """Not begun yet."""
        return self.filter(starts_at__gt=timezone.now())

    def of_posts_without_contact(self) -> Self:
        """Of posts that are not closed and name no contact person."""
        rows = self.filter(post__contact_name="")
        return rows.exclude(post__state=PostState.CLOSED)

    def first_of_posts(self) -> Self:
        """The first shift of each post."""
        own = self.model._default_manager.filter(post=OuterRef("post"))
        first = own.order_by("starts_at", "pk").values("pk")[:1]
        return self.filter(pk=Subquery(first))

    def one_of_each_post(self) -> Self:
        """The soonest of these shifts for each post; annotates `more_shifts`.

        A post with a month of shifts is one thing to look at, not thirty.
        """
        these = self.order_by().values("pk")
        same = self.model._default_manager.filter(post=OuterRef("post"), pk__in=these)
        first = same.order_by("starts_at", "pk").values("pk")[:1]
        counted = same.order_by().values("post").annotate(n=Count("pk") - 1).values("n")
        rows = self.annotate(more_shifts=Subquery(counted))
        return rows.filter(pk=Subquery(first))

    def at_weekend(self, saturday: dt.date) -> Self:
        """Beginning on a Saturday or on the Sunday after it."""
        days = (saturday, saturday + dt.timedelta(days=1))
        return self.filter(starts_at__date__in=days)

    def begun(self) -> Self:
        """Under way or over."""
        return self.filter(starts_at__lte=timezone.now())

    def claimable(self) -> Self:
        """To come, of an open post, with a place left."""
        return self.to_come().filter(
            post__state=PostState.OPEN, cancelled_at=None, claimed__lt=F("capacity")
        )

    def nearest_first(self, skills: Collection[str], homes: Collection[Node]) -> Self:
        """Those of one's own communities first, then suitable ones of the street.

        Among one's own, shifts that need one's skills come first; elsewhere such shifts
        come before the rest only within the street, where a person may be expected to
        go. Annotates `fits_skills`, `fits_community` and `fits_nearby`. The list of
        skills is compared as text, each code between its quotes, because SQLite has no
        operator for lists.
        """
        skilled = any_of(Q(skills_text__contains=f'"{code}"') for code in skills)
        own = any_of(path_range(ORGANIZATION, home.path) for home in homes)
        streets = {above for home in homes for above in ancestor_paths(home.path)[-1:]}
        around = any_of(path_range(ORGANIZATION, street) for street in streets)
        return (
            self.alias(skills_text=Cast("post__skills", TextField()))
            .annotate(
                fits_skills=_one_if(skilled),
                fits_community=_one_if(own),
                fits_nearby=_one_if(around & skilled),
            )
            .order_by("-fits_community", "-fits_nearby", "starts_at", "pk")
        )

    def unrecorded(self, claims: "QuerySet[Claim]") -> Self:
        """Begun, with some of these claims unrecorded; annotates `unrecorded_count`."""
        open_ = claims.unrecorded().filter(shift=OuterRef("pk")).order_by()  # type: ignore[attr-defined] # a ClaimQuerySet
        counted = open_.values("shift").annotate(n=Count("pk")).values("n")
        return self.annotate(unrecorded_count=Subquery(counted)).filter(
            unrecorded_count__gt=0
        )

    def with_claim_of(self, claims: "QuerySet[Claim]") -> Self:
        """Annotate `own_claim`: which of these claims holds a place here."""
        own = claims.filter(shift=OuterRef("pk"), state__in=HOLDING)
        return self.annotate(own_claim=Subquery(own.values("pk")[:1]))


def _one_if(condition: Q) -> Case:
    return Case(
        When(condition, then=Value(1)), default=Value(0), output_field=IntegerField()
    )


class ClaimQuerySet(ScopedQuerySet["Claim"]):
    """Claims: seen by the member and by those who keep the post."""

    organization_lookups = ("shift__post__organization",)
    member_lookup = "member"
    seen_with = READERS
    managed_with = RECORD_KEEPERS

    def holding(self) -> Self:
        """Holding a place: not withdrawn."""
        return self.filter(state__in=HOLDING)

    def of_member(self, member_id: int | None) -> Self:
        """One member's claims; none for None."""
        if not member_id:
            return self.none()
        merged = Q(member__merged_into=member_id)
        return self.filter(Q(member=member_id) | merged)

    def overlapping(self, starts_at: dt.datetime, ends_at: dt.datetime) -> Self:
        """Promised for a time that overlaps the span."""
        return self.filter(shift__starts_at__lt=ends_at, shift__ends_at__gt=starts_at)

    def made_on(self, day: dt.date) -> Self:
        """Made on one day in the office's time zone."""
        return self.filter(claimed_at__date=day)

    def to_come(self) -> Self:
        """Active claims of shifts that have not begun, the soonest first."""
        rows = self.filter(state=ClaimState.ACTIVE, shift__starts_at__gt=timezone.now())
        return rows.order_by("shift__starts_at", "pk")

    def unrecorded(self) -> Self:
        """Of begun shifts, without hours or with hours that were returned."""
        return self.filter(
            Q(record=None) | Q(record__state=RecordState.RETURNED),
            state=ClaimState.ACTIVE,
            shift__starts_at__lte=timezone.now(),
        )

    def to_settle(self) -> Self:
        """Whose attendance can still be recorded: no hours submitted or confirmed."""
        open_ = Q(record=None) | Q(record__state=RecordState.RETURNED)
        return self.filter(open_, state__in=[ClaimState.ACTIVE, ClaimState.MISSED])

    def counted_in(self, month: dt.date) -> Self:
        """Made in the month and not withdrawn within it.

        A later withdrawal leaves the earlier month as it was published.
        """
        return self.filter(
            Q(withdrawn_month=None) | Q(withdrawn_month__gt=F("month")), month=month
        )


class ServiceRecordQuerySet(ScopedQuerySet["ServiceRecord"]):
    """Records of service: seen by the member, managed by the community."""

    organization_lookups = ("community",)
    member_lookup = "member"
    seen_with = READERS
    managed_with = RECORD_KEEPERS

    def submitted(self) -> Self:
        """Waiting for confirmation."""
        return self.filter(state=RecordState.SUBMITTED)

    def of_member(self, member_id: int) -> Self:
        """One member's service, under whichever of their records."""
        return self.filter(Q(member=member_id) | Q(member__merged_into=member_id))

    def settled(self) -> Self:
        """Waiting for confirmation, or confirmed."""
        return self.filter(state__in=AWAITING_OR_CONFIRMED)

    def confirmed(self) -> Self:
        """Confirmed by a second person."""
        return self.filter(state=RecordState.CONFIRMED)

    def not_recorded_by(self, user: Actor) -> Self:
        """Neither recorded nor served by the person."""
        return self.with_own_marked(user).exclude(is_own=True)

    def with_own_marked(self, user: Actor) -> Self:
        """Annotate `is_own`: whether the person recorded the hours or served them."""
        served = Q(member__user__isnull=False, member__user=user)
        own = Q(recorded_by=user) | served
        return self.annotate(is_own=ExpressionWrapper(own, BooleanField()))

    def counted_in(self, month: dt.date) -> Self:
        """Confirmed, and counting in the month."""
        return self.confirmed().filter(month=month)
