"""Say what the headings above a row make of the people below them.

The innermost heading that speaks of membership decides: who is below 已去世 or
入党积极分子 is no current member, who is below 在册党员 is one again. A heading whose
words nobody knows is asked about where the row itself does not say that the person is
a member.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from django.utils.translation import gettext as _

from core.identity import fold_text
from members.enums import Category, Standing
from members.roster.categories import find_category_in_heading
from members.roster.departures import NOT_ENDED, WAYS
from members.roster.errors import BelowDeparted, BelowInflow, BelowOthers
from members.roster.membership import NAMES_ON_THE_WAY
from members.roster.parsed_rows import ParsedRow
from members.roster.wording import find_standing, is_not_a_member
from sheets.read import GroupHeading, HeadingKind

HEADING = "heading"
LEFT = re.compile(rf"{WAYS}|^故$|减员|减少|注销|撤销|调离|离开|不在册")
RETURNED = re.compile("转入|恢复|返回|归来|新增")
OTHERS = re.compile("党外|非党|未入党|家属|亲属|子女|志愿者|流入|外来")
INFLOW = re.compile("流入|外来")
BOTH = re.compile("正式|预备|(?<!非)党员[和及与、,]|[和及与、,]党员|党群")
CURRENT = re.compile("在册|在籍|现有|现任|全体|实有|所有|正常")
MEMBER = re.compile("党员$|党员组织关系$")
# Words before 党员 that leave open whether the person still or already is one here.
UNSURE = re.compile("[未不非待拟停除撤原曾]|退(?![休役伍])|口袋|空挂|失|转入")
STANDING = re.compile("正式|预备|转正")
AWAY = re.compile("流出|外出")


class Meaning(Enum):
    """What a heading says of the people below it."""

    LEFT = auto()
    OTHERS = auto()
    MEMBERS = auto()
    SORTED = auto()
    UNKNOWN = auto()


def find_meaning(name: str) -> Meaning:
    """Return what the words of a heading say of the people below it."""
    word = fold_text(name)
    if LEFT.search(word):
        unsure = NOT_ENDED.search(word.replace("不在册", "")) or RETURNED.search(word)
        return Meaning.UNKNOWN if unsure else Meaning.LEFT
    if is_not_a_member(word) or NAMES_ON_THE_WAY.search(word) or OTHERS.search(word):
        return Meaning.UNKNOWN if BOTH.search(word) else Meaning.OTHERS
    if UNSURE.search(word) and not STANDING.search(word):
        return Meaning.UNKNOWN
    if CURRENT.search(word) or STANDING.search(word):
        return Meaning.MEMBERS
    known = find_heading_category(word) or MEMBER.search(word)
    return Meaning.SORTED if known else Meaning.UNKNOWN


def find_heading_category(name: str) -> Category | None:
    """Return the category of the people below a heading, if it says one."""
    return Category.MOBILE if AWAY.search(name) else find_category_in_heading(name)


@dataclass(frozen=True, slots=True)
class HeadingsRead:
    """What the headings above a row say: each value with the heading that says it.

    `barred` says that the people below are no current members: they have left, or are
    others. `unknown` is a heading that leaves open whether they are members.
    `said_standing` is the heading that says the standing.
    """

    standing: Standing | None = None
    category: Category | None = None
    barred: tuple[Meaning, GroupHeading] | None = None
    unknown: GroupHeading | None = None
    decided_by: tuple[GroupHeading, ...] = ()
    said_standing: GroupHeading | None = None


def read_headings(
    above: Sequence[GroupHeading], is_organization: Callable[[str], bool]
) -> HeadingsRead:
    """Read the headings above a row, from the innermost to the outermost."""
    heard = [
        *_hear([h for h in reversed(above) if not _is_organization(h, is_organization)])
    ]
    if heard and heard[-1][1] in {Meaning.LEFT, Meaning.OTHERS}:
        heading, meaning = heard[-1]
        return HeadingsRead(barred=(meaning, heading), decided_by=(heading,))
    headings = [heading for heading, _meaning in heard]
    standing = next(filter(_find_standing, _numbered_outwards(headings)), None)
    sorting = next((h for h in headings if find_heading_category(h.name)), None)
    return HeadingsRead(
        standing=_find_standing(standing) if standing else None,
        category=find_heading_category(sorting.name) if sorting else None,
        unknown=next((h for h, m in heard if m is Meaning.UNKNOWN), None),
        decided_by=tuple(h for h in above if h in (standing, sorting)),
        said_standing=standing,
    )


def _is_organization(
    heading: GroupHeading, is_organization: Callable[[str], bool]
) -> bool:
    return heading.kind is HeadingKind.ORGANIZATION or is_organization(heading.name)


def _hear(
    headings: Iterable[GroupHeading],
) -> Iterator[tuple[GroupHeading, Meaning]]:
    """Yield headings outwards, up to the first that says who is a member or not."""
    for heading in headings:
        meaning = find_meaning(heading.name)
        yield heading, meaning
        if meaning in {Meaning.LEFT, Meaning.OTHERS, Meaning.MEMBERS}:
            return


def _numbered_outwards(headings: Sequence[GroupHeading]) -> Iterator[GroupHeading]:
    """Yield the innermost heading, and those that numbers show to be around it."""
    for inner, heading in zip([None, *headings], headings, strict=False):
        if inner is not None and not 0 < heading.level < inner.level:
            return
        yield heading


def _find_standing(heading: GroupHeading) -> Standing | None:
    """Return the standing below a heading; 党员 alone is said of both."""
    return find_standing(heading.name) if STANDING.search(heading.name) else None


def refuse_barred(parsed: ParsedRow, headings: HeadingsRead) -> None:
    """Refuse people below a heading of those who have left, or who are no members."""
    if headings.barred is None:
        return
    meaning, heading = headings.barred
    said = {"heading_row": heading.excel_row, "text": heading.text}
    if meaning is Meaning.LEFT:
        parsed.refuse("status", BelowDeparted(**said))
    elif INFLOW.search(heading.text):
        parsed.refuse("member_type", BelowInflow(**said))
    else:
        parsed.refuse("member_type", BelowOthers(**said))


def show_headings(parsed: ParsedRow, headings: HeadingsRead) -> None:
    """Show in the preview the headings that decided, and flag an unknown one."""
    if headings.unknown is not None:
        parsed.flag("heading_unknown")
    shown = dict.fromkeys([*headings.decided_by, headings.unknown])
    if words := _present([heading for heading in shown if heading is not None]):
        parsed.shown[HEADING] = words


def _present(headings: Sequence[GroupHeading]) -> str:
    return "；".join(
        _("row %(row)s: “%(text)s”") % {"row": h.excel_row, "text": h.text}
        for h in headings
    )
