"""Gather each app's message ids and compile its Chinese catalogue.

An app's words stand in its own `locale/`: those of its modules and of
`templates/<app>/`; templates that belong to no app go with `core`. Ids are sorted,
carry no line numbers and vanish with their use, so a catalogue changes only when words
do. A new id takes over the translation it has elsewhere. `--check` writes nothing.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = "zh_Hans"
NO_APP = {"docs", "static", "templates", "tests", "tools", "var"}
HOUSE = "core"  # whose catalogue takes the templates no app owns
METADATA = {
    "Project-Id-Version": "jiedao",
    "Language": LANGUAGE,
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
XGETTEXT = [
    *("xgettext", "--language=Python", "--from-code=UTF-8"),
    *("--no-location", "--no-wrap", "--add-comments=Translators", "--output=-"),
    *("--keyword=gettext_noop", "--keyword=gettext_lazy", "--keyword=_n:1,2"),
    *("--keyword=ngettext_lazy:1,2", "--keyword=pgettext:1c,2"),
    *("--keyword=pgettext_lazy:1c,2", "--keyword=npgettext:1c,2,3"),
    "--keyword=npgettext_lazy:1c,2,3",
]
PLACEHOLDER = re.compile(r"%\((\w+)\)|\{(\w+)\}")

# What tells one message from another: its context, its id, its plural.
Key = tuple[str | None, str, str]


def key_of(entry: polib.POEntry) -> Key:
    """The message itself, without its translation."""
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def apps() -> list[str]:
    """The packages at the top that are the project's own."""
    found = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    return sorted(found - NO_APP)


def catalogue_path(app: str) -> Path:
    """Where Django looks for an app's words."""
    return ROOT / app / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def templates_of(app: str) -> Iterator[Path]:
    """The app's own templates; with the house, also those of nobody."""
    owners = set(apps())
    for path in sorted((ROOT / "templates").rglob("*")):
        folder = path.relative_to(ROOT / "templates").parts[0]
        owner = folder if folder in owners else HOUSE
        if owner == app and path.is_file():
            yield path


def sources(app: str) -> Iterator[tuple[str, str]]:
    """Path and text of all that may hold message ids, templates turned into code."""
    for path in sorted((ROOT / app).rglob("*.py")):
        if "migrations" not in path.parts:
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
    for path in templates_of(app):
        text = path.read_text(encoding="utf-8")
        name = str(path.relative_to(ROOT))
        yield f"{name}.py", templatize(text, origin=name)


def gathered(app: str) -> list[polib.POEntry]:
    """Every message the app's sources use, sorted, not yet translated."""
    with tempfile.TemporaryDirectory() as scratch:
        names = []
        for name, text in sources(app):
            path = Path(scratch, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            names.append(name)
        found = subprocess.run(
            [*XGETTEXT, *names],
            cwd=scratch,
            check=False,  # what it warns of (curly quotes in ids) is meant so
            capture_output=True,
            encoding="utf-8",
        )
    if found.returncode:
        sys.exit(found.stderr)
    entries = polib.pofile(found.stdout) if found.stdout else []
    return sorted(entries, key=lambda entry: (entry.msgid, entry.msgctxt or ""))


def read_catalogue(app: str) -> polib.POFile:
    """The app's words as committed; empty where it has none yet."""
    path = catalogue_path(app)
    return polib.pofile(str(path), wrapwidth=88) if path.exists() else polib.POFile()


def elsewhere_if_empty(
    own: polib.POEntry | None, elsewhere: polib.POEntry | None
) -> polib.POEntry | None:
    """An app's own translation; another app's where it has none."""
    if own and (own.msgstr or own.msgstr_plural.get(0)):
        return own
    return elsewhere or own


def merged(app: str, known: dict[Key, polib.POEntry]) -> polib.POFile:
    """What the app's catalogue should hold: today's ids, yesterday's words."""
    own = {key_of(entry): entry for entry in read_catalogue(app)}
    catalogue = polib.POFile(wrapwidth=88)
    catalogue.header = f"The words of {app} in Simplified Chinese."
    catalogue.metadata = dict(METADATA)
    for entry in gathered(app):
        if entry.msgid_plural:
            entry.msgstr_plural = {0: ""}  # Chinese has one form for any number
        key = key_of(entry)
        if before := elsewhere_if_empty(own.get(key), known.get(key)):
            entry.msgstr = before.msgstr
            entry.msgstr_plural = before.msgstr_plural
            entry.tcomment = before.tcomment
            entry.flags += ["fuzzy"] if before.fuzzy else []
        catalogue.append(entry)
    return catalogue


def write(catalogues: dict[str, polib.POFile]) -> None:
    """Save and compile; an app without words keeps no catalogue."""
    for app, catalogue in catalogues.items():
        path = catalogue_path(app)
        if not catalogue:
            shutil.rmtree(ROOT / app / "locale", ignore_errors=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{catalogue}\n", encoding="utf-8")
        path.with_suffix(".mo").write_bytes(catalogue.to_binary())


def placeholders(text: str) -> set[str]:
    """The names that a message fills in."""
    return {percent or brace for percent, brace in PLACEHOLDER.findall(text)}


def fault_of(entry: polib.POEntry) -> str | None:
    """What is wrong with one translation, if anything is."""
    words = entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr
    if not words:
        return "has no translation"
    if entry.fuzzy:
        return "is marked fuzzy"
    if placeholders(words) != placeholders(entry.msgid_plural or entry.msgid):
        return "fills in other names than its translation"
    return None


def word_faults(catalogues: dict[str, polib.POFile]) -> Iterator[str]:
    """Gaps and contradictions; all catalogues are one to Django."""
    seen: dict[Key, tuple[str, polib.POEntry]] = {}
    for app, catalogue in catalogues.items():
        for entry in catalogue:
            if fault := fault_of(entry):
                yield f"{app}: {entry.msgid!r} {fault}"
            other, twin = seen.setdefault(key_of(entry), (app, entry))
            same = (twin.msgstr, twin.msgstr_plural)
            if same != (entry.msgstr, entry.msgstr_plural):
                yield f"{app}: {entry.msgid!r} is translated otherwise in {other}"


def source_faults(app: str, wanted: polib.POFile) -> Iterator[str]:
    """Where the committed catalogue and the sources part."""
    committed = {key_of(entry) for entry in read_catalogue(app)}
    needed = {key_of(entry) for entry in wanted}
    for _context, msgid, _plural in sorted(needed - committed, key=str):
        yield f"{app}: {msgid!r} is not in the catalogue"
    for _context, msgid, _plural in sorted(committed - needed, key=str):
        yield f"{app}: {msgid!r} is used nowhere"


def compiled_faults(app: str) -> Iterator[str]:
    """Where the compiled catalogue is not the one people read."""
    path = catalogue_path(app)
    if not path.exists():
        return
    compiled = path.with_suffix(".mo")
    binary = compiled.read_bytes() if compiled.exists() else b""
    if binary != read_catalogue(app).to_binary():
        yield f"{app}: django.mo was not compiled from django.po"


def check() -> int:
    """Nought when nothing is missing, empty, contradictory or out of date."""
    committed = {app: read_catalogue(app) for app in apps()}
    faults = list(word_faults(committed))
    for app in committed:
        faults += compiled_faults(app)
    blind = shutil.which("xgettext") is None
    if blind:
        print("xgettext is missing (package gettext): new words were not looked for.")
    else:
        for app in committed:
            faults += source_faults(app, merged(app, {}))
    for fault in faults:
        print(fault)
    if faults:
        print(f"{len(faults)} faults. `make messages` gathers and compiles.")
    return int(bool(faults) or (blind and os.environ.get("CI") == "true"))


def refresh() -> int:
    """Bring every catalogue up to date and say what is left to translate."""
    if shutil.which("xgettext") is None:
        print("xgettext is missing: install the package gettext.", file=sys.stderr)
        return 1
    entries = [entry for app in apps() for entry in read_catalogue(app)]
    known = {key_of(entry): entry for entry in entries if fault_of(entry) is None}
    catalogues = {app: merged(app, known) for app in apps()}
    write(catalogues)
    for fault in word_faults(catalogues):
        print(fault)
    return 0


def main() -> int:
    """Refresh by default, only look with --check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    return check() if parser.parse_args().check else refresh()


if __name__ == "__main__":
    sys.exit(main())
