"""Ten sheets as offices and other systems send them: each is right, or asked about.

Each is written at run time after a layout that offices use; what must come of it is
what somebody who reads it would say, not what happens to be read.
"""

import datetime as dt
import io

import openpyxl
import pytest
from openpyxl.styles import Font

from exchange.doubts import DoubtSource
from exchange.errors import OtherSheet
from exchange.import_kinds import Verdict
from members.enums import Category, Precision, Standing
from tests.factories.members import identity_number
from tests.factories.organizations import BranchFactory
from tests.members.test_roster import plan

__all__ = ["plan"]

pytestmark = pytest.mark.django_db
CATEGORY, STANDING = "category", "standing"
DIGITS = "零一二三四五六七八九"
ZERO_WIDTH, FULL_WIDTH = "\u200b", str.maketrans("0123456789", "０１２３４５６７８９")


def write(*tabs, merges=(), struck=(), hidden=()):
    """Return a workbook of tabs (name, rows), with merged and crossed-out cells."""
    written = openpyxl.Workbook()
    written.remove(written.active)
    for name, rows in tabs:
        sheet = written.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    first = written.worksheets[0]
    for reference in merges:
        first.merge_cells(reference)
    for reference in struck:
        first[reference].font = Font(strike=True)
    stream = io.BytesIO()
    written.save(stream)
    return stream.getvalue()


def by_verdict(outcome):
    """Return the rows by what comes of them."""
    rows = {}
    for row in outcome.plans:
        rows.setdefault(row.verdict, []).append(row.excel_row)
    return rows


def values_of(outcome, row):
    (found,) = (p for p in outcome.plans if p.excel_row == row)
    return found.payload.values


def test_an_export_of_another_system_with_states_and_moments(plan):
    header = ["姓名", "公民身份号码", "党籍状态", "人员类别", "入党日期", "所在党支部"]
    moment = "2010-06-30T16:00:00.000Z"
    rows = [
        ["张一", identity_number(1), "正式党员", "居民", moment, "第一支部"],
        ["张二", identity_number(2), "停止党籍", "居民", "2001-07-01", "第一支部"],
        ["张三", identity_number(3), "预备党员", "离退休", "2026-03-01", "第一支部"],
    ]

    outcome = plan(write(("党员信息导出", [header, *rows])), name="export.xlsx")

    assert by_verdict(outcome) == {Verdict.CREATE: [2, 4], Verdict.REFUSE: [3]}
    assert values_of(outcome, 2)["join_date"] == dt.date(2010, 7, 1)
    assert [values_of(outcome, n)["standing"] for n in (2, 4)] == [
        Standing.FULL,
        Standing.PROBATIONARY,
    ]


def test_a_printed_form_with_two_rows_of_headings_titles_and_signatures(plan):
    rows = [
        ["附件3"],
        ["中共长安街道东社区第一支部　党 员 花 名 册"],
        ["填报单位：东社区第一支部（盖章）", None, None, "填表日期：2026年9月30日"],
        ["序号", "姓 名", "性别", "身份证号码", "党籍", None, "管理类别", "备注"],
        [None, None, None, None, "入党时间", "转正时间", None, None],
        [1, "张　一", "男", identity_number(1), "2005.7", "2006.7", "居民", "同上"],
        [2, f"阿依{ZERO_WIDTH}古丽•买买提", "男", identity_number(2), "2005年7月1日"],
        [None],
        ["填表人：王芳", None, None, "审核人：", None, "联系电话：027-87654321"],
    ]
    merges = ["A1:H1", "A2:H2", "E4:F4", "A4:A5", "B4:B5", "C4:C5", "D4:D5", "G4:G5"]

    outcome = plan(write(("Sheet1", rows), merges=merges))

    assert [p.excel_row for p in outcome.plans] == [6, 7]
    first, second = (values_of(outcome, n) for n in (6, 7))
    assert (first["name"], first["join_precision"]) == ("张一", Precision.MONTH)
    assert second["name"] == "阿依古丽·买买提"
    assert outcome.questions() == [CATEGORY, STANDING]


def test_a_file_with_a_tab_for_each_branch_a_hidden_one_and_last_year_s(plan, east):
    BranchFactory(name="东社区第二支部", parent=east)
    header = ["姓名", "性别", "身份证号码", "入党时间", "转正时间", "管理类别", "电话"]

    def tab(title, *numbers):
        days = ("2005.07.01", "2006.07.01", "居民党员")
        people = [[f"张{DIGITS[n]}", "男", identity_number(n), *days] for n in numbers]
        return [[title], header, *people]

    content = write(
        ("第一支部", tab("第一支部党员花名册（2026年）", 1, 2)),
        ("第二支部", tab("第二支部党员花名册（2026年）", 3)),
        ("第一支部旧", tab("第一支部党员花名册（2025年）", 1, 4)),
        ("隐藏", tab("第一支部党员花名册", 5)),
        hidden=["隐藏"],
    )

    outcome = plan(content)

    asked = [d["sheet"] for d in outcome.unseen if d["source"] == DoubtSource.TAB]
    assert "第一支部旧" in asked
    assert [note.sheet for note in outcome.left_out_sheets] == ["隐藏"]
    assert by_verdict(outcome)[Verdict.CREATE] == [3, 4, 3, 4]


def test_people_in_service_who_check_in_have_no_branch(plan, east):
    rows = [
        ["在职党员到社区报到登记表"],
        ["姓名", "身份证号码", "工作单位及职务", "入党时间", "报到时间", "服务意向"],
        [
            "张一",
            identity_number(1),
            "市财政局科员",
            "2005.07.01",
            "2026年3月5日",
            "理发",
        ],
    ]

    outcome = plan(write(("Sheet1", rows)), answers={STANDING: "full"})

    (row,) = outcome.plans
    assert (row.verdict, row.payload.community) == (Verdict.CREATE, east)
    assert row.payload.values["category"] == Category.IN_SERVICE
    assert row.payload.checked_in_on == dt.date(2026, 3, 5)


def test_a_register_of_a_firm_in_which_some_are_members(plan):
    header = [
        *("工号", "姓名", "部门", "身份证号", "入职日期", "转正日期", "合同期限"),
        *("政治面貌", "入党时间"),
    ]
    row = ["A17", "张一", "仓储部", identity_number(1), "2020.1.1", "2020.4.1", "三年"]
    rows = [header, [*row, "中共党员", "2005.07.01"], [*row[:1], "张二", *row[2:]]]

    with pytest.raises(OtherSheet) as refusal:
        plan(write(("Sheet1", rows)), name="花名册.xlsx")

    assert refusal.value.recognized[0]["type"] == "employees"


def test_those_on_the_way_to_membership_below_a_title_of_members(plan):
    rows = [
        ["东社区2026年党员发展对象及入党积极分子名册"],
        [
            "姓名",
            "性别",
            "身份证号码",
            "申请入党时间",
            "确定积极分子时间",
            "培养联系人",
        ],
        ["张一", "男", identity_number(1), "2024.3.1", "2025.3.1", "李明"],
    ]

    with pytest.raises(OtherSheet) as refusal:
        plan(write(("党员", rows)))

    assert refusal.value.recognized[0]["type"] == "development"


DAYS = {
    "1277913600000": None,  # an epoch
    "2005": None,  # a bare year
    "7/1/1978": None,  # two days
    "2010-06-30 23:59:17": (2010, 7, 1),  # 43 seconds short
    "二〇〇五年七月一日": (2005, 7, 1),
    "2005.07": (2005, 7, 1),
    "２００５年７月１日": (2005, 7, 1),
    "20050701": (2005, 7, 1),
}


def test_days_as_they_are_written_in_many_hands(plan):
    header = [
        "姓名",
        "性别",
        "身份证号码",
        "入党时间",
        "所在支部",
        "管理类别",
        "党员类别",
    ]
    rows = [
        [
            f"张{DIGITS[n]}",
            "男",
            identity_number(n),
            day,
            *("第一支部", "居民", "正式党员"),
        ]
        for n, day in enumerate(DAYS, 1)
    ]

    outcome = plan(write(("党员花名册", [header, *rows])))

    for row, (typed, day) in zip(outcome.plans, DAYS.items(), strict=True):
        if row.verdict == Verdict.REFUSE:
            assert day is None or not typed.isascii(), typed
        else:
            assert row.payload.values["join_date"] == dt.date(*day), typed
    months = [p.flags for p in outcome.plans if "month_precision" in p.flags]
    assert len(months) == 1


def test_groups_that_count_their_people_and_say_who_has_left(plan):
    header = ["序号", "姓名", "性别", "身份证号码", "入党时间", "转正时间", "党支部"]

    def row(n):
        days = ("2005.07.01", "2006.07.01", "第一支部")
        return [n, f"张{DIGITS[n]}", "男", identity_number(n), *days]

    rows = [
        ["东社区第一支部党员名册"],
        header,
        ["（一）离退休党员（3人）"],
        row(1),
        row(2),
        ["（二）居民党员（1人）"],
        row(3),
        ["（三）已转出党员（1人）"],
        row(4),
    ]

    outcome = plan(write(("Sheet1", rows), merges=["A3:G3", "A6:G6", "A8:G8"]))

    assert by_verdict(outcome) == {Verdict.CREATE: [4, 5, 7], Verdict.REFUSE: [9]}
    assert [values_of(outcome, n)["category"] for n in (4, 5, 7)] == [
        *[Category.RETIRED] * 2,
        Category.RESIDENT,
    ]
    noted = [o.excel_row for o in outcome.left_out if "下面只有2行" in o.reason]
    assert noted == [3]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-8", "gb18030"])
def test_a_text_file_without_a_mark_of_its_encoding_in_full_width_figures(
    plan, encoding
):
    header = "姓名,性别,身份证号码,入党时间,转正时间,所在支部,手机号码,管理类别"
    number = identity_number(1).translate(FULL_WIDTH)
    row = f"张一（男）,,{number},2005/07/01,2006/07/01,第一支部,139 0000 0001,居民党员"
    text = f"党员花名册,,,,,,,\r\n{header}\r\n{row}\r\n"

    outcome = plan(text.encode(encoding), name="党员花名册.csv")

    (planned,) = outcome.plans
    assert planned.verdict == Verdict.CREATE, planned.message
    values = planned.payload.values
    assert (values["name"], values["id_number"]) == ("张一", identity_number(1))
    assert values["phone"] == "13900000001"


def test_columns_of_relatives_and_of_where_somebody_came_from(plan):
    header = [
        *("姓名", "身份证号码", "入党时间", "转正时间", "所在党支部", "管理类别"),
        *("组织关系落实时间", "转出单位", "配偶姓名", "配偶身份证号码", "去向"),
    ]
    good = ["2005.07.01", "2006.07.01", "第一支部", "居民党员"]
    moved = ["2020.3.1", "市纺织厂", "李四", identity_number(9)]
    rows = [
        ["东社区党员花名册"],
        header,
        ["张一", identity_number(1), *good, *moved, None],
        ["张二", identity_number(2), *good, *moved[:2], None, None, "已迁往外省"],
    ]

    outcome = plan(write(("Sheet1", rows)))

    assert values_of(outcome, 3)["id_number"] == identity_number(1)
    unread = outcome.unknown_columns["Sheet1"]
    assert {"组织关系落实时间", "转出单位"} <= {*unread}
    about_second = [d for d in outcome.unseen if "已迁往外省" in d["text"]]
    refused = by_verdict(outcome).get(Verdict.REFUSE, [])
    assert refused == [4] or [d["rows"] for d in about_second] == [1]
