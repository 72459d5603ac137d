"""Pages of targets: add, remove, follow, and the rows of each month."""

import datetime as dt
from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from cobuilding import actions, permissions
from cobuilding.forms import TargetForm
from cobuilding.models import Agreement, Target
from cobuilding.queries import covers_month, rows_of_target
from cobuilding.views.agreements import breadcrumbs_for
from communities.models import Project
from core.actors import Actor
from core.dates import format_month
from core.numbers import format_number
from core.web.components import DetailRow, Link, Section
from core.web.exports import ExportedPage
from core.web.views import ActionView, PermittedObjectMixin, RowFormView
from figures.drilldown import readable_columns
from figures.row_table import build_row_table


class AddTarget(RowFormView[Agreement]):
    """A record keeper adds a target to a draft."""

    model = Agreement
    action = staticmethod(actions.add_target)
    form_class = TargetForm
    title = _("Add a target")
    submit_label = _("Add")
    success_message = _("The target was added.")

    def has_permission(self, obj: Agreement) -> bool:
        return permissions.can_change_agreement(self.request.user, obj)

    def get_form_kwargs(self) -> dict[str, Any]:
        projects = Project.objects.shared_with(
            self.row.unit_id, organization_id=self.row.organization_id
        )
        return {**super().get_form_kwargs(), "projects": projects}


class RemoveTarget(ActionView[Target]):
    """A record keeper removes a target from a draft."""

    model = Target
    success_message = _("The target was taken out.")

    def get_rows(self) -> Any:
        return super().get_rows().select_related("agreement")

    def has_permission(self, obj: Target) -> bool:
        return permissions.can_change_agreement(self.request.user, obj.agreement)

    def run_action(self, obj: Target) -> None:
        actions.remove_target(obj, by=self.request.user)

    def get_success_url(self, obj: Target) -> str:
        return obj.agreement.get_absolute_url()


class TargetMixin(PermittedObjectMixin[Target], TemplateView):
    """A page about one target."""

    model = Target

    def get_rows(self) -> Any:
        return (
            super()
            .get_rows()
            .select_related("agreement__unit", "agreement__organization", "project")
        )


class TargetDetail(TargetMixin):
    """One target and its progress month by month."""

    template_name = "cobuilding/target.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        target, user = self.get_object(), self.request.user
        agreement = target.agreement
        up = Link(agreement.title, agreement.get_absolute_url())
        return super().get_context_data(
            title=str(target),
            target=target,
            progress=target.progress.select_related("target").order_by("-month"),
            breadcrumbs=breadcrumbs_for(user, up, Link(str(target))),
            sections=[Section("", detail_rows_of(target, user))],
            **kwargs,
        )


def detail_rows_of(target: Target, user: Actor) -> list[DetailRow]:
    """Return the details of a target; only some readers may open its project."""
    measure, project = target.measure, target.project
    goal, began = (
        f"{format_number(value, measure.decimals)} {measure.unit}"
        for value in (target.goal, target.baseline)
    )
    url = project.get_absolute_url() if permissions.can_see_agreements(user) else ""
    return [
        DetailRow(_("Project"), project, url),
        DetailRow(_("Measured by"), measure.label),
        DetailRow(_("Whose work counts"), target.get_work_of_display()),
        DetailRow(_("Goal"), goal),
        DetailRow(_("Where it stood at the beginning"), began),
        DetailRow(_("Due on"), target.due_on),
        DetailRow(_("Who answers for it"), target.owner_name),
    ]


class TargetRows(ExportedPage, TargetMixin):
    """The rows that make up a target's figure of one month."""

    template_name = "cobuilding/target_rows.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        target, month, user = self.get_object(), self.month(), self.request.user
        if not covers_month(target.agreement, month):
            raise Http404
        rows = rows_of_target(target, month)
        seen = rows
        if not permissions.speaks_for(user, target.agreement.unit_id):
            seen = rows.filter(pk__in=rows.model._default_manager.visible_to(user))
        organization = target.agreement.organization
        columns = readable_columns(target.measure.source, organization, user)
        table = build_row_table(
            target.measure, month, seen.order_by("pk"), columns, self.request
        )
        return super().get_context_data(
            title=_("Rows of the figure"),
            lead=f"{target} · {format_month(month)}",
            target=target,
            figure=target.measure.measure(rows),
            table=table,
            hidden=rows.count() - seen.count(),
            breadcrumbs=breadcrumbs_for(
                user,
                Link(target.agreement.title, target.agreement.get_absolute_url()),
                Link(str(target), target.get_absolute_url()),
                Link(format_month(month)),
            ),
            **kwargs,
        )

    def month(self) -> dt.date:
        """Return the month the address names."""
        try:
            return dt.date(self.kwargs["year"], self.kwargs["month"], 1)
        except ValueError as error:
            raise Http404 from error
