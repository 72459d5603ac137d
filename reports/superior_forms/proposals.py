"""Propose what belongs into the blank cells of a form, from the labels around them.

Only what the labels say without doubt is proposed, and nothing is filled before
somebody has agreed to it.
"""

import re
from collections.abc import Iterator

from figures.definitions import Kind, indicators
from organizations.models import Organization
from reports.enums import ADDED_UP, CellContent, CellPeriod
from reports.models import MappedCell, SuperiorForm
from reports.returns.balance import CLOSING, OPENING
from reports.superior_forms.form_periods import flow_period
from reports.superior_forms.labels import LabelFinder, Labels, touching
from reports.superior_forms.texts import DAY, MONTH, PLACE, PREPARER, YEAR
from reports.superior_forms.vocabulary import (
    Vocabulary,
    content_of,
    period_of_label,
    says_nothing,
)
from sheets.fill import Blank, Grid, GridCell

WAN = re.compile("万元")
TEN_THOUSAND = 10_000
PARTS = ("members_women", "members_young", "members_mobile")
"""What a bare 女 or 流动 means, below a heading of the members or none."""
MOST_TEXT = 300
"""The longest text that a cell is filled with."""
MONEY = 2
"""Money has so many decimals."""
BLANKS = r"[\s_＿…　]*"
AT_END = r"(?=$|\s)"
IN_BRACKETS = r"(?:（[^（）]{0,30}）|\([^()]{0,30}\))?"
WHEN = "(?:填表|填报|上报|报送|报出)(?:日期|时间)[：:]"
IN_SENTENCE = (
    (
        re.compile(rf"((?:填报|报送|上报)?单位{IN_BRACKETS}[：:]){BLANKS}{AT_END}"),
        PLACE,
    ),
    (
        re.compile(rf"((?:填表|填报|制表|经办)人{IN_BRACKETS}[：:]){BLANKS}{AT_END}"),
        PREPARER,
    ),
    (re.compile(rf"({WHEN}){BLANKS}年{BLANKS}月{BLANKS}日"), DAY),
    (re.compile(rf"({WHEN}){BLANKS}{AT_END}"), DAY),
    (
        re.compile(
            rf"(?<![\d年\s_＿…　])([\s　]*+)[\s_＿…　]*+年{BLANKS}月(?!{BLANKS}日)"
        ),
        f"{YEAR}年{MONTH}月",
    ),
)
"""Lines such as 填报单位：____  年  月, where label and blank share one cell."""


def propose(form: SuperiorForm, blank: Blank) -> list[MappedCell]:
    """Return what may belong into blank cells that nothing is recorded for yet."""
    inside = Organization.objects.open().within(form.organization)
    vocabulary = Vocabulary(inside.prefetch_related("aliases"))
    mapped = {cell.position for cell in form.cells.all()}
    proposals = [
        cell
        for grid in blank.grids
        if not grid.hidden
        for cell in _propose_sheet(form, grid, vocabulary)
    ]
    return [cell for cell in proposals if cell.position not in mapped]


def _propose_sheet(
    form: SuperiorForm, grid: Grid, vocabulary: Vocabulary
) -> Iterator[MappedCell]:
    finder, whole = LabelFinder(grid), flow_period(form, grid)
    for row in grid.rows:
        for cell in row.cells:
            found = None
            if cell.takes_value and not cell.text.strip():
                labels = finder.around(cell)
                found = _propose_cell(cell, labels, vocabulary, whole)
            elif cell.takes_value:
                found = _propose_sentence(cell, finder)
            if found is not None:
                found.form = form
                found.sheet, found.row, found.column = (
                    grid.number,
                    cell.row,
                    cell.column,
                )
                yield found


def _propose_sentence(cell: GridCell, finder: LabelFinder) -> MappedCell | None:
    """Fill the blanks of a line; not where a cell of its own on the right is blank."""
    text = cell.text
    if len(text) > MOST_TEXT:
        return None
    for pattern, mark in IN_SENTENCE:
        text = pattern.sub(rf"\g<1>{mark}", text)
    if text == cell.text or len(text) > MOST_TEXT:
        return None
    beside = finder.next_to(cell)
    if beside is not None and not beside.text.strip() and content_of(cell.text):
        return None
    return MappedCell(content=CellContent.TEXT, text=text)


def _propose_cell(
    cell: GridCell, labels: Labels, vocabulary: Vocabulary, whole: CellPeriod | None
) -> MappedCell | None:
    left = [one.text for one in labels.left]
    above = [one.text for one in labels.above]
    if left and (content := content_of(left[0])):
        # A line of signatures: nothing stands in it but what its labels say.
        touches = _touches(labels.left[0], cell)
        return MappedCell(content=content) if touches else None
    heads = [one.text for one in touching(labels.above)]
    for words, beside, others in ((above, heads, left), (left, left, above[:1])):
        found = _figure(words, vocabulary)
        if found is not None:
            found.place_id = _find_place([*left, *above], vocabulary)
            found.divisor = _divisor(found.indicator, [*words, *above])
            is_sure = (
                _is_known(others, vocabulary)
                and not _is_part_of_another(found, beside, vocabulary)
                and _settle_time(found, beside, others, whole)
            )
            return found if is_sure else None
    return None


def _find_place(labels: list[str], vocabulary: Vocabulary) -> int | None:
    """Return the place that the nearest label names; None if none does."""
    places = (vocabulary.place_of(text) for text in labels)
    return next((place for place in places if place is not None), None)


def _is_part_of_another(
    found: MappedCell, beside: list[str], vocabulary: Vocabulary
) -> bool:
    """Whether 女 stands below a number other than that of the members: 申请入党人数."""
    if not (found.band or found.indicator in PARTS):
        return False
    groups = {vocabulary.indicator_of([text]) for text in beside[1:]}
    return bool(groups - {"", CLOSING, found.indicator})


def _is_known(others: list[str], vocabulary: Vocabulary) -> bool:
    """Whether the other labels name no part that nobody here knows of.

    A row 党委 below a column 党员数 does.
    """
    named = next((one for one in others if not says_nothing(one)), None)
    return named is None or vocabulary.place_of(named) is not None


def _settle_time(
    found: MappedCell, words: list[str], others: list[str], whole: CellPeriod | None
) -> bool:
    """Set the time that the labels name; False where they name two, or a total.

    Groups name it, too: 本年累计 over 转入 and 转出. Where nothing does, what comes in
    over a time is of the `whole` form's.
    """
    own = next((p for p in map(period_of_label, words) if p is not None), None)
    other = period_of_label(others[0]) if others else None
    if own and other and own != other:
        return False
    named = own or other
    if found.band:
        return named in {None, CellPeriod.MONTH}
    is_stock = _is_stock(found)
    period = named or (CellPeriod.MONTH if is_stock else whole)
    if period is None or (whole != CellPeriod.MONTH and _is_of_months(found, period)):
        return False
    found.period = period
    return not (period in ADDED_UP and is_stock)


def _is_of_months(cell: MappedCell, period: CellPeriod) -> bool:
    """Whether a number compares one month with another: not in a form of a quarter."""
    if cell.indicator == OPENING or period == CellPeriod.LAST_MONTH:
        return True
    return period == CellPeriod.YEAR_AGO and not _is_stock(cell)


def _is_stock(cell: MappedCell) -> bool:
    return indicators.get(cell.indicator).kind == Kind.STOCK


def _touches(label: GridCell, cell: GridCell) -> bool:
    return label.column + label.columns == cell.column


def _figure(labels: list[str], vocabulary: Vocabulary) -> MappedCell | None:
    if not labels:
        return None
    if indicator := vocabulary.indicator_of(labels):
        return MappedCell(content=CellContent.FIGURE, indicator=indicator)
    if band := vocabulary.band_of(labels):
        return MappedCell(
            content=CellContent.FIGURE,
            indicator=CLOSING,
            breakdown=band[0],
            band=band[1],
        )
    return None


def _divisor(indicator: str, labels: list[str]) -> int:
    says_wan = any(WAN.search(label) for label in labels)
    is_money = indicators.get(indicator).decimals == MONEY
    return TEN_THOUSAND if says_wan and is_money else 1
