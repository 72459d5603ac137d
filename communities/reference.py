"""Kinds of body and of their seats that every installation begins with.

Written after every `migrate`, only where missing: an office's changes are kept.
"""

import csv
import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from communities.enums import BodyGroup, ElectionQuorum, Filling
from communities.models import BodyKind, SeatKind
from core.db.reference import install_missing

DATA = Path(__file__).parent / "data"
EARLIEST = dt.date(2000, 1, 1)


def _read(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _kinds() -> Iterator[BodyKind]:
    for row in _read("body_kinds"):
        yield BodyKind(
            code=row["code"],
            name=row["name_zh"],
            group=row["group"],
            filled_by=row["filled_by"],
            term_years=_number(row["term_years"]),
            quorum_percent=_number(row["quorum_percent"]),
            **_election_rules(row),
            open_to=row["open_to"],
            basis=row["basis"],
            starts_on=EARLIEST,
        )


def _election_rules(row: Mapping[str, str]) -> dict[str, Any]:
    """Committees of the Party need four fifths, and the superior's approval (R-47)."""
    is_party = row["group"] == BodyGroup.PARTY and row["filled_by"] == Filling.ELECTION
    quorum = ElectionQuorum.FOUR_FIFTHS if is_party else ElectionQuorum.HALF
    return {"election_quorum": quorum, "is_approved_above": is_party}


def _number(text: str) -> int | None:
    return int(text) if text else None


def _seat_kinds(kinds: Mapping[str, BodyKind]) -> Iterator[SeatKind]:
    places: Counter[str] = Counter()
    for row in _read("seat_kinds"):
        kind = kinds.get(row["body"])
        if kind is None:
            continue
        places[row["body"]] += 1
        yield SeatKind(
            body_kind=kind,
            name=row["name_zh"],
            position=places[row["body"]],
            seats=int(row["seats"]),
            most_seats=_number(row["most_seats"]),
            leads=row["leads"] == "1",
            by_committee=row["by_committee"] == "1",
        )


def install_reference_data(**_kwargs: Any) -> None:
    """Write the missing kinds; seats are given to a kind that has none yet.

    A seat that an office renamed or took away does not come back.
    """
    install_missing(_kinds(), by=("code",))
    bare = BodyKind.objects.filter(seat_kinds=None)
    install_missing(
        _seat_kinds({kind.code: kind for kind in bare}), by=("body_kind_id", "name")
    )
