"""Write the lock files from pyproject.toml, or say whether they still fit it.

Each file is hash-locked, serves every platform and every Python from 3.11 on, and
follows the one before it, so that all environments hold the same versions.
Its header says for which platforms every version has a wheel. `--check` compares
digests, proves that each file is closed, and needs no network.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path

from lock_closure import open_ends, pinned_versions
from lock_platforms import header, missing_wheels, pins

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
DIGESTS = REQUIREMENTS / "digests.json"
COMPILE = [
    *("uv", "pip", "compile", "--quiet", "--no-config"),
    *("--universal", "--python-version", "3.11", "--generate-hashes"),
    *("--no-emit-index-url", "--no-header", "--no-annotate"),
]
TEST = ["--group", "test", "--group", "stack", "--group", "e2e"]
# What goes into each file, and the file whose versions it takes over.
LOCKS: dict[str, tuple[list[str], str | None]] = {
    "base.txt": (["pyproject.toml"], None),
    "prod.txt": (["pyproject.toml", "--extra", "prod"], "base.txt"),
    "test.txt": (["pyproject.toml", *TEST], "base.txt"),
    "dev.txt": (["pyproject.toml", *TEST, "--group", "lint"], "test.txt"),
}


def digests() -> dict[str, str]:
    """Fingerprints of what was asked for and of each file that answers it."""
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = asked["project"]
    tables = {
        "requires-python": project["requires-python"],
        "dependencies": project["dependencies"],
        "optional-dependencies": project["optional-dependencies"],
        "dependency-groups": asked["dependency-groups"],
    }
    parts = {"pyproject.toml": json.dumps(tables, sort_keys=True).encode()}
    parts |= {
        name: (REQUIREMENTS / name).read_bytes().replace(b"\r\n", b"\n")
        for name in LOCKS
    }
    return {name: hashlib.sha256(part).hexdigest() for name, part in parts.items()}


def write(*, upgrade: bool) -> None:
    """Resolve every environment; unless upgrading, versions that still fit stay."""
    newer = ["--upgrade"] if upgrade else []
    for name, (wanted, after) in LOCKS.items():
        follow = ["--constraint", f"requirements/{after}"] if after else []
        command = [*COMPILE, *newer, *wanted, *follow, "-o", f"requirements/{name}"]
        subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=True)
    locks = [REQUIREMENTS / name for name in LOCKS]
    missing = missing_wheels(sorted({pin for lock in locks for pin in pins(lock)}))
    for lock in locks:
        text = header(lock, missing) + lock.read_text(encoding="utf-8")
        lock.write_text(text, encoding="utf-8")
    DIGESTS.write_text(json.dumps(digests(), indent=2) + "\n", encoding="utf-8")


def check() -> int:
    """Return 0 when the lock files are closed and in step with pyproject.toml."""
    known = json.loads(DIGESTS.read_text(encoding="utf-8"))
    strays = sorted(name for name, digest in digests().items() if known[name] != digest)
    if strays:
        print(f"Changed since `make lock` last ran: {', '.join(strays)}")
        print("Run `make lock` and commit what it writes.")
        return 1
    ends = {
        f"{name}: {end}"
        for name in LOCKS
        for end in open_ends(pinned_versions(REQUIREMENTS / name))
    }
    print("\n".join(sorted(ends)) or "Lock files are closed and in step.")
    return int(bool(ends))


def main() -> int:
    """Write by default, only look with --check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare digests")
    parser.add_argument("--upgrade", action="store_true", help="take newer versions")
    options = parser.parse_args()
    if options.check:
        return check()
    write(upgrade=options.upgrade)
    return 0


if __name__ == "__main__":
    sys.exit(main())
