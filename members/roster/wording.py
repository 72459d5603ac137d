"""Words that offices write for the kind and category of a member."""

import re

from django.utils.translation import gettext_lazy as _

from core.identity import fold_text
from members.enums import Category, Standing
from members.roster.categories import find_category
from members.roster.departures import says_left

SPLIT = re.compile(r"[；;，,、/\s（）()]+")
DOCUMENTS = re.compile("身份证|护照|通行证|证件")  # a column of kinds of paper
NO_MEMBERS = re.compile(
    "积极分子|发展对象|申请人|入党申请|群众|团员|少先队|民革|民盟|民建|民进|农工党|农工民主"
    "|致公党|九三学社|台盟|民主党派|国民党|民主同盟|民主建国|民主促进|无党派|非党员|非中共"
    "|(正式|预备)成员"  # as registers of the democratic parties say
)
# The eight democratic parties, by their names and short names.
PARTIES = (
    "(中国)?(国民党革命委员会|民革|民主同盟|民盟|民主建国会|民建|民主促进会|民进|农工民主党|农工党?|致公党?)|九三(学社)?"
    "|台湾民主自治同盟|台盟"
)
OTHER_PARTY = re.compile(
    f"({PARTIES}|各?民主党派|其[他它]党派|无党派|党外|(普通)?群众)"
    "(成员|[盟会党社]员|(民主|爱国|代表)?人士|人员)?"
)
NAMES_PARTY = re.compile(
    "民革|民主同盟|民盟|民主建国|民建会|民主促进|民进会|农工(民主)?党|致公党|九三学社|台盟|民主党派|无党派"
)
# Headings over words for others than the person, or for what they were before.
OF_OTHERS = re.compile(
    "配偶|丈夫|妻|爱人|老伴|父|母|子女|儿|女婿|家[属人庭]|亲[属友]|公婆|社会关系"
    "|原|曾|(?<![目当])前|历|介绍人|联系|服务|对象|走访|慰问|帮扶|结对|评议|群众|单位|工作|职务|地址|住"
)
STANDINGS = (
    (
        re.compile("预备(?!役)|^预$|^否$|未转正|未按期转正|待转正"),
        Standing.PROBATIONARY,
    ),
    (
        re.compile("正式(?!职工|员工|工$|编|在编|干部|聘|教师)|^正$|^是$|转正"),
        Standing.FULL,
    ),
)
# Beside a standing these make it another thing: 非正式党员, 原预备党员.
NO_STANDING = re.compile("非|不(?![满足到])|原|前(?!期)|曾|拟|取消")
# "Not yet", in the column for the day of becoming a full member.
NOT_YET = re.compile("[尚暂还]?(未|没有)(转正|到期)?|预备(党员|期|期内|期未满)?|待转正")
CODE = re.compile(r"^\d+[_.、]?(?=\D)")  # before the word that it stands for: 1_正常
NAME_WITH_SEX = re.compile(r"(.*?\S)\s*[(（]\s*([男女])\s*[)）]", re.DOTALL)
# Remarks are free text: only these whole words give a category.
REMARKS = {
    **dict.fromkeys(
        ("离退休", "退休", "离休", "离退休党员", "退休党员"), Category.RETIRED
    ),
    **dict.fromkeys(("在职", "在职党员"), Category.IN_SERVICE),
    **dict.fromkeys(("流动", "流动党员", "流出党员"), Category.MOBILE),
    **dict.fromkeys(("待就业", "待安置", "未就业毕业生"), Category.AWAITING),
    **dict.fromkeys(("居民", "居民党员"), Category.RESIDENT),
}

REMARK_FLAGS = {
    "remark_not_taken": _(
        "the remark says in-service, but the branch is named here: the branch is taken"
    ),
    "category_from_remark": _("the category is given by the remark alone"),
}


def find_standing(text: str) -> Standing | None:
    """Return whether the words mean a full or a probationary member, if either."""
    word = fold_text(text)
    if NO_STANDING.search(word):
        return None
    for pattern, standing in STANDINGS:
        if pattern.search(word):
            return standing
    return Standing.FULL if word in {"中共党员", "党员", "中共"} else None


def find_category_in_remark(text: str) -> Category | None:
    """Return the category that one of the remark's own words is, if any."""
    words = (fold_text(word) for word in SPLIT.split(text))
    return next((REMARKS[word] for word in words if word in REMARKS), None)


def says_in_service(remark: str) -> bool:
    """Whether a remark gives the category of those who belong to their employer."""
    return find_category_in_remark(remark) is Category.IN_SERVICE


def says_nothing(text: str) -> bool:
    """Whether a state of membership only says that it goes on."""
    return CODE.sub("", fold_text(text)) in {
        "正常",
        "在册",
        "在籍",
        "有效",
        "有",
        "正常在册",
    }


def is_not_yet(text: str) -> bool:
    """Whether the words say that somebody has not become a full member yet."""
    return NOT_YET.fullmatch(fold_text(text)) is not None


def is_yes(text: str) -> bool:
    """Whether the answer to a question in a header is yes."""
    return fold_text(text) in {"是", "有", "Y", "YES", "√", "1"}


def read_probationary(answer: str) -> Standing:
    """Return the standing by an answer to whether somebody is probationary."""
    return Standing.PROBATIONARY if is_yes(answer) else Standing.FULL


def is_document(text: str) -> bool:
    """Whether the words name an identity document instead of a kind of member."""
    return DOCUMENTS.search(text) is not None


def is_not_a_member(text: str) -> bool:
    """Whether the words mean somebody who has not joined the Party."""
    return NO_MEMBERS.search(fold_text(text)) is not None


def is_of_other_party(heading: str, text: str) -> bool:
    """Whether a whole value, in whatever column, is another party, or none."""
    words = [word for word in map(fold_text, SPLIT.split(text)) if word]
    if not words or OF_OTHERS.search(fold_text(heading)):
        return False
    return all(map(OTHER_PARTY.fullmatch, words))


def names_other_party(heading: str, text: str) -> bool:
    """Whether a text names another party beside more: who is meant is asked."""
    names = NAMES_PARTY.search(fold_text(text))
    return names is not None and OF_OTHERS.search(fold_text(heading)) is None


def fits_standing(text: str) -> bool:
    """Whether a value says who is, was or is not a member, full or probationary."""
    return bool(find_standing(text) or is_not_a_member(text) or says_left(text))


def fits_category(text: str) -> bool:
    """Whether a value names a category of members."""
    return find_category(text) is not None and find_standing(text) is None
