"""Pages of dated facts of places: what holds, what was, and their course."""

from itertools import groupby
from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.dates import format_day
from core.web.components import Link
from core.web.list_pages import ListPage
from core.web.views import ActionFormView, PermittedObjectMixin, ReasonView
from organizations import actions, permissions
from organizations.filters import PlaceFactFilter
from organizations.forms import PlaceFactForm
from organizations.models import Organization, PlaceFact
from organizations.queries import code_items
from organizations.roles import READERS
from organizations.tables import PlaceFactTable

RECORD = _("Record a number")


def facts_breadcrumb() -> Link:
    """Return the way back to the list of facts."""
    return Link(_("Facts of places"), reverse("organizations:facts"))


class PlaceFactList(UserPassesTestMixin, ListPage):
    """What holds of the places of the reader's area: people, households, income."""

    model = PlaceFact
    table_class = PlaceFactTable
    filterset_class = PlaceFactFilter
    title = _("Facts of places")
    empty_text = _(
        "No number was recorded yet. Record the population, the households and the"
        " income of your community, with the day and the source."
    )

    def test_func(self) -> bool:
        return permissions.can_see_facts(self.request.user)

    def get_queryset(self) -> Any:
        rows = super().get_queryset().select_related("organization")
        return rows if self.request.GET.get("which") == "past" else rows.current()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page_actions = []
        if permissions.can_record_facts(self.request.user):
            record = reverse("organizations:record_fact")
            page_actions.append(Link(RECORD, record, "plus-lg", primary=True))
        return super().get_context_data(page_actions=page_actions, **kwargs)


class FactsOfPlace(PermittedObjectMixin[Organization], TemplateView):
    """All numbers of one place, kind by kind, the latest first, each with its course.

    Who may look at the place but not at its numbers is told nothing of them.
    """

    model = Organization
    template_name = "organizations/facts_of_place.html"

    def get_rows(self) -> Any:
        return Organization.objects.in_scope_of(self.request.user, READERS)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        place, user = self.get_object(), self.request.user
        keeps = permissions.can_keep_facts_of(user, place) and place.ended_on is None
        page_actions = []
        if keeps:
            record = f"{reverse('organizations:record_fact')}?organization={place.pk}"
            page_actions.append(Link(RECORD, record, "plus-lg", primary=True))
        return super().get_context_data(
            title=_("Facts of %(place)s") % {"place": place.name},
            place=place,
            keeps=keeps,
            kinds=describe_kinds(place),
            page_actions=page_actions,
            breadcrumbs=[facts_breadcrumb(), Link(place.name)],
            **kwargs,
        )


def describe_kinds(place: Organization) -> list[dict[str, Any]]:
    """Return the numbers of a place by kind, those of several days with a chart."""
    labels = dict(code_items("place_fact_kinds"))
    rows = place.place_facts.filter(voided_at=None).order_by("kind", "-taken_on")
    found = []
    for kind, group in groupby(rows, key=lambda fact: fact.kind):
        facts, label = list(group), labels.get(kind, kind)
        chart = chart_of(label, facts) if len(facts) > 1 else None
        found.append({"kind": kind, "label": label, "facts": facts, "chart": chart})
    order = {kind: position for position, kind in enumerate(labels)}
    return sorted(found, key=lambda each: order.get(each["kind"], len(order)))


def chart_of(label: str, facts: list[PlaceFact]) -> dict[str, Any]:
    """Return the course of one kind of number as a chart takes it."""
    past = facts[::-1]
    return {
        "title": label,
        "kind": "line",
        "labels": [format_day(fact.taken_on) for fact in past],
        "series": [{"name": label, "values": [float(fact.value) for fact in past]}],
    }


class RecordFact(UserPassesTestMixin, ActionFormView):
    """A record keeper records a number about one of their places."""

    form_class = PlaceFactForm
    title = RECORD
    submit_label = _("Record")
    success_message = _("The number was recorded.")

    def test_func(self) -> bool:
        return permissions.can_record_facts(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        rows = Organization.objects.managed_by(self.request.user).open()
        return {**super().get_form_kwargs(), "organizations": rows}

    def get_initial(self) -> dict[str, Any]:
        chosen = self.request.GET.get("organization", "")
        known = {"organization": chosen} if chosen.isdecimal() else {}
        return {**super().get_initial(), **known}

    def run_action(self, form: PlaceFactForm) -> str:
        fact = actions.record_fact(by=self.request.user, **form.action_values())
        return fact.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = reverse("organizations:facts")
        crumbs = [facts_breadcrumb(), Link(RECORD)]
        return super().get_context_data(cancel_url=back, breadcrumbs=crumbs, **kwargs)


class VoidFact(ReasonView[PlaceFact]):
    """A record keeper voids a number recorded by mistake."""

    model = PlaceFact
    action = staticmethod(actions.void_fact)
    title = _("Void the number")
    submit_label = _("Void the number")
    success_message = _("The number was voided.")
    consequence = _(
        "It stays on record with the reason, and counts nowhere. The number before it"
        " holds again. A number that has changed is not a mistake: record the new one."
    )

    def has_permission(self, obj: PlaceFact) -> bool:
        return permissions.can_keep_fact(self.request.user, obj)
