"""Read one row of a roster into values, flags and problems."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from core.errors import DomainError
from core.identity import birth_date_of, sex_of
from core.months import today
from core.partial_dates import PartialDate
from exchange.sheet_context import SheetContext
from members.enums import PRECISION_OF, Precision, Sex
from members.roster.columns import LABELS
from members.roster.departures import find_departures
from members.roster.education import find_education, show_education
from members.roster.ended_states import EndedStates
from members.roster.errors import (
    JoinInFuture,
    Missing,
    SexContradicts,
    UnknownType,
)
from members.roster.group_headings import HeadingsRead, read_headings
from members.roster.parsed_rows import ParsedRow
from members.roster.phones import read_phones
from members.roster.remarks import judge_remarks
from members.roster.standing import StandingReader
from members.roster.state_errors import departure_error
from members.roster.texts import read_texts
from members.roster.wording import NAME_WITH_SEX, is_not_yet, says_in_service
from members.unusual_dates import MemberDates, find_unusual_dates, known_date, truncate
from sheets.read import (
    BLANK,
    Cell,
    Kind,
    ReadDate,
    TableRow,
    drop_placeholder,
    is_ditto,
    read_date,
    read_date_or_year,
    read_ethnicity,
    read_identity_number,
    read_name,
    read_sex,
    read_text,
    says_unknown,
)

T = TypeVar("T")
ZEROS = {"0", "0.0"}  # in a column of words: nothing
# Columns that are read, and in which people write that somebody is gone.
FREE_COLUMNS = {
    *("phone", "landline", "address", "ethnicity", "education"),
    *("employer", "skills", "interests", "free_hours"),
}


class RowReader:
    """Reads rows, one after the other, into parsed rows."""

    requires_number = True

    def __init__(
        self,
        ethnic_groups: Sequence[str],
        education: Mapping[str, str],
        context: SheetContext,
        *,
        is_organization: Callable[[str], bool],
    ) -> None:
        self.is_organization = is_organization
        self.ethnic_groups = ethnic_groups
        self.education = education
        self.standings = StandingReader(context)
        self.states = EndedStates(context)
        self.headers = context.headers
        self.today = today()

    def read(self, row: TableRow) -> ParsedRow:
        """Read everything but the branch, which depends on the user."""
        parsed = ParsedRow(
            row.sheet,
            row.excel_row,
            row.above,
            flags=[flag.value for flag in row.flags],
            headings={**self.headers.get(row.sheet, {}), **row.headings},
        )
        cells = _split_name_and_sex(row.cells)
        parsed.branch_text = read_cell(parsed, "branch", cells, read_text) or ""
        parsed.community_text = read_cell(parsed, "community", cells, read_text) or ""
        self._read_name(parsed, cells)
        self._read_number(parsed, cells)
        self._read_sex_and_birth_date(parsed, cells)
        self._read_dates(parsed, cells)
        headings = read_headings(row.above, self.is_no_word_for_people)
        self._read_standing_and_category(parsed, cells, row, headings)
        _flag_unusual_dates(parsed)
        self._read_optional(parsed, cells)
        read_texts(parsed, cells)
        self.refuse_departed(parsed, row)
        return parsed

    def is_no_word_for_people(self, heading: str) -> bool:
        """Whether a heading names an organization; it is no word for people."""
        return self.is_organization(heading)

    def _read_name(self, parsed: ParsedRow, cells: Mapping[str, Cell]) -> None:
        name = read_cell(parsed, "name", cells, read_name)
        if name:
            parsed.set_value("name", name)
        elif "name" not in parsed.refused_columns:
            parsed.refuse("name", Missing())

    def _read_number(self, parsed: ParsedRow, cells: Mapping[str, Cell]) -> None:
        text = drop_placeholder(cells.get("id_number", BLANK).text)
        text = "" if says_unknown(text) else text
        number = text and read_cell(parsed, "id_number", cells, read_identity_number)
        if number:
            parsed.set_value("id_number", number)
        elif self.requires_number and "id_number" not in parsed.refused_columns:
            parsed.refuse("id_number", Missing())

    def _read_sex_and_birth_date(
        self, parsed: ParsedRow, cells: Mapping[str, Cell]
    ) -> None:
        """Derive sex and birth date from the identity number."""
        number = parsed.values.get("id_number")
        stated = read_cell(parsed, "sex", cells, read_sex)
        if number is None:
            return
        expected = sex_of(number)
        if stated is not None and stated != expected:
            parsed.refuse(
                "sex", SexContradicts(said=Sex(stated).label, meant=Sex(expected).label)
            )
        parsed.set_value("sex", expected)
        parsed.set_value("birth_date", birth_date_of(number))
        self._compare_birth_date(parsed, cells)

    def _compare_birth_date(self, parsed: ParsedRow, cells: Mapping[str, Cell]) -> None:
        """Flag a birth date in the archive that differs, at its own precision."""
        try:
            archived = read_date_or_year(cells.get("birth_date", BLANK))
        except DomainError:
            parsed.flag("birth_unread")
            return
        born = parsed.values["birth_date"]
        if archived is not None and archived.value != truncate(
            born, archived.precision.value
        ):
            parsed.flag("birth_differs")

    def _read_dates(self, parsed: ParsedRow, cells: Mapping[str, Cell]) -> None:
        joined = self._read_party_date(parsed, "join_date", cells)
        full = self._read_party_date(parsed, "full_member_date", cells)
        if joined is None or full is None or full.value >= joined.value:
            return
        if truncate(joined.value, full.precision.value) == full.value:
            parsed.values["full_member_date"] = joined.value

    def _read_party_date(
        self, parsed: ParsedRow, name: str, cells: Mapping[str, Cell]
    ) -> ReadDate | None:
        if name == "full_member_date" and is_not_yet(cells.get(name, BLANK).text):
            return None
        date = read_cell(parsed, name, cells, read_date)
        if date is None:
            return None
        if date.value > self.today:
            day = PartialDate(date.value, date.precision.value)
            parsed.refuse(name, JoinInFuture(day=day))
            return None
        precision = Precision(date.precision.value)
        parsed.set_value(name, date.value)
        parsed.set_value(PRECISION_OF[name], precision)
        if precision is not Precision.DAY:
            parsed.flag(f"{precision.value}_precision")
        return date

    def _read_standing_and_category(
        self,
        parsed: ParsedRow,
        cells: Mapping[str, Cell],
        row: TableRow,
        headings: HeadingsRead,
    ) -> None:
        """Read standing and category, which offices often write in one column."""
        texts = {
            name: read_cell(parsed, name, cells, read_text) or ""
            for name in ("member_type", "category", "is_probationary", "is_mobile")
        }
        remark = _read_remark(cells)
        if self._names_known_branch(parsed) and says_in_service(remark):
            parsed.flag("remark_not_taken")
            remark = ""
        texts["remark"] = remark
        texts["full_member_date"] = cells.get("full_member_date", BLANK).text
        self.standings.read(parsed, texts, row, headings)

    def _names_known_branch(self, parsed: ParsedRow) -> bool:
        """Whether the row or a heading names a branch of this system, or 同上."""
        text = parsed.branch_text
        return is_ditto(text) or any(
            self.is_organization(name) for name in (text, parsed.group) if name
        )

    def refuse_departed(self, parsed: ParsedRow, row: TableRow) -> None:
        """Refuse people who have left or died, whichever column shows it."""
        read = {
            str(LABELS[name]): cell
            for name, cell in row.cells.items()
            if name in FREE_COLUMNS
        }
        for heading, text in find_departures({**row.others, **read}):
            if not self.states.sets_aside(parsed, heading, text):
                parsed.refuse("status", departure_error(heading, text))
                return
        judge_remarks(parsed, _read_remark(row.cells), row.others)

    def _read_optional(self, parsed: ParsedRow, cells: Mapping[str, Cell]) -> None:
        """Read columns whose faults are flagged, not refused."""
        read_phones(parsed, cells.get("phone", BLANK))
        for name, read, flag in (
            ("ethnicity", self._read_ethnicity, "ethnicity_unread"),
            ("education", self._read_education, "education_unread"),
        ):
            cell = cells.get(name, BLANK)
            if cell.text.strip() in ZEROS:
                continue
            try:
                value = read(cell)
            except DomainError:
                parsed.flag(flag)
                continue
            if value:
                parsed.set_value(name, value)
        show_education(parsed, cells.get("education", BLANK).text, self.education)

    def _read_ethnicity(self, cell: Cell) -> str | None:
        return read_ethnicity(cell, self.ethnic_groups)

    def _read_education(self, cell: Cell) -> str | None:
        """Return the code of a level of education; refuse one not on the list."""
        text = read_text(cell)
        code = find_education(text, self.education) if text else None
        if text and code is None:
            raise UnknownType(text=text)
        return code


def _flag_unusual_dates(parsed: ParsedRow) -> None:
    """Flag what is unusual about the dates of a row."""
    values = parsed.values
    dates = MemberDates(
        values.get("birth_date"),
        known_date("join_date", values),
        known_date("full_member_date", values),
        values.get("standing", ""),
    )
    for one in find_unusual_dates(dates):
        parsed.flag(one.key)


def _split_name_and_sex(cells: Mapping[str, Cell]) -> Mapping[str, Cell]:
    """Split 王芳（女） into name and sex; rosters often mark the rarer sex this way."""
    name = cells.get("name", BLANK)
    match = NAME_WITH_SEX.fullmatch(name.text.strip())
    if match is None:
        return cells
    sex = cells.get("sex", BLANK)
    split = {"name": name._replace(value=match[1], text=match[1])}
    if sex.kind is Kind.BLANK:
        split["sex"] = name._replace(value=match[2], text=match[2])
    return {**cells, **split}


def read_cell(
    parsed: ParsedRow,
    name: str,
    cells: Mapping[str, Cell],
    read: Callable[[Cell], T | None],
) -> T | None:
    """Read a cell; refuse the row if it cannot be read."""
    cell = cells.get(name)
    if cell is None or cell.kind is Kind.BLANK:
        return None
    try:
        return read(cell)
    except DomainError as refusal:
        parsed.refuse(name, refusal)
        return None


def _read_remark(cells: Mapping[str, Cell]) -> str:
    """Return the remark, or nothing if it cannot be read."""
    try:
        return read_text(cells.get("remark", BLANK)) or ""
    except DomainError:
        return ""
