"""What is said of superiors' forms: by the log of each cell, and beside totals."""

import datetime as dt

import pytest

from accounts.models import AuditEntry
from core.audit.presentation import present_changes
from organizations.actions import end_organization
from reports.actions import (
    ask_for_filled_form,
    map_cell,
    map_cells,
    replace_form,
    void_form,
)
from reports.enums import CellContent, CellOutcome, CellPeriod
from reports.errors import FormWasVoided
from reports.models import FilledForm, MappedCell, SuperiorForm
from reports.superior_forms.numbers import Numbers
from tests.factories.exchange import upload
from tests.factories.figures import recount_all
from tests.factories.organizations import BranchFactory
from tests.reports.test_superior_forms import (  # noqa: F401 -- a fixture
    FIGURE,
    JUNE,
    SHEET,
    at,
    blank_form,
    form,
)

pytestmark = pytest.mark.django_db


def told(kind="reports.SuperiorForm"):
    """Return the lines of the latest entry about a kind of record, by their labels."""
    entry = AuditEntry.objects.filter(subject_type=kind).latest("pk")
    lines = present_changes(entry.subject_type, entry.before, entry.after)
    return {line.label: (line.before, line.after) for line in lines}


def test_another_place_of_a_cell_shows_in_the_log(form, staff, east, west):  # noqa: F811
    map_cell(form, at("B4"), by=staff, **FIGURE, place=east)

    map_cell(form, at("B4"), by=staff, **FIGURE, place=west)

    lines = told()
    assert (str(east), str(west)) in lines.values()
    assert ("B4", "B4") in lines.values()
    assert not {"content", "indicator", "place", "cell"} & {*lines}


def test_proposals_taken_over_are_logged_by_their_cells(form, staff):  # noqa: F811
    cells = [MappedCell(sheet=0, row=4, column=column, **FIGURE) for column in (1, 2)]

    map_cells(form, cells, by=staff)

    assert ("", "B4、C4") in told().values()


def test_cells_carried_over_to_a_changed_form_are_logged(form, staff, east):  # noqa: F811
    map_cell(form, at("B4"), by=staff, **FIGURE, place=east)

    rows = [*SHEET[:3], ("甲", None, None, None, None, None), *SHEET[3:5]]

    new = replace_form(form, upload(blank_form(rows), "新.xlsx"), by=staff)

    assert new.cells.get().place == east
    assert ("", "B5") in told().values()


def test_a_form_taken_out_meanwhile_is_not_filled(form, street, staff):  # noqa: F811
    map_cell(form, at("B4"), by=staff, **FIGURE)
    stale = SuperiorForm.objects.get(pk=form.pk)
    void_form(form, by=staff, reason="上传错了表格")

    with pytest.raises(FormWasVoided):
        ask_for_filled_form(stale, organization=street, month=JUNE, by=staff)

    assert not FilledForm.objects.exists()


def test_the_log_says_who_had_a_form_filled_for_which_month(form, street, staff):  # noqa: F811
    map_cell(form, at("B4"), by=staff, **FIGURE)

    ask_for_filled_form(form, organization=street, month=JUNE, by=staff)

    lines = told("reports.FilledForm").values()
    assert ("", str(form)) in lines
    assert ("", str(street)) in lines
    assert ("", "2026年6月") in lines


# What a total over months is without


def read(place, street, staff, month, period=CellPeriod.YEAR):
    cell = MappedCell(
        content=CellContent.FIGURE,
        indicator="members_other_gain",
        period=period,
    )
    return Numbers([cell.indicator], staff, keeper=street).read(cell, place, month)


@pytest.fixture
def since_april(roll, west_branch):
    """Members counted since April."""
    recount_all()


def test_a_total_says_in_which_months_the_place_was_not_there(
    since_april, east, street, staff
):
    late = BranchFactory(name="新支部", parent=east, starts_on=dt.date(2026, 6, 10))
    recount_all()

    note = read(late, street, staff, dt.date(2026, 7, 1)).note

    assert note == (
        "自2026年4月起合计，此前没有统计；不含2026年4月、2026年5月：当时还没有这个组织"
    )


def test_a_place_that_has_ended_is_not_called_uncounted(
    since_april, east, street, staff
):
    gone = BranchFactory(name="撤销支部", parent=east)
    end_organization(gone, by=None, reason="撤销", on=dt.date(2026, 5, 1))

    assert read(gone, street, staff, JUNE, CellPeriod.QUARTER).note == ""


def test_a_place_that_was_never_there_is_not_called_uncounted(
    since_april, east, street, staff
):
    late = BranchFactory(name="新支部", parent=east, starts_on=dt.date(2026, 9, 10))

    outcome = read(late, street, staff, dt.date(2026, 5, 1)).state

    assert outcome == CellOutcome.NOT_THERE
