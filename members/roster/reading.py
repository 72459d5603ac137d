"""Reading one row of a roster: what is said of the person, and what is wrong."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from core.errors import DomainError
from core.identity import birth_date_of, sex_of
from core.months import today
from members.enums import Category, Precision, Sex, Standing
from members.models import Member
from members.roster.days import cut, is_too_soon, is_too_young, within
from members.roster.errors import (
    JoinInFuture,
    Missing,
    NotAMember,
    SexContradicts,
    TooLong,
    UnknownType,
)
from members.roster.parsed_rows import ParsedRow
from members.roster.wording import (
    NAME_WITH_SEX,
    category_in,
    category_in_remark,
    is_no_member,
    is_not_yet,
    is_paper,
    is_yes,
    standing_in,
    tells_of_an_end,
)
from sheets.read import (
    BLANK,
    Cell,
    Kind,
    ReadDate,
    TableRow,
    drop_placeholder,
    read_date,
    read_ethnicity,
    read_identity_number,
    read_name,
    read_phone,
    read_sex,
    read_text,
)
from sheets.read import Precision as Shown

T = TypeVar("T")

FREE_TEXTS = ("education", "address", "landline", "remark")
ROOM = {
    column.name: column.max_length or 0
    for column in Member._meta.concrete_fields
    if column.name in FREE_TEXTS
}
# The constitution of 1969 knew no probation; that of August 1977 brought it back.
NO_PROBATION = (dt.date(1969, 4, 1), dt.date(1977, 8, 31))


class RowReader:
    """Reads rows, one after the other, into drafts."""

    def __init__(self, ethnic_groups: Sequence[str]) -> None:
        self.ethnic_groups = ethnic_groups
        self.today = today()

    def read(self, row: TableRow) -> ParsedRow:
        """Read everything but the branch, which depends on who asks."""
        draft = ParsedRow(
            row.sheet,
            row.excel_row,
            row.group,
            row.subgroup,
            flags=[flag.value for flag in row.flags],
        )
        cells = _sex_apart(row.cells)
        draft.branch_text = drop_placeholder(
            _taken(draft, "branch", cells, read_text) or ""
        )
        draft.place_text = _taken(draft, "place", cells, read_text) or ""
        self._name(draft, cells)
        self._number(draft, cells)
        self._sex_and_birth(draft, cells)
        self._dates(draft, cells)
        self._kind(draft, cells)
        self._softly(draft, cells)
        self._texts(draft, cells)
        return draft

    def _name(self, draft: ParsedRow, cells: Mapping[str, Cell]) -> None:
        name = _taken(draft, "name", cells, read_name)
        if name:
            draft.give("name", name)
        elif "name" not in draft.faulty:
            draft.refuse("name", Missing())

    def _number(self, draft: ParsedRow, cells: Mapping[str, Cell]) -> None:
        told = drop_placeholder(cells.get("id_number", BLANK).text)
        number = told and _taken(draft, "id_number", cells, read_identity_number)
        if number:
            draft.give("id_number", number)
        elif "id_number" not in draft.faulty:
            draft.refuse("id_number", Missing())

    def _sex_and_birth(self, draft: ParsedRow, cells: Mapping[str, Cell]) -> None:
        """Sex and birth date are those of the identity number."""
        number = draft.values.get("id_number")
        said = _taken(draft, "sex", cells, read_sex)
        if number is None:
            return
        meant = sex_of(number)
        if said is not None and said != meant:
            draft.refuse(
                "sex", SexContradicts(said=Sex(said).label, meant=Sex(meant).label)
            )
        draft.give("sex", meant)
        draft.give("birth_date", birth_date_of(number))
        self._archive_birth(draft, cells)

    def _archive_birth(self, draft: ParsedRow, cells: Mapping[str, Cell]) -> None:
        """Compare the birth date of the archive, as far as it is told."""
        try:
            told = read_date(cells.get("birth_date", BLANK))
        except DomainError:
            draft.flag("birth_unread")
            return
        born = draft.values["birth_date"]
        if told is not None and told.value != cut(born, told.precision):
            draft.flag("birth_differs")

    def _dates(self, draft: ParsedRow, cells: Mapping[str, Cell]) -> None:
        joined = self._date(draft, "join_date", cells)
        full = self._date(draft, "full_member_date", cells)
        if joined is not None and is_too_young(draft.values.get("birth_date"), joined):
            draft.flag("joined_young")
        if joined is None or full is None:
            return
        if full.value < joined.value == within(joined.value, full):
            draft.values["full_member_date"] = joined.value
        first, last = NO_PROBATION
        exact = joined.precision is full.precision is Shown.DAY
        if exact and joined.value == full.value and not first <= full.value <= last:
            draft.flag("full_same_day")
        if joined.value > last and is_too_soon(joined, full):
            draft.flag("full_too_soon")

    def _date(
        self, draft: ParsedRow, name: str, cells: Mapping[str, Cell]
    ) -> ReadDate | None:
        if name == "full_member_date" and is_not_yet(cells.get(name, BLANK).text):
            return None
        told = _taken(draft, name, cells, read_date)
        if told is None:
            return None
        if told.value > self.today:
            draft.refuse(name, JoinInFuture(day=told.value.isoformat()))
            return None
        precision = Precision(told.precision.value)
        draft.give(name, told.value)
        draft.give(f"{name.removesuffix('_date')}_precision", precision)
        if precision is not Precision.DAY:
            draft.flag(f"{precision.value}_precision")
        return told

    def _kind(self, draft: ParsedRow, cells: Mapping[str, Cell]) -> None:
        """Read standing and category; offices mix the two up in one column."""
        told, other = (
            "" if is_paper(text) else text
            for name in ("member_type", "category")
            for text in [_taken(draft, name, cells, read_text) or ""]
        )
        standing = standing_in(told) or standing_in(other)
        if standing is None and not told:
            standing = _answered(draft, cells) or standing_in(draft.subgroup)
        mobile = is_yes(_taken(draft, "is_mobile", cells, read_text) or "")
        category = category_in(other) or category_in(told)
        category = category or (Category.MOBILE if mobile else None)
        if is_no_member(told):
            draft.refuse("member_type", NotAMember(text=told))
        elif told and not (standing_in(told) or category_in(told)):
            draft.refuse("member_type", UnknownType(text=told))
        if other and not (standing_in(other) or category_in(other)):
            draft.flag("category_unread")
        self._standing(draft, standing)
        _category(draft, category, cells)

    def _standing(self, draft: ParsedRow, told: Standing | None) -> None:
        """Take the standing; within a year of joining nobody is a full member yet."""
        if told is not None:
            draft.give("standing", told)
            return
        joined = draft.values.get("join_date")
        recent = joined is not None and joined > self.today - dt.timedelta(days=365)
        if recent and "full_member_date" not in draft.values:
            draft.values["standing"] = Standing.PROBATIONARY
            draft.flag("standing_inferred")
        else:
            draft.values["standing"] = Standing.FULL

    def _softly(self, draft: ParsedRow, cells: Mapping[str, Cell]) -> None:
        """Read what nobody is refused for."""

        def ethnic_group(cell: Cell) -> str | None:
            return read_ethnicity(cell, self.ethnic_groups)

        for name, read, flag in (
            ("phone", read_phone, "phone_invalid"),
            ("ethnicity", ethnic_group, "ethnicity_unread"),
        ):
            try:
                value = read(cells.get(name, BLANK))
            except DomainError:
                draft.flag(flag)
                continue
            if value:
                draft.give(name, value)

    def _texts(self, draft: ParsedRow, cells: Mapping[str, Cell]) -> None:
        for name in FREE_TEXTS:
            try:
                text = read_text(cells.get(name, BLANK))
            except DomainError:
                draft.flag("text_unread")
                continue
            limit = ROOM[name]
            if text and len(text) > limit:
                draft.refuse(name, TooLong(length=len(text), limit=limit))
            elif text:
                draft.give(name, text)
        if tells_of_an_end(draft.values.get("remark", "")):
            draft.flag("remark_of_end")


def _sex_apart(cells: Mapping[str, Cell]) -> Mapping[str, Cell]:
    """Take 王芳（女） for what it is, as rosters mark those who are fewer."""
    name = cells.get("name", BLANK)
    found = NAME_WITH_SEX.fullmatch(name.text.strip())
    if found is None:
        return cells
    sex = cells.get("sex", BLANK)
    told = {"name": name._replace(value=found[1], text=found[1])}
    if sex.kind is Kind.BLANK:
        told["sex"] = name._replace(value=found[2], text=found[2])
    return {**cells, **told}


def _taken(
    draft: ParsedRow,
    name: str,
    cells: Mapping[str, Cell],
    read: Callable[[Cell], T | None],
) -> T | None:
    """Read a cell; what cannot be read refuses the row."""
    cell = cells.get(name)
    if cell is None or cell.kind is Kind.BLANK:
        return None
    try:
        return read(cell)
    except DomainError as refusal:
        draft.refuse(name, refusal)
        return None


def _answered(draft: ParsedRow, cells: Mapping[str, Cell]) -> Standing | None:
    """Return the standing where a column asks whether somebody is probationary."""
    answer = drop_placeholder(_taken(draft, "is_probationary", cells, read_text) or "")
    if not answer:
        return None
    return Standing.PROBATIONARY if is_yes(answer) else Standing.FULL


def _category(
    draft: ParsedRow, told: Category | None, cells: Mapping[str, Cell]
) -> None:
    if told is not None:
        draft.give("category", told)
        return
    try:
        remark = read_text(cells.get("remark", BLANK)) or ""
    except DomainError:
        remark = ""
    draft.values["category"] = category_in_remark(remark) or Category.RESIDENT
