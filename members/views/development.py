"""People on the way to membership: the list, each person, and each step."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.http import reader
from core.months import today
from core.registries.page_sections import sections_for
from core.web.components import DetailRow, Link, Section
from core.web.list_pages import ListPage
from core.web.views import (
    ActionFormView,
    PermittedObjectMixin,
)
from members import actions, permissions
from members.development.steps import (
    find_next_steps,
    is_ready_to_admit,
)
from members.enums import DevelopmentStepKind, Standing
from members.filters import DevelopmentFilter
from members.forms import (
    DevelopmentForm,
)
from members.models import Development, DevelopmentStep, Member
from members.tables import DevelopmentTable
from organizations.models import Organization
from organizations.queries import labels_of_code_list
from organizations.roles import MEETING_KEEPERS

education_in_words = labels_of_code_list("education")


def developments_breadcrumb() -> Link:
    """Return the breadcrumb that leads to the list."""
    return Link(DevelopmentList.title, reverse("members:developments"))


def branches_developing(user: Any) -> QuerySet[Organization]:
    """Return the branches for which the reader records who applies."""
    rows = Organization.objects.in_scope_of(user, MEETING_KEEPERS)
    branches: QuerySet[Organization] = rows.open().holding_members().order_by("path")
    return branches


def voters_of(organization: Organization) -> int:
    """Return how many full members belong to an organization today."""
    here = Member.objects.filter(organization=organization, standing=Standing.FULL)
    return int(here.count())


class DevelopmentList(UserPassesTestMixin, ListPage):
    """People on the way to membership in the reader's area."""

    model = Development
    table_class = DevelopmentTable
    filterset_class = DevelopmentFilter
    title = _("People on the way to membership")
    empty_text = _("Nobody here is on the way to membership.")

    def test_func(self) -> bool:
        return permissions.can_view_developments(self.request.user)

    def get_queryset(self) -> Any:
        rows = super().get_queryset().select_related("organization")
        return rows.defer("id_number", "phone").prefetch_related("steps")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        links = [
            Link(
                _("Record an application"),
                reverse("members:start_development"),
                "plus-lg",
                primary=True,
            ),
            Link(_("Probations"), reverse("members:probations"), "calendar-check"),
        ]
        return super().get_context_data(page_actions=links, **kwargs)


class StartDevelopment(UserPassesTestMixin, ActionFormView):
    """Record that somebody applied for membership."""

    form_class = DevelopmentForm
    title = _("Record an application")
    success_message = _("The application is on record. Next comes the talk.")

    def test_func(self) -> bool:
        return permissions.can_view_developments(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        offered = branches_developing(self.request.user)
        return {**super().get_form_kwargs(), "organizations": offered}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            cancel_url=reverse("members:developments"), **kwargs
        )

    def run_action(self, form: Any) -> str:
        row = actions.start_development(by=reader(self.request), **form.action_values())
        return row.get_absolute_url()


class DevelopmentMixin(PermittedObjectMixin[Development]):
    """A page about one person on the way to membership."""

    model = Development

    def get_rows(self) -> Any:
        return super().get_rows().select_related("organization", "member")

    def has_permission(self, obj: Development) -> bool:
        return permissions.can_run_development(self.request.user, obj)


class DevelopmentPage(DevelopmentMixin, TemplateView):
    """One person: what is next and by when, what is on record, and the minutes."""

    template_name = "members/development.html"

    def has_permission(self, obj: Development) -> bool:
        return permissions.can_view_developments(self.request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page, and record who viewed it."""
        actions.record_development_look(self.get_permitted_object(), by=reader(request))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row, user, day = self.get_permitted_object(), self.request.user, today()
        runs = permissions.can_run_development(user, row)
        coming = find_next_steps(row)
        return super().get_context_data(
            title=row.name,
            breadcrumbs=[developments_breadcrumb(), Link(row.name)],
            row=row,
            coming=[
                (step.describe(day), self._address(step.kind) if runs else "")
                for step in coming
            ],
            overdue=any(step.is_overdue(day) for step in coming),
            ready=is_ready_to_admit(row),
            missing=[*self._missing(row)],
            sections=[Section("", [*describe_development(row)])],
            steps=row.steps.select_related("first_person", "second_person"),
            page_actions=[*self._links(row)] if runs else [self._sheet(row)],
            page_sections=sections_for(row, user),
            **kwargs,
        )

    def _address(self, kind: DevelopmentStepKind) -> str:
        return reverse("members:record_step", args=[self.kwargs["pk"], kind.value])

    def _missing(self, row: Development) -> Iterator[Any]:
        """Yield the labels of what the record lacks."""
        labels = {
            "phone": _("Mobile phone"),
            "ethnicity": _("Ethnic group"),
            "education": _("Education"),
        }
        for name, label in labels.items():
            if not getattr(row, name):
                yield label

    def _links(self, row: Development) -> Iterator[Link]:
        steps: list[tuple[Any, str, bool]] = []
        if is_ready_to_admit(row) and permissions.can_admit_developed(
            self.request.user, row
        ):
            steps.append((_("Enter as a member"), "admit_developed", True))
        if row.is_open:
            steps.append((_("Correct the record"), "change_development", False))
            if actions.last_step(row) is not None:
                steps.append((_("Take back the last step"), "take_back_step", False))
            steps.append((_("Stop the development"), "stop_development", False))
        for label, name, primary in steps:
            url = reverse(f"members:{name}", args=[row.pk])
            yield Link(label, url, primary=primary)
        yield self._sheet(row)

    def _sheet(self, row: Development) -> Link:
        url = reverse("members:development_sheet", args=[row.pk])
        return Link(_("Print the sheet"), url)


def describe_development(row: Development) -> Iterator[DetailRow]:
    """Yield what is known of somebody, without any part of the identity number."""
    yield DetailRow(_("State"), row.get_state_display())
    yield DetailRow(_("Stage"), row.stage.label)
    if row.member is not None:
        yield DetailRow(_("Member"), row.member.name, row.member.get_absolute_url())
    if row.reason:
        yield DetailRow(_("Why it was stopped"), row.reason)
    yield DetailRow(_("Party organization"), row.organization.full_name)
    yield DetailRow(_("Sex"), row.get_sex_display())
    yield DetailRow(_("Birth date"), row.birth_date)
    yield DetailRow(_("Mobile phone"), row.masked_phone or None)
    yield DetailRow(_("Ethnic group"), row.ethnicity or None)
    education = education_in_words(row.education) if row.education else None
    yield DetailRow(_("Education"), education)


class DevelopmentSheet(DevelopmentMixin, TemplateView):
    """The sheet of a development on A4: the person, and each step with its day."""

    template_name = "members/development_sheet.html"

    def has_permission(self, obj: Development) -> bool:
        return permissions.can_view_developments(self.request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the sheet, and record who viewed it."""
        actions.record_development_look(self.get_permitted_object(), by=reader(request))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.get_permitted_object()
        steps: dict[str, list[DevelopmentStep | None]] = {}
        for step in row.steps.select_related("first_person", "second_person"):
            steps.setdefault(step.kind, []).append(step)
        return super().get_context_data(
            title=_("Registration sheet of a development"),
            row=row,
            facts=[*describe_development(row)],
            lines=[
                (kind.label, step)
                for kind in DevelopmentStepKind
                for step in steps.get(kind.value, [None])
            ],
            back_url=row.get_absolute_url(),
            printed_on=today(),
            **kwargs,
        )
