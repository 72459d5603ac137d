"""Write the lock files from pyproject.toml, or say whether they still fit it.

Each file is hash-locked, serves every platform and Python named in its header, and
follows the one before it, so that all environments hold the same versions. What
each package requires and which wheels it has is kept in metadata.json, so that
`--check` needs no network: it compares digests and proves that each file is closed.
"""

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lock_closure import (
    Metadata,
    Pin,
    choose_wheels,
    compose_header,
    find_contradictions,
    find_gaps,
    find_unknown,
    read_pins,
)
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
DIGESTS = REQUIREMENTS / "digests.json"
METADATA = REQUIREMENTS / "metadata.json"
UV = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--no-config"]
COMPILE = [
    *UV,
    *("--universal", "--python-version", "3.11", "--generate-hashes"),
    *("--no-emit-index-url", "--no-header", "--no-annotate"),
]
LIST_FILES = [*UV, "--universal", "--python-version", "3.11", "--no-deps"]
ASK = [
    *(sys.executable, "-m", "pip", "--disable-pip-version-check", "install"),
    *("--quiet", "--dry-run", "--ignore-installed"),
    *("--require-hashes", "--only-binary", ":all:", "--no-deps"),
]


@dataclass(frozen=True)
class Lock:
    """What goes into a lock file, and the file whose versions it takes over."""

    extras: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    after: str | None = None

    def wanted(self) -> list[str]:
        """Return the same as arguments of uv."""
        options = [("--extra", name) for name in self.extras]
        options += [("--group", name) for name in self.groups]
        follow = ["--constraint", f"requirements/{self.after}"] if self.after else []
        return ["pyproject.toml", *(word for pair in options for word in pair), *follow]

    def roots(self, tables: dict[str, Any]) -> Iterator[str]:
        """Return the same as requirements from pyproject.toml."""
        yield from tables["dependencies"]
        for name in self.extras:
            yield from tables["optional-dependencies"][name]
        for name in self.groups:
            yield from tables["dependency-groups"][name]


TEST = ("test", "stack", "e2e")
LOCKS = {
    "base.txt": Lock(),
    "prod.txt": Lock(extras=("prod",), after="base.txt"),
    "test.txt": Lock(groups=TEST, after="base.txt"),
    "dev.txt": Lock(groups=(*TEST, "lint"), after="test.txt"),
}


def read_tables() -> dict[str, Any]:
    """Return what pyproject.toml requires."""
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = asked["project"]
    return {
        "requires-python": project["requires-python"],
        "dependencies": project["dependencies"],
        "optional-dependencies": project["optional-dependencies"],
        "dependency-groups": asked["dependency-groups"],
    }


def compute_digests() -> dict[str, str]:
    """Fingerprints of what was asked for and of each file that answers it."""
    parts = {"pyproject.toml": json.dumps(read_tables(), sort_keys=True).encode()}
    parts |= {
        name: (REQUIREMENTS / name).read_bytes().replace(b"\r\n", b"\n")
        for name in [*LOCKS, METADATA.name]
    }
    return {name: hashlib.sha256(part).hexdigest() for name, part in parts.items()}


def read_lock(name: str) -> str:
    """Return the text of a lock file."""
    return (REQUIREMENTS / name).read_text(encoding="utf-8")


# ---- writing ---------------------------------------------------------------------


def run(*command: str) -> None:
    """Run one step; stop when it fails."""
    subprocess.run(command, cwd=ROOT, check=True)


def list_wheels(name: str, folder: Path) -> dict[str, dict[str, str]]:
    """Return the wheels of each pin of a lock file, with their digests."""
    listing = folder / "pylock.toml"
    run(*LIST_FILES, f"requirements/{name}", "-o", str(listing))
    packages = tomllib.loads(listing.read_text(encoding="utf-8"))["packages"]
    listing.unlink()
    return {
        f"{package['name']}=={package['version']}": {
            unquote(wheel["url"].rpartition("/")[2]): wheel["hashes"]["sha256"]
            for wheel in package.get("wheels", [])
        }
        for package in packages
    }


def read_metadata(pins: list[Pin], folder: Path) -> dict[str, dict[str, Any]]:
    """Return the metadata of each pin, from a wheel whose digest is locked."""
    asked, report = folder / "asked.txt", folder / "report.json"
    entries = [
        f"{one} {' '.join(f'--hash=sha256:{digest}' for digest in one.digests)}\n"
        for one in pins  # without markers: metadata is the same on every machine
    ]
    asked.write_text("".join(entries), encoding="utf-8")
    run(*ASK, "--report", str(report), "-r", str(asked))
    found = json.loads(report.read_text(encoding="utf-8"))["install"]
    told = [package["metadata"] for package in found]
    return {f"{canonicalize_name(one['name'])}=={one['version']}": one for one in told}


def gather_metadata() -> Metadata:
    """Ask the index about everything that is pinned."""
    pins = {str(one): one for name in LOCKS for one in read_pins(read_lock(name))}
    with tempfile.TemporaryDirectory() as folder_name:
        folder = Path(folder_name)
        files = {
            key: to for name in LOCKS for key, to in list_wheels(name, folder).items()
        }
        told = read_metadata(list(pins.values()), folder)
    return {
        key: {
            "python": told[key].get("requires_python") or "",
            "requires": sorted(
                str(Requirement(text)) for text in told[key].get("requires_dist") or []
            ),
            "wheels": {
                name: files[key][name] for name in sorted(choose_wheels(files[key]))
            },
        }
        for key in sorted(pins)
    }


def write(*, upgrade: bool) -> None:
    """Resolve every environment; unless upgrading, versions that still fit stay."""
    newer = ["--upgrade"] if upgrade else []
    for name, lock in LOCKS.items():
        run(*COMPILE, *newer, *lock.wanted(), "-o", f"requirements/{name}")
    metadata = gather_metadata()
    METADATA.write_text(json.dumps(metadata, indent=1) + "\n", encoding="utf-8")
    for name in LOCKS:
        body = read_lock(name)
        whole = compose_header(read_pins(body), metadata) + body
        (REQUIREMENTS / name).write_text(whole, encoding="utf-8")
    DIGESTS.write_text(json.dumps(compute_digests(), indent=2) + "\n", encoding="utf-8")


# ---- checking --------------------------------------------------------------------


def find_faults(name: str, lock: Lock, metadata: Metadata) -> list[str]:
    """Find what is wrong with one lock file."""
    text = read_lock(name)
    pins = read_pins(text)
    unknown = list(find_unknown(pins, metadata))
    if unknown:
        return unknown
    found = find_gaps(pins, lock.roots(read_tables()), metadata)
    comments = "".join(re.findall(r"^#.*\n", text, flags=re.MULTILINE))
    due = compose_header(pins, metadata)
    if comments != due:
        found.append(f"its header must be: {due.replace(chr(10), ' ').strip()}")
    return found


def check() -> int:
    """Return 0 when the lock files are in step with pyproject.toml and closed."""
    known = json.loads(DIGESTS.read_text(encoding="utf-8"))
    metadata: Metadata = json.loads(METADATA.read_text(encoding="utf-8"))
    changed = [
        name for name, digest in compute_digests().items() if known.get(name) != digest
    ]
    found = [f"{name}: changed since `make lock` last ran" for name in changed]
    for name, lock in LOCKS.items():
        found += [f"{name}: {what}" for what in find_faults(name, lock, metadata)]
    found += [f"{METADATA.name}: {what}" for what in find_contradictions(metadata)]
    if found:
        print(*found, "Run `make lock` and commit what it writes.", sep="\n")
        return 1
    print("Lock files are in step with pyproject.toml and closed.")
    return 0


def main() -> int:
    """Write by default, only look with --check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only look; no network")
    parser.add_argument("--upgrade", action="store_true", help="take newer versions")
    options = parser.parse_args()
    if options.check:
        return check()
    write(upgrade=options.upgrade)
    return 0


if __name__ == "__main__":
    sys.exit(main())
