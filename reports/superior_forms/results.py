"""What came of the cells of a filled form, as rows of a list."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.actors import Actor
from figures.definitions import indicators
from figures.permissions import can_open_bands
from organizations.models import Organization
from reports.enums import CellOutcome
from reports.models import FilledForm
from reports.superior_forms.rights import may_take_along

WRITTEN = frozenset({CellOutcome.FILLED, CellOutcome.ZERO})


@dataclass(frozen=True, slots=True)
class FilledCell:
    """One cell: its place in the form, what belongs there, and what came of it."""

    pk: int
    sheet: str
    cell: str
    content: str
    value: str
    state: str
    note: str


BLANK_FIRST = (
    CellOutcome.GONE,
    CellOutcome.WITHHELD,
    CellOutcome.NOT_THERE,
    CellOutcome.NOT_COUNTED,
    CellOutcome.NONE,
    CellOutcome.ZERO,
    CellOutcome.FILLED,
)


def list_results(filled: FilledForm, reader: Actor) -> list[FilledCell]:
    """Return the cells, those left blank first, then zeros.

    Whoever reads the list of somebody else sees the numbers of their own places.
    """
    rows = [
        (BLANK_FIRST.index(CellOutcome(one["state"])), number, one, may_read)
        for number, (one, may_read) in enumerate(_with_rights(filled, reader))
    ]
    return [
        FilledCell(
            number,
            one.get("sheet_name")
            or _("Sheet %(number)s") % {"number": one["sheet"] + 1},
            one["cell"],
            one["content"],
            one["value"] if may_read else "",
            str(CellOutcome(one["state"]).label) if may_read else _("not yours to see"),
            one["note"] if may_read else "",
        )
        for _rank, number, one, may_read in sorted(rows, key=lambda row: row[:2])
    ]


def may_read_all(filled: FilledForm, reader: Actor) -> bool:
    """Whether a person may see every number that was written into the workbook."""
    return all(may_read for _one, may_read in _with_rights(filled, reader))


def _with_rights(
    filled: FilledForm, reader: Actor
) -> Iterator[tuple[Mapping[str, Any], bool]]:
    """Yield what came of each cell, and whether the reader may see its number.

    Forms filled before a cell's place was recorded may have numbers of the whole
    street.
    """
    street = filled.form.organization_id
    keys = [one.get("place", street) for one in filled.results]
    places = Organization.objects.in_bulk({key for key in keys if key is not None})
    opened = {key: may_take_along(reader, place) for key, place in places.items()}
    for one, key in zip(filled.results, keys, strict=True):
        if key is None or CellOutcome(one["state"]) not in WRITTEN:
            yield one, True
        elif not opened[key]:
            yield one, False
        else:
            yield one, _may_read_band(one, places[key], reader)


def _may_read_band(one: Mapping[str, Any], place: Organization, reader: Actor) -> bool:
    key = one.get("band_of", "")
    if not key:
        return True
    known = key in indicators
    return known and can_open_bands(reader, indicators.get(key).source, place)
