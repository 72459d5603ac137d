"""The Pythons and platforms that the lock files promise to serve.

An environment is one release of Python on one platform, as markers see it; a platform
also knows the tags of the wheels that it takes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from packaging.markers import Marker
from packaging.tags import Tag, compatible_tags, cpython_tags, mac_platforms
from packaging.utils import parse_wheel_filename

# Markers may distinguish releases of one Python, so each is listed with its first and
# a last release; 3.11.2 is Debian 12's.
PYTHONS = {
    "3.11": ["3.11.0", "3.11.2", "3.11.99"],
    "3.12": ["3.12.0", "3.12.99"],
    "3.13": ["3.13.0", "3.13.99"],
}
GLIBC = 28  # 2.28, of 2018
MACOS = (11, 0)  # the first on arm64
# Older names of some of the tags.
OLD_NAMES = {17: "manylinux2014", 12: "manylinux2010", 5: "manylinux1"}


@dataclass(frozen=True)
class Platform:
    """A system on a kind of processor."""

    name: str
    system: str
    machine: str

    def list_tags(self) -> Iterator[str]:
        """Return the tags of wheels for it, the best first."""
        if self.system == "Darwin":
            yield from mac_platforms(MACOS, self.machine)
            return
        for minor in range(GLIBC, 4, -1):
            yield f"manylinux_2_{minor}_{self.machine}"
            if minor in OLD_NAMES:
                yield f"{OLD_NAMES[minor]}_{self.machine}"


PLATFORMS = [
    Platform("Linux x86-64", "Linux", "x86_64"),
    Platform("Linux aarch64", "Linux", "aarch64"),
    Platform("macOS arm64", "Darwin", "arm64"),
    Platform("macOS x86-64", "Darwin", "x86_64"),
]


@dataclass(frozen=True)
class Environment:
    """One release of CPython on one platform."""

    release: str
    platform: Platform

    def __str__(self) -> str:
        return f"Python {self.release} on {self.platform.name}"

    def marker_values(self) -> dict[str, str]:
        """Return the value of every variable of markers."""
        return {
            "implementation_name": "cpython",
            "implementation_version": self.release,
            "os_name": "posix",
            "platform_machine": self.platform.machine,
            "platform_python_implementation": "CPython",
            "platform_release": "",
            "platform_system": self.platform.system,
            "platform_version": "",
            "python_full_version": self.release,
            "python_version": self.release.rpartition(".")[0],
            "sys_platform": self.platform.system.lower(),
        }


ENVIRONMENTS = [
    Environment(release, platform)
    for releases in PYTHONS.values()
    for release in releases
    for platform in PLATFORMS
]


@cache
def is_true(marker: str, environment: Environment, extra: str) -> bool:
    """Return whether a marker is true, for one extra; no marker always is."""
    known = environment.marker_values() | {"extra": extra}
    return not marker or Marker(marker).evaluate(known)


@cache
def list_accepted_tags(python: str, platform: Platform) -> dict[Tag, int]:
    """Return the tags that an installer accepts there, with their rank; 0 is best."""
    version = tuple(int(part) for part in python.split("."))
    names = list(platform.list_tags())
    interpreter = f"cp{version[0]}{version[1]}"
    accepted = [
        *cpython_tags(version, platforms=names),
        *compatible_tags(version, interpreter, names),
    ]
    return {tag: rank for rank, tag in enumerate(accepted)}


@cache
def read_tags(wheel: str) -> frozenset[Tag]:
    """Return the tags in the file name of a wheel."""
    return parse_wheel_filename(wheel)[3]


def choose_wheel(names: Iterable[str], python: str, platform: Platform) -> str | None:
    """Return the one of these wheels that an installer takes there."""
    accepted = list_accepted_tags(python, platform)
    ranked = [
        (accepted[tag], name)
        for name in names
        for tag in read_tags(name)
        if tag in accepted
    ]
    return min(ranked)[1] if ranked else None
