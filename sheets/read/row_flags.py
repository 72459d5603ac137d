"""Notes to the office about rows that were read nevertheless."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from sheets.read.cell_marks import is_struck
from sheets.read.cells import Row
from sheets.read.row_classifier import RowClassifier


class Flag(TextChoices):
    """A note to the office about a row that was read nevertheless."""

    HIDDEN_ROW = "hidden_row", _("the row is hidden in the file")
    STRUCK_ROW = "struck_row", _("the row is crossed out in the file")
    ROW_SHORT = "row_short", _("the row has fewer fields than the header")
    ROW_LONG = "row_long", _("the row has more fields than the header")
    BEYOND_COUNT = "beyond_count", _("more rows than the heading above says")


def find_flags(row: Row, classifier: RowClassifier) -> tuple[Flag, ...]:
    """Return the notes on a row that was just classified as data."""
    header = classifier.header
    flags = [Flag.BEYOND_COUNT] if classifier.is_beyond_count else []
    if row.hidden:
        flags.append(Flag.HIDDEN_ROW)
    if is_struck(row, next(iter(header.columns.values()))):
        flags.append(Flag.STRUCK_ROW)
    if row.width is not None and row.width < header.width:
        flags.append(Flag.ROW_SHORT)
    if row.cells and max(row.cells) >= header.width:
        flags.append(Flag.ROW_LONG)
    return tuple(flags)
