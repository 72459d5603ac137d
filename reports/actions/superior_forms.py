"""Keep the forms that superiors send, and say what belongs into their cells."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit
from core.actions import action
from core.db.constraints import validate
from exchange.actions import store_file
from exchange.stored_files import hold_plain_copy
from figures.definitions import Kind, indicators
from organizations.models import Organization
from reports.enums import ADDED_UP
from reports.errors import (
    FormulaStays,
    FormWasVoided,
    NoCells,
    NoSuchCell,
    NoTotalOverMonths,
)
from reports.models import MappedCell, SuperiorForm
from reports.superior_forms.blanks import open_form
from reports.superior_forms.carrying_over import carry_over
from sheets.fill import Blank, GridCell, name_cell, open_blank


@action(label=_("Superior's form uploaded"))
def keep_form(
    upload: File, *, title: str, organization: Organization, by: User
) -> SuperiorForm:
    """Keep a blank workbook of a superior; refuse what cannot be filled safely."""
    _open_upload(upload)
    return _store(upload, title=title, organization=organization, by=by)


@action(label=_("Changed superior's form uploaded"))
def replace_form(form: SuperiorForm, upload: File, *, by: User) -> SuperiorForm:
    """Keep a form that the superior changed, in place of the former one.

    What belongs into cells with the same labels around them is carried over.
    """
    old = lock_form(form)
    new_blank, old_blank = _open_upload(upload), open_form(old)
    new = _store(
        upload, title=old.title, organization=old.organization, by=by, replaces=old
    )
    carried = carry_over(old, old_blank, new, new_blank)
    MappedCell.objects.bulk_create(carried)
    _record_cells(new, carried, by)
    return new


def _open_upload(upload: File) -> Blank:
    body = b"".join(upload.chunks())
    upload.seek(0)
    with hold_plain_copy(body) as path:
        blank = open_blank(path, filename=upload.name or "")
    if not any(cell.text.strip() for cell in _cells_of(blank)):
        raise NoCells
    return blank


def _cells_of(blank: Blank) -> Iterator[GridCell]:
    for grid in blank.grids:
        for row in grid.rows:
            yield from row.cells


def _store(
    upload: File,
    *,
    title: str,
    organization: Organization,
    by: User,
    replaces: SuperiorForm | None = None,
) -> SuperiorForm:
    attachment = store_file(upload, organization=organization, by=by)
    form = SuperiorForm(
        organization=organization,
        title=title,
        file=attachment,
        sha256=attachment.sha256,
        replaces=replaces,
        made_by=by,
    )
    validate(form)
    form.save()
    audit.record(
        form,
        by=by,
        organization_id=organization.pk,
        after={"title": title, "sha256": attachment.sha256},
    )
    return form


@action(label=_("Superior's form taken out"))
def void_form(form: SuperiorForm, *, by: User, reason: str) -> None:
    """Take a form out of the list; what was filled from it stays listed."""
    row = lock_form(form)
    row.save(update_fields=row.void(reason))
    audit.record_void(row, by=by, organization_id=row.organization_id, reason=reason)


@action(label=_("Content of a cell set"))
def map_cell(
    form: SuperiorForm, position: tuple[int, int, int], *, by: User, **values: Any
) -> MappedCell:
    """Say what belongs into a cell, given by sheet, row and column.

    Refuses formulas, cells that are not there and totals of what has none.
    """
    row = lock_form(form)
    sheet, number, column = position
    _require_cell(open_form(row), position)
    cell = row.cells.filter(
        sheet=sheet, row=number, column=column
    ).first() or MappedCell(form=row, sheet=sheet, row=number, column=column)
    before = audit.snapshot(cell, *MappedCell.said) if cell.pk else {}
    for name, value in values.items():
        setattr(cell, name, value)
    _require_total(cell)
    validate(cell)
    cell.save()
    _record(cell, by, before=before)
    return cell


@action(label=_("Proposed contents of cells taken over"))
def map_cells(form: SuperiorForm, cells: Iterable[MappedCell], *, by: User) -> int:
    """Take over proposals for cells into which nothing belongs yet; return how many."""
    row = lock_form(form)
    mapped = {cell.position for cell in row.cells.all()}
    chosen = [cell for cell in cells if cell.position not in mapped]
    for cell in chosen:
        cell.form = row
        validate(cell)
    MappedCell.objects.bulk_create(chosen)
    _record_cells(row, chosen, by)
    return len(chosen)


@action(label=_("Content of a cell taken away"))
def clear_cell(cell: MappedCell, *, by: User) -> None:
    """Say that nothing belongs into a cell after all."""
    row = lock_form(cell.form)
    _record(cell, by, before=audit.snapshot(cell, *MappedCell.said), gone=True)
    row.cells.filter(pk=cell.pk).delete()


def lock_form(form: SuperiorForm) -> SuperiorForm:
    """Lock a form until the end of the transaction; refuse one that was taken out."""
    rows = SuperiorForm.all_objects.select_for_update(of=("self",))
    row = rows.select_related("organization", "file").get(pk=form.pk)
    if row.voided_at is not None:
        raise FormWasVoided
    return row


def _require_cell(blank: Blank, position: tuple[int, int, int]) -> None:
    sheet, row, column = position
    grid = next((one for one in blank.grids if one.number == sheet), None)
    cell = grid.find_cell(row, column) if grid else None
    if cell is None:
        raise NoSuchCell(cell=name_cell(row, column))
    if not cell.takes_value:
        raise FormulaStays(cell=cell.name)


def _require_total(cell: MappedCell) -> None:
    if cell.period in ADDED_UP and cell.indicator in indicators:
        indicator = indicators.get(cell.indicator)
        if indicator.kind == Kind.STOCK:
            raise NoTotalOverMonths(label=indicator.label)


def _record(
    cell: MappedCell, by: User, *, before: dict[str, Any], gone: bool = False
) -> None:
    """Record at the form what belonged into a cell, and what belongs there now."""
    name = _name_of(cell)
    audit.record(
        cell.form,
        by=by,
        organization_id=cell.form.organization_id,
        before={"cell": name, **before} if before else {},
        after={} if gone else {"cell": name, **audit.snapshot(cell, *MappedCell.said)},
    )


def _record_cells(form: SuperiorForm, cells: Iterable[MappedCell], by: User) -> None:
    """Record at the form into which cells something belongs from now on."""
    if names := [_name_of(cell) for cell in cells]:
        audit.record(
            form,
            by=by,
            organization_id=form.organization_id,
            after={"cells": "、".join(names)},
        )


def _name_of(cell: MappedCell) -> str:
    """Return what a cell is called: B7, or 2!B7 on the second sheet."""
    name = name_cell(cell.row, cell.column)
    return f"{cell.sheet + 1}!{name}" if cell.sheet else name
