"""Proves that a lock file is closed: what its packages require is pinned in it too."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from lock_platforms import pins
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

Requires = Callable[[str], Iterable[str] | None]


def pinned_versions(lock: Path) -> dict[str, str]:
    """Return the version of each package that a lock file pins."""
    names_and_versions = (pin.split(";")[0].split("==") for pin in pins(lock))
    return {
        canonicalize_name(name.split("[")[0].strip()): version.strip()
        for name, version in names_and_versions
    }


def installed_requires(name: str) -> Iterable[str] | None:
    """Return what an installed package requires, or None if it is not installed."""
    try:
        return requires(name) or []
    except PackageNotFoundError:
        return None


def applies(requirement: Requirement, extras: Iterable[str]) -> bool:
    """Return whether a requirement holds on this machine with some extras."""
    marker = requirement.marker
    return marker is None or any(
        marker.evaluate({"extra": extra}) for extra in ("", *extras)
    )


def open_ends(
    versions: Mapping[str, str], requires_of: Requires = installed_requires
) -> Iterator[str]:
    """Say what pinned packages require that is not pinned, or in another version.

    Packages that are not installed here are left to the installation itself, which is
    followed by `pip check`.
    """
    seen: set[tuple[str, str]] = set()
    waiting = [(name, frozenset[str]()) for name in versions]
    while waiting:
        name, extras = waiting.pop()
        for text in requires_of(name) or ():
            requirement = Requirement(text)
            if (name, text) in seen or not applies(requirement, extras):
                continue
            seen.add((name, text))
            if fault := fault_of(requirement, versions):
                yield f"{name} requires {text}, {fault}"
            elif requirement.extras:
                needed = canonicalize_name(requirement.name)
                waiting.append((needed, frozenset(requirement.extras)))


def fault_of(requirement: Requirement, versions: Mapping[str, str]) -> str:
    """Say why the pinned versions do not meet a requirement; nothing if they do."""
    version = versions.get(canonicalize_name(requirement.name))
    if version is None:
        return "which is not pinned"
    if not requirement.specifier.contains(Version(version), prereleases=True):
        return f"but {version} is pinned"
    return ""
