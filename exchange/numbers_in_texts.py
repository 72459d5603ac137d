"""Numbers of people inside a text, however they are grouped: phones, identity cards.

What stands between the digits of a number matters little, how they are grouped much: a
row of figures is no number. So pieces of three and more digits may stand far apart;
smaller ones only close together, or where no other figure is beside them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.identity import PROVINCES

PHONE_IN_TEXT = re.compile(r"(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)")
CLOSE = re.compile(r"[ .\-‐‑‒–—―−·•・‧∙/_()~*]{0,3}")
"""What people write between the groups of a number."""
MARK = r"(?:[^\w、。;:!?%‰$¥€£+=<>×÷°]|_)"
"""Any mark but those that end something, list something, or compute."""
GAP = re.compile(rf"{MARK}*+")
GROUP = re.compile(rf"[0-9]+(?:{MARK}{{0,12}}[Xx](?![A-Za-z]))?")
CHINESE = "〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺"
AS_DIGITS = str.maketrans(CHINESE, "001234567891234567891")
SPELLED = re.compile(rf"[0-9{CHINESE}](?:{MARK}{{0,12}}[0-9{CHINESE}]){{10,}}")
FEWEST_DIGITS, MOST_DIGITS = 11, 19
MOST_GROUPS = 6
FEWEST_APART = 3
MOBILE = re.compile(r"(?:0086|086|86)?1[3-9]\d{9}")
AREA = re.compile(r"(?:010|02\d)(?=\d{8}$)|0[3-9]\d\d(?=\d{7,8}$)")
ABROAD = re.compile(r"(?:0086|86)(?:10\d{8}|2\d{9}|[3-9]\d{9,10})")
OLD_IDENTITY = re.compile(r"\d{8}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}")
IDENTITY = re.compile(
    r"\d{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]"
)
CARD = re.compile(r"[3-9]\d{15,18}")
CHINESE_CARD = "62"
AMOUNT = re.compile(r"(?<![\d,])[1-9]\d{0,2}(?:,\d{3}){1,5}(?:\.\d{1,4})?(?![\d,])")
DATE = re.compile(r"(?:19|20)\d\d[./-](?:0?[1-9]|1[0-2])[./-](?:0?[1-9]|[12]\d|3[01])")
COUNTED = re.compile(r"\s?[:%‰年月日时分元万亿人名个户次件项条]")
"""After figures that count something."""


def find_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield where numbers of people stand in a text in half width.

    Digits beside a whole number that belong to a longer one make it another number.
    """
    yield from _find_digits(text)
    digits = SPELLED.sub(lambda found: found[0].translate(AS_DIGITS), text)
    if digits != text:
        yield from _find_digits(digits)


def _find_digits(text: str) -> Iterator[tuple[int, int]]:
    text = AMOUNT.sub(lambda found: "a" * len(found[0]), text)
    for run in _runs_of(text):
        for first, group in enumerate(run):
            if end := _end_of_number(text, run, first):
                yield group.start(), end


def _runs_of(text: str) -> Iterator[list[re.Match[str]]]:
    """Yield the groups of digits that have nothing but marks between them."""
    run = list[re.Match[str]]()
    for group in GROUP.finditer(text):
        if run and not GAP.fullmatch(text, run[-1].end(), group.start()):
            yield run
            run = []
        run.append(group)
    if run:
        yield run


@dataclass(frozen=True, slots=True)
class Grouping:
    """How digits are grouped: whether apart, and whether no other figure is beside."""

    sizes: Sequence[int]
    is_apart: bool = False
    is_alone: bool = False

    @property
    def is_spelled(self) -> bool:
        """Whether the digits stand one by one."""
        return len(self.sizes) > MOST_GROUPS and set(self.sizes[:-1]) == {1}

    def is_regular(self, digits: str) -> bool:
        """Whether the groups are as long as those of a number."""
        has_country = digits.startswith("86") and self.sizes[0] == 2
        sizes = self.sizes[has_country:]
        fewest = FEWEST_APART if self.is_apart else 2
        return len(self.sizes) <= MOST_GROUPS and min(sizes, default=0) >= fewest


def _end_of_number(text: str, run: Sequence[re.Match[str]], first: int) -> int:
    """Return where the longest number ends that begins with the first group, or 0."""
    digits, sizes, is_apart, end = "", list[int](), False, 0
    for place, group in enumerate(run[first : first + MOST_DIGITS], start=first):
        plain = "".join(filter(str.isalnum, group[0])).upper()
        digits, sizes = digits + plain, [*sizes, len(plain)]
        if place > first:
            gap = (run[place - 1].end(), group.start())
            is_apart = is_apart or not CLOSE.fullmatch(text, *gap)
        if len(digits) > MOST_DIGITS:
            break
        if len(digits) < FEWEST_DIGITS:
            continue
        is_all = first == 0 and place == len(run) - 1
        alone = is_all and _is_alone(text, run[first].start(), group.end())
        if is_number(digits, Grouping(sizes, is_apart, alone)):
            end = group.end()
    return end


def _is_alone(text: str, start: int, end: int) -> bool:
    """Whether figures are neither a list, nor a date, nor count something."""
    figures = text[start:end]
    is_other = "," in figures or DATE.search(figures) or COUNTED.match(text, end)
    return not is_other


def is_number(digits: str, grouping: Grouping) -> bool:
    """Whether digits in such groups are a number of a person."""
    if IDENTITY.fullmatch(digits):
        return digits[:2] in PROVINCES
    is_free = grouping.is_spelled or grouping.is_alone
    if not is_free and not grouping.is_regular(digits):
        return False
    if OLD_IDENTITY.fullmatch(digits):
        return digits[:2] in PROVINCES
    if CARD.fullmatch(digits) and passes_luhn(digits):
        is_chinese = is_free and digits.startswith(CHINESE_CARD)
        return is_chinese or min(grouping.sizes) >= FEWEST_APART
    return _is_phone(digits.rstrip("X"), grouping.sizes, is_free=is_free)


def _is_phone(digits: str, sizes: Sequence[int], *, is_free: bool) -> bool:
    first = sizes[0]
    if MOBILE.fullmatch(digits):
        return is_free or first > 2 or digits.startswith("86")
    if area := AREA.match(digits):
        return is_free or len(sizes) == 1 or first == len(area[0])
    return ABROAD.fullmatch(digits) is not None and first in {2, 4, len(digits)}


def passes_luhn(digits: str) -> bool:
    """Whether the last digit of a card's number fits the others (ISO/IEC 7812)."""
    doubled = [int(one) * 2 for one in digits[-2::-2]]
    rest = [int(one) for one in digits[-1::-2]]
    return sum([*rest, *(one // 10 + one % 10 for one in doubled)]) % 10 == 0
