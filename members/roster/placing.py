"""Telling the branch of each row: by its cell, heading, sheet, or the choice."""

import re
from collections.abc import Callable

from core.errors import DomainError
from members.errors import CannotHoldMembers
from members.roster.errors import BranchMissing
from members.roster.reading import Draft
from organizations.enums import HOLDING_MEMBERS
from organizations.models import Organization
from organizations.naming import NameBook

SHEET_WORDS = re.compile(
    "(全体)?(正式|预备|在册)?党员(信息|基本情况)?(花?名册|名单|台账|一览表|信息表|表)?$"
)


class Placer:
    """Finds branches for a sheet of the chosen organization and one person."""

    def __init__(self, chosen: Organization, reaches: Callable[[str], bool]) -> None:
        self.chosen = chosen
        self.reaches = reaches
        self.book = NameBook()
        nodes = self.book.nodes.values()
        self.parents = {n.parent_id for n in nodes if n.kind in HOLDING_MEMBERS}
        self.known: dict[tuple[str, str], Organization | DomainError] = {}

    def place(self, draft: Draft) -> Organization | None:
        """Return the branch of a row; note on the draft how it was told, or why not."""
        heading = self._perhaps(draft.group, self.chosen)
        if draft.branch_text:
            return self._named(draft, heading)
        titled = self._perhaps(SHEET_WORDS.sub("", draft.sheet), self.chosen)
        for found, flag in (
            (heading, "branch_from_heading"),
            (titled, "branch_from_sheet"),
            (self.chosen, "branch_assumed"),
        ):
            if found is not None and self.takes_members(found):
                draft.flag(flag)
                return found
        return None

    def require(self, draft: Draft, place: Organization | None) -> None:
        """Refuse a row of somebody new that names no branch at all."""
        if place is None and not draft.branch_text:
            draft.refuse("branch", BranchMissing())

    def takes_members(self, node: Organization) -> bool:
        """Whether members belong to the node itself and not to branches below it."""
        return node.kind in HOLDING_MEMBERS and node.pk not in self.parents

    def _named(self, draft: Draft, heading: Organization | None) -> Organization | None:
        """Find what the row's own cell names, within the place of the heading."""
        above = heading is not None and not self.takes_members(heading)
        found = self._find(draft.branch_text, heading if above else self.chosen)
        if isinstance(found, DomainError):
            draft.refuse("branch", found)
            return None
        if not self.takes_members(found):
            draft.refuse("branch", CannotHoldMembers(name=found.name))
            return None
        if heading is not None and not found.path.startswith(heading.path):
            draft.flag("heading_differs")
        return found

    def _perhaps(self, text: str, chosen: Organization) -> Organization | None:
        found = self._find(text, chosen) if text else None
        return found if isinstance(found, Organization) else None

    def _find(
        self, text: str, chosen: Organization | None
    ) -> Organization | DomainError:
        """Find a name once, however many rows bear it."""
        place = chosen or self.chosen
        key = text, place.path
        if key not in self.known:
            try:
                self.known[key] = self.book.find(
                    text, chosen=place, reaches=self.reaches
                )
            except DomainError as refusal:
                self.known[key] = refusal
        return self.known[key]
