"""Visits: the list, one of them, and the forms by which they are entered."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import TemplateView

from communities import actions, permissions
from communities.actions.election_progress import is_possible
from communities.actions.served import refuse_left
from communities.actions.visits import refuse_settled, refuse_voided_visit
from communities.filters import VisitFilter, VisitMonthsFilter
from communities.forms import CorrectVisitForm, NamedVisitForm, SettleForm, VisitForm
from communities.models import ServedPlace, Visit
from communities.tables import VisitMonthsTable, VisitTable
from communities.tables.visits import state_of
from communities.views.bodies import body_list_breadcrumb
from communities.views.place_choice import ChoosePlace
from communities.views.served import ServedRows
from communities.visits import contact_of
from core.months import today
from core.web.components import DetailRow, Link, Section
from core.web.list_pages import ListPage
from core.web.views import (
    ChangeView,
    PermittedObjectMixin,
    ReadFirstView,
    ReasonView,
    RowFormView,
)
from organizations.models import Organization, Unit
from organizations.queries import labels_of_code_list

VISITS = _("Visits")
BY_MONTH = _("Visits by month and place")
kind_in_words = labels_of_code_list("visit_kinds")


class VisitList(UserPassesTestMixin, ListPage):
    """The visits to the organizations and units of the reader's area."""

    model = Visit
    table_class = VisitTable
    filterset_class = VisitFilter
    title = VISITS
    empty_text = _(
        "No visit yet. Enter one on the page of the organization or of the resident"
        " unit that was visited."
    )

    def test_func(self) -> bool:
        return permissions.can_see_holders(self.request.user)

    def get_queryset(self) -> Any:
        rows = super().get_queryset().that_count().with_places()
        return rows.order_by("-visited_on", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        places = Link(_("Places served"), reverse("communities:served_places"))
        months = Link(BY_MONTH, reverse("communities:visit_months"))
        links = [months, places]
        if permissions.can_enter_at_places(self.request.user):
            start = reverse("communities:choose_visited")
            links.append(Link(ChooseVisited.title, start, "plus-lg", primary=True))
        crumbs = [body_list_breadcrumb(), Link(VISITS)]
        return super().get_context_data(
            breadcrumbs=crumbs, page_actions=links, **kwargs
        )


class ChooseVisited(ChoosePlace):
    """A record keeper says which organization was visited."""

    title = _("Enter a visit")
    leads_to = "communities:visit_organization"

    def list_breadcrumb(self) -> Link:
        return Link(VISITS, reverse("communities:visits"))


class VisitMonths(UserPassesTestMixin, ListPage):
    """How often each place of the reader's area was visited, month by month."""

    model = Organization
    table_class = VisitMonthsTable
    filterset_class = VisitMonthsFilter
    title = BY_MONTH
    empty_text = _("No visit of this kind in this year.")

    def test_func(self) -> bool:
        return permissions.can_see_holders(self.request.user)

    def get_queryset(self) -> Any:
        return Organization.objects.order_by("path")

    def get_filterset_kwargs(self, filterset_class: Any) -> dict[str, Any]:
        """Show this year where none is chosen."""
        asked = self.request.GET.copy()
        asked.setdefault("year", str(today().year))
        return {**super().get_filterset_kwargs(filterset_class), "data": asked}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        listed = Link(VISITS, reverse("communities:visits"))
        crumbs = [body_list_breadcrumb(), listed, Link(BY_MONTH)]
        return super().get_context_data(breadcrumbs=crumbs, **kwargs)


class VisitRows:
    """Visits, for who keeps the place."""

    model = Visit
    request: Any

    def get_rows(self) -> Any:
        rows = Visit.all_objects.visible_to(self.request.user)
        return rows.with_places()

    def has_permission(self, obj: Visit) -> bool:
        """Whether the reader keeps what was visited, or who serves it."""
        return permissions.can_keep_visit(self.request.user, obj)


class VisitDetail(VisitRows, PermittedObjectMixin[Visit], TemplateView):
    """One visit: what was found, what is to be solved, and what was done."""

    template_name = "communities/visit.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.get_object()
        links = []
        if self.has_permission(row):
            for label, name, refuse, primary in (
                (_("Settle the problem"), "settle_visit", refuse_settled, True),
                (_("Correct"), "correct_visit", refuse_voided_visit, False),
                (_("Void …"), "void_visit", refuse_voided_visit, False),
            ):
                if is_possible(refuse, row):
                    url = reverse(f"communities:{name}", args=[row.pk])
                    links.append(Link(label, url, primary=primary))
        listed = Link(VISITS, reverse("communities:visits"))
        return super().get_context_data(
            title=str(row),
            voided=row if row.voided_at else None,
            breadcrumbs=[body_list_breadcrumb(), listed, Link(row.visited)],
            page_actions=links,
            sections=[Section("", detail_rows_of(row))],
            **kwargs,
        )


def detail_rows_of(row: Visit) -> list[DetailRow]:
    """Return the details of a visit; what has a page leads there."""
    organization = row.organization
    rows = [
        DetailRow(
            _("Party organization"), organization, organization.get_absolute_url()
        ),
        DetailRow(_("Kind of visit"), kind_in_words(row.kind)),
        DetailRow(_("Who visited"), row.made_by),
        DetailRow(_("Visited on"), row.visited_on),
        DetailRow(_("What the visit found"), row.seen),
        DetailRow(_("Problem to be solved"), row.problem or None),
        DetailRow(_("State"), state_of(row)),
        DetailRow(_("To be solved by"), row.due_on),
        DetailRow(pgettext_lazy("visit", "What was done"), row.outcome or None),
        DetailRow(_("Settled on"), row.settled_on),
    ]
    if row.unit is not None:
        unit = DetailRow(_("Resident unit"), row.unit, row.unit.get_absolute_url())
        rows.insert(0, unit)
    return rows


class EnterVisit(RowFormView[Any]):
    """Base of the forms by which a visit by somebody who is named is entered."""

    form_class = NamedVisitForm
    title = _("Enter a visit")
    success_message = _("The visit is on record.")

    def run_action(self, form: NamedVisitForm) -> str:
        visit = actions.record_visit(
            self.row, by=self.request.user, **form.action_values()
        )
        return visit.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row.name, **kwargs)


class VisitOrganization(EnterVisit):
    """A record keeper enters a visit to an organization."""

    model = Organization

    def get_rows(self) -> Any:
        return Organization.objects.readable_by(self.request.user)

    def has_permission(self, obj: Organization) -> bool:
        return permissions.can_keep_visits(self.request.user, obj)


class VisitUnit(EnterVisit):
    """A record keeper enters a visit to a resident unit, by its contact or others."""

    model = Unit

    def get_rows(self) -> Any:
        return Unit.objects.visible_to(self.request.user).open()

    def has_permission(self, obj: Unit) -> bool:
        return permissions.can_keep_visits(self.request.user, obj.host)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "visitor": contact_of(self.row)}


class RecordVisit(ServedRows, RowFormView[ServedPlace]):
    """A record keeper enters a visit, what was seen and what is to be solved."""

    form_class = VisitForm
    action = staticmethod(actions.record_visit)
    title = _("Enter a visit")
    success_message = _("The visit is on record.")

    def refuse_beforehand(self) -> None:
        refuse_left(self.row)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row, **kwargs)


class SettleVisit(VisitRows, ReadFirstView[Visit]):
    """A record keeper enters what was done about a problem."""

    read_with = ("organization", "unit", "place")
    form_class = SettleForm
    action = staticmethod(actions.settle_visit)
    title = _("Settle the problem")
    success_message = _("What was done is on record.")

    def refuse_beforehand(self) -> None:
        refuse_settled(self.row)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row.problem, **kwargs)


class CorrectVisit(VisitRows, ChangeView[Visit]):
    """A record keeper corrects what was entered of a visit."""

    form_class = CorrectVisitForm
    action = staticmethod(actions.correct_visit)
    title = _("Correct the visit")
    success_message = _("The visit was corrected. The log keeps what stood there.")

    def refuse_beforehand(self) -> None:
        refuse_voided_visit(self.row)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "visit": self.row}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row, **kwargs)


class VoidVisit(VisitRows, ReasonView[Visit]):
    """A record keeper voids a visit entered by mistake."""

    read_with = ("organization", "unit", "place")
    action = staticmethod(actions.void_visit)
    title = _("Void the visit")
    submit_label = _("Void the visit")
    success_message = _("The visit was voided.")
    consequence = _("It stays on record with the reason, and is on no list any more.")

    def refuse_beforehand(self) -> None:
        refuse_voided_visit(self.row)
