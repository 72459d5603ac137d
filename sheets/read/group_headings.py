"""The headings above the rows of a table, and how long each of them holds.

A heading names an organization (第二党支部), says what the people below it are
(预备党员, 已去世), or is worded in a way that nobody knows. It holds until the next
heading beside it; one inside it does not end it. Numbering tells the two apart where
there is one (一、, （一）, 1., (1)); where there is none a heading directly below
another, without rows in between, stands inside it.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from sheets.read.line_wording import (
    count_in,
    is_heading_without_people,
    names_kind,
    names_organization,
    split_organization_and_kind,
    strip_heading,
    strip_kind,
)

# Numbering from the outer to the inner level, as official documents write it.
LEVELS = (
    re.compile(r"\s*(第?[一二三四五六七八九十]+[、.．]|[ⅠⅡⅢⅣⅤⅥ]+[、.．]?)"),
    re.compile(r"\s*[(（][一二三四五六七八九十]+[)）]"),
    re.compile(r"\s*(\d{1,2}[、.．](?!\d)|[①-⑳])"),
    re.compile(r"\s*[(（]?\d{1,2}[)）]"),
)


class HeadingKind(StrEnum):
    """What a heading is about, as far as its wording shows."""

    ORGANIZATION = "organization"
    PEOPLE = "people"
    UNKNOWN = "unknown"


class GroupHeading(NamedTuple):
    """A heading: its text as written, the words without ordinal and count, its row.

    `level` is that of its numbering, 0 without; `people` their number
    that it says, if any. One of no people has none below it.
    """

    text: str
    name: str
    excel_row: int
    kind: HeadingKind
    level: int = 0
    people: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it says itself that there is nobody below it."""
        return self.people == 0


def read_headings(text: str, excel_row: int) -> list[GroupHeading]:
    """Return the headings that a line is: two in 第一支部预备党员, none in 共16人."""
    line = " ".join(text.split())
    organization, people = split_organization_and_kind(line)
    if organization and people:
        level, count = _find_level(line), _count(line)
        return [
            GroupHeading(
                line, organization, excel_row, HeadingKind.ORGANIZATION, level
            ),
            GroupHeading(line, people, excel_row, HeadingKind.PEOPLE, 0, count),
        ]
    kind = _find_kind(line)
    name = strip_kind(line) if kind is HeadingKind.PEOPLE else strip_heading(line)
    if not name:
        return []
    return [GroupHeading(line, name, excel_row, kind, _find_level(line), _count(line))]


def _find_kind(line: str) -> HeadingKind:
    if names_organization(line):
        return HeadingKind.ORGANIZATION
    return HeadingKind.PEOPLE if names_kind(line) else HeadingKind.UNKNOWN


def _count(line: str) -> int | None:
    return 0 if is_heading_without_people(line) else count_in(line)


def _find_level(line: str) -> int:
    """Return the level of the numbering before a heading, 0 without any."""
    levels = (number for number, level in enumerate(LEVELS, 1) if level.match(line))
    return next(levels, 0)


class OpenHeadings:
    """The headings that hold for the next row, from the outermost to the innermost."""

    def __init__(self) -> None:
        self.chain: tuple[GroupHeading, ...] = ()
        self.rows_below: list[int] = []
        self.short: list[tuple[GroupHeading, int]] = []  # ended, with their rows

    @property
    def organization(self) -> str:
        """The innermost organization that is named."""
        names = [h.name for h in self.chain if h.kind is HeadingKind.ORGANIZATION]
        return names[-1] if names else ""

    def open(self, heading: GroupHeading) -> None:
        """Open a heading, and end those that it does not stand inside."""
        kept = self._find_kept(heading)
        self._end_from(kept)
        self.chain = (*self.chain, heading)
        self.rows_below = [*self.rows_below, 0]

    def close(self) -> None:
        """End all headings."""
        self._end_from(0)

    def _end_from(self, kept: int) -> None:
        """End the inner headings; remember those that say more people than came."""
        ended = zip(self.chain[kept:], self.rows_below[kept:], strict=True)
        self.short += [(h, rows) for h, rows in ended if h.people and rows < h.people]
        self.chain, self.rows_below = self.chain[:kept], self.rows_below[:kept]

    def mark_empty(self) -> None:
        """Note that a line says of the innermost heading that nobody is below it."""
        if self.chain and not self.rows_below[-1]:
            self.chain = (*self.chain[:-1], self.chain[-1]._replace(people=0))

    def add_row(self) -> bool:
        """Count a row; return whether a heading says that it has fewer people."""
        self.rows_below = [rows + 1 for rows in self.rows_below]
        return any(
            heading.people is not None and rows > heading.people
            for heading, rows in zip(self.chain, self.rows_below, strict=True)
        )

    def _find_kept(self, heading: GroupHeading) -> int:
        """Return how many of the open headings a new one stands inside."""
        numbered = [index for index, open_ in enumerate(self.chain) if open_.level]
        if heading.level and numbered:
            beside = (p for p in numbered if self.chain[p].level >= heading.level)
            return next(beside, len(self.chain))
        return self._find_kept_unnumbered(heading.kind)

    def _find_kept_unnumbered(self, kind: HeadingKind) -> int:
        """Return how many headings one stands inside where no number tells it."""
        chain = self.chain
        directly_below = bool(chain) and not self.rows_below[-1]
        if chain and chain[-1].is_empty:
            chain, directly_below = chain[:-1], False
        if directly_below and kind is not HeadingKind.ORGANIZATION:
            return len(chain)
        if (last := _find_last(chain, kind)) is not None:
            return last
        if kind is HeadingKind.PEOPLE or directly_below:
            return len(chain)
        if kind is HeadingKind.ORGANIZATION:
            return 0
        last = _find_last(chain, HeadingKind.ORGANIZATION)
        return 0 if last is None else last + 1


def groups_of(chain: Sequence[GroupHeading]) -> list[str]:
    """Return the headings that may say where people are, the innermost first."""
    return [h.name for h in reversed(chain) if h.kind is not HeadingKind.PEOPLE]


def _find_last(chain: Sequence[GroupHeading], kind: HeadingKind) -> int | None:
    indexes = [index for index, open_ in enumerate(chain) if open_.kind is kind]
    return indexes[-1] if indexes else None
