"""Projects: the list, one of them, starting, correcting and ending them."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from cobuilding import actions, permissions
from cobuilding.filters import ProjectFilter
from cobuilding.forms import NewProjectForm, ProjectForm
from cobuilding.models import Project
from cobuilding.tables import ProjectTable
from cobuilding.views.agreements import Begin
from core.pages import Fact, Section, Way
from core.views import ChangeView, ListPage, OverRow, ReasonView
from organizations.models import Unit


class ProjectList(UserPassesTestMixin, ListPage):
    """Projects of the reader's area."""

    model = Project
    table_class = ProjectTable
    filterset_class = ProjectFilter
    title = _("Co-building projects")
    empty_text = _("No project yet. Start one to have something to measure.")

    def test_func(self) -> bool:
        return permissions.can_look(self.request.user)

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("unit", "organization")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ways = [Way(_("Agreements"), reverse("cobuilding:list"))]
        if permissions.can_keep(self.request.user):
            start = reverse("cobuilding:start_project")
            ways.append(Way(_("Start a project"), start, "plus-lg", primary=True))
        return super().get_context_data(page_actions=ways, **kwargs)


class ProjectDetail(OverRow[Project], TemplateView):
    """One project: its facts, and the targets that are measured over it."""

    model = Project
    template_name = "cobuilding/project.html"

    def get_rows(self) -> Any:
        return super().get_rows().select_related("unit", "organization")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        project = self.get_object()
        ways = []
        if permissions.can_change_project(self.request.user, project):
            change = reverse("cobuilding:change_project", args=[project.pk])
            end = reverse("cobuilding:end_project", args=[project.pk])
            ways = [Way(_("Change"), change, "pencil"), Way(_("End …"), end)]
        targets = project.targets.visible_to(self.request.user)
        return super().get_context_data(
            title=project.name,
            breadcrumbs=[
                Way(_("Co-building projects"), reverse("cobuilding:projects")),
                Way(project.name),
            ],
            page_actions=ways,
            sections=[Section("", facts_of(project))],
            targets=targets.select_related("agreement__unit", "project"),
            **kwargs,
        )


def facts_of(project: Project) -> list[Fact]:
    """Return what a project's page says of it."""
    return [
        Fact(_("Community"), project.organization),
        Fact(_("Unit"), project.unit),
        Fact(_("Way of co-building"), project.get_tag_display()),
        Fact(_("From"), project.starts_on),
        Fact(_("Until"), project.last_day),
    ]


class StartProject(Begin):
    """A record keeper starts a project of one of his communities."""

    form_class = NewProjectForm
    title = _("Start a project")
    submit_label = _("Start")
    success_message = _("The project was started.")

    def act(self, form: NewProjectForm) -> str:
        values = form.deed_values()
        project = actions.start_project(by=self.request.user, **values)
        return project.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = reverse("cobuilding:projects")
        return super().get_context_data(cancel_url=back, **kwargs)


class ChangeProject(ChangeView[Project]):
    """A record keeper corrects a project."""

    model = Project
    form_class = ProjectForm
    title = _("Change the project")

    def allowed(self, obj: Project) -> bool:
        return permissions.can_change_project(self.request.user, obj)

    def get_form_kwargs(self) -> dict[str, Any]:
        units = Unit.objects.managed_by(self.request.user).open()
        return {**super().get_form_kwargs(), "units": units}

    def act(self, form: ProjectForm) -> str:
        values = form.deed_values()
        actions.change_project(self.row, by=self.request.user, **values)
        return self.row.get_absolute_url()


class EndProject(ReasonView[Project]):
    """A record keeper ends a project."""

    model = Project
    title = _("End the project")
    submit_label = _("End the project")
    success_message = _("The project was ended.")
    consequence = _(
        "Nothing new can be done for it. What was done stays, and its targets are still"
        " measured."
    )

    def allowed(self, obj: Project) -> bool:
        return permissions.can_change_project(self.request.user, obj)

    def deed(self, reason: str) -> None:
        actions.end_project(self.row, by=self.request.user, reason=reason)
