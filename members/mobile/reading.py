"""Read one row of a register: the person, and the absence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.months import today
from core.names import FULL_WIDTH_NUMBERS
from exchange.doubts import DoubtSource
from exchange.sheet_context import SheetContext
from members.enums import Category, Direction, MobileKind
from members.mobile.directions import Directions
from members.mobile.errors import BackBeforeAway, BackWithoutDay, MonthLeftOut
from members.mobile.periods import is_ahead, split_period
from members.mobile.returns import (
    IMPORT_DAY,
    IS_BACK,
    STILL_AWAY,
    find_return,
    says_back,
)
from members.mobile.states import StateWords, read_certificate
from members.mobile.wording import direction_of_heading, find_kind
from members.models import MobileRecord
from members.roster.errors import JoinInFuture, Missing, TooLong
from members.roster.in_service import FIRST_DAY
from members.roster.parsed_rows import ParsedRow
from members.roster.reading import RowReader, read_cell
from sheets.read import (
    BLANK,
    Cell,
    Kind,
    ReadDate,
    TableRow,
    drop_placeholder,
    read_date,
    read_text,
)
from sheets.read import Precision as ReadPrecision

MAX_DESTINATION = MobileRecord._meta.get_field("destination").max_length or 0
SHORT_BRANCH = re.compile("(第?[一二三四五六七八九十\\d]+|党)(党?支部|支部)?(委员会)?")
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
    home_branch: str = ""

    def flag(self, name: str) -> None:
        """Add a flag on the absence rather than on the person."""
        self.row_flags.append(name)
        self.parsed.flag(name)

    def ask(self, key: str) -> None:
        """Ask a question about the absence, once."""
        if key not in self.parsed.questions:
            self.parsed.questions.append(key)
        self.flag(f"{key}_asked")


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

    def __init__(
        self, people: RowReader, context: SheetContext, directions: Directions
    ) -> None:
        self.people, self.directions = people, directions
        self.answers, self.headers = context.answers, context.headers
        self.states = StateWords(context)

    def read(self, row: TableRow) -> RegisterRow:
        """Read everything but the branch, which depends on the user."""
        parsed = self.people.read(row)
        entry = RegisterRow(parsed, [flag.value for flag in row.flags])
        parsed.questions = [q for q in parsed.questions if q in ROSTER_QUESTIONS]
        self.states.judge(entry, row)
        self._read_days(entry, row)
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

    def _read_days(self, entry: RegisterRow, row: TableRow) -> None:
        """Read the days of leaving and returning; one cell may have both."""
        cells = dict(row.cells)
        first, last = split_period(cells.get("starts_on", BLANK))
        cells["starts_on"] = first
        if last is not None and is_ahead(last):
            entry.flag("return_planned")
        elif last is not None and cells.get("ends_on", BLANK).kind is Kind.BLANK:
            cells["ends_on"] = last
        entry.starts_on = self._read_day(entry, "starts_on", cells)
        entry.ends_on = self._read_day(entry, "ends_on", cells)

    def _read_day(
        self, entry: RegisterRow, name: str, cells: Mapping[str, Cell]
    ) -> ReadDate | None:
        """Read a day; a month alone is asked about, because absences have days."""
        parsed = entry.parsed
        day = read_cell(parsed, name, cells, read_date)
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
            entry.flag("month_only_answered")
        elif answer:
            entry.parsed.refuse(name, MonthLeftOut())
        else:
            entry.ask("month_only")

    def _refuse_return_before(self, entry: RegisterRow) -> None:
        away, back = entry.starts_on, entry.ends_on
        if away is not None and back is not None and back.value <= away.value:
            entry.parsed.refuse("ends_on", BackBeforeAway(day=back.value))

    def _read_return(self, entry: RegisterRow, row: TableRow) -> None:
        """Ask about somebody who is back, by a column of the state, on no day."""
        said = "" if entry.ends_on else self.states.find_return(row)
        answer = self.answers.get(IS_BACK)
        if not said or answer == STILL_AWAY:
            return
        entry.parsed.shown[IS_BACK] = said
        if not answer:
            entry.ask(IS_BACK)
        elif answer == IMPORT_DAY:
            entry.ends_on = ReadDate(today(), ReadPrecision.DAY)
            entry.flag(f"{IS_BACK}_answered")
        else:
            entry.parsed.refuse("ends_on", BackWithoutDay(text=said))
        entry.is_back = True

    def _read_destination(self, entry: RegisterRow, row: TableRow) -> None:
        """Read the destination; the branch there where no destination is named."""
        for name in ("destination", "branch_in"):
            text = drop_placeholder(self._text(entry, name, row))
            if text and not entry.destination and not says_back("", text):
                entry.destination = text
        if len(entry.destination) > MAX_DESTINATION:
            length = len(entry.destination)
            reason = TooLong(length=length, limit=MAX_DESTINATION)
            entry.parsed.refuse("destination", reason)

    def _read_direction(self, entry: RegisterRow, row: TableRow) -> None:
        """Set the direction or ask for it; a branch of the row is that of its side."""
        said = self.directions.read(entry, row)
        if said is None:
            if self.directions.names_both_places(row):
                entry.destination = ""
            return
        entry.direction = said
        parsed = entry.parsed
        left, come = (
            drop_placeholder(self._text(entry, name, row))
            for name in ("branch_out", "branch_in")
        )
        place = drop_placeholder(self._text(entry, "place_out", row))
        if said is Direction.OUT:
            self._read_way_out(entry, row, left, place)
            return
        home = f"{place}{left}" if SHORT_BRANCH.fullmatch(left) else left or place
        if not home and self.directions.names_both_places(row):
            home, entry.destination = entry.destination, ""
        if come and parsed.branch_text:  # the one receives, the other is at home
            home, parsed.branch_text = home or parsed.branch_text, come
        parsed.branch_text = parsed.branch_text or come
        entry.home_branch = home

    def _read_way_out(
        self, entry: RegisterRow, row: TableRow, left: str, place: str
    ) -> None:
        """Set the branch of who has gone, and the place, whichever column names it.

        On a sheet of those who have gone, without a column for where, 流出地 is where.
        """
        parsed = entry.parsed
        is_far = self.directions.places.is_far
        if not entry.destination and not self.directions.has_destination(row):
            entry.destination = next(filter(is_far, (place, left)), "")
        if not parsed.branch_text and entry.destination != left:
            parsed.branch_text = left

    def _read_kind(self, entry: RegisterRow, row: TableRow) -> None:
        entry.kind = find_kind(self._text(entry, "mobile_kind", row))
        if entry.kind is not None:
            return
        if answer := self.answers.get("mobile_kind"):
            entry.kind = MobileKind(answer)
            entry.flag("mobile_kind_answered")
        else:
            entry.ask("mobile_kind")

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
    is_number = any(letter.isdecimal() for letter in number)
    return number if is_number and read_certificate(number) else ""
