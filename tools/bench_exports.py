"""Measure a long list as a workbook, by the list's own writer and by import-export.

Each side is a process of its own over the same table of 35 columns, so that the peak of
memory is that of one side; its CPU is compared. `python tools/bench_exports.py ours`
(or `theirs`) is such a process: it prints seconds, megabytes above idle, and rows.
"""

import datetime as dt
import gc
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from bench_files import Measured

ROOT = Path(__file__).resolve().parent.parent
ROWS = 100_000
ROUNDS = 3
FASTER, MOST_MB = 8.0, 100.0
MEGABYTE = 1024 * 1024
DAY = dt.date(1950, 1, 1)
AT = dt.datetime(2026, 6, 30, 9, tzinfo=dt.UTC)
CHOICES = [(str(number), f"类别{number}") for number in range(8)]


def measure_exports(only: str) -> Iterator[Measured]:
    """How many times less CPU than import-export a list takes, and its memory."""
    if not "export.".startswith(only[:7]):
        return
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder, "wide.sqlite3")
        _run("build", database)
        theirs = [_run("theirs", database)]
        ours = [_run("ours", database) for _ in range(ROUNDS)]
    least = theirs[0][0]
    ratios = [least / seconds for seconds, _megabytes in ours]
    peaks = [megabytes for _seconds, megabytes in ours]
    limit = f"limit >= {FASTER:g}"
    yield Measured("export.speedup", sorted(ratios)[1], "times", limit, ratios)
    limit = f"limit {MOST_MB:g}, import-export {theirs[0][1]:.0f}"
    yield Measured("export.peak_mb", sorted(peaks)[1], "MB", limit, peaks)


def _run(side: str, database: Path) -> tuple[float, float]:
    command = [sys.executable, "-W", "ignore", __file__, side, str(database)]
    told = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    seconds, megabytes, rows = told.stdout.split()
    if int(rows) != ROWS:
        sys.exit(f"{side}: {rows} rows instead of {ROWS}.")
    return float(seconds), float(megabytes)


def wide_model() -> Any:
    """Return a model with 35 columns of the kinds that a register has."""
    from django.db import models

    kinds: list[tuple[int, Callable[[], Any]]] = [
        (14, lambda: models.CharField(max_length=60)),
        (6, lambda: models.CharField(max_length=1, choices=CHOICES)),
        (6, models.DateField),
        (4, models.IntegerField),
        (2, lambda: models.DecimalField(max_digits=12, decimal_places=2)),
        (2, models.DateTimeField),
    ]
    columns: list[Any] = [make() for count, make in kinds for _ in range(count)]
    fields = {f"column{number:02}": column for number, column in enumerate(columns)}
    meta = type("Meta", (), {"app_label": "organizations"})
    body = {"__module__": __name__, "Meta": meta, **fields}
    return type("Wide", (models.Model,), body)


def value_of(field: Any, row: int, column: int) -> Any:
    """Return what a row holds in a column; many values come again, as in a register."""
    number = row * (column + 3)
    if field.choices:
        return str(number % len(CHOICES))
    makers: dict[str, Callable[[], Any]] = {
        "CharField": lambda: f"文字{number % (50 if column % 2 else ROWS)}",
        "DateField": lambda: DAY + dt.timedelta(days=number % 20_000),
        "IntegerField": lambda: number % 1000,
        "DecimalField": lambda: Decimal(number % 1_000_000) / 100,
        "DateTimeField": lambda: AT + dt.timedelta(minutes=number % 100_000),
    }
    return makers[field.get_internal_type()]()


def build(model: Any, _target: BinaryIO) -> int:
    """Create the table and its rows."""
    from django.db import connection

    with connection.schema_editor() as editor:
        editor.create_model(model)
    fields = model._meta.concrete_fields[1:]
    for first in range(0, ROWS, 5000):
        model.objects.bulk_create(
            model(**{f.name: value_of(f, row, n) for n, f in enumerate(fields)})
            for row in range(first, first + 5000)
        )
    return int(model.objects.count())


def ours(model: Any, target: BinaryIO) -> int:
    """Write the list as the product does."""
    from django_tables2 import table_factory

    from core.web.table_values import read_table
    from core.web.tables import OrderedTable
    from sheets.write import ListColumn, ListSheet, write_list

    names = [field.name for field in model._meta.concrete_fields]
    table = table_factory(model, OrderedTable, fields=names)(model.objects.all())
    values = read_table(table)
    columns = [ListColumn(column.heading) for column in values.columns]
    return write_list(target, ListSheet("名册", columns, values.rows))


def theirs(model: Any, target: BinaryIO) -> int:
    """Export the rows as django-import-export does."""
    from import_export.formats.base_formats import XLSX
    from import_export.resources import modelresource_factory

    dataset = modelresource_factory(model)().export(model.objects.all())
    target.write(XLSX().export_data(dataset))
    return len(dataset)


def forget_peak() -> float:
    """Let the peak of memory begin anew, and return the megabytes held now.

    Loading the apps takes more for a moment than they hold afterwards; a list that
    takes less than that would seem to take nothing.
    """
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return peak_memory()


def peak_memory() -> float:
    """Return the most megabytes that this process has held since the peak began."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


SIDES = {"build": build, "ours": ours, "theirs": theirs}


def main(side: str, database: str) -> None:
    """Run one side, and print what it took."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.demo"
    os.environ["JIEDAO_DATABASE"] = database
    os.environ.pop("DATABASE_URL", None)
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    model = wide_model()
    idle = forget_peak()
    began = time.process_time()
    with tempfile.TemporaryFile() as target:
        rows = SIDES[side](model, target)
    took = time.process_time() - began
    print(f"{took:.3f} {peak_memory() - idle:.1f} {rows}")


if __name__ == "__main__":
    main(*sys.argv[1:])
