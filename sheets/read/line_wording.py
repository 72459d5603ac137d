"""The wording of lines that are not data: totals, notes, headings."""

import re

from core.departures import DIED, EXPELLED, MOVED

MAX_HEADING_LENGTH = 40
MAX_LINE_LENGTH = 120

TOTAL = "(合计|小计|总计|共计|累计|总数|总人数|平均|平均年龄)"
TOTAL_LABEL = re.compile(rf".{{0,12}}{TOTAL}(\d*人?次?|人数|数)|其中.{{0,12}}")
TOTAL_WORD = re.compile(rf"(本页|本表|全表)?{TOTAL}")

LABELS = (
    "填表人|填报人|制表人|制表|审核人|审核|审批人|复核人|经办人|报送人|负责人|联系人"
    "|单位负责人|主要负责人|党组织书记|联系电话|咨询电话|填表日期|填报日期|填报时间"
    "|制表日期|制表时间|填表时间|统计日期|统计时间|上报日期|上报时间|截止日期|截止时间|报送日期|报送时间|填报单位|填表单位|报送单位|制表单位|统计截止时间"
    "|签字|签名|盖章|公章"
)
LABEL = re.compile(rf"({LABELS})(\([^()]*\))?")
LABEL_INSIDE = re.compile(rf"({LABELS})(\([^()]*\)|\))?:")
SEALED = re.compile(r".{0,8}\((盖章|公章|签章|签字|签名)\)")
NOTE = re.compile(r"(注|备注|附注|说明|填表说明|填报说明|填写说明|附)\d?[:、.]|注\d")
STARRED = ("*", "※", "★", "—", "-")
ONLY_DATE = re.compile(r"\d{4}年\d{1,2}月(\d{1,2}日)?")
PAGE = re.compile(
    r"(第\d+页)?[,/]?(共\d+页)?|[-—]*(以下空白|以下无正文|此页无正文)[-—]*"
    r"|\(?(续表|续|接上页|转下页|下页续)\)?"
)

# What people are or have become: no name of a person ends or reads so.
KIND = re.compile(
    r".*(党员|其[他它]|人员|对象|[分份]子|申请[人者]|团员|党外人士|无党派(人士)?|骨干|成员)"
    r"|(\S{2,})?(群众|干部|职工|员工|学生|教师|居民|村民|家属|志愿者|民主党派|青年)"
    r"|(离?退休|离休|在职|流动|预备|正式|在册|在籍|新增|减少|减员|退役|待业|待就业|毕业生|直管|转入|转正)"
    rf"|.*({DIED}|{MOVED}|{EXPELLED}|失联|流[入出])(党员|人员)?"
)
HEADING = re.compile(
    r".*(支部|总支|党委|工委|党组|小组|社区|街道|委员会|单位|网格|片区)$"
)
NUMERALS = "[一二三四五六七八九十]+"
OPENING, CLOSING = "(（\\[【〔［", ")）\\]】〕］"
NO_BRACKETS = f"[^{OPENING}{CLOSING}]*"
COUNT = re.compile(
    rf"[{OPENING}]{NO_BRACKETS}\d+{NO_BRACKETS}[{CLOSING}]\s*$"
    rf"|[{OPENING}]\s*+共?计?\s*+{NUMERALS}\s*[人名]\s*[{CLOSING}]\s*$"
    r"|共计?\s*\d+\s*[人名]\s*$"
)
BARE_COUNT = re.compile(r"(?<![\s:：])[\s:：]*+(合计|共?计)?\s*+\d++\s*+[人名]\s*$")
NUMBER = re.compile(r"(\d+)\s*+[人名]?\s*+\D{0,2}$")
ONLY_COUNT = re.compile(r"\(?共?\d+(人|名|个)?\)?|人|名")
NO_PEOPLE = re.compile(
    rf"[:：—\-（(]\s*(暂?无|没有)[)）]?\s*$|[{OPENING}]\s*(暂?无)\s*[{CLOSING}]$"
)
ORDINAL = re.compile(rf"^\s*[(（]?第?{NUMERALS}[)）、.．]\s*|^\s*[ⅠⅡⅢⅣⅤⅥ]+[、.．]?\s*")
BULLET = re.compile(r"^[\s◆●■▲★☆※*]+|^\s*[(（]?\d{1,2}[)）、.．]\s*|^\s*[①-⑳]\s*")
# What offices write before and after the name of a branch above its rows.
ORGANIZATION_LABEL = re.compile(
    r"(所在|所属|填报|填表|报送|上报|制表)?(党支部|支部|党组织|社区|单位|党总支)(名称)?"
    r"(\([^()]*\))?"
)
OFFICES = (
    "(党?支部)?(副?书记|委员)|负责人|联系人|(联系)?电话|手机|人数|党员人?数|应到|实到"
)
TAIL = re.compile(
    rf"(?<![\s,，;；、(（])[\s,，;；、(（]*+({OFFICES})(姓名)?\s*[:：].*$"
)
SENTENCE = re.compile("[，。；,;]")
BRANCH = re.compile("(?<!总)支部")
LIST_WORDS = re.compile(
    "(全体|在册|所有)?(正式|预备)?(党员|人员)?(基本)?(信息|情况)?"
    "(花?名册|名单|台账|一览表|登记表|统计表|信息表|采集表|汇总表|明细表|表)$"
    "|(全体|在册|所有)?(正式|预备)?(党员|人员)(基本)?(信息|情况)?$"
)
LISTS = re.compile(
    "(基本)?(信息|情况)?(花?名册|名单|台账|一览表|登记表|统计表|汇总表|明细表|表)$"
)
ORGANIZATION_AND_KIND = re.compile(
    "(.*(?:支部|总支|党委|社区))的?((?!党员$|人员$|党员大会)(?:.*党员|.+))"
)
OFFICE_LABEL = re.compile(rf"({OFFICES})(姓名)?(:.*)?")
TELEPHONE = re.compile(r"[\d-]{7,}")
ONLY_ORDINAL = re.compile(rf"\(?{NUMERALS}\)?[、.]?")
EXAMPLES = {"例", "示例", "样例", "范例", "举例", "例如", "填写示例", "例子"}
UNITS = set(
    "人 人次 名 次 个 场 户 份 项 岁 元 万元 小时 年 月 日 平方米 % 千元".split()
)
COLUMN_MARKS = {"甲", "乙", "丙", "丁", "栏次", "序号", "行次", "-", "—", "*"}


def normalize_line(text: str) -> str:
    """Return the text without blanks, with half-width punctuation."""
    return "".join(text.split()).translate(str.maketrans("：（）．＊，", ":().*,"))


def is_note(text: str) -> bool:
    """Whether a line begins like a note, or labels a signature."""
    label = LABEL_INSIDE.match(text)
    return bool(label or NOTE.match(text) or text.endswith(":"))


def is_lone_note(text: str) -> bool:
    """Whether a single cell is a sentence, a date, a page or a signature."""
    if (
        len(text) > MAX_HEADING_LENGTH
        or text.endswith("。")
        or text.startswith(STARRED)
    ):
        return True
    whole = (pattern.fullmatch(text) for pattern in (ONLY_DATE, PAGE, SEALED))
    return any(whole) or LABEL_INSIDE.search(text) is not None


def is_form_line(text: str) -> bool:
    """Whether a line only belongs to the form: a signature, a date, a page, nobody."""
    line = normalize_line(text)
    whole = (pattern.fullmatch(line) for pattern in (ONLY_DATE, PAGE, SEALED))
    return any(whole) or LABEL_INSIDE.match(line) is not None or says_nobody(line)


def is_heading(text: str) -> bool:
    """Whether the text is worded like the heading of a group of rows."""
    if names_organization(text) or names_kind(text):
        return True
    if len(text) > MAX_HEADING_LENGTH:
        return False
    return bool(COUNT.search(text) or ORDINAL.match(text))


def names_organization(text: str) -> bool:
    """Whether the text without ordinal and count is the name of an organization."""
    if len(text) > MAX_LINE_LENGTH:
        return False
    bare = strip_heading(text)
    return (
        len(bare) <= MAX_HEADING_LENGTH
        and HEADING.match(bare) is not None
        and not ORGANIZATION_LABEL.fullmatch(bare)
        and not SENTENCE.search(bare)
    )


def names_branch(text: str) -> bool:
    """Whether the text names a branch, to which people belong."""
    return names_organization(text) and BRANCH.search(strip_heading(text)) is not None


def strip_heading(text: str) -> str:
    """Return a heading without its ordinal and the count after it.

    The name of an organization also loses its label, its secretary, 党员名单.
    """
    text = " ".join(text.split())
    bare = ORDINAL.sub("", COUNT.sub("", text)).strip()
    name = TAIL.sub("", BULLET.sub("", text).rstrip(":：")).strip()
    name = BARE_COUNT.sub("", COUNT.sub("", BULLET.sub("", ORDINAL.sub("", name))))
    label, colon, rest = normalize_line(name).partition(":")
    if colon and ORGANIZATION_LABEL.fullmatch(label):
        name = rest
    name = LIST_WORDS.sub("", name.strip(" 【】[]《》")).strip()
    return name if HEADING.match(name) else bare


def goes_with_heading(text: str) -> bool:
    """Whether the text may be beside a heading: its number or a count."""
    return bool(ONLY_ORDINAL.fullmatch(text) or ONLY_COUNT.fullmatch(text))


def all_go_with_heading(texts: list[str]) -> bool:
    """Whether cells beside a heading only describe it: 书记 and a name."""
    after_label = False
    for text in texts:
        label = OFFICE_LABEL.fullmatch(text) or ORGANIZATION_LABEL.fullmatch(text)
        known = label or goes_with_heading(text) or TELEPHONE.fullmatch(text)
        if not known and not after_label:
            return False
        after_label = bool(label) and ":" not in text
    return True


def extract_branch(text: str) -> str:
    """Return the branch in 填报单位：第二党支部, or nothing."""
    label, colon, rest = normalize_line(text.split("  ", maxsplit=1)[0]).partition(":")
    is_branch = colon and ORGANIZATION_LABEL.fullmatch(label) and names_branch(rest)
    return rest if is_branch else ""


def names_kind(text: str) -> bool:
    """Whether the heading says what the people below it are: 预备党员, 已去世, 其他."""
    if len(text) > MAX_HEADING_LENGTH or names_organization(text):
        return False
    bare = strip_kind(text)
    return bool(bare) and SENTENCE.search(bare) is None and _is_kind(bare)


def _is_kind(bare: str) -> bool:
    return KIND.fullmatch(bare) is not None


def strip_kind(text: str) -> str:
    """Return what people are without bullet, ordinal, count and 名单."""
    bare = ORDINAL.sub("", BULLET.sub("", " ".join(text.split())))
    bare = NO_PEOPLE.sub("", bare.strip().rstrip(":："))
    bare = BARE_COUNT.sub("", COUNT.sub("", bare)).strip(" :：【】[]《》")
    return LISTS.sub("", "".join(bare.split()))


def split_organization_and_kind(text: str) -> tuple[str, str]:
    """Return both parts of 第一支部预备党员; nothing where it names one alone."""
    match = ORGANIZATION_AND_KIND.fullmatch(strip_kind(text))
    if match is None or not names_organization(match[1]) or not _is_kind(match[2]):
        return "", ""
    return match[1], match[2]


def count_in(text: str) -> int | None:
    """Return the number of people that a heading says, if it does."""
    count = COUNT.search(text) or BARE_COUNT.search(text)
    number = NUMBER.search(count[0].rstrip(" )）]】〕］")) if count else None
    return int(number[1]) if number else None


def is_heading_without_people(text: str) -> bool:
    """Whether a heading says itself that nobody is below it: 预备党员：无."""
    return NO_PEOPLE.search(text.strip()) is not None


def says_nobody(text: str) -> bool:
    """Whether a line below a heading says that there is nobody: 无."""
    return text.strip("()（）。/—-") in {"无", "暂无", "没有", "无人"}


def is_caption(texts: list[str]) -> bool:
    """Whether the cells of a row only number the columns or give their units.

    Statistical forms have such a row right under the header: 甲 乙 1 2 3 …
    """
    units = {text.strip("()") for text in texts}
    if units <= UNITS:
        return True
    numbers = [text for text in texts if text not in COLUMN_MARKS]
    first = int(numbers[0]) if numbers and numbers[0].isdecimal() else 1
    expected = [str(first + index) for index in range(len(numbers))]
    return len(numbers) >= 3 and first in {0, 1} and numbers == expected
