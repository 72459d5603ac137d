"""Fill a superior's form: the work of a job."""

from collections import Counter
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.core.files.base import File
from django.utils import translation
from django.utils.translation import gettext as _

from core.dates import format_month
from core.db.locks import one_snapshot
from core.months import today
from exchange.job_kinds import JobResult, Progress, may_sign_in
from exchange.models import Job
from exchange.stored_files import open_plain_copy
from figures.formatting import format_figure
from organizations.month_tree import get_organization_at
from reports.actions.filled_forms import keep_filled_form
from reports.enums import CellContent, CellOutcome
from reports.models import FilledForm, MappedCell
from reports.permissions import can_export
from reports.superior_forms.describing import describe_cell
from reports.superior_forms.numbers import CellNumber, Numbers
from reports.superior_forms.results import WRITTEN, may_read_all
from reports.superior_forms.texts import Occasion
from reports.superior_forms.unset_cells import count_unset
from sheets.fill import fill_cells, name_cell, open_blank

COUNTED_PERCENT = 80
"""Most of the work is counting the numbers; the rest is writing the parts."""


def fill_form(job: Job, progress: Progress) -> JobResult:
    """Count what belongs into the cells, write the workbook, and keep both."""
    filled = _filled_form(job)
    with translation.override(filled.language), one_snapshot():
        values, results = _count_cells(filled, progress)
        with open_plain_copy(filled.form.file.path) as path:
            body = fill_cells(path, values, progress=_rest(progress))
            blank = open_blank(path, filename=filled.form.file.original_name)
    names = {grid.number: grid.name for grid in blank.grids}
    for one in results:
        one["sheet_name"] = names.get(one["sheet"], "")
    with translation.override(filled.language):
        file = File(BytesIO(body), _file_name(filled))
        attachment = keep_filled_form(filled, file, results)
        states = Counter(CellOutcome(one["state"]) for one in results)
        written = sum(states[state] for state in WRITTEN)
        words = _("%(filled)s of %(all)s cells were filled; %(blank)s were left blank.")
        message = words % {
            "filled": written,
            "all": len(results),
            "blank": len(results) - written,
        }
        if unset := count_unset(
            blank, {cell.position for cell in filled.form.cells.all()}
        ):
            more = _("Nothing is set for %(count)s more blank cells.")
            message += more % {"count": unset}
    return JobResult(message, attachment, len(results))


def may_have_filled_form(job: Job) -> bool:
    """Whether the job's owner still may take all the numbers in the workbook along."""
    filled = _filled_form(job)
    owner = filled.asked_by
    held = can_export(owner, filled.organization) and may_read_all(filled, owner)
    return may_sign_in(job) and held


def _filled_form(job: Job) -> FilledForm:
    rows = FilledForm.objects.select_related(
        "form__file", "form__organization", "organization", "asked_by"
    )
    return rows.get(pk=job.subject)


def _file_name(filled: FilledForm) -> str:
    month = f"{filled.month:%Y-%m}"
    return f"{filled.form.title}-{filled.organization.name}-{month}.xlsx"


def _rest(progress: Progress) -> Any:
    """Report the parts of the workbook as the last of the work."""

    def report(done: int, parts: int) -> None:
        progress(COUNTED_PERCENT + done * (100 - COUNTED_PERCENT) // max(parts, 1))

    return report


def _count_cells(
    filled: FilledForm, progress: Progress
) -> tuple[dict[int, dict[tuple[int, int], Decimal | str]], list[dict[str, Any]]]:
    cells = list(filled.form.cells.select_related("place"))
    keys = [cell.indicator for cell in cells if cell.indicator]
    numbers = Numbers(keys, filled.asked_by, keeper=filled.form.organization)
    occasion = _occasion(filled)
    values: dict[int, dict[tuple[int, int], Decimal | str]] = {}
    results = []
    for done, cell in enumerate(cells, start=1):
        value, number = _fill_cell(cell, filled, numbers, occasion)
        if value is not None:
            values.setdefault(cell.sheet, {})[cell.row, cell.column] = value
        results.append(_describe(cell, filled, number, value))
        progress(done * COUNTED_PERCENT // len(cells))
    return values, results


def _occasion(filled: FilledForm) -> Occasion:
    then = get_organization_at(filled.organization_id, filled.month)
    return Occasion(
        then.full_name if then else filled.organization.full_name,
        filled.month,
        str(filled.asked_by),
        today(),
    )


def _fill_cell(
    cell: MappedCell, filled: FilledForm, numbers: Numbers, occasion: Occasion
) -> tuple[Decimal | str | None, CellNumber]:
    if cell.content != CellContent.FIGURE:
        return occasion.write(cell), CellNumber(CellOutcome.FILLED)
    place = cell.place or filled.organization
    number = numbers.read(cell, place, filled.month)
    if number.state not in WRITTEN:
        return None, number
    return number.value / cell.divisor, number


def _describe(
    cell: MappedCell,
    filled: FilledForm,
    number: CellNumber,
    value: Decimal | str | None,
) -> dict[str, Any]:
    """Return what came of a cell, for its list; numbers as the form has them."""
    shown = value or ""
    is_figure = cell.content == CellContent.FIGURE
    if isinstance(value, Decimal):
        shown = format_figure(cell.indicator, number.value, cell.divisor)
    return {
        "sheet": cell.sheet,
        "cell": name_cell(cell.row, cell.column),
        "content": describe_cell(cell, filled.month),
        "month": format_month(filled.month),
        "value": shown,
        "state": number.state.value,
        "note": number.note,
        "place": (cell.place_id or filled.organization_id) if is_figure else None,
        "band_of": cell.indicator if cell.band else "",
    }
