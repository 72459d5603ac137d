"""Reads of transfers by letter."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db.models import Count, Exists, OuterRef, Q

from core.actors import Actor, scope_of
from core.db.querysets import ScopedQuerySet, any_of
from core.db.tree import path_range
from members.enums import UNDER_WAY, TransferKind, TransferState
from organizations.roles import MEETING_KEEPERS, RECORD_KEEPERS

if TYPE_CHECKING:
    from members.models import Transfer


class TransferQuerySet(ScopedQuerySet["Transfer"]):
    """Transfers, seen where they come from and, once issued, where they go."""

    organization_lookups = ("origin",)
    seen_with = MEETING_KEEPERS
    managed_with = RECORD_KEEPERS

    def seen_by(self, user: Actor) -> Q:
        """Return a condition on transfers from the person's area, or on its way."""
        paths = scope_of(user).seen_paths(self.seen_with | self.managed_with)
        return super().seen_by(user) | self._on_the_way_to(paths)

    def _on_the_way_to(self, paths: Iterable[str]) -> Q:
        there = any_of(path_range("destination", path) for path in paths)
        return Q(issued_on__isnull=False) & there

    def leaving(self, user: Actor) -> Self:
        """From the person's area."""
        paths = scope_of(user).seen_paths(self.seen_with)
        return self.filter(any_of(path_range("origin", path) for path in paths))

    def coming(self, user: Actor) -> Self:
        """To the person's area; those that are only proposed are not to be seen yet."""
        return self.coming_to(user, self.seen_with)

    def coming_to(self, user: Actor, roles: Iterable[str]) -> Self:
        """To places where the person holds one of the roles."""
        return self.filter(self._on_the_way_to(scope_of(user).paths(roles)))

    def addressed_to(self, user: Actor, roles: Iterable[str]) -> Self:
        """To streets where the person holds one of the roles."""
        paths = scope_of(user).paths(roles)
        return self.filter(any_of(path_range("addressee", path) for path in paths))

    def counted_by_cause(self, year: int) -> dict[str, int]:
        """Return how many were received in a year, by the code of the cause."""
        rows = self.filter(state=TransferState.RECEIVED, closed_on__year=year)
        counts = rows.order_by().values_list("cause").annotate(count=Count("pk"))
        return dict(counts)

    def alike(self, transfer: "Transfer") -> Self:
        """Proposed from the same street to the same place: one letter may name them."""
        return self.filter(
            state=TransferState.PROPOSED,
            issuer=transfer.issuer_id,
            addressee=transfer.addressee_id,
            to_text=transfer.to_text,
        )

    def of_letter(self, transfer: "Transfer") -> Self:
        """Named by the same letter of a street of the city, in its order."""
        same = self.filter(
            issuer=transfer.issuer_id, year=transfer.year, serial=transfer.serial
        )
        return same.filter(serial__isnull=False).order_by("line")

    def following(self, transfer: "Transfer") -> Self:
        """Issued in place of a letter, or begun after it and not come back since."""
        came_back = Q(state__in=[TransferState.REFUSED, TransferState.VOIDED])
        later = Q(member=transfer.member_id, pk__gt=transfer.pk) & ~came_back
        rows = self.filter(later | Q(replaces=transfer.pk))
        return rows.select_related("issuer").order_by("pk")

    def under_way(self) -> Self:
        """Waiting for somebody's step."""
        return self.filter(state__in=UNDER_WAY)

    def proposed(self) -> Self:
        """Waiting for the letter."""
        return self.filter(state=TransferState.PROPOSED)

    def in_transit(self) -> Self:
        """With a letter that was neither received, refused nor voided, and is valid."""
        return self.filter(state=TransferState.ISSUED)

    def arrived(self) -> Self:
        """In transit, with the arrival confirmed: the street has to receive."""
        return self.in_transit().filter(arrived_on__isnull=False)

    def in_transit_on(self, day: dt.date) -> Self:
        """In transit at the end of a day, by the days on record."""
        still = Q(closed_on=None) | Q(closed_on__gt=day)
        return self.filter(still, issued_on__lte=day)

    def running_out(self, day: dt.date, within: int) -> Self:
        """In transit, with so many days left on a day, or fewer."""
        last = day + dt.timedelta(days=within)
        return self.in_transit().filter(valid_until__lte=last)

    def expired(self) -> Self:
        """Expired, of members who still belong here and of whom nothing goes on.

        What came back or was voided since is no step after it, but for a letter in its
        place: the expired one waits on.
        """
        came_back = Q(state__in=[TransferState.REFUSED, TransferState.VOIDED])
        goes_on = ~came_back | Q(replaces=OuterRef("pk"))
        return self._unsettled(goes_on).filter(state=TransferState.EXPIRED)

    def came_back(self) -> Self:
        """Refused, and neither proposed anew nor let rest at the place of origin."""
        return self._unsettled().filter(state=TransferState.REFUSED, rested_on=None)

    def _unsettled(self, *follows: Q) -> Self:
        """Of members who still belong here and of whom nothing followed."""
        again = self.model.objects.filter(
            *follows, member=OuterRef("member"), pk__gt=OuterRef("pk")
        )
        here = Q(member__organization__isnull=False) & ~Q(kind=TransferKind.IN)
        return self.filter(here, ~Exists(again))

    def without_receipt(self) -> Self:
        """Letters of the city of which no receipt came back (R-16)."""
        expired = Q(pk__in=self.expired().order_by().values("pk"))
        waiting = Q(state=TransferState.ISSUED) & ~Q(kind=TransferKind.IN)
        return self.filter(expired | waiting)
