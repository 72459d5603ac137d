"""Tell places of one's own from those elsewhere, in the words of a register."""

import re

from core.db.tree import ancestor_paths
from members.roster.branches import BranchResolver
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
        self.resolver = resolver
        nodes, chosen = resolver.book.nodes, resolver.chosen
        above = ancestor_paths(chosen.path)
        self.above = [nodes[path].name for path in above if path in nodes]
        self.inside = [
            node.name
            for path, node in nodes.items()
            if path.startswith(chosen.path) and node.kind not in BRANCHES
        ]

    def is_own(self, text: str) -> bool:
        """Whether a text names something of the chosen organization, or 本地.

        Of what stands inside a longer text, as 东社区3栋, only communities count.
        """
        named = self.resolver.look_up(text)
        if isinstance(named, Organization | AmbiguousOrganization):
            return True
        is_word = OWN.match(fold(text)) is not None
        return is_word or any(name in text for name in self.inside)

    def is_above(self, text: str) -> bool:
        """Whether a text names an organization above the chosen one: its street."""
        return any(name in text for name in self.above)

    def is_outside(self, text: str) -> bool:
        """Whether a text names nothing of the chosen organization."""
        return isinstance(self.resolver.look_up(text), OUTSIDE)
