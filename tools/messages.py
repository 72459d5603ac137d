"""Gather each app's message ids and compile its Chinese catalogue.

An app's messages are in its own `locale/`: those of its modules and of
`templates/<app>/`; templates that belong to no app go with `core`. Ids are sorted,
carry no line numbers and vanish with their use, so a catalogue changes only when
messages do. A new id takes over the translation it has elsewhere. `--check` writes
nothing.
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
HOUSE = "core"  # its catalogue has the messages of templates that no app owns
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

# What identifies a message: its context, its id, its plural.
Key = tuple[str | None, str, str]


def key_of(entry: polib.POEntry) -> Key:
    """Return what identifies a message, without its translation."""
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def apps() -> list[str]:
    """Return the project's own top-level packages."""
    found = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    return sorted(found - NO_APP)


def catalogue_path(app: str) -> Path:
    """Return where Django looks for an app's catalogue."""
    return ROOT / app / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def templates_of(app: str) -> Iterator[Path]:
    """Yield the app's own templates; for `core` also those without an app."""
    owners = set(apps())
    for path in sorted((ROOT / "templates").rglob("*")):
        folder = path.relative_to(ROOT / "templates").parts[0]
        owner = folder if folder in owners else HOUSE
        if owner == app and path.is_file():
            yield path


def sources(app: str) -> Iterator[tuple[str, str]]:
    """Yield path and text of all sources of message ids, templates as code."""
    for path in sorted((ROOT / app).rglob("*.py")):
        if "migrations" not in path.parts:
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
    for path in templates_of(app):
        text = path.read_text(encoding="utf-8")
        name = str(path.relative_to(ROOT))
        yield f"{name}.py", templatize(text, origin=name)


def gather_messages(app: str) -> list[polib.POEntry]:
    """Return every message the app's sources use, sorted, not yet translated."""
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
            check=False,  # it warns of curly quotes in ids, which are intended
            capture_output=True,
            encoding="utf-8",
        )
    if found.returncode:
        sys.exit(found.stderr)
    entries = polib.pofile(found.stdout) if found.stdout else []
    return sorted(entries, key=lambda entry: (entry.msgid, entry.msgctxt or ""))


def read_catalogue(app: str) -> polib.POFile:
    """Return the app's committed catalogue; empty if it has none yet."""
    path = catalogue_path(app)
    return polib.pofile(str(path), wrapwidth=88) if path.exists() else polib.POFile()


def choose_translation(
    own: polib.POEntry | None, elsewhere: polib.POEntry | None
) -> polib.POEntry | None:
    """Return an app's own translation, or another app's if it has none."""
    if own and (own.msgstr or own.msgstr_plural.get(0)):
        return own
    return elsewhere or own


def merge_catalogue(app: str, known: dict[Key, polib.POEntry]) -> polib.POFile:
    """Return the app's catalogue with current ids and existing translations."""
    own = {key_of(entry): entry for entry in read_catalogue(app)}
    catalogue = polib.POFile(wrapwidth=88)
    catalogue.header = f"The words of {app} in Simplified Chinese."
    catalogue.metadata = dict(METADATA)
    for entry in gather_messages(app):
        if entry.msgid_plural:
            entry.msgstr_plural = {0: ""}  # Chinese has one form for any number
        key = key_of(entry)
        if before := choose_translation(own.get(key), known.get(key)):
            entry.msgstr = before.msgstr
            entry.msgstr_plural = before.msgstr_plural
            entry.tcomment = before.tcomment
            entry.flags += ["fuzzy"] if before.fuzzy else []
        catalogue.append(entry)
    return catalogue


def write(catalogues: dict[str, polib.POFile]) -> None:
    """Save and compile; an app without messages keeps no catalogue."""
    for app, catalogue in catalogues.items():
        path = catalogue_path(app)
        if not catalogue:
            shutil.rmtree(ROOT / app / "locale", ignore_errors=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{catalogue}\n", encoding="utf-8")
        path.with_suffix(".mo").write_bytes(catalogue.to_binary())


def placeholders(text: str) -> set[str]:
    """Return the placeholder names of a message."""
    return {percent or brace for percent, brace in PLACEHOLDER.findall(text)}


def fault_of(entry: polib.POEntry) -> str | None:
    """Return what is wrong with one translation, or None."""
    words = entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr
    if not words:
        return "has no translation"
    if entry.fuzzy:
        return "is marked fuzzy"
    if placeholders(words) != placeholders(entry.msgid_plural or entry.msgid):
        return "fills in other names than its translation"
    return None


def word_faults(catalogues: dict[str, polib.POFile]) -> Iterator[str]:
    """Yield gaps and contradictions; Django merges all catalogues."""
    first_uses: dict[Key, tuple[str, polib.POEntry]] = {}
    for app, catalogue in catalogues.items():
        for entry in catalogue:
            if fault := fault_of(entry):
                yield f"{app}: {entry.msgid!r} {fault}"
            other, twin = first_uses.setdefault(key_of(entry), (app, entry))
            same = (twin.msgstr, twin.msgstr_plural)
            if same != (entry.msgstr, entry.msgstr_plural):
                yield f"{app}: {entry.msgid!r} is translated otherwise in {other}"


def source_faults(app: str, merged: polib.POFile) -> Iterator[str]:
    """Yield where the committed catalogue and the sources differ."""
    committed = {key_of(entry) for entry in read_catalogue(app)}
    needed = {key_of(entry) for entry in merged}
    for _context, msgid, _plural in sorted(needed - committed, key=str):
        yield f"{app}: {msgid!r} is not in the catalogue"
    for _context, msgid, _plural in sorted(committed - needed, key=str):
        yield f"{app}: {msgid!r} is used nowhere"


def compiled_faults(app: str) -> Iterator[str]:
    """Yield whether the compiled catalogue differs from its source."""
    path = catalogue_path(app)
    if not path.exists():
        return
    compiled = path.with_suffix(".mo")
    binary = compiled.read_bytes() if compiled.exists() else b""
    if binary != read_catalogue(app).to_binary():
        yield f"{app}: django.mo was not compiled from django.po"


def check() -> int:
    """Return 0 when nothing is missing, empty, contradictory or out of date."""
    committed = {app: read_catalogue(app) for app in apps()}
    faults = list(word_faults(committed))
    for app in committed:
        faults += compiled_faults(app)
    blind = shutil.which("xgettext") is None
    if blind:
        print("xgettext is missing (package gettext): new words were not looked for.")
    else:
        for app in committed:
            faults += source_faults(app, merge_catalogue(app, {}))
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
    catalogues = {app: merge_catalogue(app, known) for app in apps()}
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
