"""The order of names by strokes (姓氏笔画), in which lists of candidates are printed.

`data/strokes.txt` gives the strokes of each character in the order of writing: 1
horizontal, 2 vertical, 3 left-falling, 4 dot, 5 bent. It was made from `cnchar-order`
3.2.6 (MIT licence, © theajack).
"""

from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "strokes.txt"
UNKNOWN = 99
"""Strokes of a character that is not in the data: it comes after all others."""

Strokes = tuple[int, str, str]


def stroke_key(name: str) -> tuple[Strokes, int, tuple[Strokes, ...]]:
    """Return the key by which names are ordered by strokes.

    The surname has fewer strokes, or its strokes come first as they are written; of
    one surname the shorter name comes first, then the given name decides likewise.
    """
    strokes = tuple(_strokes_of(character) for character in name)
    return strokes[0], len(name), strokes[1:]


def _strokes_of(character: str) -> Strokes:
    written = _read_strokes().get(character)
    return (len(written), written, character) if written else (UNKNOWN, "", character)


@lru_cache(maxsize=1)
def _read_strokes() -> dict[str, str]:
    lines = DATA.read_text(encoding="utf-8").splitlines()
    return {line[0]: line[2:] for line in lines}
