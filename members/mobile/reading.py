"""Read one row of a register: the person, and the absence."""

import re
from dataclasses import dataclass, replace

from core.months import today
from core.names import FULL_WIDTH_NUMBERS
from exchange.doubts import DoubtSource
from exchange.sheet_context import SheetContext
from members.enums import Category, Direction, MobileKind
from members.mobile.errors import BackBeforeAway, BackWithoutDay, MonthLeftOut
from members.mobile.returns import IMPORT_DAY, IS_BACK, STILL_AWAY, find_return
from members.mobile.wording import direction_of_heading, find_direction, find_kind
from members.models import MobileRecord
from members.roster.errors import JoinInFuture, Missing, TooLong
from members.roster.in_service import FIRST_DAY
from members.roster.parsed_rows import ParsedRow
from members.roster.reading import RowReader, read_cell
from sheets.read import Precision as ReadPrecision
from sheets.read import (
    ReadDate,
    TableRow,
    drop_placeholder,
    read_date,
    read_text,
)

MAX_DESTINATION = MobileRecord._meta.get_field("destination").max_length or 0
TITLE = re.compile("党员")
# What a reader of rosters says of columns that a register does not record.
ROSTER_QUESTIONS = ("standing", "category")
BRANCH_FLAGS = (
    *("branch_from_heading", "branch_from_sheet", "branch_from_title"),
    *("branch_assumed", "heading_differs"),
    *("title_place_asked", "title_place_answered", "branch_elsewhere"),
)


@dataclass(slots=True)
class RegisterRow:
    """One row as read: the person, and what the register says of the absence."""

    parsed: ParsedRow
    row_flags: list[str]
    direction: Direction | None = None
    kind: MobileKind | None = None
    destination: str = ""
    starts_on: ReadDate | None = None
    ends_on: ReadDate | None = None
    is_back: bool = False
    certificate: str = ""


class PersonReader(RowReader):
    """Reads the person; a member may also be found by name and branch."""

    requires_number = False

    def is_no_word_for_people(self, heading: str) -> bool:
        """Whether a heading names an organization, or who is away or has come."""
        return direction_of_heading(heading) is not None or self.is_organization(
            heading
        )

    def refuse_departed(self, parsed: ParsedRow, row: TableRow) -> None:
        """Refuse who has left the Party; who is back from an absence has not."""
        others = {
            heading: cell
            for heading, cell in row.others.items()
            if not find_return({heading: cell})
        }
        super().refuse_departed(parsed, replace(row, others=others))


class RegisterReader:
    """Reads rows; open questions are answered or asked, never assumed."""

    def __init__(self, people: RowReader, context: SheetContext) -> None:
        self.people = people
        self.answers, self.headers = context.answers, context.headers
        self.titles = context.titles

    def read(self, row: TableRow) -> RegisterRow:
        """Read everything but the branch, which depends on the user."""
        parsed = self.people.read(row)
        entry = RegisterRow(parsed, [flag.value for flag in row.flags])
        parsed.questions = [q for q in parsed.questions if q in ROSTER_QUESTIONS]
        entry.starts_on = self._read_day(entry, "starts_on", row)
        entry.ends_on = self._read_day(entry, "ends_on", row)
        if entry.starts_on is None and "starts_on" not in parsed.refused_columns:
            parsed.refuse("starts_on", Missing())
        self._refuse_return_before(entry)
        self._read_return(entry, row)
        self._read_destination(entry, row)
        entry.certificate = read_number(self._text(entry, "certificate_number", row))
        self._read_direction(entry, row)
        if entry.direction is Direction.OUT:
            self._read_kind(entry, row)
        return entry

    def _read_day(
        self, entry: RegisterRow, name: str, row: TableRow
    ) -> ReadDate | None:
        """Read a day; a month alone is asked about, because absences have days."""
        parsed = entry.parsed
        day = read_cell(parsed, name, row.cells, read_date)
        if day is None:
            return None
        if day.value > today():
            parsed.refuse(name, JoinInFuture(day=day.value))
        elif day.precision is not ReadPrecision.DAY:
            self._ask_about_month(entry, name)
        return day

    def _ask_about_month(self, entry: RegisterRow, name: str) -> None:
        answer = self.answers.get("month_only")
        if answer == FIRST_DAY:
            flag_row(entry, "month_only_answered")
        elif answer:
            entry.parsed.refuse(name, MonthLeftOut())
        else:
            _ask(entry, "month_only")

    def _refuse_return_before(self, entry: RegisterRow) -> None:
        away, back = entry.starts_on, entry.ends_on
        if away is not None and back is not None and back.value <= away.value:
            entry.parsed.refuse("ends_on", BackBeforeAway(day=back.value))

    def _read_return(self, entry: RegisterRow, row: TableRow) -> None:
        """Ask about somebody who is back, by a column of the state, on no day."""
        said = "" if entry.ends_on else find_return(row.others)
        answer = self.answers.get(IS_BACK)
        if not said or answer == STILL_AWAY:
            return
        entry.parsed.shown[IS_BACK] = said
        if not answer:
            _ask(entry, IS_BACK)
        elif answer == IMPORT_DAY:
            entry.ends_on = ReadDate(today(), ReadPrecision.DAY)
            flag_row(entry, f"{IS_BACK}_answered")
        else:
            entry.parsed.refuse("ends_on", BackWithoutDay(text=said))
        entry.is_back = True

    def _read_destination(self, entry: RegisterRow, row: TableRow) -> None:
        """Read the destination; the branch there where no destination is named."""
        for name in ("destination", "branch_in"):
            text = drop_placeholder(self._text(entry, name, row))
            if text and not entry.destination:
                entry.destination = text
        if len(entry.destination) > MAX_DESTINATION:
            length = len(entry.destination)
            reason = TooLong(length=length, limit=MAX_DESTINATION)
            entry.parsed.refuse("destination", reason)

    def _read_direction(self, entry: RegisterRow, row: TableRow) -> None:
        """Set the direction: by cell, heading, title or answer, or ask."""
        parsed = entry.parsed
        said = find_direction(self._text(entry, "direction", row))
        if said is None and (titled := self._find_titled(row)):
            said = titled
            flag_row(entry, "direction_from_heading")
        if said is None and (answer := self.answers.get("direction")):
            said = Direction(answer)
            flag_row(entry, "direction_answered")
        if said is None:
            _ask(entry, "direction")
            return
        entry.direction = said
        own = "branch_out" if said is Direction.OUT else "branch_in"
        named = drop_placeholder(self._text(entry, own, row))
        parsed.branch_text = parsed.branch_text or named

    def _find_titled(self, row: TableRow) -> Direction | None:
        """Return the direction that the group, the title or a heading says."""
        titles = [*self.titles.get(row.sheet, ()), row.sheet]
        headers = self.headers.get(row.sheet, {})
        texts = [
            *(row.subgroup, row.group),
            *(line for line in titles if TITLE.search(line)),
            headers.get("starts_on", ""),
        ]
        return next(filter(None, map(direction_of_heading, texts)), None)

    def _read_kind(self, entry: RegisterRow, row: TableRow) -> None:
        entry.kind = find_kind(self._text(entry, "mobile_kind", row))
        if entry.kind is not None:
            return
        if answer := self.answers.get("mobile_kind"):
            entry.kind = MobileKind(answer)
            flag_row(entry, "mobile_kind_answered")
        else:
            _ask(entry, "mobile_kind")

    def _text(self, entry: RegisterRow, name: str, row: TableRow) -> str:
        return read_cell(entry.parsed, name, row.cells, read_text) or ""


def keep_absence_remarks(entry: RegisterRow) -> None:
    """Drop what is said of the person, whose record the register does not change."""
    parsed = entry.parsed
    parsed.doubts = [d for d in parsed.doubts if d.source is not DoubtSource.MEMBER]
    kept = {*entry.row_flags, *BRANCH_FLAGS}
    parsed.flags = [flag for flag in parsed.flags if flag in kept]
    parsed.questions = [q for q in parsed.questions if q not in ROSTER_QUESTIONS]


def make_mobile(parsed: ParsedRow) -> None:
    """Set the category to mobile, as the register implies."""
    parsed.values["category"] = Category.MOBILE
    parsed.questions = [q for q in parsed.questions if q != "category"]
    unwanted = {"category_unread", "category_answered", "category_from_title"}
    parsed.flags = [flag for flag in parsed.flags if flag not in unwanted]


def read_number(text: str) -> str:
    """Return a certificate's number; 是 or 已领取 only say that there is one."""
    number = drop_placeholder(text).translate(FULL_WIDTH_NUMBERS).strip()
    return number if any(letter.isdecimal() for letter in number) else ""


def flag_row(entry: RegisterRow, name: str) -> None:
    """Add a flag on the absence rather than on the person."""
    entry.row_flags.append(name)
    entry.parsed.flag(name)


def _ask(entry: RegisterRow, key: str) -> None:
    if key not in entry.parsed.questions:
        entry.parsed.questions.append(key)
    flag_row(entry, f"{key}_asked")
