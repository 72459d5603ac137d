"""Views of superiors' forms: the list, a form with its cells, what belongs there."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.http import reader
from core.web.components import Link
from core.web.list_pages import ListPage
from core.web.views import (
    ActionFormView,
    PermittedObjectMixin,
    ReasonView,
    RowFormView,
)
from organizations.models import Organization
from reports import actions, permissions
from reports.errors import NothingProposed
from reports.filters import SuperiorFormFilter
from reports.forms import KeepFormForm, ProposalsForm, ReplaceFormForm
from reports.models import MappedCell, SuperiorForm
from reports.querysets import REVIEWERS
from reports.superior_forms.blanks import open_form
from reports.superior_forms.grid_page import find_grid, sheet_links, show_rows
from reports.superior_forms.proposals import propose
from reports.tables import SuperiorFormTable


class SuperiorForms(UserPassesTestMixin, ListPage):
    """The forms of superiors that the person may fill."""

    model = SuperiorForm
    table_class = SuperiorFormTable
    filterset_class = SuperiorFormFilter
    title = _("Superiors' forms")
    empty_text = _(
        "No form of a superior is here yet. Street staff upload the blank .xlsx once"
        " and say what belongs into its cells; then it is filled for any month."
    )

    def test_func(self) -> bool:
        return permissions.can_fill_forms(reader(self.request))

    def get_queryset(self) -> Any:
        rows = super().get_queryset().with_cell_count()
        return rows.select_related("organization", "made_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        upload = Link(
            _("Upload a form"), reverse("reports:keep_form"), "upload", primary=True
        )
        may_keep = permissions.can_keep_forms(reader(self.request))
        return super().get_context_data(
            page_actions=[upload] if may_keep else [],
            empty_action=upload if may_keep else None,
            **kwargs,
        )


class KeepForm(UserPassesTestMixin, ActionFormView):
    """Upload a blank form that a superior sent."""

    form_class = KeepFormForm
    title = _("Upload a form")
    submit_label = _("Upload it")
    success_message = _(
        "The form is here. Say now what belongs into its cells: what the labels tell"
        " is proposed."
    )

    def test_func(self) -> bool:
        return permissions.can_keep_forms(reader(self.request))

    def get_form_kwargs(self) -> dict[str, Any]:
        paths = reader(self.request).scope().paths(REVIEWERS)
        places = Organization.objects.open().filter(path__in=paths).order_by("path")
        return {**super().get_form_kwargs(), "organizations": places}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cancel = reverse("reports:superior_forms")
        return super().get_context_data(cancel_url=cancel, **kwargs)

    def run_action(self, form: Any) -> str:
        values = form.action_values()
        kept = actions.keep_form(
            values["upload"],
            title=values["title"],
            organization=values["organization"],
            by=reader(self.request),
        )
        return kept.get_absolute_url()


class FormMixin(PermittedObjectMixin[SuperiorForm]):
    """A view of one form, for those who may fill it."""

    model = SuperiorForm

    def get_rows(self) -> Any:
        rows = super().get_rows()
        return rows.select_related("organization", "file", "made_by", "replaces")

    def has_permission(self, obj: SuperiorForm) -> bool:
        return True


class MappingMixin(FormMixin):
    """A view for those who say what belongs into the cells of the form."""

    def has_permission(self, obj: SuperiorForm) -> bool:
        return permissions.can_map(reader(self.request), obj)


class SuperiorFormPage(FormMixin):
    """A form as a grid, with what belongs into its cells and what is proposed."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show one sheet of the form."""
        row = self.get_permitted_object()
        may_map = permissions.can_map(reader(request), row)
        blank = open_form(row)
        grid = find_grid(blank, request.GET.get("sheet", ""))
        proposals = propose(row, blank) if may_map else []
        count = row.cells.count()
        context = {
            "title": row.title,
            "lead": row.organization.name,
            "grid": grid,
            "sheets": sheet_links(row, blank, grid),
            "rows": show_rows(row, grid, proposals, may_map=may_map),
            "may_map": may_map,
            "count": count,
            "proposal_count": len(proposals),
            "proposals_url": reverse("reports:proposals", args=[row.pk]),
            "filled": row.filled.visible_to(request.user).select_related(
                "organization", "job"
            )[:5],
            "page_actions": self._ways_on(row, count, may_map=may_map),
        }
        return render(request, "reports/superior_form.html", context)

    def _ways_on(self, row: SuperiorForm, count: int, *, may_map: bool) -> list[Link]:
        fill = Link(
            _("Fill it"),
            reverse("reports:fill_form", args=[row.pk]),
            "check-circle",
            primary=True,
        )
        changed = Link(
            _("The superior changed it"),
            reverse("reports:replace_form", args=[row.pk]),
            "upload",
        )
        void = Link(_("Take it out"), reverse("reports:void_form", args=[row.pk]))
        return [*([fill] if count else []), *([changed, void] if may_map else [])]


class ReplaceForm(MappingMixin, RowFormView[SuperiorForm]):
    """Upload the form as the superior changed it."""

    form_class = ReplaceFormForm
    title = _("The superior changed the form")
    submit_label = _("Upload it")
    success_message = _(
        "The changed form is here; what belongs into cells with the same labels was"
        " carried over. Check the others."
    )

    def run_action(self, form: Any) -> str:
        upload = form.cleaned_data["upload"]
        new = actions.replace_form(self.row, upload, by=reader(self.request))
        return new.get_absolute_url()


class VoidForm(MappingMixin, ReasonView[SuperiorForm]):
    """Take a form out of the list."""

    read_with = ("file",)
    action = staticmethod(actions.void_form)
    title = _("Take the form out")
    submit_label = _("Take it out")
    consequence = _(
        "It is no longer filled for anybody. What was filled from it stays listed."
    )
    success_message = _("The form was taken out of the list.")

    def get_success_url(self) -> str:
        return reverse("reports:superior_forms")


class Proposals(MappingMixin, RowFormView[SuperiorForm]):
    """Take over what the labels of a form tell about its cells."""

    form_class = ProposalsForm
    title = _("Proposed from the labels")
    submit_label = _("Take over what is ticked")

    @cached_property
    def proposals(self) -> list[MappedCell]:
        """What the labels tell about cells for which nothing is recorded."""
        return propose(self.row, open_form(self.row))

    def refuse_beforehand(self) -> None:
        if not self.proposals:
            raise NothingProposed

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "proposals": self.proposals}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lead = gettext(
            "Each cell, and what its row and its column say. Take the tick away where"
            " it is wrong; everything can be corrected afterwards."
        )
        return super().get_context_data(**{"lead": lead, **kwargs})

    def run_action(self, form: Any) -> None:
        count = actions.map_cells(self.row, form.chosen(), by=reader(self.request))
        self.success_message = ngettext(
            "%(count)d proposal was taken over.",
            "%(count)d proposals were taken over.",
            count,
        ) % {"count": count}
