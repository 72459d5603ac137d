"""Reads of guarded remarks."""

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q
from django.db.models.functions import Coalesce

from core.actors import Actor, scope_of
from core.db.querysets import ScopedQuerySet, any_of
from core.months import today
from members.enums import REMARK_KEEPERS, RemarkAnswer

if TYPE_CHECKING:
    from members.models import GuardedRemark


class GuardedRemarkQuerySet(ScopedQuerySet["GuardedRemark"]):
    """Guarded remarks: kept by the secretary and the street, read by the member.

    Whoever guides an organization, and its deputies, clerks and branches, see none.
    An expired remark is seen by nobody, and nobody keeps the remarks about themselves.
    """

    member_lookup = "member"
    decided_by_others = True
    managed_with = REMARK_KEEPERS

    def seen_by(self, user: Actor) -> Q:
        """Return the condition for remarks the person may read today."""
        scope = scope_of(user)
        conditions = self._below(scope.paths(REMARK_KEEPERS))
        if scope.member_id is not None:
            conditions.append(self._about(self.member_lookup, scope.member_id))
        return any_of(conditions) & Q(expires_on__gt=today())

    def managed_by(self, user: Actor) -> Self:
        """Remarks that the person keeps, as long as they are shown."""
        return super().managed_by(user).filter(expires_on__gt=today())

    def of_members(self) -> Any:
        """Of members, with `unit_of_member`: where they worked then, else work now."""
        rows = self.filter(member__isnull=False)
        return rows.annotate(unit_of_member=Coalesce("unit", "member__employer"))

    def in_state(self, state: str) -> Self:
        """Without a reply, with one, or settled: they took part after all."""
        conditions = {
            RemarkAnswer.UNANSWERED: Q(settled_on=None, reply=""),
            RemarkAnswer.ANSWERED: Q(settled_on=None) & ~Q(reply=""),
            RemarkAnswer.SETTLED: Q(settled_on__isnull=False),
        }
        return self.filter(conditions[RemarkAnswer(state)])

    def of_units(self) -> Self:
        """Of units, or of people of units, who have not taken part since."""
        return self.filter(unit__isnull=False, settled_on=None)
