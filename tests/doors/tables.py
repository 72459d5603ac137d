"""All tables of doors together."""

from importlib import import_module
from pathlib import Path

from tests.doors.base import Door

NOT_TABLES = {"__init__", "base", "tables"}


def all_doors() -> dict[str, Door]:
    """Return every door by the name of its address; a name stands in one table only."""
    doors: dict[str, Door] = {}
    for path in sorted(Path(__file__).parent.glob("*.py")):
        if path.stem in NOT_TABLES:
            continue
        table = import_module(f"tests.doors.{path.stem}").DOORS
        assert not doors.keys() & table.keys()
        doors |= table
    return doors
