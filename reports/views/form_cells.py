"""Views of one cell of a superior's form: what belongs into it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.http import reader
from core.web.components import ActionButton
from core.web.views import ActionView, RowFormView
from organizations.models import Organization
from reports import actions
from reports.forms import MapCellForm
from reports.models import MappedCell, SuperiorForm
from reports.superior_forms.blanks import open_form
from reports.superior_forms.proposals import propose
from reports.views.superior_forms import MappingMixin
from sheets.fill import GridCell, name_cell


class CellMixin(MappingMixin):
    """A view of one cell of a form, named by sheet, row and column."""

    @property
    def position(self) -> tuple[int, int, int]:
        """The cell's sheet, row and column."""
        return (self.kwargs["sheet"], self.kwargs["row"], self.kwargs["column"])

    def find_mapped(self, form: SuperiorForm) -> MappedCell | None:
        """Return what is recorded for the cell."""
        sheet, row, column = self.position
        return form.cells.filter(sheet=sheet, row=row, column=column).first()

    def sheet_url(self, form: SuperiorForm) -> str:
        """Return the page of the cell's sheet."""
        sheet, row, column = self.position
        name = name_cell(row, column)
        return f"{form.get_absolute_url()}?sheet={sheet}#{name}"


class MapCell(CellMixin, RowFormView[SuperiorForm]):
    """Say what belongs into one cell."""

    form_class = MapCellForm
    template_name = "reports/map_cell.html"
    title = _("What belongs into a cell")
    submit_label = _("Save")
    success_message = _("Saved.")

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        self.row = self.get_permitted_object()
        self.blank = open_form(self.row)
        sheet, row, column = self.position
        grid = next((g for g in self.blank.grids if g.number == sheet), None)
        cell = grid.find_cell(row, column) if grid else None
        if cell is None:
            raise Http404
        if not cell.takes_value:
            raise PermissionDenied
        self.cell: GridCell = cell
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        known = self.find_mapped(self.row)
        if known is None:
            proposals = propose(self.row, self.blank)
            known = next((p for p in proposals if p.position == self.position), None)
        return MapCellForm.initial_of(known)

    def get_form_kwargs(self) -> dict[str, Any]:
        places = Organization.objects.open().within(self.row.organization)
        return {**super().get_form_kwargs(), "places": places.order_by("path")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = gettext("Cell %(cell)s") % {"cell": self.cell.name}
        text = self.cell.text.strip()
        stands = gettext("There stands now: “%(text)s”.") % {"text": text}
        known = self.find_mapped(self.row)
        clear = ActionButton(
            _("Nothing belongs here"),
            reverse("reports:clear_cell", args=[self.row.pk, *self.position]),
            danger=True,
        )
        extra = {
            "title": f"{self.row.title} · {title}",
            "lead": stands if text else "",
            "clear_button": clear if known else None,
            "cancel_url": self.sheet_url(self.row),
        }
        return super().get_context_data(**{**extra, **kwargs})

    def run_action(self, form: Any) -> str:
        values = form.action_values()
        actions.map_cell(self.row, self.position, by=reader(self.request), **values)
        return self.sheet_url(self.row)


class ClearCell(CellMixin, ActionView[SuperiorForm]):
    """Say that nothing belongs into a cell after all."""

    success_message = _("Nothing belongs into this cell any more.")

    def run_action(self, obj: SuperiorForm) -> None:
        if cell := self.find_mapped(obj):
            actions.clear_cell(cell, by=reader(self.request))

    def get_success_url(self, obj: SuperiorForm) -> str:
        return self.sheet_url(obj)
