"""Doubts about what a sheet shows beside its words: strikes, comments, colours."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from exchange.doubts import Doubt, DoubtSource, RowPosition
from sheets.read import (
    Color,
    Mark,
    ShownMark,
    Table,
    TableRow,
    find_legend,
    names_color,
)

Ask = Callable[[Doubt], list[Doubt]]
SOURCES = {Mark.STRUCK: DoubtSource.STRUCK, Mark.COMMENT: DoubtSource.COMMENT}
FEW = 3  # a colour of less than this part of the rows sets them apart


class SheetMarks:
    """Collects the marks of one file; `ask` returns a doubt that is not understood."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        self.colors: dict[tuple[str, Color], dict[RowPosition, ShownMark]]
        self.colors = defaultdict(dict)
        self.lines: dict[str, list[str]] = {}

    def find_in_row(self, row: TableRow) -> Iterator[Doubt]:
        """Yield what is crossed out in a row or commented; remember its colours."""
        for mark in row.marks:
            if mark.mark is Mark.COLOR:
                key = row.sheet, Color(mark.text)
                self.colors[key][row.sheet, row.excel_row] = mark
            else:
                words = " ".join(mark.text.split())
                source = SOURCES[mark.mark]
                yield from self.ask(Doubt(source, row.sheet, mark.heading, words))

    def find_around(self, table: Table) -> Iterator[Doubt]:
        """Yield comments beside the rows; remember lines that may explain a colour."""
        sheet = table.sheet_name
        comments = [" ".join(comment.split()) for comment in table.comments]
        lines = [*table.preamble, *(line.text for line in table.ignored), *comments]
        self.lines[sheet] = [line for line in lines if line]
        for comment in dict.fromkeys(comments):
            yield from self.ask(Doubt(DoubtSource.COMMENT, sheet, "", comment))

    def find_colors(
        self, rows: Mapping[str, int]
    ) -> Iterator[tuple[RowPosition, Doubt]]:
        """Yield each row whose colour sets it apart, or stands for something.

        `rows` is how many rows each sheet has. Without a legend only a colour of whole
        rows, and of few of them, is one that somebody may have meant.
        """
        for (sheet, color), marks in self.colors.items():
            legend = find_legend(color, self.lines.get(sheet, ()))
            wide = [position for position, mark in marks.items() if not mark.heading]
            if not legend and FEW * len(wide) >= rows[sheet]:
                continue
            doubt = Doubt(DoubtSource.COLOR, sheet, color.value, legend)
            for position in marks if legend else wide:
                yield from ((position, one) for one in self.ask(doubt))

    def explains(self, doubt: Doubt) -> bool:
        """Whether a line is about colours of rows alone, which are asked about."""
        named = {color for color in Color if names_color(doubt.text, color)}
        return bool(named) and all(
            (doubt.sheet, color) in self.colors for color in named
        )

    def drop_explained(self, doubts: Iterable[Doubt]) -> list[Doubt]:
        """Return the doubts without lines that only explain the colours of rows."""
        return [
            d for d in doubts if d.source is DoubtSource.COLOR or not self.explains(d)
        ]
