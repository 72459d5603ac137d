"""Read whether a row is a full or probationary member, and of which category.

Nothing is assumed: the person who uploads the sheet is asked for what the row, its
headings and its title do not say.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from exchange.doubts import DoubtSource
from exchange.import_kinds import AskedGroup
from exchange.sheet_context import SheetContext
from members.enums import Category, Standing
from members.roster.categories import find_category, is_explained, names_elsewhere
from members.roster.contradictions import Contradictions
from members.roster.departures import NO, is_ended_state, says_left
from members.roster.ended_states import EndedStates
from members.roster.errors import NoMembership, NotAMember
from members.roster.group_headings import (
    HeadingsRead,
    refuse_barred,
    show_headings,
)
from members.roster.membership import asks_membership, judge_membership
from members.roster.parsed_rows import ParsedRow
from members.roster.sheet_types import CHECK_IN, MOBILE, ROSTER
from members.roster.state_errors import departure_error, type_error
from members.roster.wording import (
    find_category_in_remark,
    find_standing,
    is_document,
    is_not_a_member,
    is_not_yet,
    is_yes,
    read_probationary,
    says_nothing,
)
from members.unusual_dates import joined_lately
from sheets.read import TableRow, drop_brackets, drop_placeholder, fold

POLITICAL = "面貌"  # a heading that asks everybody, also those without any party
TITLE_CATEGORY = re.compile("(离退休|退休|离休|在职|居民|流动)党员")
TITLE_PROBATIONARY = re.compile("预备党员")
TITLE_OF_BOTH = re.compile("正式|[及和与、]")
MAX_TITLE_LENGTH = 60
# Somebody is employed: where they belong is another thing.
WORKS = re.compile("在职(职工|人员|员工|干部|教师|教职工|工人)?")
TYPE_CATEGORIES = {CHECK_IN: Category.IN_SERVICE, MOBILE: Category.MOBILE}


class StandingReader:
    """Reads standing and category of rows, with the answers to open questions."""

    def __init__(self, context: SheetContext) -> None:
        self.answers = context.answers
        self.states = EndedStates(context)
        titles, types = context.titles, context.sheet_types
        self.titled_standings = {
            sheet: _find_titled_standing([*lines, sheet])
            for sheet, lines in titles.items()
        }
        self.contradictions = Contradictions(context)
        self.types = types
        self.asking = {
            sheet: heading
            for sheet, headings in context.unread.items()
            for heading in headings
            if asks_membership(heading)
        }
        self.untitled, self.headers = context.untitled_sheets, context.headers
        self.titled_categories = {
            sheet: TYPE_CATEGORIES.get(types[sheet].key if sheet in types else "")
            or _find_titled_category([*lines, sheet])
            for sheet, lines in titles.items()
        }

    def read(
        self,
        parsed: ParsedRow,
        texts: Mapping[str, str],
        row: TableRow,
        headings: HeadingsRead,
    ) -> None:
        """Set standing and category from the texts of the row's columns by field."""
        refuse_barred(parsed, headings)
        kind_text, category_text = (
            "" if is_document(texts.get(name, "")) else texts.get(name, "")
            for name in ("member_type", "category")
        )
        heading = row.headings.get("member_type", "")
        is_aside = self.states.sets_aside(parsed, heading, kind_text)
        if is_aside or says_nothing(kind_text):
            kind_text = ""
        if not is_aside:
            self._refuse_other_people(parsed, kind_text, row.headings)
        self._read_standing(parsed, texts, (kind_text, category_text), headings)
        _question_kind(parsed, row.headings.get("member_type", ""), kind_text)
        self._read_category(parsed, texts, (category_text, kind_text), headings)
        is_mobile = self._question_mobile(parsed, texts.get("is_mobile", ""))
        judge_membership(
            parsed,
            row.others,
            kinds=None if self._checks_in(parsed) else is_mobile,
            category=drop_placeholder(category_text),
            above=None if self._checks_in(parsed) else headings.unknown,
            is_stated="standing" in parsed.stated,
            is_titled=self._is_titled(parsed),
            asked=self.asking.get(parsed.sheet, ""),
        )
        show_headings(parsed, headings)
        if not self._checks_in(parsed):
            self.contradictions.doubt(parsed, texts, row, headings)

    def _question_mobile(self, parsed: ParsedRow, text: str) -> dict[str, str]:
        """Return an answer that is neither yes nor no, by the heading that asks."""
        text = drop_placeholder(text)
        if is_yes(text) or fold(text) in NO or find_category(text):
            return {}
        heading = self.headers.get(parsed.sheet, {}).get("is_mobile", "")
        if text and not names_elsewhere(text):
            parsed.doubt(DoubtSource.COLUMN, heading, text)
        return {heading: text}

    def _is_titled(self, parsed: ParsedRow) -> bool:
        """Whether the sheet is no roster, or a title or a name says that it is one."""
        sheet_type = self.types.get(parsed.sheet)
        is_roster = sheet_type is not None and sheet_type.key == ROSTER
        return not is_roster or parsed.sheet not in self.untitled

    def _checks_in(self, parsed: ParsedRow) -> bool:
        """Whether the sheet is one of check-ins, whose headings name employers."""
        sheet_type = self.types.get(parsed.sheet)
        return sheet_type is not None and sheet_type.key == CHECK_IN

    def _refuse_other_people(
        self, parsed: ParsedRow, kind_text: str, headings: Mapping[str, str]
    ) -> None:
        """Refuse people who, by the row, are not or no longer members."""
        heading = headings.get("member_type", "")
        if POLITICAL in heading and not drop_placeholder(kind_text):
            parsed.refuse("member_type", NoMembership(heading=heading))
        elif says_left(kind_text) or is_ended_state(heading, kind_text):
            refusal = departure_error(heading, kind_text, shown=kind_text)
            parsed.refuse("member_type", refusal)
        elif is_not_a_member(kind_text):
            parsed.refuse("member_type", NotAMember(text=kind_text))

    def _read_standing(
        self,
        parsed: ParsedRow,
        texts: Mapping[str, str],
        own: Sequence[str],
        headings: HeadingsRead,
    ) -> None:
        """Set the standing that the row or its title says, or the answer, or ask."""
        stated = next(filter(None, map(find_standing, own)), None)
        stated = stated or _read_probationary_answer(texts)
        if stated is None and "full_member_date" in parsed.values:
            stated = Standing.FULL
        if stated is None and is_not_yet(texts["full_member_date"]):
            stated = Standing.PROBATIONARY
        if stated and headings.standing not in {None, stated}:
            parsed.flag("heading_says_otherwise")
        stated = stated or headings.standing
        if stated is not None:
            parsed.set_value("standing", stated)
        elif titled := self.titled_standings.get(parsed.sheet):
            parsed.values["standing"] = titled
            parsed.flag("standing_from_title")
        else:
            self._use_answer(parsed, "standing", own[0])
            self._correct_answer(parsed)

    def _correct_answer(self, parsed: ParsedRow) -> None:
        """Set members who joined less than a year ago to probationary.

        The answer of the person who uploads is for all rows, and wrong for these.
        """
        recent = joined_lately(parsed.values.get("join_date"))
        if recent and parsed.values.get("standing") == Standing.FULL:
            parsed.values["standing"] = Standing.PROBATIONARY
            parsed.flags.remove("standing_answered")
            parsed.flag("standing_inferred")

    def _read_category(
        self,
        parsed: ParsedRow,
        texts: Mapping[str, str],
        own: Sequence[str],
        headings: HeadingsRead,
    ) -> None:
        """Set the category that the row or its title says, or the answer, or ask."""
        stated = _find_stated_category(own, texts)
        if stated and headings.category not in {None, stated}:
            parsed.flag("heading_says_otherwise")
        stated = stated or headings.category
        if stated is not None:
            parsed.set_value("category", stated)
            parsed.works = next((t for t in own if WORKS.fullmatch(fold(t))), "")
            return
        if drop_placeholder(own[0]) and not find_standing(own[0]):
            parsed.flag("category_unread")
        if titled := self.titled_categories.get(parsed.sheet):
            parsed.values["category"] = titled
            parsed.flag("category_from_title")
        elif remarked := find_category_in_remark(texts.get("remark", "")):
            parsed.values["category"] = remarked
            parsed.flag("category_from_remark")
        else:
            self._use_answer(parsed, "category", own[0])

    def _use_answer(self, parsed: ParsedRow, key: str, text: str) -> None:
        """Set a value from the answer of the person who uploads, or ask for it.

        Rows are asked about together that stand below one heading or in one branch, or
        whose own column has the same unknown word.
        """
        choices = Standing if key == "standing" else Category
        asked = AskedGroup(key, _name_group(parsed, drop_placeholder(text)))
        parsed.asked.append(asked)
        answer = self.answers.get_for_group(key, asked.key)
        if answer in choices.values:
            parsed.values[key] = choices(answer)
            parsed.flag(f"{key}_answered")
        else:
            parsed.questions.append(key)


def _question_kind(parsed: ParsedRow, heading: str, text: str) -> None:
    """Doubt an unknown kind of member whose standing is stated, else refuse it.

    What is said of their trade or place (农村党员) is nothing against a row.
    """
    text = drop_placeholder(text)
    is_read = not text or find_standing(text) or is_explained(text)
    if is_read or says_nothing(text) or "member_type" in parsed.refused_columns:
        return
    if "standing" in parsed.stated:
        parsed.doubt(DoubtSource.MEMBER, heading, text)
    else:
        parsed.refuse("member_type", type_error(text))


def _name_group(parsed: ParsedRow, text: str) -> str:
    """Return what a row has in common with others of which the same may be true."""
    if text and not (find_standing(text) or find_category(text)):
        return f"“{text}”"
    heading = parsed.above[-1].text if parsed.above else ""
    return heading or parsed.branch_text or parsed.community_text or parsed.sheet


def _find_stated_category(
    own: Sequence[str], texts: Mapping[str, str]
) -> Category | None:
    """Return the category that the row's own columns say, if any."""
    stated = next(filter(None, map(find_category, own)), None)
    mobile = texts.get("is_mobile", "")
    if stated is None and is_yes(mobile):
        return Category.MOBILE
    return stated or find_category(mobile)


def _read_probationary_answer(texts: Mapping[str, str]) -> Standing | None:
    """Read the standing from a column that asks whether members are probationary."""
    answer = drop_placeholder(texts.get("is_probationary", ""))
    return read_probationary(answer) if answer else None


def _short_titles(lines: Iterable[str]) -> list[str]:
    return [
        drop_brackets(fold(line)) for line in lines if len(line) <= MAX_TITLE_LENGTH
    ]


def _find_titled_standing(lines: Iterable[str]) -> Standing | None:
    """Return the standing that a title gives to everybody below it: probationary."""
    for title in _short_titles(lines):
        if TITLE_PROBATIONARY.search(title) and not TITLE_OF_BOTH.search(title):
            return Standing.PROBATIONARY
    return None


def _find_titled_category(lines: Iterable[str]) -> Category | None:
    """Return the category that a title gives to everybody below it."""
    for title in _short_titles(lines):
        if match := TITLE_CATEGORY.search(title):
            return find_category(match[1])
    return None
