"""Which platforms the locked versions have wheels for.

uv resolves each lock file for each platform and Python from the index's metadata alone;
nothing is installed. What has no wheel somewhere is written into the lock file's header
by `make lock`, so that the file itself says whom it leaves out.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLATFORMS = {
    "Linux on x86-64": "x86_64-manylinux_2_28",
    "Linux on aarch64": "aarch64-manylinux_2_28",
    "macOS on Apple silicon": "aarch64-apple-darwin",
    "macOS on Intel": "x86_64-apple-darwin",
}
PYTHONS = ("3.11", "3.12", "3.13")
RESOLVE = [
    *("-m", "uv", "pip", "compile", "--quiet", "--no-config", "--no-deps"),
    *("--no-header", "--no-annotate", "--only-binary", ":all:"),
]
NO_WHEEL = re.compile(r"Because (?P<pin>[\w.-]+==\S+) has no usable wheels")
PIN = re.compile(r"^(?P<pin>[\w.-]+(?:\[[\w,]+\])?==[^\s;\\]+[^\\\n]*)", re.MULTILINE)


def pins(lock: Path) -> list[str]:
    """Return the pinned requirements of a lock file, each with its marker."""
    return [found["pin"].strip() for found in PIN.finditer(lock.read_text("utf-8"))]


def without_wheel(requirements: list[str], platform: str, python: str) -> set[str]:
    """Return the requirements that have no wheel for a platform and a Python."""
    rest, missing = list(requirements), set[str]()
    while stderr := resolve(rest, platform, python):
        refused = NO_WHEEL.search(stderr)
        if refused is None:
            sys.exit(stderr)
        missing.add(refused["pin"])
        rest = [one for one in rest if not one.startswith(refused["pin"])]
    return missing


def resolve(requirements: list[str], platform: str, python: str) -> str:
    """Resolve requirements to wheels alone; return what uv objects to."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "requirements.in")
        file.write_text("\n".join(requirements), encoding="utf-8")
        place = ["--python-platform", platform, "--python-version", python]
        call = [sys.executable, *RESOLVE, *place, str(file), "-o", f"{folder}/out.txt"]
        done = subprocess.run(
            call, cwd=ROOT, check=False, capture_output=True, encoding="utf-8"
        )
    return done.stderr if done.returncode else ""


def missing_wheels(requirements: list[str]) -> dict[str, dict[str, list[str]]]:
    """Return, by platform and package, the Pythons for which there is no wheel."""
    missing: dict[str, dict[str, list[str]]] = {name: {} for name in PLATFORMS}
    for name, platform in PLATFORMS.items():
        for python in PYTHONS:
            for pin in without_wheel(requirements, platform, python):
                missing[name].setdefault(pin, []).append(python)
    return missing


def header(lock: Path, missing: dict[str, dict[str, list[str]]]) -> str:
    """Return the comment that says which platforms a lock file serves."""
    own = tuple(pins(lock))
    left_out = {
        name: {p: pythons for p, pythons in found.items() if holds(own, p)}
        for name, found in missing.items()
    }
    served = [name for name, found in left_out.items() if not found]
    lines = [
        "# Written by `make lock`. Complete: installed with --no-deps, then checked.",
        f"# Wheels for Python {', '.join(PYTHONS)} on {'; '.join(served)}.",
    ]
    lines += [
        f"# Left out: {name}, without a wheel of {pin} for Python {', '.join(pythons)}."
        for name, found in left_out.items()
        for pin, pythons in sorted(found.items())
    ]
    return "\n".join(lines) + "\n"


def holds(requirements: tuple[str, ...], pin: str) -> bool:
    """Return whether a pin is among the requirements."""
    return any(one.split(";")[0].strip() == pin for one in requirements)
