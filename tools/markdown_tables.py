"""Markdown from the code: labels, docstrings, tables."""

from collections.abc import Iterable

from django.utils import translation

CHINESE, ENGLISH = "zh-hans", "en"


def translate_label(words: object, language: str) -> str:
    """Return a label in one language."""
    with translation.override(language):
        return str(words)


def first_sentence(thing: object) -> str:
    """Return the first paragraph of a docstring on one line."""
    text = (getattr(thing, "__doc__", None) or "").strip().split("\n\n")[0]
    return " ".join(text.split())


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table."""
    lines = [list(heads)]
    lines.append(["---"] * len(lines[0]))
    lines += [list(row) for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
