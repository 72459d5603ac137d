"""Find what a lock file lacks.

Locked packages are installed without resolving, so a lock file must be closed: what a
pinned package requires, on any platform and Python we promise, is pinned in the same
file in a version that fits. Nothing is built on the machine, so every package must have
wheels, or the header of the file says for which platforms it has none.
"""

import importlib.metadata
import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TypedDict

from lock_platforms import (
    ENVIRONMENTS,
    GLIBC,
    MACOS,
    PLATFORMS,
    PYTHONS,
    Environment,
    Platform,
    choose_wheel,
    is_true,
)
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name


class PackageMetadata(TypedDict):
    """What the index says of one version of a package, as of the last `make lock`."""

    python: str  # Requires-Python
    requires: list[str]  # every Requires-Dist
    wheels: dict[str, str]  # those that serve a promised platform, and their digests


Metadata = dict[str, PackageMetadata]


@dataclass(frozen=True)
class Pin:
    """One entry of a lock file."""

    name: str
    version: str
    marker: str
    digests: frozenset[str]

    def __str__(self) -> str:
        return f"{self.name}=={self.version}"


def read_pins(text: str) -> list[Pin]:
    """Return the pins of a lock file."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    entries = re.split(r"\n(?=\S)", "\n".join(lines).strip())
    return [parse_pin(entry) for entry in entries]


def parse_pin(entry: str) -> Pin:
    """Parse an entry: `name==version ; marker`, then one digest to a line."""
    asked, *digests = re.split(r"\s*\\\s+--hash=sha256:", entry.strip())
    requirement = Requirement(asked)
    [exactly] = requirement.specifier
    name = canonicalize_name(requirement.name)
    marker = str(requirement.marker or "")
    return Pin(name, exactly.version, marker, frozenset(digests))


# ---- closed: everything required is pinned ---------------------------------------


@cache
def parse_requirement(text: str) -> Requirement:
    """Parse a requirement once, however often it is evaluated."""
    return Requirement(text)


def select_applicable(
    texts: Iterable[str], extra: str, environment: Environment
) -> list[Requirement]:
    """Return the requirements that hold in an environment, with an extra or ''."""
    return [
        requirement
        for requirement in map(parse_requirement, texts)
        if is_true(str(requirement.marker or ""), environment, extra)
    ]


def collect_requirements(
    here: dict[str, Pin],
    roots: Iterable[str],
    metadata: Metadata,
    environment: Environment,
) -> list[tuple[str, Requirement]]:
    """Return who requires what in an environment, including through extras."""
    asked = [
        ("pyproject.toml", need) for need in select_applicable(roots, "", environment)
    ]
    for one in here.values():
        texts = metadata[str(one)]["requires"]
        asked += [
            (str(one), need) for need in select_applicable(texts, "", environment)
        ]
    opened = set()
    for _, need in asked:  # the loop itself appends to it
        found = here.get(canonicalize_name(need.name))
        for extra in sorted(need.extras) if found else []:
            name = f"{found}[{extra}]"
            if name not in opened:
                opened.add(name)
                texts = metadata[str(found)]["requires"]
                asked += [
                    (name, other)
                    for other in select_applicable(texts, extra, environment)
                ]
    return asked


def find_gaps_in(
    pins: list[Pin], roots: Iterable[str], metadata: Metadata, environment: Environment
) -> Iterator[str]:
    """Find what is required in one environment and not pinned, or does not fit."""
    here = {one.name: one for one in pins if is_true(one.marker, environment, "")}
    for one in here.values():
        python = metadata[str(one)]["python"]
        if environment.release not in SpecifierSet(python):
            yield f"{one} requires Python {python}"
    for asker, need in collect_requirements(here, roots, metadata, environment):
        found = here.get(canonicalize_name(need.name))
        if found is None:
            yield f"{asker} requires {need}, which is not pinned"
        elif not need.specifier.contains(found.version, prereleases=True):
            yield f"{asker} requires {need}, but {found} is pinned"


def find_gaps(pins: list[Pin], roots: Iterable[str], metadata: Metadata) -> list[str]:
    """Find the gaps of a lock file, each with the first environment that has it."""
    found: dict[str, Environment] = {}
    for environment in ENVIRONMENTS:
        for gap in find_gaps_in(pins, roots, metadata, environment):
            found.setdefault(gap, environment)
    return [f"{gap} ({environment})" for gap, environment in found.items()]


# ---- wheels: nothing has to be built ---------------------------------------------


def is_installed_on(one: Pin, python: str, platform: Platform) -> bool:
    """Return whether any release of that Python installs a pin there."""
    return any(
        is_true(one.marker, Environment(release, platform), "")
        for release in PYTHONS[python]
    )


def choose_wheels(names: Iterable[str]) -> set[str]:
    """Return the wheels that an installer takes on any promised platform."""
    taken = {
        choose_wheel(names, python, platform)
        for python in PYTHONS
        for platform in PLATFORMS
    }
    return {name for name in taken if name}


def find_missing_wheels(one: Pin, package: PackageMetadata) -> list[str]:
    """Return the platforms for which a pin has no wheel; names Pythons unless all."""
    platforms = []
    for platform in PLATFORMS:
        pythons = [
            python
            for python in PYTHONS
            if is_installed_on(one, python, platform)
            and not choose_wheel(package["wheels"], python, platform)
        ]
        if pythons == list(PYTHONS):
            platforms.append(platform.name)
        elif pythons:
            platforms.append(f"{platform.name} under Python {' and '.join(pythons)}")
    return platforms


def compose_header(pins: list[Pin], metadata: Metadata) -> str:
    """Compose the header of a lock file: what it serves and what it leaves out."""
    text = (
        "Written by `make lock`. It is complete: install it with --no-deps. "
        f"There are wheels for CPython {', '.join(PYTHONS)} on "
        f"{', '.join(platform.name for platform in PLATFORMS)} "
        f"(glibc 2.{GLIBC}, macOS {MACOS[0]} or newer; musl is not checked)"
    )
    missing = {one: find_missing_wheels(one, metadata[str(one)]) for one in pins}
    left_out = [
        f"#   {one}: none for {', '.join(platforms)}\n"
        for one, platforms in missing.items()
        if platforms
    ]
    text += ", except:" if left_out else "."
    lines = textwrap.wrap(text, 86, break_on_hyphens=False)
    return "".join([*(f"# {line}\n" for line in lines), *left_out])


# ---- metadata: what is kept belongs to these pins --------------------------------


def find_unknown(pins: list[Pin], metadata: Metadata) -> Iterator[str]:
    """Find pins without metadata, and wheels whose digest the lock file lacks."""
    for one in pins:
        if str(one) not in metadata:
            yield f"{one} has no metadata"
            continue
        for name, digest in metadata[str(one)]["wheels"].items():
            if digest not in one.digests:
                yield f"the digest of {name} is not locked"


def find_contradictions(metadata: Metadata) -> Iterator[str]:
    """Find installed packages whose requirements differ from the metadata kept."""
    for known, package in metadata.items():
        name, _, version = known.partition("==")
        try:
            installed = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue
        asks = sorted(str(Requirement(text)) for text in installed.requires or [])
        if installed.version == version and asks != package["requires"]:
            yield f"{known}, as installed, requires something else"
