"""The shares of one coverage."""

from figures.coverage import shares_by_child


def share_by_child(coverage, node, day):
    """Return the share of each child of a node by its path, and of the node itself."""
    return shares_by_child([coverage], node, day)[coverage.key]
