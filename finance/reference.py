"""Uses of funds and rates of dues that every installation begins with.

Written after every `migrate`, only where missing: an office's changes are kept.
"""

import csv
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from core.db.reference import install_missing
from finance.models import DuesRate, FundUse

DATA = Path(__file__).parent / "data"


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _uses() -> Iterator[FundUse]:
    for position, row in enumerate(_rows("fund_uses")):
        yield FundUse(
            fund_kind=row["fund_kind"],
            name=row["name_zh"],
            is_allowed=row["is_allowed"] == "1",
            basis=row["basis"],
            position=position,
            starts_on=dt.date.fromisoformat(row["effective_from"]),
            ends_on=_day(row["effective_to"]),
        )


def _rates() -> Iterator[DuesRate]:
    for row in _rows("party_fee_rates"):
        yield DuesRate(
            payer=row["payer_category"],
            above=_number(row["lower_exclusive_yuan"]),
            up_to=_number(row["upper_inclusive_yuan"]),
            percent=_number(row["rate_percent"]),
            least=_number(row["fixed_min_yuan"]),
            most=_number(row["fixed_max_yuan"]),
            bands_of=row["uses_bands_of"],
            starts_on=dt.date.fromisoformat(row["effective_from"]),
            ends_on=_day(row["effective_to"]),
        )


def install_reference_data(**_kwargs: Any) -> None:
    """Install uses and rates where they are missing."""
    install_missing(_uses(), by=("fund_kind", "name", "starts_on"))
    install_missing(_rates(), by=("payer", "starts_on", "above"))
