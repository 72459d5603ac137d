"""Say which tests a change touches: by the graph of imports, else by the file's place.

Git names the changed files. A module touches the tests of its own app that reach it
through imports, and every test that imports it directly. What is found by name instead
of imported (views, templates, what a registry collects) touches the tests of its app.
Tests further away are counted, not run: they are what `make test` is for.
"""

import argparse
import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parent.parent
GRAPH_CACHE = str(ROOT / ".import_linter_cache")
APPS = sorted(path.parent.name for path in ROOT.glob("*/apps.py"))
# Rooms of an app that nothing imports but the table of addresses or the admin site.
WEB = re.compile(r"^(views|urls|forms|tables|filters|admin|resources|templatetags)$")
# Modules whose declarations stand in the tables of `docs/reference/`.
TABULATED = re.compile(
    r"^(models|fields|enums|querysets|permissions|roles|indicators|sources|kinds"
    r"|invariants|hooks|urls|definitions)$"
)
DOCUMENTS = "tests/test_docs.py"
OPENS_PAGES = re.compile(r"\b(client|Browser|Client)\b")
WORDS = ["tests/test_languages.py", "tests/test_words.py"]


@dataclass
class Selection:
    """The test files to run, how many more are further away, and what has no test."""

    near: set[str] = field(default_factory=set)
    far: set[str] = field(default_factory=set)
    without: list[str] = field(default_factory=list)


class Tests:
    """The test files of the project, and how each reaches the code."""

    @cached_property
    def graph(self) -> grimp.ImportGraph:
        """Which module imports which, those inside functions included."""
        return grimp.build_graph(*APPS, "tests", cache_dir=GRAPH_CACHE)

    @cached_property
    def files(self) -> list[str]:
        """Every test file, as git and pytest name it."""
        return sorted(
            str(path.relative_to(ROOT)) for path in (ROOT / "tests").rglob("test_*.py")
        )

    def below(self, folder: str) -> set[str]:
        """The test files of a folder, subfolders included."""
        return {name for name in self.files if name.startswith(f"{folder}/")}

    def that_open_pages(self, folder: str) -> set[str]:
        """The test files of a folder that hold a browser."""
        return {
            name
            for name in self.below(folder)
            if OPENS_PAGES.search((ROOT / name).read_text(encoding="utf-8"))
        }

    def that_name(self, word: str) -> set[str]:
        """The test files in whose text a file's name stands."""
        return {
            name
            for name in self.files
            if word in (ROOT / name).read_text(encoding="utf-8")
        }

    def that_reach(self, module: str) -> set[str]:
        """The test files that import the module, directly or through others."""
        if module not in self.graph.modules:
            return set()
        return test_files(self.graph.find_downstream_modules(module))

    def that_import(self, module: str) -> set[str]:
        """The test files that import the module directly, or through a test helper."""
        found: set[str] = set()
        ahead = [module] if module in self.graph.modules else []
        while ahead:
            importers = self.graph.find_modules_that_directly_import(ahead.pop())
            fresh = {name for name in importers if name.startswith("tests.")} - found
            found |= fresh
            if module.startswith("tests."):
                ahead += fresh
        return test_files(found)


def test_files(modules: Iterable[str]) -> set[str]:
    """The files of those modules that hold tests."""
    return {
        f"{name.replace('.', '/')}.py"
        for name in modules
        if name.startswith("tests.") and name.rpartition(".")[2].startswith("test_")
    }


def module_of(path: Path) -> str:
    """The dotted name of a Python file."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def select_for_module(path: Path, tests: Tests, chosen: Selection) -> None:
    """Choose for a module of an app: near ones by imports, or those of its app."""
    module, app = module_of(path), path.parts[0]
    own = tests.below(f"tests/{app}")
    reaching = tests.that_reach(module)
    near = (reaching & own) | tests.that_import(module)
    if WEB.match(path.with_suffix("").parts[1]):
        near |= tests.that_open_pages(f"tests/{app}")
    chosen.near |= near or own
    if any(map(TABULATED.match, path.with_suffix("").parts)):
        chosen.near.add(DOCUMENTS)
    chosen.far |= reaching


def select_for_test(path: Path, tests: Tests, chosen: Selection) -> None:
    """Choose for a file under `tests/`: itself, or those that use it."""
    if str(path) in tests.files:
        chosen.near.add(str(path))
    elif path.name == "conftest.py" and len(path.parts) > 2:
        chosen.near |= tests.below(str(path.parent))
    elif path.name == "conftest.py":
        chosen.far |= set(tests.files)
    else:
        chosen.near |= tests.that_import(module_of(path))


def tests_beside(path: Path, tests: Tests) -> set[str]:
    """The tests of a file that is no module: by the folder that it lies in."""
    top, below = path.parts[0], path.parts[1:]
    if "locale" in below:
        return {*WORDS}
    if top == "templates":
        app = below[0] if below[0] in APPS else "core"
        shape = {"tests/core/test_templates.py"}
        return (tests.that_open_pages(f"tests/{app}") | shape) & {*tests.files}
    if top == "static":
        return {"tests/test_vendor.py"}
    if path.suffix == ".md":
        return {DOCUMENTS}
    if top in APPS:
        return tests.below(f"tests/{top}")
    return tests.that_name(path.name)


def select(paths: Iterable[Path]) -> Selection:
    """Choose the tests that changed files touch."""
    tests, chosen = Tests(), Selection()
    for path in paths:
        own = Selection()
        if path.suffix != ".py" or path.parts[0] not in {*APPS, "tests"}:
            own.near |= tests_beside(path, tests)
        elif path.parts[0] == "tests":
            select_for_test(path, tests, own)
        elif "migrations" not in path.parts:
            select_for_module(path, tests, own)
        chosen.near |= own.near
        chosen.far |= own.far
        if not own.near | own.far:
            chosen.without.append(str(path))
    chosen.far -= chosen.near
    return chosen


def git(*arguments: str) -> list[str]:
    """The lines that git answers with."""
    return subprocess.check_output(
        ["git", "-c", "core.quotePath=off", *arguments], cwd=ROOT, text=True
    ).splitlines()


def changed_files(base: str | None) -> Iterator[Path]:
    """What differs from the last commit, or from where the work left a base."""
    since = git("merge-base", base, "HEAD")[0] if base else "HEAD"
    names = [
        *git("diff", "--name-only", since),
        *git("ls-files", "--others", "--exclude-standard"),
    ]
    yield from map(Path, dict.fromkeys(names))


def main() -> None:
    """Print the test files, one a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", help="a commit or branch instead of the last commit")
    print("\n".join(sorted(select(changed_files(parser.parse_args().base)).near)))


if __name__ == "__main__":
    main()
