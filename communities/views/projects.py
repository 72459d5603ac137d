"""Projects: the list, one of them, starting, correcting and ending them."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from communities import actions, permissions
from communities.filters import ProjectFilter
from communities.forms import NewProjectForm, ProjectForm
from communities.models import Project
from communities.tables import ProjectTable
from core.months import today
from core.registries.page_sections import sections_for
from core.web.components import DetailRow, Link, Section
from core.web.list_pages import ListPage
from core.web.views import ActionFormView, ChangeView, PermittedObjectMixin, ReasonView
from organizations.closing_blockers import blockers_for
from organizations.models import Organization, Unit


class ProjectList(UserPassesTestMixin, ListPage):
    """Projects of the reader's area."""

    model = Project
    table_class = ProjectTable
    filterset_class = ProjectFilter
    title = _("Co-building projects")
    empty_text = _("No project yet. Start one to have something to measure.")

    def test_func(self) -> bool:
        return permissions.can_see_projects(self.request.user)

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("unit", "organization")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page_actions = [Link(_("Agreements"), reverse("cobuilding:list"))]
        if permissions.can_start_project(self.request.user):
            start = reverse("communities:start_project")
            page_actions.append(
                Link(_("Start a project"), start, "plus-lg", primary=True)
            )
        return super().get_context_data(page_actions=page_actions, **kwargs)


class ProjectDetail(PermittedObjectMixin[Project], TemplateView):
    """One project: its details, and the targets measured over it."""

    model = Project
    template_name = "communities/project.html"

    def get_rows(self) -> Any:
        rows = Project.all_objects.visible_to(self.request.user)
        return rows.select_related("unit", "organization")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        project = self.get_object()
        keeps = permissions.can_change_project(self.request.user, project)
        unsettled = unsettled_rows_of(project) if keeps else []
        return super().get_context_data(
            title=project.name,
            voided=project if project.voided_at else None,
            breadcrumbs=[
                Link(_("Co-building projects"), reverse("communities:projects")),
                Link(project.name),
            ],
            page_actions=page_actions_for(project, unsettled) if keeps else [],
            sections=[Section("", [*detail_rows_of(project), *unsettled])],
            page_sections=sections_for(project, self.request.user),
            **kwargs,
        )


def unsettled_rows_of(project: Project) -> list[DetailRow]:
    """Return what must be settled before a running project can end."""
    left = [] if project.is_over else blockers_for(project, today())
    return [DetailRow(_("To be settled before it ends"), "；".join(left))] * bool(left)


def page_actions_for(project: Project, unsettled: list[DetailRow]) -> list[Link]:
    """Return links to what can be done now with a project that the reader keeps."""
    links = [(_("Change"), "change_project", "pencil")]
    if not project.is_over and not unsettled:
        links.append((_("End …"), "end_project", ""))
    if not actions.kinds_naming(project):
        links.append((_("Void …"), "void_project", ""))
    return [
        Link(label, reverse(f"communities:{name}", args=[project.pk]), icon)
        for label, name, icon in links
    ]


def detail_rows_of(project: Project) -> list[DetailRow]:
    """Return the details of a project."""
    facts = [
        DetailRow(_("Community"), project.organization),
        DetailRow(_("Unit"), project.unit),
        DetailRow(_("Way of co-building"), project.get_tag_display()),
        DetailRow(_("From"), project.starts_on),
        DetailRow(_("Until"), project.last_day),
    ]
    if project.ended_on is not None:
        facts.append(DetailRow(_("Ended on"), project.ended_on))
    return facts


class StartProject(UserPassesTestMixin, ActionFormView):
    """A record keeper starts a project of one of their communities."""

    form_class = NewProjectForm
    title = _("Start a project")
    submit_label = _("Start")
    success_message = _("The project was started.")

    def test_func(self) -> bool:
        return permissions.can_start_project(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        user = self.request.user
        communities = Organization.objects.managed_by(user).communities().open()
        units = Unit.objects.managed_by(user).open()
        return {
            **super().get_form_kwargs(),
            "communities": communities,
            "units": units,
        }

    def run_action(self, form: NewProjectForm) -> str:
        values = form.action_values()
        project = actions.start_project(by=self.request.user, **values)
        return project.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = reverse("communities:projects")
        return super().get_context_data(cancel_url=back, **kwargs)


class ChangeProject(ChangeView[Project]):
    """A record keeper corrects a project."""

    model = Project
    action = staticmethod(actions.change_project)
    form_class = ProjectForm
    title = _("Change the project")

    def has_permission(self, obj: Project) -> bool:
        return permissions.can_change_project(self.request.user, obj)

    def get_form_kwargs(self) -> dict[str, Any]:
        units = Unit.objects.managed_by(self.request.user).open()
        return {**super().get_form_kwargs(), "units": units}


class ProjectReasonView(ReasonView[Project]):
    """A record keeper does something with a project, and says why."""

    model = Project

    def has_permission(self, obj: Project) -> bool:
        return permissions.can_change_project(self.request.user, obj)


class EndProject(ProjectReasonView):
    """A record keeper ends a project."""

    action = staticmethod(actions.end_project)
    title = _("End the project")
    submit_label = _("End the project")
    success_message = _("The project was ended.")
    consequence = _(
        "Nothing new can be done for it. What was done stays, and its targets are still"
        " measured."
    )


class VoidProject(ProjectReasonView):
    """A record keeper voids a project that was started by mistake."""

    action = staticmethod(actions.void_project)
    title = _("Void the project")
    submit_label = _("Void the project")
    success_message = _("The project was voided.")
    consequence = _(
        "It stays on record with the reason, and is offered nowhere any more. This is"
        " for a mistake: a project for which something was done is ended instead."
    )
