"""The form of a superior, as a city sends it, with what belongs into its cells."""

from io import BytesIO

import xlsxwriter
from django.core.files.base import ContentFile

from accounts.models import User
from organizations.models import Organization
from organizations.queries import street_above
from reports.actions import keep_form, map_cells
from reports.superior_forms.blanks import open_form
from reports.superior_forms.proposals import propose

TITLE = "街道党建工作情况统计表"
HEADINGS = ("社区", "党员总数", "女党员", "男党员", "党员大会", "支出（万元）")


def make_superior_form(community: Organization, staff: User) -> None:
    """Upload the form for a community's street and take over what its labels tell."""
    street = street_above(community) or community
    upload = ContentFile(_write_blank(street), name=f"{TITLE}.xlsx")
    form = keep_form(upload, title=TITLE, organization=street, by=staff)
    map_cells(form, propose(form, open_form(form)), by=staff)


def _write_blank(street: Organization) -> bytes:
    """Return a blank form with a row for each community, and totals as formulas."""
    buffer = BytesIO()
    names = list(street.children.order_by("path").values_list("name", flat=True))
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("统计表")
        boxed = book.add_format({"border": 1, "align": "center"})
        heading = book.add_format({"border": 1, "align": "center", "bold": True})
        title = book.add_format({"bold": True, "font_size": 18, "align": "center"})
        sheet.set_column(0, len(HEADINGS) - 1, 14)
        last = len(HEADINGS) - 1
        sheet.merge_range(0, 0, 0, last, TITLE, title)
        sheet.merge_range(1, 0, 1, last, "填报单位：                 年   月")
        sheet.write_row(2, 0, HEADINGS, heading)
        for row, name in enumerate(names, start=3):
            sheet.write_row(row, 0, [name, *[""] * last], boxed)
            sheet.write_formula(row, 3, f"=B{row + 1}-C{row + 1}", boxed)
        total = len(names) + 3
        sheet.write(total, 0, "合计", heading)
        for column in range(1, len(HEADINGS)):
            letter = chr(65 + column)
            sheet.write_formula(
                total, column, f"=SUM({letter}4:{letter}{total})", boxed
            )
        sheet.write_row(total + 1, 0, ["填表人", "", "填表日期", ""])
        sheet.print_area(0, 0, total + 1, last)
    return buffer.getvalue()
