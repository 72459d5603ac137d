"""Resolve the branch of each row: by cell, heading, sheet, title or choice."""

from collections.abc import Callable, Sequence
from functools import partial

from core.db.tree import ancestor_paths
from core.errors import DomainError
from exchange.sheet_context import SheetContext
from members.errors import CannotHoldMembers
from members.roster.errors import (
    BranchesDiffer,
    CommunityMissing,
    SheetOfOtherOrganization,
    SheetOfUnknownOrganization,
)
from members.roster.foreign_names import find_unknown_territory
from members.roster.heading_organizations import find_heading_organization
from members.roster.parsed_rows import ParsedRow
from members.roster.state_errors import explain_branch
from members.roster.titles import Titles, candidate_names, territory_in
from organizations.enums import FILING, HOLDING_MEMBERS
from organizations.errors import (
    OutsideChosenOrganization,
    OutsideOwnArea,
    UnknownOrganization,
)
from organizations.models import Organization
from organizations.naming import NameBook
from sheets.read import is_ditto

# Answers are stored and typed under these keys.
TITLE_ORGANIZATION, IS_OURS = "title_place", "ours"


class BranchResolver:
    """Finds the branches of rows within the chosen organization, for one user.

    Short names are searched within the organization named in row, heading or title.
    """

    def __init__(
        self,
        context: SheetContext,
        can_manage: Callable[[str], bool],
    ) -> None:
        self.chosen = context.organization
        self.can_manage = can_manage
        self.answer = context.answers.get(TITLE_ORGANIZATION)
        self.book = NameBook()
        nodes = self.book.nodes.values()
        self.parents = {n.parent_id for n in nodes if n.kind in HOLDING_MEMBERS}
        self.last_branch_texts: dict[tuple[str, str], str] = {}
        self.results: dict[tuple[str, str], Organization | DomainError] = {}
        self._unknown_territory = partial(
            find_unknown_territory, look_up=self.look_up, book=self.book
        )
        self.titles = {
            sheet: self._read_titles([*lines, sheet])
            for sheet, lines in context.titles.items()
        }

    def resolve(self, parsed: ParsedRow) -> Organization | None:
        """Return the branch of a row; flag how it was determined, or refuse the row."""
        self._read_ditto(parsed)
        if foreign_name := self._foreign_name(parsed):
            parsed.refuse("branch", SheetOfOtherOrganization(named=foreign_name))
            return None
        self._question_unknown_organization(parsed)
        titles = self.titles.get(parsed.sheet, Titles())
        row_community = self._find_row_community(parsed, titles.organization)
        scope = self._search_scope(row_community, titles.organization)
        heading = find_heading_organization(
            parsed, lambda name: self._find(name, scope)
        )
        if parsed.branch_text:
            within = self._search_scope(heading, row_community, titles.organization)
            return self._resolve_named(parsed, within, heading)
        return self._resolve_unnamed(parsed, titles, heading, row_community)

    def resolve_community(self, parsed: ParsedRow) -> Organization | None:
        """Return the community that an in-service member checks in with, or refuse."""
        if parsed.community_text:
            named = self._find(parsed.community_text, self.chosen)
            if isinstance(named, DomainError):
                parsed.refuse("community", named)
                return None
            if named.kind in FILING:
                return named
        self._question_unknown_organization(parsed)
        titled = self.titles.get(parsed.sheet, Titles()).organization
        for node in (titled, self.chosen):
            if node is not None and node.kind in FILING:
                return node
        parsed.refuse("community", CommunityMissing())
        return None

    def resolve_host(self, parsed: ParsedRow) -> Organization | None:
        """Return the community that a mobile member has come to, or refuse the row.

        The row may name the community itself or one of its branches.
        """
        titled = self.titles.get(parsed.sheet, Titles()).organization
        text = parsed.branch_text or parsed.community_text
        named = self._find(text, self._search_scope(titled)) if text else None
        if isinstance(named, UnknownOrganization) and not territory_in(text):
            parsed.flag("branch_elsewhere")
            named = None
        if isinstance(named, DomainError):
            parsed.refuse("branch", named)
            return None
        if named is None:
            self._question_unknown_organization(parsed)
        for node in (named, titled, self.chosen):
            if node is not None and (community := self.community_above(node)):
                return community
        parsed.refuse("community", CommunityMissing())
        return None

    def look_up(self, text: str) -> Organization | DomainError:
        """Return what a text names within the chosen organization, or the refusal."""
        return self._find(text, self.chosen)

    def knows(self, name: str) -> bool:
        """Whether the name is that of any organization in the tree."""
        return not isinstance(self.look_up(name), UnknownOrganization)

    def community_above(self, node: Organization) -> Organization | None:
        """Return the community that contains an organization, or is it, if any."""
        paths = [node.path, *reversed(ancestor_paths(node.path))]
        above = (self.book.nodes[path] for path in paths if path in self.book.nodes)
        return next((one for one in above if one.kind in FILING), None)

    def _resolve_unnamed(
        self,
        parsed: ParsedRow,
        titles: Titles,
        heading: Organization | None,
        row_community: Organization | None,
    ) -> Organization | None:
        """Find the branch of a row whose own cell names none."""
        for candidate, flag in (
            (heading, "branch_from_heading"),
            (self._find_by_sheet_name(parsed, titles), "branch_from_sheet"),
            (titles.branch, "branch_from_title"),
            (row_community, ""),
            (self.chosen, "branch_assumed"),
        ):
            if candidate is None or not self.takes_members(candidate):
                continue
            if candidate is not heading and len(titles.branches) > 1:
                names = "、".join(node.name for node in titles.branches)
                parsed.refuse("branch", BranchesDiffer(names=names))
                return None
            if flag:
                parsed.flag(flag)
            return candidate
        return None

    def _foreign_name(self, parsed: ParsedRow) -> str:
        """Return the name of another office in a row's heading or title, if any.

        Short names are valid only in sheets of their own office; full names inside the
        chosen organization are valid anywhere.
        """
        named = self.titles.get(parsed.sheet, Titles()).foreign_name
        if self._is_elsewhere(parsed.group):
            named = parsed.group
        is_full = named and any(map(self._is_full_name, parsed.organization_texts()))
        return "" if is_full else named

    def _question_unknown_organization(self, parsed: ParsedRow) -> None:
        """Ask whose row it is if what stands above or beside it names nobody known.

        Short names below another office's title are never read as one's own unasked.
        """
        unknown = self._unknown_name(parsed)
        is_namesake = unknown and self.knows(territory_in(unknown))
        own = any(map(self._is_full_name, parsed.organization_texts()))
        if not unknown or (own and not is_namesake):
            return
        parsed.shown["title_names"] = unknown
        if self.answer == IS_OURS:
            parsed.flag(f"{TITLE_ORGANIZATION}_answered")
        elif self.answer:
            parsed.refuse("branch", SheetOfUnknownOrganization(named=unknown))
        elif TITLE_ORGANIZATION not in parsed.questions:
            parsed.questions.append(TITLE_ORGANIZATION)
            parsed.flag(f"{TITLE_ORGANIZATION}_asked")

    def _unknown_name(self, parsed: ParsedRow) -> str:
        """Return the unknown office in a row's own cell, its heading or its title."""
        titled = self.titles.get(parsed.sheet, Titles()).unknown_name
        own = map(self._unknown_territory, (parsed.community_text, parsed.group))
        return next(filter(None, own), titled)

    def _is_elsewhere(self, text: str) -> bool:
        """Whether the name is of an organization beside the chosen one."""
        match = self._find(text, self.chosen) if text else None
        if not isinstance(match, OutsideOwnArea | OutsideChosenOrganization):
            return False
        paths = [entry.organization.path for entry in self.book.matches(text)]
        return not any(map(self.chosen.path.startswith, paths))

    def _is_full_name(self, text: str) -> bool:
        """Whether the text is a full name within the chosen organization."""
        return any(
            not entry.within and entry.organization.path.startswith(self.chosen.path)
            for entry in self.book.matches(text)
        )

    def _read_ditto(self, parsed: ParsedRow) -> None:
        """Replace 同上 by the last branch written under the same heading."""
        section = parsed.sheet, parsed.group
        if is_ditto(parsed.branch_text):
            parsed.branch_text = self.last_branch_texts.get(section, "")
        elif parsed.branch_text:
            self.last_branch_texts[section] = parsed.branch_text

    def takes_members(self, node: Organization) -> bool:
        """Whether members belong to the node itself, not to branches below it."""
        return node.kind in HOLDING_MEMBERS and node.pk not in self.parents

    def _search_scope(self, *nodes: Organization | None) -> Organization:
        """Return the first one with branches below it, or the chosen organization."""
        parents = (n for n in nodes if n is not None and not self.takes_members(n))
        return next(parents, self.chosen)

    def _find_row_community(
        self, parsed: ParsedRow, titled: Organization | None
    ) -> Organization | None:
        """Find the community named in its own column."""
        if not parsed.community_text:
            return None
        match = self._find(parsed.community_text, self._search_scope(titled))
        if isinstance(match, OutsideOwnArea):
            parsed.refuse("community", match)
        return match if isinstance(match, Organization) else None

    def _find_by_sheet_name(
        self, parsed: ParsedRow, titles: Titles
    ) -> Organization | None:
        """Find the branch named by the sheet, within the organization of its title."""
        find = self._finder(self._search_scope(titles.organization))
        return next(filter(None, map(find, candidate_names(parsed.sheet))), None)

    def _finder(self, within: Organization) -> Callable[[str], Organization | None]:
        return partial(self._find_or_none, within=within)

    def _read_titles(self, lines: Sequence[str]) -> Titles:
        """Read the lines above a table, and the name of its sheet."""
        names = [name for line in lines for name in candidate_names(line)]
        organizations = [*filter(None, map(self._finder(self.chosen), names))]
        parents = {
            node.path: node for node in organizations if not self.takes_members(node)
        }
        lowest = [
            node
            for path, node in parents.items()
            if not any(other != path and other.startswith(path) for other in parents)
        ]
        lowest_parent = lowest[0] if len(lowest) == 1 else None
        find = self._finder(self._search_scope(lowest_parent))
        inside = filter(None, map(find, names))
        branches = dict.fromkeys(node for node in inside if self.takes_members(node))
        if organizations:
            return Titles(lowest_parent, tuple(branches))
        foreign_name = next(filter(self._is_elsewhere, names), "")
        unknown = filter(None, map(self._unknown_territory, lines))
        return Titles(lowest_parent, tuple(branches), foreign_name, next(unknown, ""))

    def _resolve_named(
        self, parsed: ParsedRow, within: Organization, heading: Organization | None
    ) -> Organization | None:
        """Find the branch named in the row's own cell, within an organization."""
        match = self._find(parsed.branch_text, within)
        if isinstance(match, DomainError):
            parsed.refuse("branch", explain_branch(parsed, match))
            return None
        if not self.takes_members(match):
            parsed.refuse("branch", CannotHoldMembers(name=match.name))
            return None
        if heading is not None and not match.path.startswith(heading.path):
            parsed.flag("heading_differs")
        return match

    def _find_or_none(self, text: str, within: Organization) -> Organization | None:
        match = self._find(text, within) if text else None
        return match if isinstance(match, Organization) else None

    def _find(self, text: str, within: Organization) -> Organization | DomainError:
        """Find a name, caching the result for other rows."""
        key = text, within.path
        if key not in self.results:
            try:
                self.results[key] = self.book.find(
                    text, chosen=within, can_manage=self.can_manage
                )
            except DomainError as refusal:
                self.results[key] = refusal
        return self.results[key]
