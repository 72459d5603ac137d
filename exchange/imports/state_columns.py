"""Find the columns that nobody reads and that say yes, no or a state of the people.

A column of names, numbers, days or long texts tells nothing against a row. A column is
asked about if its heading asks a question or names a state (是否…, …状态), or if a few
short words without figures stand below it, again and again or for a minority of the
rows. A heading that speaks of leaving is asked about however its texts differ. What
people write freely below a heading such as 情况说明 is a remark.
"""

import re
from collections.abc import Iterable, Mapping

from exchange.doubts import RowPosition
from sheets.read import drop_brackets, drop_placeholder, fold

ASKS = re.compile(
    "是否|是不是|有无|与否|状态|状况|去向|流向|结果|审核|审批|核[实查对]|确认|标[识记注志]|注销|撤销|作废|取消"
    "|有效|在[册籍岗]|转[入出接移]|离[开退职]|情况$|变动|异动|增减"
)
FREE_TEXT = re.compile(
    "无标题|备注|备考|说明|附注|批注|标注|补充|特殊|去向|变动|异动|核[查实对]|排查|清查"
)
DAY = re.compile("(时间|日期|年月日?|年份)$")
# Words of somebody who is gone are asked about in whatever column they stand.
GONE = re.compile(
    "死|亡|逝|病故|已故|去世|不在[人了]|辞世|离世|公?墓|坟|骨灰|安葬|狱|服刑|判刑|失联|失踪|找不到|联系不上|查无|注销|销户"
    "|[转迁搬调]走|转出|走了|没了|退党|脱党|除名|劝退|清退|开除|出国定居"
)
# Headings over what is filled in only for those who have gone.
LEAVING = re.compile(
    "历史|离[校职开世岗队院任境]|调[离出走往]|[迁搬]([出走离]|[往至到](?!本|我))|转([走离]|出(?!单位|地)|[往至到](?!本|我))"
    "|停[用职]|终止|注销|销户|撤销|作废|除名|开除|辞[职退去]|解聘|脱党|(?<![离内])退(?![休役伍养耕二还税])|出[国境库]|定居"
    "|失联|失踪|死亡|去世|逝世|病故|身故|减员|减少|流失|移[出除]|归档|封存|不在册|非在册"
)
OTHER_PARTIES = re.compile("党派|民主党(?!员)")
SAYS_NOT = re.compile(
    "否|不是?|非|无|没有?|[×✗xXnN]|no|0|正常|在[册籍库岗]|(未|不|没有?|无)(?!知|明|详|在).{1,6}"
)
MAX_WORDS, MAX_LENGTH = 8, 12
AGAIN = 3  # rows that an answer to a question has, on average
FIGURE = re.compile(r"\d{2}")
SAYS_YES_OR_NO = re.compile(
    "是|否|有|无|不是|[√✓✔☑×✗✘xX]|[yYnN]|yes|no|已.{1,6}|未.{1,6}"
)


Columns = Mapping[tuple[str, str], Mapping[RowPosition, str]]


def find_free_texts(columns: Columns) -> dict[tuple[str, str], dict[RowPosition, str]]:
    """Return the columns, by sheet and heading, where people write freely."""
    return {
        key: texts
        for key, cells in columns.items()
        if FREE_TEXT.search(own_heading(key[1]))
        and (texts := {p: t for p, t in cells.items() if _has_words(t)})
    }


def own_heading(heading: str) -> str:
    """Return the last line of a heading, folded, without brackets."""
    folded = fold(heading)
    return (folded if "无标题" in folded else drop_brackets(folded)).rpartition("/")[2]


def find_state_columns(
    columns: Columns, rows: Mapping[str, int]
) -> dict[tuple[str, str], dict[RowPosition, str]]:
    """Return the columns, by sheet and heading, whose texts may tell a state.

    `rows` is how many rows each sheet has.
    """
    found = {}
    for key, cells in columns.items():
        heading = own_heading(key[1])
        texts = {position: text for position, text in cells.items() if _has_words(text)}
        if FREE_TEXT.search(heading):
            continue
        is_state = must_be_answered(key[1]) or (
            not DAY.search(heading)
            and tells_state(key[1], texts.values(), rows=rows[key[0]])
        )
        if not is_state:
            texts = {p: t for p, t in texts.items() if tells_of_gone(t)}
        if texts:
            found[key] = texts
    return found


def must_be_answered(heading: str) -> bool:
    """Whether a heading speaks of leaving, or of parties: however its texts differ."""
    return speaks_of_leaving(heading) or names_parties(heading)


def speaks_of_leaving(heading: str) -> bool:
    """Whether a heading stands over what is filled in for those who have gone."""
    return LEAVING.search(drop_brackets(fold(heading))) is not None


def names_parties(heading: str) -> bool:
    """Whether a heading asks for the party, which need not be the Communist Party."""
    return OTHER_PARTIES.search(drop_brackets(fold(heading))) is not None


def says_not(text: str) -> bool:
    """Whether a whole text denies what its heading says: 否, 无, 未转出, 正常."""
    return SAYS_NOT.fullmatch(fold(text)) is not None


def tells_state(heading: str, texts: Iterable[str], *, rows: int) -> bool:
    """Whether a column asks a question, or says a few short words of some rows."""
    texts = list(texts)
    if not texts:
        return False
    words = {fold(text) for text in texts}
    short = all(len(w) <= MAX_LENGTH and not FIGURE.search(w) for w in words)
    if ASKS.search(own_heading(heading)):
        return len(words) <= max(MAX_WORDS, len(texts) // AGAIN) or short
    answers = all(SAYS_YES_OR_NO.fullmatch(word) for word in words)
    tells_apart = len(words) < len(texts) or 2 * len(texts) < rows
    return short and (answers or (tells_apart and len(words) <= MAX_WORDS))


def tells_of_gone(text: str) -> bool:
    """Whether a text has a word of somebody who is gone: asked, never concluded."""
    return GONE.search(fold(text)) is not None


def _has_words(text: str) -> bool:
    return bool(drop_placeholder(text.strip()))
