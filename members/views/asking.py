"""Ask for an opinion: from a member's page, for a unit, or about somebody in words."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cases.models import CaseKind
from core.actors import scope_of
from core.db.tree import ancestor_paths
from core.web.components import Link
from core.web.views import ActionFormView, RowFormView
from members import actions, permissions
from members.actions.membership_bounds import refuse_ended_membership
from members.forms import (
    AskForBodyForm,
    AskForUnitAboutPersonForm,
    AskOpinionForm,
    RecordLetterOfOpinionForm,
)
from members.models import Member
from members.views.opinions import list_breadcrumb
from organizations.models import Organization, Unit
from organizations.querysets import OrganizationQuerySet

SENT = _("The question was sent. The letter can be printed from this page.")


class AskAboutMember(RowFormView[Member]):
    """Base of the forms that ask about a member."""

    model = Member
    title = _("Ask for an opinion")
    submit_label = _("Send the question")
    success_message = SENT

    def refuse_beforehand(self) -> None:
        refuse_ended_membership(self.row)

    def get_form_kwargs(self) -> dict[str, Any]:
        kinds = CaseKind.objects.asking_opinions()
        return {**super().get_form_kwargs(), "kinds": kinds}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row.name, **kwargs)


class AskOpinion(AskAboutMember):
    """A Party body asks about one of its members."""

    form_class = AskForBodyForm

    def has_permission(self, obj: Member) -> bool:
        return permissions.can_ask_for_body(self.request.user, obj)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the member's organization and those above it in the own area."""
        home = self.row.organization
        path = home.path if home is not None else ""
        rows = Organization.objects.managed_by(self.request.user).open()
        above = rows.filter(path__in=[*ancestor_paths(path), path])
        return {**super().get_form_kwargs(), "organizations": above.order_by("-path")}

    def run_action(self, form: Any) -> str:
        row = actions.ask_opinion(
            self.row, by=self.request.user, **form.action_values()
        )
        return row.get_absolute_url()


class AskForUnit(AskAboutMember):
    """A unit's liaison asks about one of its own people."""

    form_class = AskOpinionForm

    def get_rows(self) -> Any:
        return Member.objects.current().employed_at(scope_of(self.request.user).units())

    def has_permission(self, obj: Member) -> bool:
        return permissions.can_ask_for_unit(self.request.user, obj)

    def get_cancel_url(self) -> str:
        return reverse("members:unit_people")

    def run_action(self, form: Any) -> str:
        row = actions.ask_opinion(
            self.row,
            by=self.request.user,
            unit=self.row.employer,
            **form.action_values(),
        )
        return row.get_absolute_url()


class AskAboutPerson(UserPassesTestMixin, ActionFormView):
    """Ask about somebody named in words: a liaison, or an office from a letter."""

    title = _("Ask about somebody named in words")
    submit_label = _("Send the question")
    success_message = SENT

    def test_func(self) -> bool:
        return permissions.can_see_opinions(self.request.user)

    @cached_property
    def records_letters(self) -> bool:
        """Whether the reader records an office's letter; else a liaison asks."""
        return permissions.can_admit(self.request.user)

    def own_units(self) -> Any:
        """Return the units for which a liaison asks."""
        units = scope_of(self.request.user).units()
        return Unit.objects.filter(pk__in=units).open().order_by("name", "pk")

    def get_form_class(self) -> Any:
        if self.records_letters:
            return RecordLetterOfOpinionForm
        return AskForUnitAboutPersonForm

    def places(self) -> OrganizationQuerySet:
        """Return who can be asked: the own streets and communities, or any street."""
        rows = Organization.objects.open().order_by("path")
        if self.records_letters:
            rows = rows.managed_by(self.request.user)
            return rows.streets() | rows.communities()
        hosts = rows.filter(pk__in=self.own_units().order_by().values("host"))
        return rows.streets() | hosts.communities()

    def get_form_kwargs(self) -> dict[str, Any]:
        kinds = CaseKind.objects.asking_opinions()
        own = {} if self.records_letters else {"units": self.own_units()}
        offered = {"kinds": kinds, "places": self.places(), **own}
        return {**super().get_form_kwargs(), **offered}

    def run_action(self, form: Any) -> str:
        values = form.action_values()
        names = ("person", "position", "workplace")
        person, position, workplace = (values.pop(name) for name in names)
        row = actions.ask_opinion(
            actions.PersonNamed(person, position, workplace),
            by=self.request.user,
            **values,
        )
        return row.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = [list_breadcrumb(), Link(self.title)]
        cancel = reverse("members:opinions")
        return super().get_context_data(breadcrumbs=crumbs, cancel_url=cancel, **kwargs)
