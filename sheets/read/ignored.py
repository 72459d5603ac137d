"""What is left out of a file: rows that are no data, and sheets, with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from sheets.read.group_headings import GroupHeading
from sheets.read.row_classifier import Reason


class SheetReason(TextChoices):
    """Why a sheet was left out."""

    HIDDEN = "hidden", _("the sheet is hidden")
    NO_TABLE = "no_table", _("no such table is on the sheet")
    UNWANTED = "unwanted", _("the sheet is of another kind")


@dataclass(frozen=True, slots=True)
class IgnoredRow:
    """A row that is not data, why, the words of its line, and a note on it."""

    sheet: str
    excel_row: int
    reason: Reason
    text: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class IgnoredSheet:
    """A sheet that was not read, and why."""

    sheet: str
    reason: SheetReason
    detail: str = ""


def note_short_groups(
    ignored: list[IgnoredRow], short: Sequence[tuple[GroupHeading, int]]
) -> None:
    """Note on headings that fewer people stand below them than they say."""
    rows_of = {heading.excel_row: (heading.people, rows) for heading, rows in short}
    for place, line in enumerate(ignored):
        if line.excel_row in rows_of:
            said, rows = rows_of[line.excel_row]
            words = _(
                "the heading says %(said)s people, and %(rows)s rows are below it"
            )
            note = str(words % {"said": said, "rows": rows})
            ignored[place] = replace(line, note=note)
