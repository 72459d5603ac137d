"""Planning a long sheet: in parts, with progress, and never without an end."""

import pytest

from exchange.errors import PlanningTooSlow
from exchange.import_kinds import Verdict, import_kinds
from exchange.imports.plan import plan_file
from exchange.imports.plan_clock import PlanClock
from exchange.sheet_context import SheetAnswers
from members.roster import sheet_planner
from tests.factories.exchange import person, workbook
from tests.factories.members import MemberFactory, identity_number

pytestmark = pytest.mark.django_db

KINDS = {
    "member_roster": ({}, {}),
    "mobile_register": (
        {"外出日期": "2025-11-02", "流动类型": "流出", "外出原因": "务工"},
        {"unrecorded": "enter", "standing": "full"},
    ),
}


@pytest.fixture
def plan(tmp_path, east, branch, secretary):
    """Return a function that plans a sheet of one of the kinds for its secretary."""

    def make_plan(kind, rows, **more):
        columns, answers = KINDS[kind]
        rows = [row | columns for row in rows]
        path = tmp_path / "sheet"
        above = ["流动党员台账"] if columns else ["党员花名册"]
        header = tuple(rows[0])
        path.write_bytes(workbook(rows, header=header, above=above))
        return plan_file(
            path,
            filename="表.xlsx",
            kind=import_kinds.get(kind),
            by=secretary,
            organization=east,
            answers=SheetAnswers.of(answers),
            **more,
        )

    return make_plan


@pytest.fixture
def _small_parts(monkeypatch):
    """Plan two rows at a time."""
    monkeypatch.setattr(sheet_planner, "CHUNK", 2)


@pytest.mark.usefixtures("_small_parts")
@pytest.mark.parametrize("kind", KINDS)
def test_a_sheet_comes_out_the_same_in_parts(plan, kind, branch):
    MemberFactory(name=person(4)["姓名"], id_number=identity_number(4))
    rows = [*map(person, (1, 2, 3)), person(1), person(4), person(5, 姓名=None)]

    outcome = plan(kind, rows)

    assert [p.excel_row for p in outcome.plans] == [3, 4, 5, 6, 7, 8]
    assert [p.verdict for p in outcome.plans] == [
        *[Verdict.CREATE] * 3,
        *[Verdict.REFUSE] * 3,
    ]
    assert "第3行" in outcome.plans[3].message


@pytest.mark.usefixtures("_small_parts")
@pytest.mark.parametrize("kind", KINDS)
def test_planning_ends_when_its_time_is_over(plan, kind):
    ticks = iter(range(1000))
    clock = PlanClock(seconds=8, now=lambda: next(ticks))

    with pytest.raises(PlanningTooSlow) as refusal:
        plan(kind, [person(n) for n in range(1, 40)], clock=clock)

    assert 3 < refusal.value.params["row"] < 12
    assert "没有写入" in str(refusal.value)


@pytest.mark.parametrize("kind", KINDS)
def test_progress_is_reported_while_rows_are_read_and_planned(plan, kind, monkeypatch):
    monkeypatch.setattr("exchange.imports.plan_clock.REPORTED_ROWS", 2)
    reported = []

    plan(kind, [person(n) for n in range(1, 9)], progress=reported.append)

    assert reported == sorted(reported)
    assert len(reported) == 3 + 4  # opened, table found, four times rows, planned
