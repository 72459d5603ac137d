"""Take names and numbers of people out of a text that strangers will read (R-72)."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core.identity import IN_TEXT
from core.registries.registry import Registry
from organizations.models import Organization

PHONE_IN_TEXT = re.compile(r"(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)")
CHINESE = re.compile(r"[\u3400-\u9fff·]+")
LONGEST_NAME = 4
HIDDEN = "******"
"""Stands for a number: with a surname beside it even its last digits say too much."""


@dataclass(frozen=True, slots=True)
class NameFinder:
    """Finds which of some words are names of people around an organization."""

    key: str
    find: Callable[[Organization, set[str]], Iterable[str]]


name_finders: Registry[NameFinder] = Registry("Name finder")


def strip_personal_data(text: str, organization: Organization) -> str:
    """Return the text with the names of recorded people and all numbers hidden."""
    stripped = PHONE_IN_TEXT.sub(HIDDEN, IN_TEXT.sub(HIDDEN, text))
    for name in sorted(find_names(text, organization), key=len, reverse=True):
        stripped = stripped.replace(name, f"{name[0]}某某")
    return stripped


def find_names(text: str, organization: Organization) -> set[str]:
    """Return the names of recorded people that stand in a text."""
    words = words_of(text)
    return {
        name
        for finder in name_finders
        for name in (finder.find(organization, words) if words else ())
    }


def words_of(text: str) -> set[str]:
    """Return all runs of Chinese characters that are as long as names are."""
    return {
        run[start : start + length]
        for run in CHINESE.findall(text)
        for length in range(2, LONGEST_NAME + 1)
        for start in range(len(run) - length + 1)
    }
