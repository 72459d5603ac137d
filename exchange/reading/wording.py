"""How offices word the lines of a sheet that are no data."""

import re

LONGEST_HEADING = 40

TOTAL = "(合计|小计|总计|共计|累计)"
TOTAL_LABEL = re.compile(rf".{{0,12}}{TOTAL}(\d*人?次?|人数|数)")
TOTAL_WORD = re.compile(rf"(本页|本表|全表)?{TOTAL}")

LABELS = (
    "填表人|填报人|制表人|制表|审核人|审核|审批人|复核人|经办人|报送人|负责人|联系人"
    "|单位负责人|主要负责人|党组织书记|联系电话|咨询电话|填表日期|填报日期|填报时间"
    "|制表日期|报送日期|报送时间|填报单位|填表单位|报送单位|制表单位|统计截止时间"
    "|签字|签名|盖章|公章"
)
LABEL = re.compile(rf"({LABELS})(\([^()]*\))?")
LABEL_INSIDE = re.compile(rf"({LABELS})(\([^()]*\)|\))?:")
NOTE = re.compile(r"(注|备注|附注|说明|填表说明|填报说明|填写说明|附)\d?[:、.]|注\d")
STARRED = ("*", "※", "★", "—", "-")
ONLY_DATE = re.compile(r"\d{4}年\d{1,2}月(\d{1,2}日)?")
PAGE = re.compile(
    r"(第\d+页)?[,/]?(共\d+页)?|[-—]*(以下空白|以下无正文|此页无正文)[-—]*"
    r"|\(?(续表|续|接上页|转下页|下页续)\)?"
)

HEADING = re.compile(
    r".*(支部|总支|党委|工委|党组|小组|社区|街道|委员会|单位|网格|片区)$"
)
COUNT = re.compile(r"[(（][^()（）]*\d+[^()（）]*[)）]\s*$|共\s*\d+\s*[人名]\s*$")
ONLY_COUNT = re.compile(r"\(?共?\d+(人|名|个)?\)?")
NUMERALS = "[一二三四五六七八九十]+"
ORDINAL = re.compile(rf"^\s*[(（]?{NUMERALS}[)）、.．]\s*")
ONLY_ORDINAL = re.compile(rf"\(?{NUMERALS}\)?[、.]?")
EXAMPLES = {"例", "示例", "样例", "范例", "举例", "例如", "填写示例", "例子"}
UNITS = set(
    "人 人次 名 次 个 场 户 份 项 岁 元 万元 小时 年 月 日 平方米 % 千元".split()
)
COLUMN_MARKS = {"甲", "乙", "丙", "丁", "栏次", "序号", "行次", "-", "—", "*"}


def line(text: str) -> str:
    """Return the text without blanks, with half-width punctuation."""
    return "".join(text.split()).translate(str.maketrans("：（）．＊，", ":().*,"))


def is_note(text: str) -> bool:
    """Whether a line begins like a note, or labels what is to be signed."""
    label = LABEL_INSIDE.match(text)
    return bool(label or NOTE.match(text) or text.endswith(":"))


def is_lone_note(text: str) -> bool:
    """Whether a line that stands alone is a sentence, a date, a page or a signature."""
    if len(text) > LONGEST_HEADING or text.endswith("。") or text.startswith(STARRED):
        return True
    return bool(
        ONLY_DATE.fullmatch(text) or PAGE.fullmatch(text) or LABEL_INSIDE.search(text)
    )


def is_heading(text: str) -> bool:
    """Whether the text is worded like the heading of a group of rows."""
    if len(text) > LONGEST_HEADING:
        return False
    return bool(COUNT.search(text) or ORDINAL.match(text) or names_place(text))


def names_place(text: str) -> bool:
    """Whether the text, ordinal and count aside, is the name of an organization."""
    return len(text) <= LONGEST_HEADING and bool(HEADING.match(bare_heading(text)))


def bare_heading(text: str) -> str:
    """Return a heading without its ordinal and without the count behind it."""
    return ORDINAL.sub("", COUNT.sub("", text.strip())).strip()


def goes_with_heading(text: str) -> bool:
    """Whether the text may stand in a cell beside a heading: its number, a count."""
    return bool(ONLY_ORDINAL.fullmatch(text) or ONLY_COUNT.fullmatch(text))


def is_caption(texts: list[str]) -> bool:
    """Whether the cells of a row only number the columns or give their units.

    Statistical forms have such a row right under the header: 甲 乙 1 2 3 …
    """
    units = {text.strip("()") for text in texts}
    if units <= UNITS:
        return True
    numbers = [text for text in texts if text not in COLUMN_MARKS]
    first = int(numbers[0]) if numbers and numbers[0].isdecimal() else 1
    counted = [str(first + place) for place in range(len(numbers))]
    return len(numbers) >= 3 and first in {0, 1} and numbers == counted
