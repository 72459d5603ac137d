"""Name a test database by a digest of what its tables and first rows are made of."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from touched_tests import APPS, ROOT, Tests

# Modules from which the tables, their triggers and their first rows are made.
MAKERS = ("models", "reference", "apps", "migrations")
# Versions and settings that the tables depend on, whatever the models say.
ALSO = ("requirements/test.txt", "config/settings/base.py", "config/settings/test.py")


def makers() -> Iterator[Path]:
    """Every file that says something about the database."""
    graph = Tests().graph
    roots = {
        name
        for name in graph.modules
        if name.split(".")[0] in APPS and name.split(".")[1:2] in [[m] for m in MAKERS]
    }
    modules = roots.union(*(graph.find_upstream_modules(name) for name in roots))
    for name in modules:
        path = ROOT / name.replace(".", "/")
        yield path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    for app in APPS:
        yield from (ROOT / app / "data").glob("*.*")
    yield from (ROOT / name for name in ALSO)


def digest(paths: Iterable[Path]) -> str:
    """A name for the database that these files make."""
    found = hashlib.sha256()
    for path in sorted(paths):
        found.update(str(path.relative_to(ROOT)).encode())
        found.update(path.read_bytes())
    return found.hexdigest()[:16]
