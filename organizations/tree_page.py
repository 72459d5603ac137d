"""The tree below one organization, as deep as one page bears."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from core.db.tree import STEP, path_range
from organizations.models import Organization
from organizations.place_columns import PlaceColumn, PlaceValues

MOST_NODES = 600
"""Organizations on one page; what lies deeper is opened on a page of its own."""


@dataclass(slots=True)
class Node:
    """One organization in the tree, with what is shown of it and what lies below."""

    organization: Organization
    cells: list[tuple[PlaceColumn, Any]]
    children: list["Node"] = field(default_factory=list)
    is_cut: bool = False


def build_tree(
    root: Organization, rows: QuerySet[Organization], values: PlaceValues
) -> Node:
    """Return the tree of the rows below a root, cut where it grows too large."""
    below = rows.filter(path_range("", root.path)).order_by("path")
    nodes = list(below.select_related("guidance_parent"))
    deepest = _deepest_level(nodes)
    by_path: dict[str, Node] = {}
    for organization in nodes:
        path = organization.path
        above = by_path.get(path[:-STEP])
        if len(path) > deepest:
            if above is not None:
                above.is_cut = True
            continue
        node = Node(organization, [*zip(values.columns, values.of(path), strict=True)])
        by_path[path] = node
        if above is not None:
            above.children.append(node)
    return by_path[root.path]


def _deepest_level(nodes: list[Organization]) -> int:
    """Return the length of the longest paths that are shown."""
    lengths = sorted({len(node.path) for node in nodes})
    shown = lengths[:2]  # the root and its children, however many they are
    for length in lengths[2:]:
        if sum(len(node.path) <= length for node in nodes) > MOST_NODES:
            break
        shown.append(length)
    return max(shown, default=0)
