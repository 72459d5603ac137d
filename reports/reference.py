"""The form that every installation begins with.

Installed after every `migrate`, and only where missing: an office's changes are kept.
"""

import csv
import datetime as dt
from pathlib import Path
from typing import Any

from django.db import transaction

from core.db.reference import install_missing
from reports.models import ReturnForm, ReturnFormLine

DATA = Path(__file__).parent / "data"
MONTHLY = "monthly_return"
TITLE = "社区党建工作月报表"
EARLIEST = dt.date(2000, 1, 1)


def read_standard_lines() -> list[dict[str, str]]:
    """Return the lines of the monthly return that the project ships."""
    with (DATA / f"{MONTHLY}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@transaction.atomic
def install_forms(**_kwargs: Any) -> None:
    """Install the first version of the monthly return where it is missing."""
    first = {"code": MONTHLY, "version": 1}
    if ReturnForm.objects.filter(**first).exists():
        return
    form = ReturnForm(**first, title=TITLE, starts_on=EARLIEST)
    install_missing([form], by=("code", "version"))
    lines = [
        ReturnFormLine(
            form=form,
            position=int(row["position"]),
            heading=row["heading"],
            subheading=row["subheading"],
            label=row["label"],
            indicator=row["indicator"],
            unit=row["unit"],
            divisor=int(row["divisor"]),
            official=row["official"] == "1",
            most=int(row["most"]),
        )
        for row in read_standard_lines()
    ]
    install_missing(lines, by=("form_id", "position"))
