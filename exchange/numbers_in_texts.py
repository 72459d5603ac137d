"""Numbers of people inside a text, however they are grouped: phones, identity cards."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from core.identity import PROVINCES

PHONE_IN_TEXT = re.compile(r"(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)")
BETWEEN = r"[ .\-‐‑‒–—―−·•・‧∙/_()~*]{0,3}"
"""What people write between the groups of a number."""
GAP = re.compile(BETWEEN)
GROUP = re.compile(rf"[0-9]+(?:{BETWEEN}[Xx](?![A-Za-z]))?")
CHINESE_DIGITS = re.compile("[〇零一二三四五六七八九]{11,}")
AS_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
MOST_DIGITS = 18
MOST_GROUPS = 6
MOBILE = re.compile(r"(?:0086|086|86)?1[3-9]\d{9}")
AREA = re.compile(r"(?:010|02\d)(?=\d{8}$)|0[3-9]\d\d(?=\d{7,8}$)")
ABROAD = re.compile(r"(?:0086|86)(?:10\d{8}|2\d{9}|[3-9]\d{9,10})")
OLD_IDENTITY = re.compile(r"\d{8}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}")
IDENTITY = re.compile(
    r"\d{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]"
)


def find_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield where numbers of people stand in a text in half width.

    Their groups may stand apart by blanks, dots or dashes; digits beside a whole number
    that belong to a longer one make it another number.
    """
    text = CHINESE_DIGITS.sub(lambda found: found[0].translate(AS_DIGITS), text)
    groups = list(GROUP.finditer(text))
    for first, start in enumerate(groups):
        near = itertools.islice(_adjoining(text, groups, first), MOST_DIGITS)
        if end := _end_of_number(near):
            yield start.start(), end


def _adjoining(
    text: str, groups: Sequence[re.Match[str]], first: int
) -> Iterator[re.Match[str]]:
    """Yield a group and those after it, as long as little stands between them."""
    yield groups[first]
    for before, group in itertools.pairwise(groups[first : first + MOST_DIGITS]):
        if not GAP.fullmatch(text, before.end(), group.start()):
            return
        yield group


def _end_of_number(groups: Iterable[re.Match[str]]) -> int:
    """Return where the longest number ends that begins with the first group, or 0."""
    digits, sizes, end = "", list[int](), 0
    for group in groups:
        plain = "".join(filter(str.isalnum, group[0])).upper()
        digits, sizes = digits + plain, [*sizes, len(plain)]
        if len(digits) > MOST_DIGITS:
            break
        if is_number(digits, sizes):
            end = group.end()
    return end


def is_number(digits: str, sizes: Sequence[int]) -> bool:
    """Whether digits in groups of these sizes are a number of a person."""
    is_spelled = len(sizes) > MOST_GROUPS and set(sizes[:-1]) == {1}
    if not is_spelled and (min(sizes) < 2 or len(sizes) > MOST_GROUPS):
        return False
    if IDENTITY.fullmatch(digits) or OLD_IDENTITY.fullmatch(digits):
        return digits[:2] in PROVINCES
    phone, first = digits.rstrip("X"), sizes[0]
    if MOBILE.fullmatch(phone):
        return is_spelled or first > 2 or digits.startswith("86")
    if area := AREA.match(phone):
        return is_spelled or len(sizes) == 1 or first == len(area[0])
    return ABROAD.fullmatch(phone) is not None and first in {2, 4, len(digits)}
