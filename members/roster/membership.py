"""Say of a row whether the person is a member: only known words make a member.

A word that is not known, in a column that says what people are, is a doubt that
somebody looks at. Words of those on the way to membership refuse the row.
"""

import re
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext

from core.identity import fold_text
from exchange.doubts import DoubtSource
from members.roster.categories import find_category, names_elsewhere
from members.roster.columns import LABELS
from members.roster.departures import says_left
from members.roster.errors import NotAMember
from members.roster.parsed_rows import ParsedRow
from members.roster.wording import (
    find_standing,
    is_not_a_member,
    is_of_other_party,
    is_yes,
    names_other_party,
    says_nothing,
)
from sheets.read import BLANK, Cell, GroupHeading, drop_brackets, drop_placeholder, fold

# A whole value, in whatever column, of people on the way to membership.
ON_THE_WAY = re.compile(
    "(入党|重点)?积极[分份]子|(入党|党员)?申请[人者]|(入党|党员|拟)?(发展|培养|考察|预审|吸收)对象|入党申请|递交(入党)?申请书?"
    "|(非|不是|未成为|还不是|暂非)(中共)?党员|(尚|还|暂)?未入党|拟(发展|吸收|接收)(为?(预备)?党员)?"
)
# The same inside a short text: whether the person is meant is asked.
NAMES_ON_THE_WAY = re.compile(
    "积极[分份]子|申请入党|入党申请|(发展|培养|考察)对象|未入党|非党|拟(发展|吸收|接收)"
)
MAX_LENGTH = 20  # what is longer is no word for what somebody is
# Columns that say what somebody is; not those of relatives or of before.
WHAT_PEOPLE_ARE = re.compile(
    "^(现|当前|目前|现在|本人|党内|个人|党员|人员|政治|培养|发展|组织|入党|党建|所[处属])*"
    "(身份|类[别型]|种类|性质|面貌|面目|阶段|层次|属性|状态|标[识志签]|属类)$"
)
# Columns that ask whether somebody is a member, and how they say no.
ASKS_MEMBERSHIP = re.compile(
    "^(是否|是不是)(为|是)?(中共|中国共产党|共产)?党员$|^(中共|共产)?党员(与否|否)$"
)
NO = re.compile("否|不是|不|非|无|没有|n|no|[x×✗✘❌]|0|false|假|[—–-]+", re.IGNORECASE)
# Columns that say whether somebody has gone or come.
WHERE_FROM = re.compile(
    "^(党员|人员|党)?(流动|来源|流入流出|管理|组织关系|关系)(党员|人员)?"
    "(情况|类[型别]|性质|方向|方式|状态|现状)?$"
)
# Of these only the words of others count: the state of a record is no word for people.
OTHER_THINGS = re.compile("^(记录|审核|数据|信息)")


def judge_membership(
    parsed: ParsedRow,
    others: Mapping[str, Cell],
    *,
    category: str = "",
    above: GroupHeading | None = None,
    is_stated: bool = False,
    is_titled: bool = True,
    asked: str = "",
    kinds: Mapping[str, str] | None = None,
) -> None:
    """Refuse who is no member by a column that is not read; doubt unknown words.

    `category` is the text of the column of the category, `above` an unknown
    heading above the row; `is_stated` says that a known word of the row makes the
    person a member, `is_titled` that a title of the sheet makes its people members.
    `asked` is the column that asks everybody: whoever it leaves blank is doubted,
    whatever days stand beside it. `kinds` are the texts of other columns that are read,
    by heading: whoever they may say to be of elsewhere is doubted, whatever else is
    stated; None on a sheet whose people are of elsewhere anyway.
    """
    words = {
        heading: text
        for heading, cell in others.items()
        if 0 < len(text := drop_placeholder(cell.text.strip())) <= MAX_LENGTH
    }
    if is_not_a_member(category):
        parsed.refuse("category", NotAMember(text=category))
    elif said_no := _find_no(others) or _find_others(words):
        parsed.refuse("member_type", NotAMember(text=said_no))
    elif open_word := (
        _find_blank(others, asked)
        or _find_elsewhere(words, category, kinds)
        or _find_party(words)
    ):
        parsed.doubt(DoubtSource.MEMBER, *open_word)
    elif not is_stated:
        doubtful = [pair for pair in words.items() if _is_doubtful(*pair)]
        if category and not _is_known(category):
            doubtful.append((str(LABELS["category"]), category))
        is_silent = not is_titled and _says_nowhere(parsed, others, category)
        _doubt(parsed, doubtful, above, is_silent=is_silent)


def _doubt(
    parsed: ParsedRow,
    doubtful: Sequence[tuple[str, str]],
    above: GroupHeading | None,
    *,
    is_silent: bool,
) -> None:
    """Doubt one thing: a word, else the heading above, else that the row is silent."""
    if doubtful:
        parsed.doubt(DoubtSource.MEMBER, *doubtful[0])
    elif above is not None:
        parsed.doubt(DoubtSource.GROUP, "", above.text)
    elif is_silent:
        parsed.doubt(DoubtSource.MEMBER, "", gettext("no day of joining the Party"))


def _find_others(words: Mapping[str, str]) -> str:
    """Return the first word of somebody who is no member, if any."""
    said = (text for heading, text in words.items() if _says_no_member(heading, text))
    return next(said, "")


def _find_blank(others: Mapping[str, Cell], asked: str) -> tuple[str, str] | None:
    """Return the heading that asks everybody, if it leaves this row blank."""
    if not asked or drop_placeholder(others.get(asked, BLANK).text.strip()):
        return None
    return asked, gettext("blank")


def _find_elsewhere(
    words: Mapping[str, str], category: str, kinds: Mapping[str, str] | None
) -> tuple[str, str] | None:
    """Return heading and text of a word by which the person may belong elsewhere."""
    if kinds is None:
        return None
    own = {h: t for h, t in words.items() if tells_where_from(h)}
    read = {str(LABELS["category"]): category, **kinds}
    said = ((h, t) for h, t in {**read, **own}.items() if names_elsewhere(t))
    return next(said, None)


def _find_party(words: Mapping[str, str]) -> tuple[str, str] | None:
    """Return heading and text of a word that names another party, if any."""
    return next((pair for pair in words.items() if names_other_party(*pair)), None)


def _find_no(others: Mapping[str, Cell]) -> str:
    """Return a column that says the person is no member, with its text, if any."""
    for heading, cell in others.items():
        text = cell.text.strip()
        if asks_membership(heading) and NO.fullmatch(fold_text(text)):
            return f"{heading}：{text}"
    return ""


def asks_membership(heading: str) -> bool:
    """Whether a heading asks if people are members."""
    return ASKS_MEMBERSHIP.search(fold_own_heading(heading)) is not None


def _says_nowhere(parsed: ParsedRow, others: Mapping[str, Cell], category: str) -> bool:
    """Whether nothing in the row says that it is one of a member."""
    says_so = any(
        asks_membership(heading) and is_yes(cell.text)
        for heading, cell in others.items()
    )
    return not (says_so or "党员" in category or "join_date" in parsed.values)


def fold_own_heading(heading: str) -> str:
    """Return the last line of a heading; its brackets may hold a slash: （是/否）."""
    return drop_brackets(fold(heading)).rpartition("/")[2].rstrip("?？")


def _says_no_member(heading: str, text: str) -> bool:
    word = fold_text(text)
    if ON_THE_WAY.fullmatch(drop_brackets(fold(text))):
        return True
    if is_of_other_party(heading, text):
        return True
    return says_what_people_are(heading) and is_not_a_member(word)


def says_what_people_are(heading: str) -> bool:
    """Whether a heading stands over words for what somebody is."""
    word = fold_own_heading(heading)
    return (
        WHAT_PEOPLE_ARE.search(word) is not None and OTHER_THINGS.search(word) is None
    )


def tells_where_from(heading: str) -> bool:
    """Whether a heading stands over words for what somebody is, or comes from."""
    return says_what_people_are(heading) or bool(
        WHERE_FROM.search(fold_own_heading(heading))
    )


def _is_doubtful(heading: str, text: str) -> bool:
    """Whether a word may mean somebody who is no member."""
    if NAMES_ON_THE_WAY.search(fold_text(text)):
        return True
    return says_what_people_are(heading) and not _is_known(text)


def _is_known(text: str) -> bool:
    return bool(find_standing(text) or find_category(text) or says_left(text)) or (
        says_nothing(text)
    )
