"""A superior's own workbook: uploaded once, mapped once, filled for any month."""

import datetime as dt
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from core.errors import DomainError
from core.web.idempotency import KEY
from exchange.actions.jobs import run_next_job
from exchange.errors import NoLongerPermitted
from exchange.models import Attachment, Job
from exchange.stored_files import read_file
from figures.definitions import indicators
from organizations.models import PlaceFact
from reports.actions import (
    ask_for_filled_form,
    clear_cell,
    keep_form,
    map_cell,
    map_cells,
    replace_form,
    void_form,
)
from reports.enums import CellContent, CellOutcome, CellPeriod
from reports.errors import (
    FormulaStays,
    FormWasVoided,
    MonthNotBegun,
    NoCells,
    NoSuchCell,
    NothingMapped,
    NothingProposed,
    NoTotalOverMonths,
    OutsideOfForm,
)
from reports.models import FilledForm, MappedCell, SuperiorForm
from reports.superior_forms.blanks import open_form
from reports.superior_forms.proposals import propose
from reports.superior_forms.results import list_results
from tests.factories.exchange import upload
from tests.factories.figures import recount_all
from tests.html import hidden
from tests.messages import refusal_of, says

pytestmark = pytest.mark.django_db
JUNE, MAY = dt.date(2026, 6, 1), dt.date(2026, 5, 1)
FIGURE = {"content": CellContent.FIGURE, "indicator": "members_closing"}
SHEET = (
    ("街道党建工作统计表", None, None, None, None, None),
    ("填报单位：            年   月", None, None, None, None, None),
    ("社区", "党员总数", "女党员", "男党员", "党员大会", "支出（万元）"),
    ("东社区", None, None, "=B4-C4", None, None),
    ("西社区", None, None, "=B5-C5", None, None),
    ("合计", "=SUM(B4:B5)", "=SUM(C4:C5)", "=SUM(D4:D5)", None, None),
    ("填表人", None, "填表日期", None, None, None),
)


def blank_form(rows=SHEET, *, title=""):
    """Return the bytes of a form as a superior lays it out."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "统计表"
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A1:F1")
    sheet.merge_cells("A2:F2")
    if title:
        sheet["A1"] = title
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def form(street, staff):
    """The form of 某街道, with nothing said of its cells."""
    file = upload(blank_form(), "统计表.xlsx")
    return keep_form(file, title="党建统计表", organization=street, by=staff)


def at(name):
    """Return the position of a cell on the first sheet: B4."""
    cell = openpyxl.Workbook().active[name]
    return 0, cell.row, cell.column - 1


def propose_by_name(form):
    """Return the proposals by the names of their cells."""
    cells = propose(form, open_form(form))
    return {f"{chr(65 + cell.column)}{cell.row}": cell for cell in cells}


def fill(form, place, month, by):
    """Fill a form as a worker does; return its sheet and what came of each cell."""
    filled = ask_for_filled_form(form, organization=place, month=month, by=by)
    assert run_next_job()
    filled = FilledForm.objects.select_related("job__file").get(pk=filled.pk)
    body = read_file(filled.job.file.path)
    sheet = openpyxl.load_workbook(BytesIO(body)).worksheets[0]
    return sheet, {one["cell"]: one for one in filled.results}, filled


# What the labels tell


def test_labels_of_row_and_column_propose_number_and_place(form, east, west):
    found = propose_by_name(form)

    assert found["B4"].indicator == "members_closing"
    assert found["B4"].place_id == east.pk
    assert (found["C5"].indicator, found["C5"].place_id) == ("members_women", west.pk)
    assert (found["F4"].indicator, found["F4"].divisor) == ("spending", 10_000)
    assert (found["E6"].indicator, found["E6"].place_id) == ("meetings_members", None)


def test_place_month_preparer_and_day_are_proposed(form, east, west):
    found = propose_by_name(form)

    assert found["A2"].text.startswith("填报单位：{单位}")
    assert found["A2"].text.endswith("{年}年{月}月")
    assert found["B7"].content == CellContent.PREPARER
    assert found["D7"].content == CellContent.DAY


def test_formulas_and_labels_are_not_proposed_for(form, east, west):
    assert not {"B6", "D4", "A4", "A1"} & propose_by_name(form).keys()


def test_the_line_of_signatures_takes_no_numbers(form, east, west):
    assert not {"E7", "F7"} & propose_by_name(form).keys()


# Saying what belongs into a cell


def test_staff_say_on_a_page_what_belongs_into_a_cell(client, form, staff, east):
    client.force_login(staff)
    sheet, row, column = at("B4")
    url = reverse("reports:map_cell", args=[form.pk, sheet, row, column])
    assert url in client.get(form.get_absolute_url()).content.decode()

    page = client.get(url)
    values = {**page.context["form"].initial, KEY: hidden(page, KEY)}
    assert values["indicator"] == "members_closing"
    values |= {"indicator": "members_women", "divisor": 1}
    client.post(url, {name: "" if v is None else v for name, v in values.items()})

    cell = form.cells.get()
    assert (cell.position, cell.indicator) == ((0, 4, 1), "members_women")
    assert cell.place == east
    assert says(client.get(form.get_absolute_url()).content.decode(), "女党员")


def test_proposals_are_taken_over_together(client, form, staff, east, west):
    client.force_login(staff)
    url = reverse("reports:proposals", args=[form.pk])
    page = client.get(url)
    ticked = page.context["form"].fields["cells"].initial
    client.post(url, {"cells": ticked, KEY: hidden(page, KEY)})

    assert form.cells.count() == len(ticked) > 10
    assert not propose(form, open_form(form))
    again = client.get(url, follow=True)
    assert again.redirect_chain[-1][0] == form.get_absolute_url()
    assert says(again.content.decode(), refusal_of(NothingProposed))


def test_a_formula_is_never_written_over(client, form, staff):
    with pytest.raises(FormulaStays):
        map_cell(form, at("B6"), by=staff, **FIGURE)
    client.force_login(staff)
    url = reverse("reports:map_cell", args=[form.pk, *at("B6")])
    assert client.get(url).status_code == 403


@pytest.mark.parametrize("position", [(0, 1, 1), (0, 99, 1), (7, 4, 1)])
def test_a_cell_that_is_not_there_is_refused(form, staff, position):
    with pytest.raises(NoSuchCell):
        map_cell(form, position, by=staff, **FIGURE)


def test_a_stock_is_not_added_up_over_months(form, staff):
    with pytest.raises(NoTotalOverMonths):
        map_cell(form, at("B4"), by=staff, **FIGURE, period=CellPeriod.YEAR)


def test_what_belongs_into_a_cell_is_corrected_and_taken_away(form, staff):
    map_cell(form, at("B4"), by=staff, **FIGURE)
    cell = map_cell(form, at("B4"), by=staff, content="text", indicator="", text="无")
    assert form.cells.get().text == "无"

    clear_cell(cell, by=staff)
    assert not form.cells.exists()


# Filling


@pytest.fixture
def counted(roll, west_branch):
    """Three members of 东社区, one a woman, counted since April."""
    recount_all()


@pytest.fixture
def mapped(form, staff, east, west):
    """The form with all that its labels tell."""
    map_cells(form, propose(form, open_form(form)), by=staff)
    return form


@pytest.mark.mission("S0-05")
def test_a_form_is_filled_for_a_street_and_month(mapped, street, staff, counted):
    sheet, results, filled = fill(mapped, street, JUNE, staff)

    assert (sheet["B4"].value, sheet["C4"].value) == (3, 1)
    assert sheet["D4"].value == "=B4-C4"
    assert sheet["A2"].value.startswith(f"填报单位：{street.full_name}")
    assert sheet["A2"].value.endswith("2026年6月")
    assert sheet["B7"].value == str(staff)
    assert results["B4"]["state"] == CellOutcome.FILLED
    assert results["B4"]["value"] == "3"
    assert filled.sha256 == filled.job.file.sha256
    assert filled.job.percent == 100


def test_zero_is_written_and_said(mapped, street, staff, counted):
    sheet, results, _filled = fill(mapped, street, JUNE, staff)

    assert sheet["B5"].value == 0
    assert results["B5"]["state"] == CellOutcome.ZERO


def test_a_month_before_the_records_stays_blank_and_is_said(
    mapped, street, staff, counted
):
    sheet, results, _filled = fill(mapped, street, dt.date(2019, 1, 1), staff)

    assert sheet["B4"].value is None
    assert results["B4"]["state"] in {CellOutcome.NOT_THERE, CellOutcome.NOT_COUNTED}


def test_what_nobody_recorded_is_no_zero(form, street, staff, counted):
    map_cell(form, at("B4"), by=staff, content="figure", indicator="population")
    sheet, results, _filled = fill(form, street, JUNE, staff)
    assert not PlaceFact.objects.exists()

    assert sheet["B4"].value is None
    assert results["B4"]["state"] == CellOutcome.NONE


def test_an_indicator_that_is_no_longer_counted_stays_blank(
    form, street, staff, counted
):
    MappedCell.objects.create(
        form=form, sheet=0, row=4, column=1, content="figure", indicator="former"
    )
    sheet, results, _filled = fill(form, street, JUNE, staff)

    assert sheet["B4"].value is None
    assert results["B4"]["state"] == CellOutcome.GONE


def test_months_are_added_up_and_those_before_the_records_are_said(
    form, street, staff, counted
):
    values = {"content": "figure", "indicator": "members_other_gain"}
    map_cell(form, at("B4"), by=staff, **values, period=CellPeriod.YEAR)
    map_cell(form, at("B5"), by=staff, **values, period=CellPeriod.LAST_MONTH)
    sheet, results, _filled = fill(form, street, JUNE, staff)

    assert (sheet["B4"].value, sheet["B5"].value) == (3, 0)
    assert "2026年4月" in results["B4"]["note"]


def test_the_page_says_what_came_of_each_cell_and_hands_the_workbook_out(
    client, mapped, street, staff, counted
):
    client.force_login(staff)
    url = reverse("reports:fill_form", args=[mapped.pk])
    values = {"organization": street.pk, "month": "2026-06"}
    answer = client.post(url, {**values, KEY: hidden(client.get(url), KEY)})
    run_next_job()
    page = client.get(answer.url)

    assert says(page.content.decode(), "已填入")
    job = Job.objects.get()
    file_url = reverse("exchange:job_file", args=[job.pk])
    assert file_url in page.content.decode()
    handed = b"".join(client.get(file_url))
    assert openpyxl.load_workbook(BytesIO(handed)).worksheets[0]["B4"].value == 3


def test_whoever_lost_the_role_meanwhile_gets_no_workbook(
    mapped, street, staff, counted
):
    ask_for_filled_form(mapped, organization=street, month=JUNE, by=staff)
    staff.role_assignments.update(ends_on=dt.date(2026, 7, 1))
    assert run_next_job()

    assert Job.objects.get().message == str(NoLongerPermitted())


@pytest.mark.parametrize(
    ("place", "month", "refused"),
    [
        ("foreign", JUNE, OutsideOfForm),
        ("east", dt.date(2026, 8, 1), MonthNotBegun),
    ],
)
def test_no_form_is_filled_for_elsewhere_or_a_month_to_come(
    mapped, staff, request, place, month, refused
):
    with pytest.raises(refused):
        ask_for_filled_form(
            mapped, organization=request.getfixturevalue(place), month=month, by=staff
        )


def test_an_unmapped_form_is_not_filled(form, street, staff):
    with pytest.raises(NothingMapped):
        ask_for_filled_form(form, organization=street, month=JUNE, by=staff)


# Who sees it, and its versions


def test_a_form_is_shared_within_the_street_alone(form, staff, secretary, stranger):
    assert form in SuperiorForm.objects.visible_to(staff)
    assert form in SuperiorForm.objects.visible_to(secretary)
    assert form not in SuperiorForm.objects.managed_by(secretary)
    assert form not in SuperiorForm.objects.visible_to(stranger)


def test_a_secretary_fills_it_for_the_own_community(
    client, mapped, secretary, east, street, counted
):
    client.force_login(secretary)
    url = reverse("reports:fill_form", args=[mapped.pk])
    offered = client.get(url).context["form"].fields["organization"].queryset
    assert east in offered
    assert street not in offered


def test_blank_cells_that_nobody_set_are_counted_and_sheets_named(
    form, street, staff, east, counted
):
    map_cell(form, at("B4"), by=staff, **FIGURE, place=east)
    _sheet, _results, filled = fill(form, street, JUNE, staff)

    assert "另有 9 个空格未设定" in filled.job.message
    assert [one.sheet for one in list_results(filled, staff)] == ["统计表"]


@pytest.fixture
def of_both(form, staff, east, west):
    """A form with numbers of two communities and of the place it is filled for."""
    for name, place in (("B4", east), ("B5", west), ("E4", None)):
        map_cell(form, at(name), by=staff, **FIGURE, place=place)
    values = {"content": "figure", "indicator": "members_other_gain", "place": west}
    map_cell(form, at("C5"), by=staff, **values, period=CellPeriod.YEAR)
    [split, *_rest] = indicators.get("members_closing").breakdowns
    band = {"breakdown": split.key, "band": split.bands_in(JUNE)[0].key}
    map_cell(form, at("E5"), by=staff, **FIGURE, place=west, **band)
    return form


FOREIGN = ("B5", "C5", "E5")


def test_numbers_of_other_communities_are_withheld_from_a_secretary(
    of_both, secretary, east, counted
):
    sheet, results, _filled = fill(of_both, east, JUNE, secretary)

    assert (sheet["B4"].value, sheet["E4"].value) == (3, 3)
    assert [sheet[name].value for name in FOREIGN] == [None] * 3
    states = {results[name]["state"] for name in FOREIGN}
    assert states == {CellOutcome.WITHHELD}
    assert {results[name]["value"] for name in FOREIGN} == {""}


def test_whoever_reads_what_staff_filled_sees_the_numbers_of_the_own_community(
    client, of_both, staff, secretary, east, counted
):
    _sheet, results, filled = fill(of_both, east, JUNE, staff)
    assert results["B5"]["state"] == CellOutcome.ZERO

    def values(person):
        return {one.cell: one.value for one in list_results(filled, person)}

    assert (values(staff)["B4"], values(staff)["B5"]) == ("3", "0")
    assert (values(secretary)["B4"], values(secretary)["B5"]) == ("3", "")
    client.force_login(secretary)
    page = client.get(filled.get_absolute_url()).content.decode()
    assert says(page, "您无权查看")


def test_a_workbook_with_numbers_of_elsewhere_is_no_longer_handed_out(
    client, of_both, secretary, east, counted
):
    """Filled before the places of its cells were recorded: it may have any."""
    _sheet, _results, filled = fill(of_both, east, JUNE, secretary)
    client.force_login(secretary)
    url = reverse("exchange:job_file", args=[filled.job.pk])
    assert client.get(url).status_code == 200

    for one in filled.results:
        del one["place"]
    filled.save(update_fields=["results"])
    assert client.get(url).status_code == 403
    assert url not in client.get(filled.get_absolute_url()).content.decode()


def test_the_same_file_is_kept_once(client, form, street, staff):
    client.force_login(staff)
    url = reverse("reports:keep_form")
    values = {"organization": street.pk, "title": "又一次", KEY: ""}
    page = client.get(url)
    values[KEY] = hidden(page, KEY)
    answer = client.post(
        url, {**values, "upload": upload(blank_form_of(form), "统计表.xlsx")}
    )

    assert says(answer.content.decode(), "已经上传过")
    assert SuperiorForm.objects.count() == 1


def blank_form_of(form):
    """Return the very bytes of a form."""
    return read_file(form.file.path)


def test_a_changed_file_takes_over_what_has_the_same_labels(
    mapped, staff, street, east
):
    rows = [*SHEET[:3], ("甲", None, None, None, None, None), *SHEET[3:5]]
    new = replace_form(mapped, upload(blank_form(rows), "新.xlsx"), by=staff)

    moved = new.cells.get(row=5, column=1)
    assert (moved.indicator, moved.place) == ("members_closing", east)
    assert new.replaces == mapped
    assert new.sha256 != mapped.sha256


def test_a_form_taken_out_is_no_longer_mapped(form, staff):
    void_form(form, by=staff, reason="上传错了表格")

    assert not SuperiorForm.objects.exists()
    with pytest.raises(FormWasVoided):
        map_cell(form, at("B4"), by=staff, **FIGURE)


def test_what_is_no_workbook_is_refused_on_the_form(client, street, staff):
    client.force_login(staff)
    url = reverse("reports:keep_form")
    values = {"organization": street.pk, "title": "网页"}
    values[KEY] = hidden(client.get(url), KEY)
    file = upload(b"<html><table></table></html>", "其实是网页.xlsx")
    answer = client.post(url, {**values, "upload": file})

    assert says(answer.content.decode(), "网页")
    assert not SuperiorForm.objects.exists()
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"%PDF-1.7 ...", "PDF 文件，不是 .xlsx 工作簿"),
        (blank_form([], title=" "), refusal_of(NoCells)),
    ],
    ids=["a PDF file", "no cell"],
)
def test_what_has_no_cells_is_refused_in_words(street, staff, body, words):
    with pytest.raises(DomainError) as refused:
        keep_form(upload(body, "表.xlsx"), title="表", organization=street, by=staff)

    assert words in str(refused.value)
    assert not Attachment.objects.exists()
