"""Paths of the organization tree: six decimal digits a level, compared as ranges.

The subtree of `000001000002` consists of all paths from its own up to, but not
including, `000001000003`. Range comparison uses an ordinary index on both databases,
which `LIKE` does not.
"""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q

STEP = 6


def child_path(parent_path: str, number: int) -> str:
    """Return the path of the parent's child with this number."""
    return f"{parent_path}{number:0{STEP}d}"


def upper_bound(path: str) -> str:
    """Return the first path after the subtree of the given one."""
    head, last = path[:-STEP], int(path[-STEP:])
    return child_path(head, last + 1)


def path_range(lookup: str, path: str) -> Q:
    """Rows whose path, reached by the lookup, lies in the subtree of the given one."""
    prefix = f"{lookup}__" if lookup else ""
    return Q(
        **{f"{prefix}path__gte": path, f"{prefix}path__lt": upper_bound(path)},
    )


def ancestor_paths(path: str) -> list[str]:
    """Return the paths of the ancestors, nearest last."""
    return [path[:end] for end in range(STEP, len(path), STEP)]


class PathField(models.CharField):
    """A path through the tree, collated byte-wise so that ranges mean subtrees."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", STEP * 10)
        super().__init__(*args, **kwargs)

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters
