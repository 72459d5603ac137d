"""The whole access matrix."""

from importlib import import_module
from pathlib import Path

from tests.access_matrix.base import Access

NOT_TABLES = {"__init__", "base", "tables"}
FOR_MACHINES = {"healthz", "readyz"}


def tables() -> dict[str, dict[str, Access]]:
    """Return the rows of every table, in their order."""
    names = [path.stem for path in sorted(Path(__file__).parent.glob("*.py"))]
    return {
        name: import_module(f"tests.access_matrix.{name}").ACCESS
        for name in names
        if name not in NOT_TABLES
    }


def all_access() -> dict[str, Access]:
    """Return every row by the name of its address; a name is in one table only."""
    matrix: dict[str, Access] = {}
    for table in tables().values():
        assert not matrix.keys() & table.keys()
        matrix |= table
    return matrix


def open_pages() -> dict[str, dict[str, Access]]:
    """Return the rows of every table that somebody may open by a link.

    What only machines ask is no page. One world may hold what the rows of a table need,
    if it is asked in their order.
    """
    return {
        name: {
            key: d
            for key, d in table.items()
            if d.method == "get" and d.openers and key not in FOR_MACHINES
        }
        for name, table in tables().items()
    }
