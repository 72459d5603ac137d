"""Kinds of case that every installation begins with.

Written after every `migrate`, only where missing: an office's changes are kept.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cases.models import CaseKind
from core.db.reference import install_missing

DATA = Path(__file__).parent / "data" / "case_kinds.csv"


def _kinds() -> Iterator[CaseKind]:
    with DATA.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield CaseKind(
                code=row["code"],
                name=row["name_zh"],
                role=row["role"],
                workdays=int(row["workdays"]),
                steps=row["steps"].split(";"),
                has_details=row["has_details"] == "1",
                asks_opinion=row["asks_opinion"] == "1",
            )


def install_reference_data(**_kwargs: Any) -> None:
    """Write the missing kinds."""
    install_missing(_kinds(), by=("code",))
