"""Where organizations lay in a month: figures follow the month's tree, not today's."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from core.months import last_day
from core.querysets import Node, current_on
from core.tree import path_range
from organizations.enums import FILING
from organizations.models import OrganizationSpell


@dataclass(frozen=True, slots=True)
class Place:
    """An organization as it was called and lay at the end of a month."""

    pk: int
    name: str
    full_name: str
    kind: str
    path: str

    @property
    def files(self) -> bool:
        """Whether returns are filed here."""
        return self.kind in FILING


def _spells(month: dt.date) -> QuerySet[OrganizationSpell]:
    """Spells at the month's end; what was ended by then keeps its last one."""
    day = last_day(month)
    lasting = Q(starts_on__lte=day, ends_on=F("organization__ended_on"))
    return OrganizationSpell.objects.filter(current_on(day) | lasting).order_by("path")


def _place(spell: OrganizationSpell) -> Place:
    return Place(
        spell.organization_id, spell.name, spell.full_name, spell.kind, spell.path
    )


def place_of(organization_id: int, month: dt.date) -> Place | None:
    """Return where an organization lay in a month; none before it was founded."""
    spell = _spells(month).filter(organization=organization_id).first()
    return _place(spell) if spell else None


def places_of(organization_ids: Iterable[int], month: dt.date) -> list[Place]:
    """Return where organizations lay, those left out that did not exist yet."""
    spells = _spells(month).filter(organization__in=list(organization_ids))
    return [_place(spell) for spell in spells]


def places_at(paths: Iterable[str], month: dt.date) -> list[Place]:
    """Return who lay at the paths in that month, the highest first."""
    return [_place(spell) for spell in _spells(month).filter(path__in=list(paths))]


def ids_within(place: Node, month: dt.date) -> list[int]:
    """Return the organizations that lay at a place or below it."""
    below = _spells(month).filter(path_range("", place.path))
    return list(below.values_list("organization_id", flat=True))


def children_of(place: Place, month: dt.date) -> list[Place]:
    """Return what lay directly below a place and still existed at the month's end."""
    standing = current_on(last_day(month))
    children = _spells(month).filter(standing, parent=place.pk)
    return [_place(spell) for spell in children]


def children_and_filing(
    place: Place, month: dt.date
) -> tuple[list[Place], list[Place]]:
    """Return what lay directly below a place, and who had to file at it or below it."""
    wanted = Q(parent=place.pk) | Q(kind__in=FILING)
    spells = _spells(month).filter(
        current_on(last_day(month)), path_range("", place.path), wanted
    )
    places = [(_place(spell), spell.parent_id) for spell in spells]
    return (
        [one for one, parent in places if parent == place.pk],
        [one for one, _parent in places if one.files],
    )


def filing_within(place: Node, month: dt.date) -> list[Place]:
    """Return who had to file the month at a place or below it."""
    standing = current_on(last_day(month))
    below = path_range("", place.path)
    return [_place(s) for s in _spells(month).filter(standing, below, kind__in=FILING)]


def paths_over(organization_id: int, months: Iterable[dt.date]) -> dict[dt.date, str]:
    """Return where an organization lay in each of the months in which it existed."""
    spells = list(
        OrganizationSpell.objects.filter(organization=organization_id).order_by(
            "starts_on"
        )
    )
    found = {}
    for month in months:
        begun = [s.path for s in spells if s.starts_on <= last_day(month)]
        if begun:
            found[month] = begun[-1]
    return found
