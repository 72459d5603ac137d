"""Say whether a remark contradicts that the person is a current member.

Remarks are free text: a word that stands alone (群众, 误录, 已转省外) refuses the row;
the same word inside a longer text may tell of another time or person (2001年确定为积极
分子, 配偶去世), so somebody looks at it.
"""

import re
from collections.abc import Iterator, Mapping
from enum import Enum, auto

from core.departures import DIED, EXPELLED
from core.errors import DomainError
from core.identity import fold_text
from exchange.doubts import DoubtSource
from members.roster.departures import RELATIVES, remark_says_left
from members.roster.errors import HasLeft, NotAMember, RemarkOfMistake
from members.roster.membership import NAMES_ON_THE_WAY, fold_own_heading
from members.roster.parsed_rows import ParsedRow
from sheets.read import Cell, drop_placeholder

# Headings of free text about the person, beside the column that is recorded.
HEADINGS = re.compile(
    "^(其[他它]|补充|特殊|相关|有关)?(备注|说明|备考|附注|批注|标注|备用)(说明|信息|内容|情况)?\\d?$"
    "|^(核[查实对]|排查|查找|清查|变动|变化|异动|去向)(情况|结果|说明|备注|去向)?$"
    "|^(基本|党员|人员|个人|目前|现|当前|组织关系|党籍|其[他它])?(情况|状况|现状)(说明|备注)?$"
)
BETWEEN = re.compile(r"[；;，,、。/\s（）()]+")
WHOLE_LEFT = re.compile(
    "(已|现已|均已)?转(往|至|到|去|出到)?(外?省外?|外[省市区县地]|[市区县]外|外单位|其[他它].{0,6}|他处|本?[省市区县]外)"
    "|(已|党?组织关系)(转|迁)(走|出|离|外)?|已?(迁|搬)(走|离|出)(本?社区|本?地)?|(已)?不在(本)?(支部|社区|街道|村)|故去|已故|劝退"
)
WHOLE_MISTAKE = re.compile(
    "(系|属)?(误|错|重复?)(录入?|登记?|报|填|统计)(人员)?|(录|登|报|填)(错|重|重复)了?|重复(人员|信息|数据|登记|录入)?"
    "|(系统)?(查无此人|无此人|无此党员)|(信息|数据|人员)有误|(不|非)(是|属于?)?本(支部|社区|街道|村|党组织)(党员|人员|人)?|双重党籍|应?(删除|删)"
)
WHOLE_OTHERS = re.compile(
    "(普通)?群众|(入党)?积极[分份]子|(党员)?(发展|培养|考察)对象|(入党)?申请[人者]|(共青)?团员|(不|非|不是|并非|还不是|暂不是)(中共)?党员"
    "|(还|尚|暂)?未入党|民主党派|无党派(人士)?|党外(人士|人员)?|(中国)?(民革|民盟|民建|民进|农工党|致公党|九三学社|台盟)(成员|盟员|会员|党员|社员)?"
)
DOUBTFUL = re.compile(
    "群众(?!路线|工作|团体|组织|满意|评议|基础)|(?<!共青团)团员(?!团)|(不|非|不是)党员|未入党|民主党派|无党派|党外"
    "|误[录登报填]|[录登报填]错|重复|查无此人|无此人|不[在属]本|非本(支部|社区)"
    "|^已转$|转(往|至|去|走|出(?!地)|省外|外[省市地]|[市区县]外)|失联|失去联系|联系不上|取消预备"
    f"|{DIED}|{EXPELLED}"
)
# It is only denied or planned.
NOT_YET = re.compile("[未不没无拟待]|准备|计划")
NEAR = 4  # characters around a word in which it is denied


class Says(Enum):
    """What a remark says of the person."""

    LEFT = auto()
    OTHER = auto()
    MISTAKE = auto()
    UNSURE = auto()


REFUSALS: Mapping[Says, type[DomainError]] = {
    Says.LEFT: HasLeft,
    Says.OTHER: NotAMember,
    Says.MISTAKE: RemarkOfMistake,
}


def judge_remark(text: str) -> Says | None:
    """Return what a remark says against a current membership, if anything."""
    for word in map(fold_text, BETWEEN.split(text)):
        for pattern, said in (
            (WHOLE_OTHERS, Says.OTHER),
            (WHOLE_MISTAKE, Says.MISTAKE),
            (WHOLE_LEFT, Says.LEFT),
        ):
            if pattern.fullmatch(word):
                return said
    whole = fold_text(text)
    if remark_says_left(text):
        return Says.UNSURE if RELATIVES.search(whole) else Says.LEFT
    return Says.UNSURE if _is_doubtful(whole) else None


def _is_doubtful(word: str) -> bool:
    found = DOUBTFUL.search(word)
    if found is None:
        return False
    around = word[max(0, found.start() - NEAR) : found.start()]
    around += word[found.end() : found.end() + NEAR]
    return NOT_YET.search(around) is None


def read_remarks(remark: str, others: Mapping[str, Cell]) -> Iterator[tuple[str, str]]:
    """Yield heading and text of the remark and of other columns of free text."""
    yield "", remark
    for heading, cell in others.items():
        if HEADINGS.search(fold_own_heading(heading)):
            yield heading, drop_placeholder(" ".join(cell.text.split()))


def judge_remarks(parsed: ParsedRow, remark: str, others: Mapping[str, Cell]) -> None:
    """Refuse or doubt a row of which a remark says that it is of no member.

    What was doubted already as a word for what the person is, is not doubted twice.
    """
    for heading, text in read_remarks(remark, others):
        if not text:
            continue
        said = judge_remark(text) or _judge_way(parsed, text)
        if said is not None and said in REFUSALS:
            parsed.refuse("remark", REFUSALS[said](text=text))
        elif said is not None and not any(d.text == text for d in parsed.doubts):
            parsed.doubt(DoubtSource.REMARK, heading, text)
        if said is not None:
            return


def _judge_way(parsed: ParsedRow, text: str) -> Says | None:
    """Doubt a remark about the way to membership, unless the row says more."""
    is_told = "standing" in parsed.stated
    names = NAMES_ON_THE_WAY.search(fold_text(text))
    return Says.UNSURE if names and not is_told else None
