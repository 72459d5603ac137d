"""How the code is told in Markdown: labels, docstrings, tables."""

from collections.abc import Iterable

from django.utils import translation

CHINESE, ENGLISH = "zh-hans", "en"


def said(words: object, language: str) -> str:
    """A label in one language."""
    with translation.override(language):
        return str(words)


def first_sentence(thing: object) -> str:
    """What a docstring says first."""
    text = (getattr(thing, "__doc__", None) or "").strip().split("\n\n")[0]
    return " ".join(text.split())


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    lines = [list(heads)]
    lines.append(["---"] * len(lines[0]))
    lines += [list(row) for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
