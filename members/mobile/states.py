"""What a register says of a person beside days and places: understood, or asked.

A column of the state (流动状态, 组织关系) may say that somebody died, was transferred
or is back, and so may every column that is read for something else: the direction, the
reason, the destination, the number of a certificate. Whoever is gone is never entered
as away or come, and a word that no rule understands is shown.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from exchange.doubts import DoubtSource
from exchange.imports.state_columns import tells_of_gone
from exchange.sheet_context import SheetContext
from members.mobile.returns import find_return, says_back
from members.mobile.wording import find_kind, is_plain_flow
from members.roster.categories import find_category
from members.roster.departures import RECORD_STATE, find_departures
from members.roster.ended_states import EndedStates
from members.roster.membership import fold_own_heading, tells_where_from
from members.roster.remarks import Says, judge_remark
from members.roster.state_errors import departure_error
from members.roster.wording import find_standing, says_nothing
from sheets.read import BLANK, Cell, TableRow, drop_brackets, drop_placeholder, fold

if TYPE_CHECKING:
    from members.mobile.reading import RegisterRow
    from members.roster.parsed_rows import ParsedRow

# Fields that are read for another thing, and in which people write a state.
STATES = ("direction", "mobile_kind")
PLACES = ("destination", "place_out", "branch_out", "branch_in")
KINDS = ("member_type", "category")
CERTIFICATE = "certificate_number"
# Words in a place, a reason or a number that are none of it.
NO_PLACE = re.compile(
    "关系|党籍|失联|注销|取消|撤销|^已|[已均]转|返回|回[来乡流]|归来|停止|结束|终止|离开|下落|不明"
)
# Headings of what somebody is doing now.
OF_PERSON = re.compile(
    "^(党员|人员|个人|目前|现|当前|现在|组织关系|党籍|流动|外出)*(情况|状况|现状|近况)$"
)
# A branch or a community below the heading 组织关系.
ORGANIZATION = re.compile(
    "[^转迁离死亡]*(支部|党委|党工委|总支|党组织|党组|委员会|社区|街道|[镇乡村局厂校院]|公司|在本人手中)"
)
HAS_CERTIFICATE = re.compile(
    "(是|否|有|无|没有|持有|未持有|已?(办理?|领取?|发放?|持有|申领)|[未没暂]+(办理?|领取?|发放?|持有|申领)|√|×|[yn]"
    "|办理中|已有)"
)
ENDED_CERTIFICATE = re.compile(
    "注销|收回|收缴|作废|吊销|遗失|丢失|撤销|转出|交回|上交|失效"
)
REFUSED = {Says.LEFT, Says.MISTAKE}


class StateWords:
    """Judges every text of a register's row that may say where the person is."""

    def __init__(self, context: SheetContext) -> None:
        self.headers = context.headers
        self.ended = EndedStates(context)

    def find_return(self, row: TableRow) -> str:
        """Return the column that says the person is back, with its text, if any."""
        read = {
            heading: cell
            for name, heading, cell in self._columns(row)
            if name in {*STATES, "destination", CERTIFICATE}
            and not _is_reason(name, cell.text)
        }
        return find_return({**row.others, **read})

    def judge(self, entry: "RegisterRow", row: TableRow) -> None:
        """Refuse who is gone by a column that is read; show what nobody understands."""
        parsed = entry.parsed
        read = [(h, c) for name, h, c in self._columns(row) if name not in KINDS]
        states = [(h, c) for h, c in row.others.items() if _tells_state(h)]
        for heading, cell in (*read, *states):
            text = " ".join(drop_placeholder(cell.text.strip()).split())
            if text and self._refuse(parsed, heading, text):
                return
        remarked = {(d.heading, d.text) for d in parsed.doubts if _is_remark(d.source)}
        for heading, text in dict.fromkeys(self._find_unknown(row)):
            if (heading, text) not in remarked:
                parsed.doubt(DoubtSource.COLUMN, heading, text)
        shown = {(d.heading, d.text) for d in parsed.doubts if _is_column(d.source)}
        parsed.doubts = [
            d
            for d in parsed.doubts
            if d.source is not DoubtSource.MEMBER
            or not ((d.heading, d.text) in shown or is_plain_flow(d.text))
        ]

    def _refuse(self, parsed: "ParsedRow", heading: str, text: str) -> bool:
        """Refuse the row if its text says that the person is gone."""
        if says_back(heading, text) or "status" in parsed.refused_columns:
            return False
        gone = [*find_departures({heading: BLANK._replace(text=text)})]
        if gone and self.ended.sets_aside(parsed, heading, text):
            return False
        if gone or judge_remark(text) in REFUSED:
            parsed.refuse("status", departure_error(heading, text))
            return True
        return False

    def _find_unknown(self, row: TableRow) -> Iterator[tuple[str, str]]:
        """Yield heading and text of what no rule of registers understands."""
        for heading, cell in row.others.items():
            text = " ".join(drop_placeholder(cell.text.strip()).split())
            if text and _tells_state(heading) and not is_understood(heading, text):
                yield heading, text
        for name, heading, cell in self._columns(row):
            text = " ".join(drop_placeholder(cell.text.strip()).split())
            if text and not says_back(heading, text) and _is_strange(name, text):
                yield heading, text

    def _columns(self, row: TableRow) -> Iterator[tuple[str, str, Cell]]:
        """Yield field, heading and cell of the columns that are read."""
        headings: Mapping[str, str] = {
            **self.headers.get(row.sheet, {}),
            **row.headings,
        }
        for name in (*STATES, *PLACES, CERTIFICATE, *KINDS):
            cell = row.cells.get(name, BLANK)
            if cell.text.strip():
                yield name, headings.get(name, name), cell


def is_understood(heading: str, text: str) -> bool:
    """Whether a rule reads what a column of the state says, or asks about it."""
    if is_plain_flow(text) or says_back(heading, text) or says_nothing(text):
        return True
    if find_category(text) or find_standing(text):
        return True
    if [*find_departures({heading: BLANK._replace(text=text)})]:
        return True
    if judge_remark(text) is not None or tells_of_gone(text):
        return False
    word = drop_brackets(fold(text))
    is_reason = find_kind(text) is not None and NO_PLACE.search(word) is None
    return is_reason or ORGANIZATION.fullmatch(word) is not None


def read_certificate(text: str) -> bool:
    """Whether a text may be the number of a certificate that holds."""
    return ENDED_CERTIFICATE.search(text) is None and not tells_of_gone(text)


def _tells_state(heading: str) -> bool:
    own = fold_own_heading(heading)
    is_state = RECORD_STATE.search(own) or OF_PERSON.search(own)
    return tells_where_from(heading) or is_state is not None


def _is_strange(name: str, text: str) -> bool:
    """Whether a text in a column that is read is none of what the column is for."""
    if name == "direction":
        return not is_understood("", text)
    if name == CERTIFICATE:
        is_number = any(letter.isdecimal() for letter in text)
        is_said = HAS_CERTIFICATE.fullmatch(fold(text)) is not None
        return not read_certificate(text) or not (is_number or is_said)
    if name in KINDS:
        is_known = find_standing(text) or find_category(text) or says_nothing(text)
        return not is_known and not is_plain_flow(text)
    if judge_remark(text) is not None or tells_of_gone(text):
        return True
    if name == "mobile_kind" and (find_kind(text) or is_plain_flow(text)):
        return False
    return NO_PLACE.search(fold(text)) is not None


def _is_reason(name: str, text: str) -> bool:
    """Whether 返乡 or 回原籍 is the reason for having gone, not a return."""
    is_done = re.match("已|现|不再|结束|目前", text.strip())
    return name in STATES and find_kind(text) is not None and not is_done


def _is_remark(source: DoubtSource) -> bool:
    return source is DoubtSource.REMARK


def _is_column(source: DoubtSource) -> bool:
    return source is DoubtSource.COLUMN
