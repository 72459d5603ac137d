"""Detect, in any column, that a person has left the Party organization or died."""

import re
from collections.abc import Iterator, Mapping

from core.departures import DIED, EXPELLED, MOVED
from core.identity import fold_text
from exchange.imports.state_columns import speaks_of_leaving
from sheets.read import Cell, drop_brackets, drop_placeholder, fold

WAYS = f"{DIED}|{MOVED}|{EXPELLED}|失联|失去联系|历史党员"
# A value as a whole: 已转出, 失联党员, 2021年3月去世, 纳入失联.
WHOLE = re.compile(
    r"(已经?|于|因病|因故|党员|该?同志|本人|纳入|列[入为]|认定为|[\d年月日/])*"
    rf"(({WAYS})(党员|人员|组织关系|处理|管理)?|故)"
)
# A formal affiliation that has gone: 组织关系已转出, 已将组织关系转往流入地.
WHEN = r"(已经?|现已?|均|都|于|全部|[\d年月日/.])*"
AFFILIATION = rf"{WHEN}(将|把)?(其|本人)?党?(组织)?关系{WHEN}"
TRANSFERRED = re.compile(
    rf"{AFFILIATION}[转迁]([出走离]|[往至到去回](?!本|我|社区|村).+)了?"
    rf"|{AFFILIATION}(?<=已)[转迁]了?|{WHEN}(?<=已)转(出|走)?了?党?(组织)?关系"
)
# A column of the day, the reason or the place of leaving: it has values for those who
# have left. 转出单位 is where others came from.
DAYS = re.compile(
    rf"^(党员|组织关系)?({WAYS})(时间|日期|年月|原因|去向|地?(党组织|党支部|支部)(名称)?)$"
    "|^(党员)?(减少|减员|调出|调走|调往|流失|移出|移除|离退|离世)(时间|日期|年月|原因|去向)$"
    "|^(迁往|转往|转至|去往)地?(党组织|党支部|支部|单位)?(名称)?$"
    "|^(报到)?(撤销|注销|取消|终止)(报到|党员)?(时间|日期|说明|原因)$"
    "|^(离开|退出|调离)(本|社区|单位)?(信息)?(系统)?(时间|日期|类型|原因)$"
)
QUESTIONS = re.compile(rf"^是否(已经?|为)?({WAYS})(党员)?$")
WAY = re.compile(WAYS)
STATE = re.compile("党籍")  # a column of the state of membership: 正常, 停止
# A column of the state of the record or of the person: 已报到, 已返回, 离职.
RECORD_STATE = re.compile(
    "^(党员|党籍|党组织|组织关系|组织|人员|成员|个人|本人|管理|在[册籍]|报到|流动|外出|记录|数据|信息"
    "|撤销|注销|删除|停用|有效|是否|现|当前|目前|最新)*(状态|标识|标志|标记)$"
)
# States of other things than membership, of which only a death is about it.
OTHER_STATE = re.compile(
    "(账[号户]|帐[号户]|用户|注册|登录|绑定|实名|就业|从业|工作|岗位|在[职岗]|手机|电话|号码|卡|社保|医保|参保|保险|养老|证件?|婚姻?|生育"
    "|低保|救助|学籍|学业|在校|合同|劳动|聘用|微信|qq|群|档案|健康|身体|设备|小程序|app|党费|缴费|缴纳|居住|房屋|车辆|租赁|疫苗"
    "|积分|学习|培训|志愿|纸质|材料|照片|打卡|考勤)(状态|状况|标识|标志|标记)$"
)
DEAD = re.compile("死亡|去世|逝世|病[逝故]|亡故|已故|身故|过世|离世|^故$")
CLOSED = re.compile(
    "(已经?)?(撤销|注销|作废|返回|退出|离开|调离|离职|停用|失效|终止)(报到|党员)?|无效"
)
ENDED_STATES = {"停止", "不正常", "异常", "终止", "丧失"}
NO = {"否", "不", "不是", "n", "no", "×", "x", "0", "正常"}
YES = {"是", "有", "y", "yes", "√", "1"}
# Free text of a remark.
ENDED = re.compile(
    "(^|[已理系年月日0-9])转出(?!地)|转出(党)?(组织)?关系|转走|迁出|^故$|^失联|已失联"
    f"|{DIED}|{EXPELLED}"
)
NOT_ENDED = re.compile("[未不没拟待]")
# Who of them is meant is somebody else.
RELATIVES = re.compile("配偶|丈夫|妻|爱人|老伴|父|母|子女|儿|女婿|家属|亲属|遗属|公婆")
MAX_VALUE_LENGTH = 20


def says_left(text: str) -> bool:
    """Whether a whole value says that the person has left or died."""
    if not text or len(text) > MAX_VALUE_LENGTH:
        return False
    word = drop_brackets(fold(text))
    return bool(WHOLE.fullmatch(word) or TRANSFERRED.fullmatch(word))


def is_ended_state(heading: str, text: str) -> bool:
    """Whether a column of the state of membership, or of the record, says it ended."""
    own = drop_brackets(fold(heading)).rpartition("/")[2]
    if RECORD_STATE.search(own) and CLOSED.fullmatch(fold(text)):
        return True
    return STATE.search(heading) is not None and fold(text) in ENDED_STATES


def is_ambiguous(heading: str, text: str) -> bool:
    """Whether a state or a day of leaving may be of another thing than membership.

    离职 and 停用 may be said of a post or an account, 离退时间 of retiring; who has
    died, moved or was expelled has left whatever is meant.
    """
    own = drop_brackets(fold(heading))
    if says_left(text) or DEAD.search(fold(text)):
        return False
    is_day = DAYS.search(own) and not WAY.search(own)
    return bool(is_day) or is_ended_state(heading, text)


def remark_says_left(remark: str) -> bool:
    """Whether the free text of a remark says so."""
    word = fold_text(remark)
    return ENDED.search(word) is not None and NOT_ENDED.search(word) is None


def find_departures(others: Mapping[str, Cell]) -> Iterator[tuple[str, str]]:
    """Yield heading and text of the columns that say so, among those not read."""
    for heading, cell in others.items():
        text = drop_placeholder(cell.text.strip())
        if text and _shows_departure(drop_brackets(fold(heading)), text):
            yield heading, text


def _shows_departure(heading: str, text: str) -> bool:
    word = fold(text)
    if OTHER_STATE.search(heading):
        return DEAD.search(word) is not None
    if DAYS.search(heading):
        return word not in NO
    if QUESTIONS.search(heading):
        return word in YES
    if speaks_of_leaving(heading) and DEAD.search(word):
        return RELATIVES.search(word) is None
    return says_left(text) or is_ended_state(heading, text)
