"""Every column that a kind of sheet declares is read.

A column that is declared is found on a sheet, so nobody is asked about its texts. One
that no reader reads would be dropped without a word.
"""

import pytest

from core.months import today
from exchange.import_kinds import import_kinds
from exchange.sheet_context import SheetAnswers, SheetContext
from organizations.roles import Role
from sheets.read import Cell, Kind, TableRow
from tests.factories.accounts import holder
from tests.factories.members import identity_number

pytestmark = pytest.mark.django_db
PLAIN = {
    "id_number": identity_number(1),
    "name": "张三",
    "join_date": "2005-07-01",
    "full_member_date": "2006-07-01",
    "community": "东社区",
    "branch": "东社区第一支部",
    "starts_on": "2025-03-01",
}
ANSWERS = {
    "standing": "full",
    "category": "resident",
    "direction": "out",
    "mobile_kind": "working_away",
    "unrecorded": "enter",
}
TEXTS = (
    "甲乙丙丁",
    "2020-01-15",
    "是",
    "否",
    "7",
    "流入",
    "东社区",
    "务工",
    "0710-3245678",
)
COLUMNS = [(kind.key, column.field) for kind in import_kinds for column in kind.columns]


@pytest.fixture
def keeper(street, branch):
    return holder(Role.STREET_STAFF, street)


def outcome_of(kind, keeper, texts, answers):
    """What becomes of a row with these texts and no others."""
    cells = {name: Cell(text, text, Kind.TEXT) for name, text in texts.items()}
    organization = keeper.role_assignments.get().organization
    titles = {"表": [f"{today():%Y年%m月}"]}
    context = SheetContext(organization, SheetAnswers.of(answers), titles=titles)
    plan = kind.planner(by=keeper, context=context)
    return [repr(row) for row in plan([TableRow("表", 2, cells)])]


@pytest.mark.parametrize(("key", "column"), COLUMNS)
def test_a_declared_column_makes_a_difference(key, column, keeper):
    kind = import_kinds.get(key)
    names = {one.field for one in kind.columns} - {column}
    plain = {name: text for name, text in PLAIN.items() if name in names}
    nowhere = {name: text for name, text in plain.items() if name != "branch"}
    short = {**nowhere, **({"branch": "第一支部"} if "branch" in plain else {})}

    assert any(
        outcome_of(kind, keeper, {**texts, column: text}, answers)
        != outcome_of(kind, keeper, texts, answers)
        for texts in (plain, short, nowhere)
        for answers in ({}, ANSWERS)
        for text in TEXTS
    )


@pytest.mark.parametrize(("key", "column"), COLUMNS)
def test_a_cell_that_shows_an_error_refuses_at_most_its_own_row(key, column, keeper):
    kind = import_kinds.get(key)
    names = {one.field for one in kind.columns} - {column}
    plain = {name: text for name, text in PLAIN.items() if name in names}
    cells = {name: Cell(text, text, Kind.TEXT) for name, text in plain.items()}
    broken = cells | {column: Cell(None, "#N/A", Kind.ERROR)}
    organization = keeper.role_assignments.get().organization
    titles = {"表": [f"{today():%Y年%m月}"]}
    context = SheetContext(organization, SheetAnswers.of(ANSWERS), titles=titles)
    plan = kind.planner(by=keeper, context=context)

    planned = [*plan([TableRow("表", 2, broken), TableRow("表", 3, cells)])]

    assert len(planned) == 2
