"""Tell places of one's own from those elsewhere, in the words of a register."""

import re

from core.db.tree import ancestor_paths
from members.roster.branches import BranchResolver
from members.roster.foreign_names import above_names, find_foreign_front, foreign_part
from organizations.enums import FILING, HOLDING_MEMBERS
from organizations.errors import (
    AmbiguousOrganization,
    OutsideChosenOrganization,
    OutsideOwnArea,
    UnknownOrganization,
)
from organizations.models import Organization
from sheets.read import fold

OWN = re.compile(
    "(我|本)(地|市|省|县|区|辖区|社区|村|街道|镇|乡|支部|党支部)|当地|辖区内?"
)
BRANCHES = {*HOLDING_MEMBERS} - {*FILING}
OUTSIDE = (UnknownOrganization, OutsideOwnArea, OutsideChosenOrganization)


class Places:
    """The organizations in and around the chosen one, as places that texts name."""

    def __init__(self, resolver: BranchResolver) -> None:
        self.resolver, self.book = resolver, resolver.book
        nodes, self.chosen = resolver.book.nodes, resolver.chosen
        above = ancestor_paths(self.chosen.path)
        self.above = [nodes[path] for path in above if path in nodes]
        self.inside = [
            node
            for path, node in nodes.items()
            if path.startswith(self.chosen.path) and node.kind not in BRANCHES
        ]

    def is_own(self, text: str) -> bool:
        """Whether a text names something of the chosen organization, or 本地.

        Of what stands inside a longer text, as 东社区3栋, only communities count; the
        community of that name in another city does not.
        """
        named = self.resolver.look_up(text)
        if isinstance(named, Organization | AmbiguousOrganization):
            return True
        is_word = OWN.match(fold(text)) is not None
        return is_word or self._holds(text, self.inside)

    def names_inside(self, text: str) -> bool:
        """Whether a text holds the name of a community or street of one's own."""
        return any(node.name in text for node in self.inside)

    def is_above(self, text: str) -> bool:
        """Whether a text names an organization above the chosen one: its street."""
        return self._holds(text, self.above)

    def is_far(self, text: str) -> bool:
        """Whether a text names a place, and none of one's own or above it."""
        if not text or self.is_own(text) or self.is_above(text):
            return False
        names = above_names(self.chosen, self.book)
        return bool(foreign_part(text, names)) or self.names_inside(text)

    def is_outside(self, text: str) -> bool:
        """Whether a text names nothing of the chosen organization."""
        return isinstance(self.resolver.look_up(text), OUTSIDE)

    def _holds(self, text: str, nodes: list[Organization]) -> bool:
        return any(
            node.name in text and not find_foreign_front(text, node, self.book)
            for node in nodes
        )
