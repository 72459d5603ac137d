"""The register of resident units, kept by each community for itself."""

import copy
from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.actors import Actor
from core.months import today
from core.registries.page_sections import sections_for
from core.text import StrOrPromise
from core.web.components import DetailRow, Link, Section
from core.web.list_pages import ListPage
from core.web.views import ActionFormView, ChangeView, PermittedObjectMixin, ReasonView
from organizations import actions, permissions
from organizations.closing_blockers import blockers_for
from organizations.filters import UnitFilter
from organizations.forms import ChangeUnitForm, NewUnitForm
from organizations.models import Organization, Unit
from organizations.queries import labels_of_code_list
from organizations.tables import UnitTable
from organizations.unit_closers import unit_closers

sector_in_words = labels_of_code_list("org_sectors")


def kept_communities(user: Actor) -> QuerySet[Organization]:
    """Return the communities whose register the person keeps."""
    return Organization.objects.managed_by(user).communities().open()


def list_breadcrumb() -> Link:
    """Return the breadcrumb of the register."""
    return Link(_("Resident units"), reverse("organizations:units"))


class UnitList(UserPassesTestMixin, ListPage):
    """The resident units of the reader's area."""

    model = Unit
    table_class = UnitTable
    filterset_class = UnitFilter
    title = _("Resident units")
    empty_text = _("No resident unit yet. Enter those of your community.")

    def test_func(self) -> bool:
        return permissions.can_see_units(self.request.user)

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("host").order_by("name", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page_actions = []
        if permissions.can_enter_units(self.request.user):
            enter = reverse("organizations:enter_unit")
            page_actions = [Link(_("Enter a unit"), enter, "plus-lg", primary=True)]
        return super().get_context_data(page_actions=page_actions, **kwargs)


class UnitDetail(PermittedObjectMixin[Unit], TemplateView):
    """One resident unit."""

    model = Unit
    template_name = "organizations/unit.html"

    def get_rows(self) -> Any:
        return super().get_rows().select_related("host")

    def has_permission(self, obj: Unit) -> bool:
        return permissions.can_see_units(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        unit, user = self.get_permitted_object(), self.request.user
        keeps = unit.ended_on is None and permissions.can_change_unit(user, unit)
        left = blockers_for(unit, today()) if keeps else []
        rows = detail_rows_of(unit)
        if left:
            label = _("To be settled before it is taken off the register")
            rows.append(DetailRow(label, "；".join(left)))
        page_actions = []
        if keeps:
            change = reverse("organizations:change_unit", args=[unit.pk])
            page_actions.append(Link(_("Change"), change, "pencil"))
        if keeps and not left:
            end = reverse("organizations:end_unit", args=[unit.pk])
            page_actions.append(Link(_("Take off the register …"), end))
        return super().get_context_data(
            title=unit.name,
            breadcrumbs=[list_breadcrumb(), Link(unit.name)],
            page_actions=page_actions,
            sections=[Section("", rows)],
            page_sections=sections_for(unit, user),
            **kwargs,
        )


def detail_rows_of(unit: Unit) -> list[DetailRow]:
    """Return the details of a unit."""
    sector = sector_in_words(unit.sector) if unit.sector else None
    return [
        DetailRow(_("Social credit code"), unit.credit_code),
        DetailRow(_("Sector"), sector),
        DetailRow(_("Community"), unit.host),
        DetailRow(_("Address of the unit"), unit.address or None),
        DetailRow(_("Off the register since"), unit.ended_on),
    ]


class EnterUnit(UserPassesTestMixin, ActionFormView):
    """A record keeper enters a unit of one of their communities."""

    form_class = NewUnitForm
    title = _("Enter a unit")
    submit_label = _("Enter")
    success_message = _("The unit was entered.")

    def test_func(self) -> bool:
        return permissions.can_enter_units(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        communities = kept_communities(self.request.user)
        return {**super().get_form_kwargs(), "communities": communities}

    def run_action(self, form: NewUnitForm) -> str:
        unit = actions.record_unit(by=self.request.user, **form.action_values())
        return unit.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = [list_breadcrumb(), Link(self.title)]
        cancel = reverse("organizations:units")
        return super().get_context_data(breadcrumbs=crumbs, cancel_url=cancel, **kwargs)


class ChangeUnit(ChangeView[Unit]):
    """A record keeper corrects what the register says of a unit."""

    model = Unit
    form_class = ChangeUnitForm
    title = _("Change the unit")

    def get_rows(self) -> Any:
        return Unit.objects.visible_to(self.request.user).open()

    def has_permission(self, obj: Unit) -> bool:
        return permissions.can_change_unit(self.request.user, obj)

    def get_form_kwargs(self) -> dict[str, Any]:
        communities = kept_communities(self.request.user)
        own = Organization.objects.filter(pk=self.row.host_id)
        kwargs = {**super().get_form_kwargs(), "communities": communities | own}
        return {**kwargs, "instance": copy.copy(self.row)}

    def run_action(self, form: ChangeUnitForm) -> str:
        actions.change_unit(self.row, by=self.request.user, **form.action_values())
        return self.row.get_absolute_url()


class EndUnit(ReasonView[Unit]):
    """A record keeper takes a unit off the register, today."""

    model = Unit
    title = _("Take the unit off the register")
    submit_label = _("Take off the register")
    success_message: StrOrPromise = _("The unit was taken off the register.")
    consequence = _(
        "Its agreements and what it did stay on record. It is no longer offered in any"
        " choice, and its liaisons can no longer act for it."
    )

    def get_rows(self) -> Any:
        return Unit.objects.visible_to(self.request.user).open()

    def has_permission(self, obj: Unit) -> bool:
        return permissions.can_change_unit(self.request.user, obj)

    def run_action(self, form: Any) -> None:
        closed = unit_closers.describe_rows(unit_closers.count_rows(self.row))
        actions.end_unit(
            self.row, by=self.request.user, reason=form.cleaned_data["reason"]
        )
        items = gettext("; ").join(closed)
        also = gettext("Also settled: %(items)s.") % {"items": items}
        self.success_message = f"{EndUnit.success_message}{also if items else ''}"
