"""Reads of records that may be one person's, and of their merging."""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from core.actors import Actor
from core.db.querysets import ScopedQuerySet
from members.enums import PairState
from organizations.roles import RECORD_KEEPERS

if TYPE_CHECKING:
    from members.models import DuplicatePair, MemberMerge
    from members.querysets.members import MemberQuerySet


def _members() -> "MemberQuerySet":
    rows: MemberQuerySet = apps.get_model("members", "Member").objects.all()
    return rows


class DuplicatePairQuerySet(ScopedQuerySet["DuplicatePair"]):
    """Pairs of records, seen and settled by those who keep both.

    Whoever keeps one of both alone learns of the other no more than its street.
    """

    organization_lookups = ()
    seen_with = RECORD_KEEPERS
    managed_with = RECORD_KEEPERS

    def seen_by(self, user: Actor) -> Q:
        """Return the condition for pairs of which the person keeps both records.

        Of two that were merged one record is left, and whoever keeps it settles them.
        """
        kept = self.kept_by(user)
        settled = Q(state=PairState.MERGED) & (kept["first"] | kept["second"])
        return kept["first"] & kept["second"] | settled

    def managed_by(self, user: Actor) -> Self:
        """Pairs that the person settles, as `seen_by`; whatever was decided of them."""
        return self.filter(self.seen_by(user))

    def reaching_out(self, user: Actor) -> Self:
        """Open pairs of which the person keeps one record and others the second."""
        kept = self.kept_by(user)
        one = kept["first"] & ~kept["second"] | kept["second"] & ~kept["first"]
        return self.open().filter(one)

    def open(self) -> Self:
        """Not settled; both records still stand."""
        return self.filter(
            state=PairState.OPEN, first__voided_at=None, second__voided_at=None
        )

    def kept_by(self, user: Actor) -> dict[str, Q]:
        """Return for each side the condition that the person keeps its record."""
        kept = _members().managed_by(user)
        return {
            side: Q(Exists(kept.filter(pk=OuterRef(f"{side}_id"))))
            for side in ("first", "second")
        }


class MemberMergeQuerySet(ScopedQuerySet["MemberMerge"]):
    """Mergings, seen and undone by those who keep the record that stays."""

    organization_lookups = ()
    seen_with = RECORD_KEEPERS
    managed_with = RECORD_KEEPERS

    def seen_by(self, user: Actor) -> Q:
        """Return the condition for mergings into records that the person keeps."""
        return Q(Exists(_members().managed_by(user).filter(pk=OuterRef("kept_id"))))

    def managed_by(self, user: Actor) -> Self:
        """Mergings into records that the person keeps."""
        return self.filter(self.seen_by(user))

    def standing(self) -> Self:
        """Not undone."""
        return self.filter(undone_at=None)
