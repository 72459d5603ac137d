"""The chain of responsibility of a community: who answers, from street to residents."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.coverage import COMMITTEES, page_of_bodies
from communities.enums import GROUP_LEADER, LIAISONS, RESIDENTS_ASSEMBLY
from communities.models import Seat, SeatHolding, ServedPlace
from communities.permissions import can_read_chain
from core.actors import Actor, scope_of
from core.db.tree import path_range
from core.months import today
from core.registries.page_sections import PageSection
from core.text import StrOrPromise
from members.models import Member
from organizations.enums import OrganizationKind
from organizations.models import Organization
from organizations.roles import RECORD_KEEPERS


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One link of the chain: which seats it is made of, and how a blank is filled."""

    label: StrOrPromise
    seats: Q
    advice: StrOrPromise


FILL = _("Fill the vacant seat.")
LIAISON = ChainLink(
    _("Liaison of the street"),
    Q(body__kind__code=LIAISONS),
    _("Let somebody take a seat of the liaisons, and add the community they serve."),
)
LINKS = (
    ChainLink(
        _("Secretary of the community"),
        Q(body__kind__code__in=COMMITTEES, kind__leads=True),
        _("Fill the seat of the secretary of the community."),
    ),
    ChainLink(
        _("Grid worker"),
        Q(body__kind__code="grid_workers"),
        _("Set up the team of grid workers, and fill its seats."),
    ),
    ChainLink(
        _("Leader of a residents' group"),
        Q(body__kind__code=RESIDENTS_ASSEMBLY, kind__name=GROUP_LEADER),
        _("Open a seat for each group in the residents' assembly, and fill it."),
    ),
)


@dataclass(frozen=True, slots=True)
class ChainLine:
    """Who answers at one link, or that nobody does and what to do about it."""

    label: StrOrPromise
    seat: Seat | None
    holding: SeatHolding | None
    phone: str
    advice: StrOrPromise
    url: str

    @property
    def name(self) -> StrOrPromise:
        """The name, or that there is none."""
        return self.holding.holder_name if self.holding else _("vacant")

    @property
    def seat_name(self) -> str:
        """The seat, in words."""
        return self.seat.kind.name if self.seat is not None else ""

    @property
    def place(self) -> str:
        """The body in which the seat is."""
        return self.seat.body.name if self.seat is not None else ""

    @property
    def since(self) -> dt.date | None:
        """Since when they hold it."""
        return self.holding.starts_on if self.holding else None


def chain_of(place: Organization, reader: Actor) -> list[ChainLine]:
    """Return who answers for a community at each link, blanks included.

    Whoever reads the chain reads the names; a phone only of members they may see.
    """
    rows = Seat.objects.open().select_related("kind", "body__organization")
    order = ("body__organization__path", "body", "kind__position", "number", "pk")
    below = rows.filter(path_range("body__organization", place.path)).order_by(*order)
    own = Q(body__organization=place)
    secretary, *others = LINKS
    found: list[tuple[ChainLink, list[Seat]]] = [
        (LIAISON, _liaisons_of(place, rows.filter(LIAISON.seats).order_by(*order))),
        (secretary, [*below.filter(own, secretary.seats)]),
        *((link, [*below.filter(link.seats)]) for link in others),
    ]
    seats = [seat for _link, those in found for seat in those]
    held = _holdings_of(seats)
    phones = _phones_of(held.values(), reader)
    keeps = scope_of(reader).has_role_over(place.path, RECORD_KEEPERS)
    lines = []
    for link, those in found:
        offered: list[Seat | None] = [*those]
        for seat in offered or [None]:
            holding = held.get(seat.pk) if seat is not None else None
            page = page_of_bodies(place) if seat is None else seat.get_absolute_url()
            phone = phones.get(holding.member_id, "") if holding else ""
            advice = link.advice if seat is None else FILL
            way_out = page if keeps and holding is None else ""
            said = "" if holding else advice
            lines.append(ChainLine(link.label, seat, holding, phone, said, way_out))
    return lines


def _liaisons_of(place: Organization, seats: Any) -> list[Seat]:
    """Return the seats of the liaisons who serve a community.

    Those of its own bodies do, held or not; of those above it, who holds a seat and is
    there for this community, or for none in particular.
    """
    above = Organization.objects.above(place.path).order_by().values("pk")
    near = [
        *seats.filter(Q(body__organization=place) | Q(body__organization__in=above))
    ]
    held = _holdings_of(near)
    bodies = {seat.body_id for seat in near}
    served = ServedPlace.objects.current().filter(
        Q(holding__in=[row.pk for row in held.values()]) | Q(body__in=bodies)
    )
    by_holding: dict[int | None, set[int]] = {}
    by_body: dict[int | None, set[int]] = {}
    for holding, body, organization in served.values_list(
        "holding", "body", "organization"
    ):
        known, key = (by_holding, holding) if holding else (by_body, body)
        known.setdefault(key, set()).add(organization)
    found = []
    for seat in near:
        row = held.get(seat.pk)
        if seat.body.organization_id == place.pk:
            found.append(seat)
        elif row is not None:
            own = by_holding.get(row.pk) or by_body.get(seat.body_id)
            if own is None or place.pk in own:
                found.append(seat)
    return found


def _holdings_of(seats: Iterable[Seat]) -> dict[int, SeatHolding]:
    rows = SeatHolding.objects.current(today()).filter(seat__in=[s.pk for s in seats])
    return {row.seat_id: row for row in rows.with_holders()}


def _phones_of(rows: Iterable[SeatHolding], reader: Actor) -> dict[int | None, str]:
    """Return the phones, with their middle hidden, of members whom the reader sees."""
    members = {row.member_id for row in rows if row.member_id is not None}
    seen = Member.objects.visible_to(reader).filter(pk__in=members)
    return {member.pk: member.masked_phone for member in seen}


def chain_address(place: Organization, reader: Actor) -> str:
    """Return the page of a community's chain, for who reads it; nothing elsewhere."""
    is_open = place.kind == OrganizationKind.COMMUNITY and place.ended_on is None
    if not is_open or not can_read_chain(reader, place):
        return ""
    return reverse("communities:chain", args=[place.pk])


def describe_chain(record: Any, reader: Actor) -> dict[str, str]:
    """Return the way from a community's page to its chain."""
    return {"url": chain_address(record, reader)}


CHAIN_SECTION = PageSection(
    "communities.chain",
    "organizations.Organization",
    "communities/_chain.html",
    describe_chain,
)
