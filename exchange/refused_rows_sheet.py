"""Build a workbook of the refused rows of an import, to be corrected and sent again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from exchange.errors import FileErased
from exchange.import_kinds import import_kinds
from exchange.imports.plan import find_wanted_tables
from exchange.models import ImportBatch, ImportRow
from exchange.sheet_context import SheetAnswers
from exchange.stored_files import open_plain_copy
from sheets.read import Excerpt, take_rows
from sheets.write import write_excerpts


def write_refused_rows(
    target: BinaryIO, batch: ImportBatch, rows: Iterable[ImportRow]
) -> None:
    """Write the refused rows as they were uploaded, each with the reason beside it.

    Titles, headers and headings come with them, so that the corrected workbook is read
    like the sheet that it comes from. Raises the refusal if the file cannot be read.
    """
    if batch.file.erased_at is not None:
        raise FileErased
    reasons: dict[str, dict[int, str]] = defaultdict(dict)
    for row in rows:
        reasons[row.sheet][row.excel_row] = row.message
    with open_plain_copy(batch.file.path) as path:
        write_excerpts(target, list(_take_excerpts(path, batch, reasons)))


def _take_excerpts(
    path: Path, batch: ImportBatch, reasons: Mapping[str, Mapping[int, str]]
) -> Iterator[Excerpt]:
    sheets, tables, _recognizer = find_wanted_tables(
        path,
        filename=batch.file.original_name,
        kind=import_kinds.get(batch.kind),
        answers=SheetAnswers.of(batch.answers),
    )
    by_name = {sheet.name: sheet for sheet in sheets}
    for table in tables.tables:
        name = table.sheet_name
        if marks := reasons.get(name[: ImportRow._meta.get_field("sheet").max_length]):
            yield take_rows(by_name[name], table, marks)
