"""What remains of a title or the name of a tab has to be understood, one sign too."""

import pytest

from exchange.doubts import DoubtSource
from tests.factories.exchange import HEADER, book, person, workbook
from tests.members.test_roster import plan
from tests.members.test_sheet_doubts import texts_of

__all__ = ["plan"]


@pytest.mark.parametrize("sign", list("原前拟退转外亡旧废"))
def test_one_sign_before_the_members_of_a_title_is_asked_about(plan, sign):
    title = f"{sign}党员花名册"

    outcome = plan(workbook([person(1)], above=[title]))

    assert texts_of(outcome, DoubtSource.TITLE) == {title: 1}


@pytest.mark.parametrize(
    "title",
    [
        *("党员花名册", "党员通讯录", "新党员名册", "女党员花名册", "老党员名册"),
        *("党员、干部名册", "党员联系方式一览表", "2026年党员台账（更新）", "党员明细"),
        *("离退休党员名单", "全体在册党员信息表", "第一支部党员名册", "一支部党员名册"),
    ],
)
def test_a_usual_title_is_not_asked_about(plan, title):
    outcome = plan(workbook([person(1)], above=[title]))

    assert texts_of(outcome, DoubtSource.TITLE) == {}


def two_tabs(name):
    """Return a workbook of two tabs without titles, the second one of that name."""
    cells = [[person(n).get(heading) for heading in HEADER] for n in (1, 2)]
    return book({"在册": [HEADER, cells[0]], name: [HEADER, cells[1]]})


@pytest.mark.parametrize(
    "name",
    [
        *("亡", "走", "外", "原", "减", "拟", "旧表", "流入", "外出", "外地"),
        *("出国", "备份", "其他", "信息", "单位", "资料", "人员"),
    ],
)
def test_a_tab_whose_name_does_not_say_that_its_people_are_members_is_asked_about(
    plan, name
):
    outcome = plan(two_tabs(name))

    assert texts_of(outcome, DoubtSource.TITLE) == {name: 1}


@pytest.mark.parametrize(
    "name",
    ["第一支部", "二支部", "党员", "预备", "花名册", "离退休", "Sheet2", "东社区", "2"],
)
def test_a_tab_that_says_who_its_people_are_is_not_asked_about(plan, name):
    outcome = plan(two_tabs(name))

    assert texts_of(outcome, DoubtSource.TITLE) == {}


@pytest.mark.parametrize("line", ["走", "外", "亡", "原", "拟", "退"])
def test_a_line_of_one_sign_over_some_rows_is_asked_about(plan, line):
    outcome = plan(workbook([person(1), [line], person(2)]))

    assert [d["rows"] for d in outcome.unseen if d["text"] == line] == [1]
