"""Recognize the type of an uploaded sheet; the types are data.

A title decides first, then the name of the sheet, then that of the file; where none of
them names a type, the headings and the values below them decide.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.text import StrOrPromise
from sheets.read import Glance, drop_brackets, fold

MAX_TITLE_LENGTH = 60
STRONG = 3  # what a heading is worth that hardly any other sheet has
SIGNED = 3  # headings of one program that no other list has together
HALF = 0.5  # of a column's values
QUARTER = 0.25
AGAINST = 4  # points that a column of other people's values takes away
OUTWEIGHED = 3  # points by which headings overrule a title they do not support
MANY = 4  # own headings by which a sheet without a title is of a type
USUAL = 5  # own headings with others about people, by which it is as well
ON_EVERY_LIST = re.compile("姓名|名字|身份证|身份号|证件|备注|备考|说明|附注|^$|^\\d+$")
ANNEX = re.compile(r"^(附件?|附表|表)\s*+[\d一二三四五六七八九十]*+\s*+[:：]\s*")
# The name of a Party organization before the subject of a title.
PARTY_ORGANIZATION = re.compile(
    "^.*(支部|党总支|总支|党委|党工委|党组(?!织))(委员会)?(?=.)|^.*(党支部|党总支|党委)$"
)
ORGANIZATION_MARK = "§"


class Evidence(TextChoices):
    """The evidence by which a sheet was recognized."""

    ANSWER = "answer", _("as the person who uploaded it says")
    TITLE = "title", _("by its title")
    SHEET_NAME = "sheet_name", _("by the name of the sheet")
    FILE_NAME = "file_name", _("by the name of the file")
    CONTENT = "content", _("by its headings and values")


@dataclass(frozen=True, slots=True)
class SheetType:
    """One type of sheet that offices send, and how it is recognized.

    `titles` finds the words that name it: the last such word of a title decides, since
    in Chinese the subject comes last. `headings` are headings of such sheets, `strong`
    those that hardly any other sheet has, `values` whole values of their columns, and
    `against` values that such sheets do not have; one of the headings `never` there
    leaves the sheet to other types. `refusal` says why such a sheet is
    not read and where it belongs; it is empty for the types that are read. With
    `names_missing` it also names the identifying columns that the sheet lacks. `place`
    is the name of the address of the list where such things are entered, if any is.
    With `familiar`, headings that such sheets may have besides, a sheet of which no
    title says the type is of it only if its own headings outnumber the strange ones,
    and are many, or some beside others about people.
    A sheet with headings of three parts of the `signature`, which a program writes, is
    of the type whatever its titles or its file name say.
    A sheet whose name names a type that `outranks_title` is of it whatever its title
    says: a title of 党员花名册 is copied from sheet to sheet.
    """

    key: str
    label: StrOrPromise
    titles: re.Pattern[str]
    headings: re.Pattern[str] | None = None
    strong: re.Pattern[str] | None = None
    values: re.Pattern[str] | None = None
    against: re.Pattern[str] | None = None
    never: re.Pattern[str] | None = None
    refusal: StrOrPromise = ""
    names_missing: bool = False
    url_name: str = ""
    outranks_title: bool = False
    familiar: re.Pattern[str] | None = None
    signature: Sequence[re.Pattern[str]] = ()

    def count_points(self, glance: Glance) -> int:
        """Return how much the headings and values speak for the type."""
        headings = _fold_headings(glance)
        if self.never and any(map(self.never.search, headings)):
            return 0
        points = sum(bool(self.headings and self.headings.search(h)) for h in headings)
        strong = sum(bool(self.strong and self.strong.search(h)) for h in headings)
        points += STRONG * strong
        if others := _count_columns(glance.values, self.against, QUARTER):
            return points - AGAINST * others
        return points + STRONG * _count_columns(glance.values, self.values, HALF)

    def is_signed(self, glance: Glance) -> bool:
        """Whether the headings are those that the program behind the type writes."""
        headings = _fold_headings(glance)
        found = sum(any(map(part.search, headings)) for part in self.signature)
        return found >= SIGNED

    def find_strange_headings(self, glance: Glance) -> list[str]:
        """Return the headings that such sheets do not have, if they are too many.

        Which lists exist beside such sheets nobody can tell in advance; what stands on
        the sheet itself is known.
        """
        if self.familiar is None:
            return []
        own = _count_columns(glance.values, self.values, HALF)
        strange = []
        headings = _fold_headings(glance)
        for heading, folded in zip(glance.headings, headings, strict=True):
            if self._is_own(folded):
                own += 1
            elif not self.familiar.search(folded.rpartition("/")[2]):
                strange.append(heading)
        return strange if len(strange) >= max(own, 1) else []

    def find_few_headings(self, glance: Glance) -> list[str]:
        """Return the type's own headings, if they are too few to say the type alone.

        Name, number, branch and day of joining stand on every list of members. Only
        who keeps a register of people also asks for several other things about them.
        """
        said = _count_columns(glance.values, self.values, HALF)
        if self.familiar is None or said or not glance.is_complete:
            return []
        if _count_columns(glance.values, self.against, QUARTER):
            return []  # it is full of others, whatever its columns
        folded = _fold_headings(glance)
        pairs = [*zip(glance.headings, folded, strict=True)]
        own = [heading for heading, word in pairs if self._is_own(word)]
        others = [
            word
            for word in folded
            if not self._is_own(word)
            and self.familiar.search(word)
            and not ON_EVERY_LIST.search(word)
        ]
        is_enough = len(own) >= MANY or len(own) + len(others) >= USUAL
        return [] if is_enough else own

    def _is_own(self, heading: str) -> bool:
        patterns = (self.headings, self.strong)
        return any(p is not None and p.search(heading) for p in patterns)


def _fold_headings(glance: Glance) -> list[str]:
    return [drop_brackets(fold(heading)) for heading in glance.headings]


def _count_columns(
    values: Mapping[str, Sequence[str]], pattern: re.Pattern[str] | None, share: float
) -> int:
    """Return the number of columns of whose values more than a share match."""
    if pattern is None:
        return 0
    shares = (
        sum(pattern.fullmatch(fold(text)) is not None for text in column) / len(column)
        for column in values.values()
        if column
    )
    return sum(one > share for one in shares)


@dataclass(frozen=True, slots=True)
class Recognition:
    """The type of a sheet, and the evidence for it."""

    sheet_type: SheetType
    evidence: Evidence


def recognize(
    types: Sequence[SheetType], glance: Glance, file_name: str
) -> Recognition | None:
    """Return the recognized type of a sheet, or None."""
    signed = next((t for t in types if t.is_signed(glance)), None)
    if signed is not None:
        return Recognition(signed, Evidence.CONTENT)
    return _recognize_unsigned(types, glance, file_name)


def _recognize_unsigned(
    types: Sequence[SheetType], glance: Glance, file_name: str
) -> Recognition | None:
    """Return the type that titles, names, headings and values say."""
    by_content = _find_by_content(types, glance)
    by_name = _find_by_words(types, (glance.sheet,))
    if by_name and by_name.outranks_title:
        return Recognition(by_name, Evidence.SHEET_NAME)
    for evidence, texts in (
        (Evidence.TITLE, glance.titles),
        (Evidence.SHEET_NAME, (glance.sheet,)),
        (Evidence.FILE_NAME, (file_name,)),
    ):
        named = _find_by_words(types, texts)
        if named is None or (evidence is Evidence.FILE_NAME and not glance.fields):
            continue  # the file's name says nothing of a sheet of notes beside the list
        if by_content and _outweighs(by_content, named, glance):
            return Recognition(by_content, Evidence.CONTENT)
        return Recognition(named, evidence)
    if by_content and by_content.find_few_headings(glance):
        by_content = _find_by_content(
            [t for t in types if t.familiar is None], glance, least=STRONG
        )
    return Recognition(by_content, Evidence.CONTENT) if by_content else None


def _outweighs(other: SheetType, named: SheetType, glance: Glance) -> bool:
    """Whether the content contradicts a title under which a sheet would be read.

    A sheet that lacks what it needs to be read is rather what its headings say. Under a
    title that names it no heading is one that such sheets never have.
    """
    if named.refusal or not other.refusal:
        return False
    named = replace(named, never=None)
    points, others = named.count_points(glance), other.count_points(glance)
    if not glance.is_complete:
        return others > points
    return points == 0 and others >= OUTWEIGHED


def _find_by_content(
    types: Iterable[SheetType], glance: Glance, *, least: int = 1
) -> SheetType | None:
    points = [
        (sheet_type.count_points(glance), sheet_type)
        for sheet_type in types
        if not sheet_type.find_strange_headings(glance)
    ]
    best = max(points, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= least else None


def _find_by_words(
    types: Sequence[SheetType], texts: Iterable[str]
) -> SheetType | None:
    """Return the type that the first text to name any names last."""
    for text in _iter_titles(texts):
        matches = [
            (match.end(), match.end() - match.start(), -order)
            for order, sheet_type in enumerate(types)
            for match in sheet_type.titles.finditer(text)
        ]
        if matches:
            return types[-max(matches)[2]]
    return None


def _iter_titles(texts: Iterable[str]) -> Iterator[str]:
    """Yield texts that may be titles, without annex numbers and organizations."""
    for text in texts:
        title = ANNEX.sub("", text.strip())
        if len(title) <= MAX_TITLE_LENGTH and not re.search("[:：。；]", title):
            folded = drop_brackets(fold(title))
            yield PARTY_ORGANIZATION.sub(ORGANIZATION_MARK, folded)
