"""What a sheet says in words that nobody foresaw is looked at before anybody enters."""

import io
import random

import openpyxl
import pytest
from openpyxl.styles import Font

from exchange.doubts import DOUBTS, LEAVE_OUT, DoubtAnswers, DoubtSource
from exchange.errors.files import OtherSheet
from exchange.import_kinds import Verdict
from tests.factories.exchange import HEADER, person, workbook
from tests.members.test_roster import plan

__all__ = ["plan"]

# Characters that no rule knows, so that what is made of them is a word of nobody's.
CHARACTERS = "鹿桥蓝杉琴帆瓷竹雁砚棠菱鸥荻葵枫茶笙"
SAID_OTHERWISE = ("组织关系未转入", "离世", "拟清退", "东风化工厂", "长风汽车公司")


def words(count, *, seed=1):
    """Return distinct words that nobody has listed anywhere."""
    source = random.Random(seed)
    made = set()
    while len(made) < count:
        made.add("".join(source.sample(CHARACTERS, source.randint(2, 5))))
    return sorted(made)


def texts_of(outcome, source):
    return {d["text"]: d["rows"] for d in outcome.unseen if d["source"] == source}


def key_of(outcome, text):
    (found,) = (d["key"] for d in outcome.doubts if d["text"] == text)
    return found


def entered(outcome):
    return [p.excel_row for p in outcome.plans if p.verdict == Verdict.CREATE]


def with_column(heading, texts, *, above=()):
    rows = [person(n, **{heading: text}) for n, text in enumerate(texts, 1)]
    return workbook(rows, header=(*HEADER, heading), above=above)


@pytest.mark.parametrize("heading", ["备注", "核查情况", "特殊说明"])
def test_every_remark_that_nobody_foresaw_is_looked_at(plan, heading):
    remarks = words(20)

    outcome = plan(with_column(heading, remarks))

    assert texts_of(outcome, DoubtSource.REMARK) == dict.fromkeys(remarks, 1)


def test_words_of_somebody_who_is_gone_stand_first(plan):
    remarks = ["种地", "高血压", "已骨灰入土", "换号了"]

    outcome = plan(with_column("备注", remarks))

    assert next(doubt["text"] for doubt in outcome.unseen) == "已骨灰入土"


def test_a_remark_of_many_rows_is_shown_once(plan):
    outcome = plan(with_column("备注", ["已蓝桥"] * 5 + ["退役军人"] * 5))

    assert texts_of(outcome, DoubtSource.REMARK) == {"已蓝桥": 5}
    (doubt,) = outcome.doubts
    assert len(doubt["examples"]) == 3


@pytest.mark.parametrize(
    "heading",
    ["是否鹿桥", "蓝杉状态", "审核状态", "去向", "组织关系是否转入", "砚棠"],
)
def test_a_column_of_yes_and_no_that_nobody_reads_is_looked_at(plan, heading):
    outcome = plan(with_column(heading, ["是"] * 4 + ["否"] * 2))

    found = {
        **texts_of(outcome, DoubtSource.COLUMN),
        **texts_of(outcome, DoubtSource.REMARK),
    }
    assert found.get("否") == 2, outcome.doubts


def test_columns_that_tell_nothing_of_membership_are_not_asked_about(plan):
    harmless = {
        "婚姻状况": "已婚",
        "特长": "书法",
        "是否困难党员": "否",
        "党费缴纳情况": "已缴",
        "邮箱": "a@b.cn",
        "签名": "",
        "党龄": "12",
        "编码": "A-17",
    }
    rows = [person(n, **harmless) for n in range(1, 7)]

    outcome = plan(workbook(rows, header=(*HEADER, *harmless)))

    assert outcome.doubts == []


@pytest.mark.parametrize(
    "line", ["以下人员已于2026年转走", "※下列各人另册", "砚棠琴帆。"]
)
def test_a_line_between_rows_is_looked_at_for_the_rows_below_it(plan, line):
    rows = [person(1), person(2), [line], person(3), person(4)]

    outcome = plan(workbook(rows))

    below = [p for p in outcome.plans if p.excel_row > 4]
    asked = texts_of(outcome, DoubtSource.LINE) == {line: 2} or outcome.questions()
    assert asked or all(p.verdict == Verdict.REFUSE for p in below), (
        outcome.left_out,
        outcome.doubts,
        outcome.plans,
    )


@pytest.mark.parametrize(
    "line",
    [
        "注：标红的党员今年已转到外地",
        "注：以上党员关系均不在本社区",
        "张甲已于9月转出。",
    ],
)
def test_a_line_below_the_table_is_looked_at_for_all_its_rows(plan, line):
    outcome = plan(workbook([person(1), person(2), [line]]))

    assert texts_of(outcome, DoubtSource.BELOW) == {line: 2}, outcome.left_out


@pytest.mark.parametrize("line", ["说明：标红的为不再保留的", "灰底人员不在我支部"])
def test_a_line_above_the_table_is_looked_at(plan, line):
    outcome = plan(workbook([person(1)], above=["党员花名册", line]))

    assert texts_of(outcome, DoubtSource.TITLE) == {line: 1}


def test_words_below_no_heading_are_looked_at(plan):
    rows = [[*person(n).values(), "死了" if n == 2 else None] for n in (1, 2, 3)]

    outcome = plan(workbook(rows))

    assert texts_of(outcome, DoubtSource.REMARK) == {"死了": 1}


@pytest.mark.parametrize("line", ["以下人员关系待转", "不再管理人员"])
def test_a_heading_that_no_rule_understands_is_looked_at(plan, line):
    alone = plan(workbook([person(1), [line], person(2)]))
    numbered = (*(("序号",)), *HEADER)
    merged = plan(
        workbook(
            [{"序号": 1, **person(1)}, [line], {"序号": 2, **person(2)}],
            header=numbered,
        )
    )

    for outcome in (alone, merged):
        asked = {
            **texts_of(outcome, DoubtSource.GROUP),
            **texts_of(outcome, DoubtSource.LINE),
        }
        assert asked == {line: 1}, outcome.left_out


@pytest.mark.parametrize("heading", ["手机号码", "家庭住址", "学历", "民族", "特长"])
def test_a_departure_in_a_column_that_is_read_refuses_the_row(plan, heading):
    header = tuple(dict.fromkeys((*HEADER, heading)))

    outcome = plan(workbook([person(1, **{heading: "已去世"})], header=header))

    assert entered(outcome) == []


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("存殁", "殁"),
        ("居住情况", "坟地"),
        ("工作情况", "辞世"),
        ("党费缴纳情况", "两年未缴，人找不到"),
        ("备注", "正常（人已走）"),
        ("手机号码", "打不通了"),
        ("标签", "△"),
    ],
)
def test_a_word_against_one_row_is_looked_at_in_a_sheet_of_four(plan, heading, text):
    header = tuple(dict.fromkeys((*HEADER, heading)))
    rows = [person(n) for n in (1, 2, 3)]

    outcome = plan(workbook([*rows, person(4, **{heading: text})], header=header))

    asked = [doubt["text"] for doubt in outcome.unseen]
    assert text in asked or entered(outcome) == [2, 3, 4]


def test_a_list_of_an_earlier_year_is_looked_at(plan):
    by_title = plan(workbook([person(1)], above=["2015年党员花名册"]))
    by_tab = plan(workbook([person(1)], sheet="2019"))

    assert texts_of(by_title, DoubtSource.TITLE) == {"2015年党员花名册": 1}
    assert texts_of(by_tab, DoubtSource.TITLE) == {"2019": 1}


def test_a_line_without_rows_below_it_is_not_asked_about(plan):
    outcome = plan(workbook([person(1), ["以上人员均已核对。"], ["填表人：张三"]]))

    assert outcome.doubts == []


@pytest.mark.parametrize("said", [*SAID_OTHERWISE, *words(8, seed=2)])
def test_a_title_that_says_more_than_a_roster_is_looked_at(plan, said):
    by_title = workbook([person(1)], above=[f"{said}党员花名册"])
    by_name = workbook([person(1)], sheet=f"{said}人员")

    for sheet in (by_title, by_name):
        try:
            outcome = plan(sheet)
        except OtherSheet:
            continue  # refused whole, as a list of people who have left
        refused = not entered(outcome)
        assert refused or texts_of(outcome, DoubtSource.TITLE), outcome.recognized


@pytest.mark.parametrize(
    "title",
    [
        "附件2：东社区党员花名册（定稿）",
        "云栖街道东社区党总支第一党支部2026年度党员基本信息统计表",
        "中共云栖街道东社区第一支部委员会在职党员名册",
        "某省某市某区云栖街道东社区党员信息采集表",
        "截至2026年11月底党员台账",
        "东社区新增党员名单",
    ],
)
def test_the_titles_of_ordinary_rosters_are_understood(plan, east, title):
    outcome = plan(workbook([person(1)], above=[title.replace("东社区", east.name)]))

    assert texts_of(outcome, DoubtSource.TITLE) == {}


def test_what_is_left_out_by_answer_is_exactly_what_was_asked(plan):
    remarks = ["蓝桥", "琴帆", "蓝桥", "退役军人", "砚棠"]
    content = with_column("备注", remarks)
    first = plan(content)
    left_out = key_of(first, "蓝桥")
    keys = [doubt["key"] for doubt in first.doubts]

    answers = {DOUBTS: {"seen": keys, "left_out": [left_out]}}
    second = plan(content, answers=answers)

    assert (second.unseen, entered(second)) == ([], [3, 5, 6])
    assert [p.excel_row for p in second.plans if "蓝桥" in p.message] == [2, 4]


def test_leaving_all_out_enters_nobody_of_whom_something_was_said(plan):
    content = with_column("备注", ["蓝桥", "", "琴帆"])

    outcome = plan(content, answers={DOUBTS: LEAVE_OUT})

    assert (outcome.unseen, entered(outcome)) == ([], [3])


def test_rows_that_are_crossed_out_are_looked_at(plan):
    content = workbook([person(1), person(2)])
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    for cell in sheet[sheet.max_row]:
        cell.font = Font(strike=True)
    struck = io.BytesIO()
    book.save(struck)

    outcome = plan(struck.getvalue())

    assert texts_of(outcome, DoubtSource.STRUCK) == {"": 1}


def test_columns_with_more_texts_than_anybody_reads_end_in_one_line(plan):
    outcome = plan(with_column("备注", words(420)))

    rows = [doubt["rows"] for doubt in outcome.unseen]
    assert (len(rows), max(rows), sum(rows)) == (401, 20, 420)


def test_a_row_that_a_rule_refuses_is_not_asked_about(plan):
    refused = with_column("备注", ["群众"])

    assert plan(refused).doubts == []


def test_an_answer_for_all_leaves_nothing_open():
    assert not DoubtAnswers.of({DOUBTS: LEAVE_OUT}).is_open("x")


@pytest.mark.parametrize("heading", words(6, seed=3))
@pytest.mark.parametrize("filled", [1, 2, 3])
def test_a_column_that_is_filled_for_a_few_people_is_looked_at(plan, heading, filled):
    said = words(filled, seed=4)

    outcome = plan(with_column(heading, [*said, *[""] * 5]))

    assert texts_of(outcome, DoubtSource.COLUMN) == dict.fromkeys(said, 1)


@pytest.mark.parametrize("heading", [*words(4, seed=5), "现实表现", "status"])
@pytest.mark.parametrize("rows", [3, 4, 12, 30])
def test_a_column_of_words_that_stand_again_is_looked_at(plan, heading, rows):
    often, once = words(2, seed=6)

    outcome = plan(with_column(heading, [often] * (rows - 1) + [once]))

    assert texts_of(outcome, DoubtSource.COLUMN) == {often: rows - 1, once: 1}


@pytest.mark.parametrize(
    ("heading", "texts"),
    [
        ("入党申请书", ["有", "有", "无"]),
        ("政治审查材料", ["有", "有", "无"]),
        ("是否退休", ["是", "否", "否"]),
        ("是否领取纪念章", ["是", "否", "否"]),
        ("谈心谈话", ["已开展", "已开展", "未开展"]),
        ("录入人", ["小李", "小李", "小王"]),
        ("曾用名", ["张鹿", "", ""]),
        ("楼栋", ["一栋", "一栋", "二栋"]),
        ("党小组", ["第一小组", "第一小组", "第二小组"]),
        ("所在网格", ["一网格", "一网格", "二网格"]),
    ],
)
def test_columns_of_papers_and_visits_are_not_asked_about(plan, heading, texts):
    assert plan(with_column(heading, texts)).doubts == []


@pytest.mark.parametrize(
    "remark",
    [
        *("党小组长", "党费已交", "党费未缴", "2019年由西社区转来", "2020年3月转入"),
        *("3栋2单元", "5号楼301室", "电话停机", "住址有误", "手机号码已更换"),
    ],
)
def test_remarks_of_offices_dues_and_homes_are_not_asked_about(plan, remark):
    assert plan(with_column("备注", [remark])).doubts == []


@pytest.mark.parametrize(
    "remark", ["未由西社区转来", "由西社区未转入", "拟转入", "人已调走"]
)
def test_remarks_that_deny_an_arrival_are_never_entered_unasked(plan, remark):
    outcome = plan(with_column("备注", [remark]))

    assert outcome.unseen or outcome.questions() or not entered(outcome)
