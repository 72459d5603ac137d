"""Words that offices write for directions and reasons of mobile members."""

import re

from core.identity import fold_text
from members.enums import Direction, MobileKind
from sheets.read import drop_brackets, fold

OUT = re.compile("流出|外出|出去|转外|^出$")
IN = re.compile("流入|流进|外来|来本|^[入进]$")
# In order of preference: 毕业生外出务工 is working away.
KINDS = (
    (re.compile("返聘|再就业|退休后|离退休"), MobileKind.RE_EMPLOYED),
    (re.compile("人才|技术|专业"), MobileKind.TALENT),
    (re.compile("务工|经商|打工|就业|创业|工作|做生意|从业"), MobileKind.WORKING_AWAY),
    (
        re.compile(
            "待业|待就业|未就业|毕业|退[役伍]|复员|转业|择业|求学|学习|升学|就读"
        ),
        MobileKind.AWAITING,
    ),
    (
        re.compile("居住|定居|随子女|投亲|投靠|搬|迁|返乡|回原籍|照顾|探亲|养老"),
        MobileKind.MOVED_HOME,
    ),
)
NOT_WORKING = re.compile("未就业|待就业|失业")


# Whole words of somebody who is simply away or has come: 流动中, 跨省流动, 长期外出.
FLOW = re.compile(
    "(目前|现|仍|还|正|均|已|正在|尚|长期|短期|临时|季节性|常年|集中|分散|固定|不固定|单独|一般|正常|跨?[省市区县镇乡街道内外间国境])*"
    "(流动|外出|在外|流出|流入|外来|务工|经商|在流动|在管|纳管|流进|出|入|进)?"
    "(务工|经商|就业|创业|学习|居住|流动|管理|状态)*(中|期间|着)?的?(类|型)?(党员|人员|到?本?地)?"
)
FLOW_CORE = re.compile(
    "流|外|省|市|县|区|务工|经商|长期|短期|临时|固定|^[出入进]$|在管|纳管"
)


def is_plain_flow(text: str) -> bool:
    """Whether a whole text only says that, or how far, somebody is away or has come."""
    word = fold_text(text)
    return bool(FLOW.fullmatch(word) and FLOW_CORE.search(word))


def find_direction(text: str) -> Direction | None:
    """Return the direction that the words mean; None if neither or both."""
    word = fold_text(text)
    out, into = OUT.search(word), IN.search(word)
    if bool(out) == bool(into):
        return None
    return Direction.OUT if out else Direction.IN


def find_flow(text: str) -> Direction | None:
    """Return the direction that a column of the state says, and nothing beside it."""
    return find_direction(text) if is_plain_flow(text) else None


def find_kind(text: str) -> MobileKind | None:
    """Return which kind of mobile member the words mean, if any."""
    word = fold_text(text)
    if NOT_WORKING.search(word):
        return MobileKind.AWAITING
    return next((kind for pattern, kind in KINDS if pattern.search(word)), None)


def fits_direction(text: str) -> bool:
    """Whether a value names a direction."""
    return find_direction(text) is not None


def fits_kind(text: str) -> bool:
    """Whether a value names a reason of absence."""
    return find_kind(text) is not None


def direction_of_heading(heading: str) -> Direction | None:
    """Return which way a heading or title means; its brackets do not count."""
    word = fold(heading)
    return find_direction(word) and find_direction(drop_brackets(word))
