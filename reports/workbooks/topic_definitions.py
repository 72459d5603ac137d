"""The last sheet of a topic's workbook: what its numbers count, and as of when."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.dates import format_month
from figures.definitions import Indicator, Kind
from figures.ratios import find_figure, ratios
from reports.workbooks.topic_values import TopicPeriod
from reports.workbooks.topics import FigureSheet, RatioSheet, Topic
from sheets.write import PrintedColumn, PrintedSheet, Value


def build_definitions(topic: Topic, over: TopicPeriod, title: str) -> PrintedSheet:
    """Return the sheet of definitions and notes."""
    name = _("Definitions")
    columns = [
        PrintedColumn(_("Sheet"), 28),
        PrintedColumn(_("Item"), 38),
        PrintedColumn(_("Unit"), 9),
        PrintedColumn(_("How the number of the period is formed"), 18),
        PrintedColumn(pgettext("column", "Rows counted"), 46),
    ]
    return PrintedSheet(
        f"{title}{name}",
        columns,
        list(_rows(topic, over)),
        name=name,
        notes=[*_notes(over), *_ratio_notes(topic)],
    )


def _rows(topic: Topic, over: TopicPeriod) -> Iterator[list[Value]]:
    for sheet in topic.sheets:
        if isinstance(sheet, RatioSheet):
            for one in map(ratios.get, sheet.keys):
                unit = "%" if one.is_share else str(one.per)
                how = _("as it is at the end")
                source = str(one.denominator.source.label)
                yield [str(sheet.name), str(one.label), unit, how, source]
            continue
        keys = sheet.keys if isinstance(sheet, FigureSheet) else [sheet.key]
        for figure in filter(None, map(find_figure, keys)):
            yield [
                str(sheet.name),
                over.name_figure(figure),
                str(figure.unit),
                _how(figure),
                str(figure.source.label),
            ]


def _how(figure: Indicator) -> str:
    if figure.kind == Kind.FLOW:
        return _("added up over the months")
    return _("as it is at the end")


def _notes(over: TopicPeriod) -> Iterator[str]:
    words = _("Counted from %(first)s to %(last)s.")
    first, last = format_month(over.months[0]), format_month(over.last)
    yield words % {"first": first, "last": last}
    missing = [one for one in over.period.months if one not in over.months]
    if missing:
        months = "、".join(format_month(one) for one in missing)
        yield _("Not counted, and therefore in no number: %s.") % months
    yield _("Numbers are those of the records on the day of this sheet.")
    yield _("Totals add up the rows above them. Empty columns are left out.")


def _ratio_notes(topic: Topic) -> Iterator[str]:
    """Say what each ratio divides by what."""
    for sheet in topic.sheets:
        if isinstance(sheet, RatioSheet):
            for one in map(ratios.get, sheet.keys):
                words = _("%(ratio)s: %(definition)s")
                yield words % {"ratio": one.label, "definition": one.definition}
