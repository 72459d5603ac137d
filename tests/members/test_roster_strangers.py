"""Sheets of strangers: what is like a roster and is none, and the other way round."""

import pytest

from exchange.sheet_types import recognize
from members.roster.sheet_types import SHEET_TYPES
from sheets.read import Glance

PERSON = ("姓名", "性别", "身份证号")
MEMBER = (*PERSON, "入党时间", "转正时间", "所在党支部", "党员类别")
SHEETS = [
    ("arrivals", "2026级研究生新生报到登记表", (*PERSON, "入党时间", "报到时间")),
    ("arrivals", "刑满释放人员报到登记表", (*PERSON, "释放日期", "报到时间")),
    ("arrivals", "志愿者到社区报到登记表", (*PERSON, "报到社区", "服务意向")),
    ("arrivals", "退役军人报到登记表", (*PERSON, "入党时间", "报到时间")),
    ("arrivals", "2026年新入职教师报到登记表", (*PERSON, "报到学校", "报到时间")),
    ("arrivals", "中小学生寒暑假到社区报到登记表", (*PERSON, "年级", "报到社区")),
    ("check_in", "在职党员到丹桂社区报到登记表", (*PERSON, "报到时间")),
    ("check_in", "双报到登记表", (*PERSON, "报到时间")),
    ("check_in", "东社区报到登记表", (*PERSON, "报到社区")),
    ("check_in", "党员报到花名册（直管党员）", MEMBER),
    ("employees", "", (*PERSON, "工资级别", "部门名称", "KPI", "转正日期", "入党时间")),
    ("employees", "", (*PERSON, "毕业院校", "工资级别", "部门名称", "入党时间")),
    ("development", "", (*PERSON, "所在支部", "培养人", "确定时间", "考察情况")),
    ("development", "", (*PERSON, "所在支部", "入党时间", "推优票数", "结业证号")),
    ("development", "发展党员全程纪实表", (*PERSON, "接收预备党员时间")),
    ("development", "党员队伍后备力量花名册", (*PERSON, "入党时间", "培养人")),
    ("relatives", "困难党员子女助学金发放名册", (*PERSON, "党员家长姓名")),
    ("relatives", "党员家属信息登记表", (*PERSON, "与党员关系", "党员姓名")),
    ("relatives", "", (*PERSON, "与党员关系", "党员姓名")),
    ("roster", "两新组织党员花名册", MEMBER),
    ("roster", "非公企业党员名册", MEMBER),
    ("roster", "社会组织党员信息台账", MEMBER),
    ("roster", "驻区单位在职党员花名册", MEMBER),
    ("roster", "新发展党员花名册", MEMBER),
    ("roster", "组织关系转入党员花名册", MEMBER),
    ("units", "非公企业党员情况", ("企业名称", "党员总数")),
    ("units", "驻区单位基本情况", ("单位名称", "党员数")),
]

# What members were given, handed over or attended; and rosters with such words in them.
HANDOUTS = (
    *("困难党员慰问金发放表", "困难党员慰问品发放登记表", "困难党员补助名单"),
    *("七一慰问老党员花名册", "东社区党支部慰问品领取登记表", "党员慰问名单"),
    *("党员徽章发放登记表", "党员学习书籍领取登记表", "党员学习笔记本领用登记表"),
    *("党员培训名单", "党员春训参训人员名单", "党员轮训花名册", "党员体检名单"),
    *("党员捐款名单", "党员献血名单", "党员意外保险投保名单", "党员政治生日名单"),
)
FILES = ("党员档案移交清单", "党员档案目录", "党员档案清单", "党员档案借阅登记表")
ROSTERS = (
    *("党员花名册", "困难党员花名册", "老党员花名册", "党员档案信息花名册"),
    *("党员信息采集表", "党员教育培训信息花名册", "离退休党员名单"),
)


@pytest.mark.parametrize(
    ("title", "key"),
    [(t, "handouts") for t in HANDOUTS]
    + [(t, "files") for t in FILES]
    + [(t, "roster") for t in ROSTERS],
)
def test_a_list_of_what_members_were_given_or_attended_is_no_roster(title, key):
    assert recognized(Glance("Sheet1", (title,), MEMBER, is_complete=True)) == key


def recognized(glance):
    recognition = recognize(SHEET_TYPES, glance, "表.xlsx")
    return recognition and recognition.sheet_type.key


@pytest.mark.parametrize(("key", "title", "headings"), SHEETS)
def test_a_sheet_is_what_its_title_and_headings_say(key, title, headings):
    titles = (title,) if title else ()

    assert recognized(Glance("Sheet1", titles, headings, is_complete=True)) == key


@pytest.mark.parametrize("title", ["", "东社区党员花名册"])
@pytest.mark.parametrize(
    ("name", "key"),
    [("申请人", "development"), ("积极分子", "development"), ("党员家属", "relatives")],
)
def test_the_name_of_a_sheet_of_people_who_are_no_members_outranks(name, key, title):
    titles = (title,) if title else ()

    assert recognized(Glance(name, titles, MEMBER, is_complete=True)) == key
