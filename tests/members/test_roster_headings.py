"""Rows between the people that say what the people below them are."""

import io
import itertools
import random

import openpyxl
import pytest

from exchange.doubts import DoubtSource
from exchange.import_kinds import Verdict
from members.enums import Category, Standing
from members.roster.errors import BelowDeparted, BelowOthers
from members.roster.group_headings import Meaning, find_meaning
from organizations.errors import UnknownOrganization
from sheets.read import strip_heading
from tests.factories.exchange import HEADER, book, person
from tests.factories.organizations import BranchFactory
from tests.members.test_roster import plan
from tests.messages import refusal_of, says

__all__ = ["plan"]

NUMBERED = ("序号", *HEADER)
SILENT = {"转正时间": None, "管理类别": None, "所在支部": None}
LEFT, OTHERS = refusal_of(BelowDeparted), refusal_of(BelowOthers)
# Words of a heading, and what they make of the people below: the refusal, or the
# values that they give.
GROUPS = {
    "正式党员": (None, {"standing": Standing.FULL}),
    "预备党员": (None, {"standing": Standing.PROBATIONARY}),
    "在册党员": (None, {}),
    "流动党员": (None, {"category": Category.MOBILE}),
    "离退休党员": (None, {"category": Category.RETIRED}),
    "已去世": (LEFT, {}),
    "转出党员": (LEFT, {}),
    "停止党籍人员": (LEFT, {}),
    "2025年减少党员": (LEFT, {}),
    "入党积极分子": (OTHERS, {}),
    "发展对象": (OTHERS, {}),
    "群众": (OTHERS, {}),
}
ORDINALS = ("", "一、", "（一）", "1.", "(1)", "①", "◆")
COUNTS = (
    "",
    "（2人）",
    "(2人)",
    "（２人）",
    "【2人】",
    "：2人",
    "（共二人）",
    " 共2人",
    "名单",
)
PLACES = ("serial", "name", "merged", "wide")


@pytest.fixture(autouse=True)
def second(east):
    """东社区第二支部."""
    return BranchFactory(name="东社区第二支部", parent=east)


def heading_row(text, place):
    """Return the cells of a heading in one of the ways in which offices write it."""
    if place == "wide":
        return ["一", text, None, "2人"]
    return [None, text] if place == "name" else [text]


def workbook_of(rows, header=NUMBERED):
    """Return a workbook; a row is a mapping, or a heading and where it stands."""
    written = openpyxl.Workbook()
    sheet = written.active
    sheet.title = "花名册"
    sheet.append(header)
    for number, row in enumerate(rows, start=2):
        if isinstance(row, dict):
            sheet.append([row.get(column) for column in header])
            continue
        text, place = row
        sheet.append(heading_row(text, place))
        if place == "merged":
            sheet.merge_cells(
                start_row=number, end_row=number, start_column=1, end_column=6
            )
    stream = io.BytesIO()
    written.save(stream)
    return stream.getvalue()


def member(number, **changes):
    return {"序号": number, **person(number, **SILENT | changes)}


def assert_below(row_plan, group):
    """Assert that the heading, and no other one, decided on the row."""
    refusal, values = GROUPS[group]
    if refusal:
        assert row_plan.verdict == Verdict.REFUSE, group
        assert says(row_plan.message, refusal), group
        return
    assert row_plan.verdict == Verdict.CREATE, (group, row_plan.message)
    open_questions = {"standing", "category"} - {*values}
    assert {*row_plan.questions} == open_questions, group
    for name, value in values.items():
        assert row_plan.payload.values[name] == value, group
        assert group in row_plan.fields["heading"], group


@pytest.mark.parametrize("seed", range(12))
def test_a_heading_decides_on_the_people_below_it_until_the_next_one(
    plan, branch, seed
):
    chance = random.Random(seed)
    sequence = [*GROUPS, *GROUPS]
    chance.shuffle(sequence)
    ordinal, place = chance.choice(ORDINALS), PLACES[seed % len(PLACES)]
    rows, expected = [], []
    for group in sequence:
        rows.append((f"{ordinal}{group}{chance.choice(COUNTS)}", place))
        for _ in range(chance.choice([1, 2])):
            expected.append(group)
            rows.append(member(len(expected)))

    outcome = plan(workbook_of(rows), organization=branch)

    for row_plan, group in zip(outcome.plans, expected, strict=True):
        assert_below(row_plan, group)


@pytest.mark.parametrize(
    ("ordinal", "count", "place"), list(itertools.product(ORDINALS, COUNTS, PLACES[:3]))
)
def test_ordinal_count_and_cell_of_a_heading_do_not_matter(
    plan, branch, ordinal, count, place
):
    text = f"{ordinal}已去世{count}"

    outcome = plan(
        workbook_of([member(1), (text, place), member(2)]), organization=branch
    )

    assert [p.verdict for p in outcome.plans] == [Verdict.CREATE, Verdict.REFUSE]
    assert text.strip() in outcome.plans[1].message
    assert "第3行" in outcome.plans[1].message


@pytest.mark.parametrize(("group", "said"), GROUPS.items())
@pytest.mark.parametrize("place", PLACES)
def test_the_next_branch_ends_what_the_people_above_it_were(plan, place, group, said):
    rows = [
        ("第一支部（12人）", place),
        member(1),
        (f"{group}（1人）", place),
        member(2),
        ("第二支部", place),
        member(3),
    ]

    first, sorted_out, second = plan(workbook_of(rows)).plans

    assert (first.payload.branch.name, second.payload.branch.name) == (
        "东社区第一支部",
        "东社区第二支部",
    )
    assert first.questions == second.questions == ("standing", "category")
    assert_below(sorted_out, group)


@pytest.mark.parametrize("group", ["入党积极分子", "转出党员", "预备党员"])
def test_a_heading_right_above_branches_holds_for_all_of_them(plan, group):
    rows = [
        ("正式党员", "merged"),
        member(1, 所在支部="第一支部"),
        (group, "merged"),
        ("第一支部", "merged"),
        member(2),
        ("第二支部", "merged"),
        member(3),
        ("在册党员", "merged"),
        ("第一支部", "merged"),
        member(4),
    ]

    _first, *below, last = plan(workbook_of(rows)).plans

    for row_plan in below:
        assert_below(row_plan, group)
    assert last.verdict == Verdict.CREATE


def test_numbers_tell_what_stands_inside_what(plan):
    rows = [
        ("一、第一支部", "merged"),
        ("（一）预备党员", "merged"),
        ("1.流动党员", "merged"),
        member(1),
        ("2.在职人员", "merged"),
        member(2),
        ("（二）已去世", "merged"),
        member(3),
        ("二、第二支部", "merged"),
        member(4),
        ("三、流动党员", "merged"),
        member(5),
    ]

    one, two, gone, second, nowhere = plan(workbook_of(rows)).plans

    assert one.payload.values["standing"] == Standing.PROBATIONARY
    assert one.payload.values["category"] == Category.MOBILE
    assert two.payload.values["standing"] == Standing.PROBATIONARY
    assert says(gone.message, LEFT)
    assert second.payload.branch.name == "东社区第二支部"
    assert second.questions == ("standing", "category")
    assert nowhere.verdict == Verdict.REFUSE  # of which branch is not said


@pytest.mark.parametrize(
    "nobody", ["转出党员：无", "转出党员（0人）", "转出党员（无）"]
)
def test_a_heading_of_nobody_holds_for_nobody(plan, nobody):
    rows = [(nobody, "merged"), ("第一支部", "merged"), member(1)]

    (row_plan,) = plan(workbook_of(rows)).plans

    assert row_plan.verdict == Verdict.CREATE


@pytest.mark.parametrize("nobody", ["无", "（无）", "暂无"])
def test_nobody_below_a_heading_is_no_group(plan, nobody):
    rows = [
        ("转出党员", "serial"),
        (nobody, "serial"),
        ("第一支部", "serial"),
        member(1),
    ]

    (row_plan,) = plan(workbook_of(rows)).plans

    assert row_plan.verdict == Verdict.CREATE


@pytest.mark.parametrize(
    "text", ["其他人员", "甲类", "待定", "拟转出党员", "党员和群众"]
)
@pytest.mark.parametrize("place", ["serial", "merged"])
def test_people_below_an_unknown_heading_are_asked_about(plan, branch, place, text):
    rows = [(text, place), member(1), member(2, 转正时间="2006.07.01")]

    silent, stated = plan(workbook_of(rows), organization=branch).plans

    (doubt,) = silent.doubts
    assert (doubt.source, strip_heading(doubt.text)) == (DoubtSource.GROUP, text)
    assert stated.doubts == ()
    assert "heading_unknown" in stated.flags
    assert text in stated.fields["heading"]


def test_the_name_of_a_branch_is_no_unknown_heading(plan, branch):
    rows = [
        (branch.name, "merged"),
        member(1),
        ("第二支部党员名单", "merged"),
        member(2),
    ]

    plans = plan(workbook_of(rows)).plans

    assert [p.questions for p in plans] == [("standing", "category")] * 2


def test_people_below_a_branch_that_nobody_knows_are_refused(plan, branch):
    rows = [("第九支部（12人）", "merged"), member(1)]

    (row_plan,) = plan(workbook_of(rows), organization=branch).plans

    assert says(row_plan.message, refusal_of(UnknownOrganization))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("第一支部预备党员（2人）", {"standing": Standing.PROBATIONARY}),
        ("第一支部流动党员", {"category": Category.MOBILE}),
    ],
)
def test_a_heading_may_name_a_branch_and_say_what_its_people_are(plan, text, values):
    (row_plan,) = plan(workbook_of([(text, "merged"), member(1)])).plans

    assert row_plan.payload.branch.name == "东社区第一支部"
    for name, value in values.items():
        assert row_plan.payload.values[name] == value


def test_the_row_itself_outweighs_a_heading_and_the_preview_says_so(plan, branch):
    rows = [("预备党员", "merged"), member(1, 转正时间="2006.07.01")]

    (row_plan,) = plan(workbook_of(rows), organization=branch).plans

    assert row_plan.payload.values["standing"] == Standing.FULL
    assert "heading_says_otherwise" in row_plan.flags


def test_more_people_than_the_heading_says_are_flagged(plan, branch):
    rows = [("预备党员（1人）", "merged"), member(1), member(2)]

    within, beyond = plan(workbook_of(rows), organization=branch).plans

    assert "beyond_count" not in within.flags
    assert "beyond_count" in beyond.flags


def test_headings_over_several_rows_at_the_side_hold_for_these_rows(plan, branch):
    header = ("", *HEADER)
    rows = [["预备党员", *cells(1)], [None, *cells(2)], ["已去世", *cells(3)]]
    written = openpyxl.load_workbook(io.BytesIO(book({"花名册": [header, *rows]})))
    written.active.merge_cells("A2:A3")
    stream = io.BytesIO()
    written.save(stream)

    one, two, gone = plan(stream.getvalue(), organization=branch).plans

    assert [p.payload.values["standing"] for p in (one, two)] == ["probationary"] * 2
    assert gone.verdict == Verdict.REFUSE


def cells(number):
    """Return the cells of a silent member in the order of the header."""
    row = member(number)
    return [row[column] for column in HEADER]


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("2023年以来去世党员", Meaning.LEFT),
        ("劝退、除名人员", Meaning.LEFT),
        ("失联党员", Meaning.LEFT),
        ("党员发展对象", Meaning.OTHERS),
        ("入党申请人", Meaning.OTHERS),
        ("流入党员", Meaning.OTHERS),
        ("非党员", Meaning.OTHERS),
        ("现有党员", Meaning.MEMBERS),
        ("老党员", Meaning.SORTED),
        ("困难党员", Meaning.SORTED),
        ("在职", Meaning.SORTED),
        ("口袋党员", Meaning.UNKNOWN),
        ("未转入党员", Meaning.UNKNOWN),
        ("待转出党员", Meaning.UNKNOWN),
        ("转出后又转入党员", Meaning.UNKNOWN),
        ("党员及积极分子", Meaning.UNKNOWN),
        ("其他", Meaning.UNKNOWN),
    ],
)
def test_the_words_of_a_heading_have_one_meaning(words, meaning):
    assert find_meaning(words) == meaning
