"""Reads of corrections that members propose."""

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q

from core.actors import Actor, scope_of
from core.db.querysets import ScopedQuerySet
from members.enums.corrections import CorrectionState
from organizations.roles import RECORD_KEEPERS

if TYPE_CHECKING:
    from members.models import ProposedCorrection


class ProposedCorrectionQuerySet(ScopedQuerySet["ProposedCorrection"]):
    """Proposed corrections: for the member, and for who keeps the record today."""

    organization_lookups = ("member__organization", "member__community")
    member_lookup = "member"
    seen_with = RECORD_KEEPERS
    managed_with = RECORD_KEEPERS
    decided_by_others = True

    def seen_by(self, user: Actor) -> Q:
        """Return the condition for those of kept records, and one's own."""
        own = scope_of(user).member_id
        mine = Q(pk__in=[]) if own is None else self._about("member", own)
        return self._of_kept_records(user) | mine

    def managed_by(self, user: Actor) -> Self:
        """Those of members whose record the person keeps, but for their own."""
        return self.filter(self._of_kept_records(user)).not_about(user)

    def open(self) -> Self:
        """Waiting for who keeps the record."""
        return self.filter(state=CorrectionState.OPEN)

    def _of_kept_records(self, user: Actor) -> Q:
        members: Any = self.model._meta.get_field("member").related_model
        return Q(member__in=members.objects.managed_by(user).order_by().values("pk"))
