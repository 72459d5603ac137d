"""Telling the branch of each row: by its cell, heading, sheet, title, or the choice."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from core.errors import DomainError
from members.errors import CannotHoldMembers
from members.roster.errors import BranchesDiffer, BranchMissing, SheetOfOthers
from members.roster.parsed_rows import ParsedRow
from organizations.enums import HOLDING_MEMBERS
from organizations.errors import OutsideChosenPlace, OutsideOwnArea
from organizations.models import Organization
from organizations.naming import NameBook

ROSTER_WORDS = re.compile(
    "(全体|在册|所有)?(正式|预备)?((党员|人员)(基本)?(信息|情况)?)?"
    "(花?名册|名单|台账|一览表|登记表|统计表|信息表|采集表|汇总表|明细表|表)?$"
)
BEFORE_NAMES = re.compile(
    r"^(附件?表?\d*[:：、.]?|\d{4}年(度)?(\d{1,2}月(份)?|[上下]半年|第[一二三四]季度)?"
    r"|\d+[_\-.、])+"
)
REPORTED_BY = re.compile(
    r"(?:填报|报送|填表|制表|上报)?(?:单位|党组织|党支部|支部|社区)(?:名称)?"
    r"\s*(?:[(（][^()（）]*[)）])?\s*[:：]\s*(\S+)"
)
DITTO = {"同上", "〃", "″", "“", "”", '"', "同上行"}
BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


def names_in(line: str) -> Iterator[str]:
    """Yield what in a title or a line above the table may be an organization's name."""
    if found := REPORTED_BY.search(line):
        yield found[1]
        return
    bare = BEFORE_NAMES.sub("", "".join(BRACKETS.sub("", line).split()))
    yield ROSTER_WORDS.sub("", bare)


@dataclass(frozen=True, slots=True)
class Titles:
    """What stands above a table: the place, its branches, or a place elsewhere."""

    place: Organization | None = None
    branches: tuple[Organization, ...] = ()
    stranger: str = ""

    @property
    def branch(self) -> Organization | None:
        """The branch, where one alone is named."""
        return self.branches[0] if len(self.branches) == 1 else None


class BranchResolver:
    """Finds branches for a sheet of the chosen organization and one person.

    A place above branches, named beside a row, in its heading or in the title, is where
    the row's short names are looked for.
    """

    def __init__(
        self,
        chosen: Organization,
        reaches: Callable[[str], bool],
        titles: Mapping[str, Iterable[str]],
    ) -> None:
        self.chosen = chosen
        self.reaches = reaches
        self.book = NameBook()
        nodes = self.book.nodes.values()
        self.parents = {n.parent_id for n in nodes if n.kind in HOLDING_MEMBERS}
        self.written: dict[tuple[str, str], str] = {}
        self.known: dict[tuple[str, str], Organization | DomainError] = {}
        self.titles = {
            sheet: self._titles([*lines, sheet]) for sheet, lines in titles.items()
        }

    def place(self, draft: ParsedRow) -> Organization | None:
        """Return the branch of a row; note on the draft how it was told, or why not."""
        self._read_ditto(draft)
        if stranger := self._stranger(draft):
            draft.refuse("branch", SheetOfOthers(named=stranger))
            return None
        titles = self.titles.get(draft.sheet, Titles())
        beside = self._beside(draft, titles.place)
        heading = self._perhaps(draft.group, self._above(beside, titles.place))
        if draft.branch_text:
            within = self._above(heading, beside, titles.place)
            return self._named(draft, within, heading)
        return self._unnamed(draft, titles, heading, beside)

    def _unnamed(
        self,
        draft: ParsedRow,
        titles: Titles,
        heading: Organization | None,
        beside: Organization | None,
    ) -> Organization | None:
        """Find the branch of a row that names none itself."""
        for found, flag in (
            (heading, "branch_from_heading"),
            (self._by_sheet(draft, titles), "branch_from_sheet"),
            (titles.branch, "branch_from_title"),
            (beside, ""),
            (self.chosen, "branch_assumed"),
        ):
            if found is None or not self.takes_members(found):
                continue
            if found is not heading and len(titles.branches) > 1:
                names = "、".join(node.name for node in titles.branches)
                draft.refuse("branch", BranchesDiffer(names=names))
                return None
            if flag:
                draft.flag(flag)
            return found
        return None

    def _stranger(self, draft: ParsedRow) -> str:
        """Return the other place that stands above a row, in its heading or title.

        Short names are good in their own place's sheets alone; what is named in full
        is meant all the same.
        """
        named = self.titles.get(draft.sheet, Titles()).stranger
        if self._is_elsewhere(draft.group):
            named = draft.group
        told = (draft.branch_text, draft.place_text, draft.group)
        return "" if named and any(map(self._is_in_full, told)) else named

    def _is_elsewhere(self, text: str) -> bool:
        """Whether the name is another place's, and of none above the chosen one."""
        found = self._find(text, self.chosen) if text else None
        if not isinstance(found, OutsideOwnArea | OutsideChosenPlace):
            return False
        named = [entry.organization.path for entry in self.book.matches(text)]
        return not any(map(self.chosen.path.startswith, named))

    def _is_in_full(self, text: str) -> bool:
        """Whether the text names something of the chosen place in any sheet."""
        return any(
            not entry.within and entry.organization.path.startswith(self.chosen.path)
            for entry in self.book.matches(text)
        )

    def _read_ditto(self, draft: ParsedRow) -> None:
        """Put for 同上 the branch that was written last under the same heading."""
        under = draft.sheet, draft.group
        if "".join(draft.branch_text.split()) in DITTO:
            draft.branch_text = self.written.get(under, "")
        elif draft.branch_text:
            self.written[under] = draft.branch_text

    def require(self, draft: ParsedRow, place: Organization | None) -> None:
        """Refuse a row of somebody new that names no branch at all."""
        if place is None and "branch" not in draft.faulty:
            draft.refuse("branch", BranchMissing())

    def takes_members(self, node: Organization) -> bool:
        """Whether members belong to the node itself and not to branches below it."""
        return node.kind in HOLDING_MEMBERS and node.pk not in self.parents

    def _above(self, *places: Organization | None) -> Organization:
        """Return the first place that has branches below it, or what was chosen."""
        named = (p for p in places if p is not None and not self.takes_members(p))
        return next(named, self.chosen)

    def _beside(
        self, draft: ParsedRow, titled: Organization | None
    ) -> Organization | None:
        """Find the community that stands in a column of its own."""
        if not draft.place_text:
            return None
        found = self._find(draft.place_text, self._above(titled))
        if isinstance(found, OutsideOwnArea):
            draft.refuse("place", found)
        return found if isinstance(found, Organization) else None

    def _by_sheet(self, draft: ParsedRow, titles: Titles) -> Organization | None:
        """Find what the name of the sheet names, within the place of its title."""
        place = self._above(titles.place)
        return next(filter(None, map(self._finder(place), names_in(draft.sheet))), None)

    def _finder(self, place: Organization) -> Callable[[str], Organization | None]:
        return lambda text: self._perhaps(text, place)

    def _titles(self, lines: Iterable[str]) -> Titles:
        """Read the lines above a table, and the name of its sheet."""
        names = [name for line in lines for name in names_in(line)]
        found = [*filter(None, map(self._finder(self.chosen), names))]
        places = {node.path: node for node in found if not self.takes_members(node)}
        lowest = [
            node
            for path, node in places.items()
            if not any(other != path and other.startswith(path) for other in places)
        ]
        place = lowest[0] if len(lowest) == 1 else None
        inside = filter(None, map(self._finder(self._above(place)), names))
        branches = dict.fromkeys(node for node in inside if self.takes_members(node))
        strangers = () if found else filter(self._is_elsewhere, names)
        return Titles(place, tuple(branches), next(iter(strangers), ""))

    def _named(
        self, draft: ParsedRow, within: Organization, heading: Organization | None
    ) -> Organization | None:
        """Find what the row's own cell names, within the place it stands in."""
        found = self._find(draft.branch_text, within)
        if isinstance(found, DomainError):
            draft.refuse("branch", found)
            return None
        if not self.takes_members(found):
            draft.refuse("branch", CannotHoldMembers(name=found.name))
            return None
        if heading is not None and not found.path.startswith(heading.path):
            draft.flag("heading_differs")
        return found

    def _perhaps(self, text: str, within: Organization) -> Organization | None:
        found = self._find(text, within) if text else None
        return found if isinstance(found, Organization) else None

    def _find(self, text: str, within: Organization) -> Organization | DomainError:
        """Find a name once, however many rows bear it."""
        key = text, within.path
        if key not in self.known:
            try:
                self.known[key] = self.book.find(
                    text, chosen=within, reaches=self.reaches
                )
            except DomainError as refusal:
                self.known[key] = refusal
        return self.known[key]
