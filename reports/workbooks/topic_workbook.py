"""Write the workbook of a topic: its sheets, then the definitions."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal
from io import BytesIO

from django.utils.translation import gettext as _

from core.actors import Actor
from core.dates import format_month
from core.text import StrOrPromise
from figures.definitions import Indicator
from figures.formatting import label_with_unit
from figures.ratios import RatioValue, find_figure, ratios
from figures.sums import ZERO
from reports.returns.printing import join_title
from reports.workbooks.topic_definitions import build_definitions
from reports.workbooks.topic_values import (
    PlaceLine,
    TopicPeriod,
    read_lines,
    read_opening,
    read_ratio_lines,
    read_split,
)
from reports.workbooks.topics import FigureSheet, RatioSheet, SplitSheet, Topic
from sheets.write import (
    AS_LONG_AS_NEEDED,
    Formula,
    Heading,
    PrintedChart,
    PrintedColumn,
    PrintedSheet,
    Value,
    write_workbook,
)

PLACE_WIDTH, COUNT_WIDTH, AMOUNT_WIDTH, ROOMY = 22, 11, 17, 26
TITLE_WIDTH, WIDEST = 100, 155
"""A title needs so much; so wide a sheet is printed at more than 9 points."""
MOST_BARS = 25
MONEY, PERCENT, RATE = "#,##0.00", "0.00%", "#,##0.00"
OPENING = "opening"


def title_of_topic(topic: Topic, over: TopicPeriod) -> str:
    """Return the title: place, topic and period."""
    title = join_title(over.place.name, str(topic.title))
    return f"{title}（{over.period.label}）"


def write_topic(
    topic: Topic, over: TopicPeriod, *, reader: Actor, compiled_by: str, on: dt.date
) -> tuple[bytes, int]:
    """Return the bytes of the workbook and how many rows of places it has."""
    sheets = list(_build_sheets(topic, over, reader))
    rows = sum(len(list(one.rows)) for one in sheets)
    sheets.append(build_definitions(topic, over, title_of_topic(topic, over)))
    signed = [replace(one, compiled_by=compiled_by, made_on=on) for one in sheets]
    buffer = BytesIO()
    write_workbook(buffer, *signed)
    return buffer.getvalue(), rows


def _build_sheets(
    topic: Topic, over: TopicPeriod, reader: Actor
) -> Iterator[PrintedSheet]:
    title = title_of_topic(topic, over)
    for sheet in topic.sheets:
        if isinstance(sheet, FigureSheet):
            yield from _build_figures(sheet, over, title)
        elif isinstance(sheet, SplitSheet):
            yield from _build_split(sheet, over, title, reader)
        else:
            yield _build_ratios(sheet, over, title)


def _figures_of(keys: Sequence[str]) -> list[Indicator]:
    return [one for key in keys if (one := find_figure(key)) is not None]


def _build_figures(
    sheet: FigureSheet, over: TopicPeriod, title: str
) -> Iterator[PrintedSheet]:
    """Return a column for each figure; a stock may stand at the beginning as well."""
    figures = _figures_of(sheet.keys)
    lines = read_lines(over, figures)
    columns = {one.key: _heading(one, over, figures) for one in figures}
    if sheet.opening and (stock := find_figure(sheet.opening)) is not None:
        columns = {OPENING: _("Balance at the beginning"), **columns}
        before = {line.name: line for line in read_opening(over, stock) or ()}
        lines = [
            PlaceLine(
                line.name,
                {OPENING: before[line.name].values[stock.key], **line.values}
                if line.name in before
                else line.values,
            )
            for line in lines
        ]
    drawn = figures[-1].key if sheet.opening else figures[0].key
    chart = (drawn, columns[drawn])
    yield from _lay_out((title, sheet.name), over, columns, lines, (figures, chart))


def _heading(figure: Indicator, over: TopicPeriod, beside: Sequence[Indicator]) -> str:
    """Return a heading; its unit stands in it where those beside have others."""
    label = over.name_figure(figure)
    same = len({str(one.unit) for one in beside}) == 1
    return label if same else label_with_unit(label, figure.unit)


def _build_split(
    sheet: SplitSheet, over: TopicPeriod, title: str, reader: Actor
) -> Iterator[PrintedSheet]:
    figure = find_figure(sheet.key)
    if figure is None:
        return
    breakdown = next(one for one in figure.breakdowns if one.key == sheet.by)
    split = read_split(over, figure, breakdown, reader)
    if split is None or not split.labels:
        return
    whole = _("Together")
    lines = [
        PlaceLine(one.name, {whole: sum(one.values.values(), Decimal(0)), **one.values})
        for one in split.lines
    ]
    columns = {whole: whole, **split.labels}
    drawn = ([figure], (whole, sheet.name))
    yield from _lay_out((title, sheet.name), over, columns, lines, drawn)


def _lay_out(
    names: tuple[str, StrOrPromise],
    over: TopicPeriod,
    columns: Mapping[str, StrOrPromise],
    lines: Sequence[PlaceLine],
    drawn: tuple[Sequence[Indicator], tuple[str, StrOrPromise]],
) -> Iterator[PrintedSheet]:
    """Put columns on as many sheets as they need to be read on A4."""
    (title, name), (figures, (charted, heading)) = names, drawn
    is_money = figures[0].decimals > 1
    narrowest = AMOUNT_WIDTH if is_money else COUNT_WIDTH
    shown = MONEY if is_money else AS_LONG_AS_NEEDED
    most = (WIDEST - PLACE_WIDTH) // narrowest
    keys = list(columns)
    for number, start in enumerate(range(0, len(keys), most), start=1):
        chosen = keys[start : start + most]
        width = max(narrowest, min(ROOMY, (WIDEST - PLACE_WIDTH) // len(chosen)))
        numbered = f"{name}{number}" if len(keys) > most else str(name)
        printed = [PrintedColumn(str(columns[key]), width, shown) for key in chosen]
        rows: list[list[Value]] = [
            [line.name, *(line.values.get(key) for key in chosen)] for line in lines
        ]
        sums: dict[str, Value] = {
            key: sum((line.values.get(key, ZERO) for line in lines), ZERO)
            for key in chosen
        }
        totals = [*(sums | _say_what_is_unknown(chosen, lines)).values()]
        chart = None
        if charted in chosen and totals[at := chosen.index(charted)]:
            chart = _chart(str(heading), at + 1, lines)
        yield replace(
            _sheet(over, title, numbered, printed, rows),
            unit="、".join(dict.fromkeys(str(one.unit) for one in figures)),
            total=[_("Total"), *totals],
            sums=True,
            chart=chart,
        )


def _say_what_is_unknown(
    keys: Sequence[str], lines: Sequence[PlaceLine]
) -> dict[str, Value]:
    """Return what stands as the sum of columns of which no place has a number."""
    known = {key for line in lines for key in line.values}
    return {key: _("no figures") for key in keys if key not in known}


def _chart(title: str, values: int, lines: Sequence[PlaceLine]) -> PrintedChart | None:
    if not 1 < len(lines) <= MOST_BARS:
        return None
    from_zero = all(value >= 0 for line in lines for value in line.values.values())
    return PrintedChart(title, labels=0, values=values, from_zero=from_zero)


def _sheet(
    over: TopicPeriod,
    title: str,
    name: str,
    numbers: Sequence[PrintedColumn],
    rows: list[list[Value]],
) -> PrintedSheet:
    months = f"{format_month(over.months[0])}—{format_month(over.last)}"
    width = max(PLACE_WIDTH, TITLE_WIDTH - sum(one.width for one in numbers))
    columns = [PrintedColumn(_("Organization"), width), *numbers]
    return PrintedSheet(
        f"{title}{name}",
        columns,
        rows,
        name=name,
        headings=[Heading(one.heading, 0, at) for at, one in enumerate(columns)],
        facts=[
            _("Counted: %s") % (months if len(over.months) > 1 else over.period.label)
        ],
        reported_by=over.place.full_name,
        seal=True,
    )


def _build_ratios(sheet: RatioSheet, over: TopicPeriod, title: str) -> PrintedSheet:
    """Return both numbers of each ratio and the ratio as a formula over them."""
    chosen = [ratios.get(key) for key in sheet.keys]
    width = min(16, (WIDEST - PLACE_WIDTH) // (len(chosen) * 3))
    columns: list[PrintedColumn] = []
    for one in chosen:
        heads = [_heading(x, over, [x]) for x in (one.numerator, one.denominator)]
        columns += [PrintedColumn(head, width, AS_LONG_AS_NEEDED) for head in heads]
        shown = PERCENT if one.is_share else RATE
        columns.append(PrintedColumn(str(one.label), width, shown))
    *lines, (_name, whole) = read_ratio_lines(over, chosen)
    rows: list[list[Value]] = [[name, *_ratio_cells(values)] for name, values in lines]
    cells = _ratio_cells(whole)
    return replace(
        _sheet(over, title, str(sheet.name), columns, rows),
        total=[_("Total"), *cells],
        sums=True,
        notes=[
            _("As of %s.") % format_month(over.last),
            _("A dash stands where there is nothing to divide by."),
        ],
    )


def _ratio_cells(values: Mapping[str, RatioValue]) -> list[Value]:
    cells: list[Value] = []
    for one in values.values():
        at = len(cells) + 1
        cells += [one.numerator, one.denominator, _quotient(one, at)]
    return cells


def _quotient(one: RatioValue, at: int) -> Value:
    """Return the quotient of two cells, rounded down where it is a share."""
    if one.value is None:
        return "—"
    if one.ratio.is_share:
        text = "=ROUNDDOWN({first}/{last},4)"
        return Formula(text, at, at + 1, _down(one.numerator / one.denominator))
    return Formula("=ROUND({first}/{last},2)", at, at + 1, one.value)


def _down(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.0001"), ROUND_DOWN)
