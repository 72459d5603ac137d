"""Rows without a category or standing: answered for each group, or for all at once."""

import pytest

from exchange.imports import answer_batch
from exchange.sheet_context import BY_GROUP
from members.enums import Category
from tests.exchange.test_answers import read_again
from tests.factories.exchange import HEADER, ImportBatchFactory, person, workbook
from tests.factories.organizations import BranchFactory
from tests.html import read
from tests.members.test_roster import plan

__all__ = ["plan"]

pytestmark = pytest.mark.django_db
CATEGORY = "category"


def groups_of(outcome, question=CATEGORY):
    return {g["label"]: g["rows"] for g in outcome.groups().get(question, ())}


def key_of(outcome, label, question=CATEGORY):
    (key,) = (g["key"] for g in outcome.groups()[question] if g["label"] == label)
    return key


def categories(outcome):
    return [p.payload.values.get(CATEGORY) for p in outcome.plans]


def below_headings(plan, **answers):
    """Plan two below 机关党员小组 and one below 居民小组, all without a category."""
    rows = [person(n, 管理类别=None) for n in (1, 2, 3)]
    lines = [["一、蓝桥小组"], *rows[:2], ["二、琴帆小组"], rows[2]]
    return plan(workbook(lines), answers=answers)


def test_rows_are_asked_about_by_the_heading_above_them(plan):
    outcome = below_headings(plan)

    assert groups_of(outcome) == {"一、蓝桥小组": 2, "二、琴帆小组": 1}
    assert outcome.questions() == [CATEGORY]


def test_without_headings_they_are_asked_about_by_branch(plan, east):
    BranchFactory(name="东社区第二支部", parent=east)
    rows = [
        person(n, 管理类别=None, branch=branch)
        for n, branch in enumerate(("第一支部", "第二支部", "第二支部"), 1)
    ]

    assert groups_of(plan(rows)) == {"第二支部": 2, "第一支部": 1}


def test_rows_with_the_same_unknown_word_are_asked_about_together(plan):
    rows = [
        person(n, 管理类别=w) for n, w in enumerate(("鹿桥", "鹿桥", "蓝杉", None), 1)
    ]

    assert groups_of(plan(rows)) == {"“鹿桥”": 2, "“蓝杉”": 1, "第一支部": 1}


def test_each_group_takes_its_own_answer_and_the_others_that_for_all(plan):
    key = key_of(below_headings(plan), "二、琴帆小组")

    outcome = below_headings(plan, category="resident", **{BY_GROUP: {key: "retired"}})

    assert categories(outcome) == [
        *[Category.RESIDENT] * 2,
        Category.RETIRED,
    ]
    assert outcome.questions() == []


def test_a_group_without_an_answer_keeps_the_question_open(plan):
    key = key_of(below_headings(plan), "二、琴帆小组")

    outcome = below_headings(plan, **{BY_GROUP: {key: "retired"}})

    assert outcome.questions() == [CATEGORY]
    assert [p.questions for p in outcome.plans] == [(CATEGORY,), (CATEGORY,), ()]


def test_a_group_that_says_its_category_is_not_asked_about(plan):
    rows = [
        ["一、离退休党员"],
        person(1, 管理类别=None),
        ["二、蓝桥小组"],
        person(2, 管理类别=None),
    ]

    outcome = plan(workbook(rows))

    assert groups_of(outcome) == {}  # one group is asked about like all rows
    assert [p.questions for p in outcome.plans] == [(), (CATEGORY,)]


def test_the_page_asks_each_group_and_keeps_the_answers(
    client, east, branch, secretary
):
    rows = [person(n, 管理类别=None) for n in (1, 2)]
    content = workbook([["一、蓝桥小组"], rows[0], ["二、琴帆小组"], rows[1]])
    batch = read_again(
        ImportBatchFactory(rows=content, organization=east, by=secretary)
    )
    client.force_login(secretary, backend="accounts.backends.UsernameOrPhone")
    form = read(client.get(batch.get_absolute_url())).form_to("answer")
    first, second = (g["key"] for g in batch.notes["groups"][CATEGORY])

    client.post(
        form.action,
        form.sent(**{f"category_{first}": "retired", f"category_{second}": "resident"}),
    )
    batch = read_again(batch)

    assert batch.open_questions == []
    page = client.get(batch.get_absolute_url())
    assert page.context["answer_form"][f"category_{first}"].value() == "retired"
    batch = read_again(answer_batch(batch, {BY_GROUP: {}}, by=secretary))
    assert [q.key for q in batch.open_questions] == [CATEGORY]


@pytest.mark.parametrize(("said", "rows"), [(3, 2), (5, 1)])
def test_a_group_with_fewer_rows_than_its_heading_says_is_noted_on_the_heading(
    plan, said, rows
):
    people = [person(n) for n in range(1, rows + 1)]
    lines = [[f"第一支部（{said}人）"], *people, ["第一支部（1人）"], person(9)]

    outcome = plan(workbook(lines, header=HEADER))

    noted = [line for line in outcome.left_out if f"写明{said}人" in line.reason]
    assert [line.excel_row for line in noted] == [2]
    assert f"下面只有{rows}行" in noted[0].reason


def test_a_group_with_as_many_rows_as_its_heading_says_is_not_noted(plan):
    lines = [["第一支部（2人）"], person(1), person(2)]

    assert not any("写明" in line.reason for line in plan(workbook(lines)).left_out)
