"""Words that offices write for the category of a member.

A value is understood as a whole or not at all: 非直管党员 holds the word 直管 and says
the opposite, 流动党员（流入） is of a branch elsewhere. What stands beside the words of
a category must be known as well; else somebody is asked, with the words shown.
"""

import re

from core.identity import fold_text
from members.enums import Category

CATEGORIES = (
    (re.compile("离?退休|离休"), Category.RETIRED),
    (re.compile("流动|流出|外出"), Category.MOBILE),
    (re.compile("在职"), Category.IN_SERVICE),
    (
        re.compile(
            "待安置|待就业|待业|未落实(工作|就业)?(单位|岗位)?"
            "|毕业生|(?<=[业学]生)暂?未就业|暂?未就业(?=的?(高校|大中?专|大学)*(毕业)?生)"
        ),
        Category.AWAITING,
    ),
    (re.compile("居民|社区|直管|无职"), Category.RESIDENT),
)
# What may stand beside them without making them another thing.
BESIDE = re.compile(
    "(中共)?(正式|预备)?党员|中共|中$|人员|干部|职工|教职工|教师|工人|员工|军人|退役|复员|转业|高校|大学生|大中?专|院校"
    "|机关|[企事]业|非公(有制)?(经济)?|两新|国有|国企|民营|社会组织|学校|农村|城[市镇]|街道|单位|组织"
    "|在册|在籍|现有|本(?=社区|村|地|支部)|支部|移交|管理|直接|务工|经商|创业|就业|类[型别]?|的|已|普通|一般|老(?=党员|干部)|为"
)
NO_WORDS = re.compile(r"[\W\d_]+")
# The words of a heading of rows that make its category another thing.
OTHERWISE = re.compile(
    "[未不拟原前曾没]|非(?!公)|流入|外来|返聘|代管|托管|挂靠|[寄空]挂|关系[不在]|户籍|户口"
)
# Words by which a person may belong to an organization elsewhere, in a short value.
ELSEWHERE = re.compile(
    "流入|外来|外[地单省市]|在外|代管|托管|挂靠|寄|空挂|挂[名户]|关系|户籍|户口|仅|临时(?!工)|报到|双重|借"
    "|原(?!籍)|[前曾拟]|非(?!公|遗)|不[是在属归]|未(?!婚|就业|落实工|成年)|返聘"
)
MAX_LENGTH = 20


def find_category(text: str) -> Category | None:
    """Return the category that a value means, if all of it is understood."""
    return _search(fold_text(text)) if is_explained(text) else None


def find_category_in_heading(text: str) -> Category | None:
    """Return the category in a heading of rows, which may have names beside it."""
    word = fold_text(text)
    return None if OTHERWISE.search(_drop_known(word)) else _search(word)


def is_explained(text: str) -> bool:
    """Whether a value consists of words of categories and those beside them."""
    word = NO_WORDS.sub("", fold_text(text))
    return bool(word) and not NO_WORDS.sub("", BESIDE.sub("", _drop_known(word)))


def names_elsewhere(text: str) -> bool:
    """Whether a short value may say that the person belongs elsewhere."""
    word = fold_text(text)
    if not 0 < len(word) <= MAX_LENGTH or is_explained(text):
        return False
    return ELSEWHERE.search(_drop_known(word)) is not None


def _search(word: str) -> Category | None:
    return next((c for pattern, c in CATEGORIES if pattern.search(word)), None)


def _drop_known(word: str) -> str:
    for pattern, _category in CATEGORIES:
        word = pattern.sub(" ", word)
    return word
