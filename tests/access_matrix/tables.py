"""All tables of doors together."""

from importlib import import_module
from pathlib import Path

from tests.access_matrix.base import Door

NOT_TABLES = {"__init__", "base", "tables"}


def tables() -> dict[str, dict[str, Door]]:
    """Return the doors of every table, in the order in which they stand there."""
    names = [path.stem for path in sorted(Path(__file__).parent.glob("*.py"))]
    return {
        name: import_module(f"tests.access_matrix.{name}").DOORS
        for name in names
        if name not in NOT_TABLES
    }


def all_doors() -> dict[str, Door]:
    """Return every door by the name of its address; a name stands in one table only."""
    doors: dict[str, Door] = {}
    for table in tables().values():
        assert not doors.keys() & table.keys()
        doors |= table
    return doors


def open_pages() -> dict[str, dict[str, Door]]:
    """Return the doors of every table that open to somebody by a link.

    One world may hold what the doors of a table need, if it is asked in their order.
    """
    return {
        name: {key: d for key, d in table.items() if d.method == "get" and d.openers}
        for name, table in tables().items()
    }
