"""Which time a form as a whole reports: a month, a quarter, a year."""

import re
import unicodedata
from collections.abc import Iterator

from reports.enums import CellPeriod
from reports.models import SuperiorForm
from sheets.fill import Grid

HEADING_ROWS, IN_A_TABLE = 5, 3
"""Lines of the heading are the first rows, above the first with so many texts."""
MONTHLY = re.compile("月报|月度|每月")
SPAN = r"(?<!\d)\d{1,2}月?[-—–~至到]\d{1,2}月"
HALF = re.compile(f"半年|{SPAN}")
QUARTERLY = re.compile("季报|季度|[一二三四1-4]季")
YEARLY = re.compile("年报|年度|全年|年终")
SAID_IN_LINE = re.compile(rf"月报|半年|季报|年报|[一二三四1-4]季度?|{SPAN}|\d{{4}}年度")


def flow_period(form: SuperiorForm, grid: Grid) -> CellPeriod | None:
    """Return the time over which a form counts; None if no number here is of it.

    Its title, its file, its sheet and the lines above its table say it; a form that
    says nothing is of a month.
    """
    said = " ".join(_plain(text) for text in _headings(form, grid))
    if MONTHLY.search(said):
        return CellPeriod.MONTH
    if HALF.search(said):
        return None
    if QUARTERLY.search(said):
        return CellPeriod.QUARTER
    return CellPeriod.YEAR if YEARLY.search(said) else CellPeriod.MONTH


def _headings(form: SuperiorForm, grid: Grid) -> Iterator[str]:
    """Yield the title, the names, and what the lines above the table say."""
    yield from (form.title, form.file.original_name.rpartition(".")[0], grid.name)
    is_title = True
    for row in grid.rows[:HEADING_ROWS]:
        texts = [cell.text for cell in row.cells if cell.text.strip()]
        if len(texts) >= IN_A_TABLE:
            return
        yield from (
            text for text in texts if is_title or SAID_IN_LINE.search(_plain(text))
        )
        is_title = is_title and not texts


def _plain(text: str) -> str:
    """Return a text in one width and without blanks; its dashes stay: 1-6月."""
    return "".join(unicodedata.normalize("NFKC", text).split())
