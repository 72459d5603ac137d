"""A tab left over from another time is asked about, whatever shows that it is old."""

import pytest

from exchange.doubts import DOUBTS, DoubtSource
from exchange.import_kinds import Verdict
from members.roster.membership import asks_membership
from tests.factories.exchange import HEADER, book, person, workbook
from tests.members.test_roster import plan

__all__ = ["plan"]

pytestmark = pytest.mark.django_db


def tab(people, *, title="党员花名册", below=""):
    """Return the lines of a tab; `people` are numbers, or rows."""
    rows = [person(p) if isinstance(p, int) else p for p in people]
    cells = [[row.get(h) for h in HEADER] for row in rows]
    return [[title], list(HEADER), *cells, *([[below]] if below else [])]


def asked_tabs(outcome):
    return {
        d["sheet"]: d["text"] for d in outcome.doubts if d["source"] == DoubtSource.TAB
    }


def key_of(outcome, sheet):
    (key,) = (
        d["key"]
        for d in outcome.doubts
        if (d["source"], d["sheet"]) == (DoubtSource.TAB, sheet)
    )
    return key


def entered(outcome):
    return [
        (p.sheet, p.excel_row) for p in outcome.plans if p.verdict == Verdict.CREATE
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"title": "2025年党员花名册"}, {"title": "2026年党员花名册"}),
        ({"title": "党员花名册（2026年9月）"}, {"title": "党员花名册（2026年10月）"}),
        ({"below": "填表日期：2025年12月30日"}, {"below": "填表日期：2026年6月30日"}),
        ({"below": "制表时间：2025.12.30"}, {"title": "2026年党员花名册"}),
    ],
)
def test_a_tab_with_an_older_title_or_date_is_asked_about(plan, old, new):
    outcome = plan(book({"表一": tab([1, 2], **old), "表二": tab([3, 4], **new)}))

    assert [*asked_tabs(outcome)] == ["表一"]
    assert all(doubt["open"] for doubt in outcome.doubts)


@pytest.mark.parametrize("names", [("2025", "2026"), ("9月", "10月")])
def test_the_name_of_a_tab_says_it_too(plan, names):
    outcome = plan(book({name: tab([n]) for n, name in enumerate(names, 1)}))

    assert [*asked_tabs(outcome)] == [names[0]]


def test_tabs_of_one_time_are_not_asked_about(plan):
    title = "2026年党员花名册"
    outcome = plan(book({"一": tab([1, 2], title=title), "二": tab([3], title=title)}))

    assert asked_tabs(outcome) == {}


def test_a_tab_without_any_date_is_asked_about_if_it_has_the_people_of_another(plan):
    outcome = plan(book({"Sheet1": tab([1, 2, 3]), "Sheet2": tab([1, 2, 3, 4])}))

    assert asked_tabs(outcome) == {
        "Sheet1": "其中3人在工作表“Sheet2”中也有",
        "Sheet2": "其中3人在工作表“Sheet1”中也有",
    }


def test_one_person_on_two_tabs_says_nothing_of_the_tabs(plan):
    outcome = plan(book({"A": tab([1, 2, 3, 4]), "B": tab([4, 5, 6, 7])}))

    assert asked_tabs(outcome) == {}


def test_the_old_tab_is_left_out_as_a_whole_and_its_people_read_from_the_new_one(plan):
    content = book({"Sheet1": tab([1, 2]), "Sheet2": tab([1, 2, 3])})
    key = key_of(plan(content), "Sheet1")
    answers = {DOUBTS: {"seen": [key], "left_out": [key]}}

    outcome = plan(content, answers=answers)

    assert entered(outcome) == [("Sheet2", row) for row in (3, 4, 5)]
    (left_out,) = (d for d in outcome.doubts if d["key"] == key)
    assert (left_out["left_out"], left_out["rows"]) == (True, 2)


def test_a_file_is_never_left_without_any_tab(plan):
    content = book({"Sheet1": tab([1, 2]), "Sheet2": tab([1, 2, 3])})
    keys = [key_of(plan(content), name) for name in ("Sheet1", "Sheet2")]

    outcome = plan(content, answers={DOUBTS: {"seen": keys, "left_out": keys}})

    assert {p.verdict for p in outcome.plans} == {Verdict.REFUSE}


@pytest.mark.parametrize("heading", ["是否党员", "是否为中共党员", "是不是党员"])
@pytest.mark.parametrize("blank", [None, "—", "无"])
def test_a_blank_below_the_question_of_membership_is_asked_about_whatever_day_stands(
    plan, heading, blank
):
    assert asks_membership(heading)
    rows = [person(1, **{heading: "是"}), person(2, **{heading: blank})]

    outcome = plan(workbook(rows, header=(*HEADER, heading), above=["党员花名册"]))

    said = [d["rows"] for d in outcome.unseen if d["source"] == DoubtSource.MEMBER]
    refused = [p.excel_row for p in outcome.plans if p.verdict == Verdict.REFUSE]
    assert said == [1] or refused == [4]
