"""Facilities: the lists, one of them, and the forms by which they are kept."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import TemplateView

from communities import actions, permissions
from communities.actions.election_progress import is_possible
from communities.actions.facilities import refuse_given_up, refuse_voided_facility
from communities.facilities import state_of
from communities.filters import FacilityFilter, MissingFilter
from communities.forms import FacilityForm, GiveUpForm
from communities.models import Facility
from communities.tables import FacilityTable, MissingTable
from communities.views.bodies import body_list_breadcrumb
from communities.views.place_choice import ChoosePlace
from core.web.components import DetailRow, Link, Section
from core.web.list_pages import ListPage
from core.web.views import ChangeView, PermittedObjectMixin, ReasonView, RowFormView
from organizations.models import Organization
from organizations.queries import labels_of_code_list

FACILITIES = _("Facilities")
MISSING = _("Missing facilities")
kind_in_words = labels_of_code_list("facility_kinds")


def facilities_breadcrumb() -> Link:
    """Return the way back to the list of facilities."""
    return Link(FACILITIES, reverse("communities:facilities"))


class FacilityList(UserPassesTestMixin, ListPage):
    """The rooms, squares and points of service of the reader's area."""

    model = Facility
    table_class = FacilityTable
    filterset_class = FacilityFilter
    title = FACILITIES
    empty_text = _(
        "No room, square or point of service yet. Enter one on the page of the"
        " community."
    )

    def test_func(self) -> bool:
        return permissions.can_see_bodies(self.request.user)

    def get_queryset(self) -> Any:
        rows = super().get_queryset().select_related("organization")
        return rows.order_by("organization__path", "kind", "name", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        missing = Link(MISSING, reverse("communities:missing_facilities"))
        links = [missing]
        if permissions.can_enter_at_places(self.request.user):
            start = reverse("communities:enter_facility")
            links.append(Link(RecordFacility.title, start, "plus-lg", primary=True))
        crumbs = [body_list_breadcrumb(), Link(FACILITIES)]
        return super().get_context_data(
            breadcrumbs=crumbs, page_actions=links, **kwargs
        )


class MissingList(UserPassesTestMixin, ListPage):
    """Which kinds of facility each community lacks that every one has to have."""

    model = Organization
    table_class = MissingTable
    filterset_class = MissingFilter
    title = MISSING
    empty_text = _("No community lacks this.")

    def test_func(self) -> bool:
        return permissions.can_see_bodies(self.request.user)

    def get_queryset(self) -> Any:
        return super().get_queryset().communities().open().order_by("path")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = [facilities_breadcrumb(), Link(MISSING)]
        return super().get_context_data(breadcrumbs=crumbs, **kwargs)


class FacilityRows:
    """Facilities that the reader may see."""

    model = Facility
    request: Any

    def get_rows(self) -> Any:
        rows = Facility.all_objects.visible_to(self.request.user)
        return rows.select_related("organization")

    def has_permission(self, obj: Facility) -> bool:
        """Whether the reader keeps the facilities of the place."""
        return permissions.can_keep_facilities_of(self.request.user, obj.organization)


class FacilityDetail(FacilityRows, PermittedObjectMixin[Facility], TemplateView):
    """One facility."""

    template_name = "communities/facility.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.get_object()
        links = []
        if self.has_permission(row):
            for label, name, refuse in (
                (_("Change"), "change_facility", refuse_given_up),
                (_("Give up …"), "give_up_facility", refuse_given_up),
                (_("Void …"), "void_facility", refuse_voided_facility),
            ):
                if is_possible(refuse, row):
                    url = reverse(f"communities:{name}", args=[row.pk])
                    links.append(Link(label, url))
        return super().get_context_data(
            title=row.name,
            voided=row if row.voided_at else None,
            breadcrumbs=[facilities_breadcrumb(), Link(row.name)],
            page_actions=links,
            sections=[Section("", detail_rows_of(row))],
            **kwargs,
        )


def detail_rows_of(row: Facility) -> list[DetailRow]:
    """Return the details of a facility."""
    place = row.organization
    signs = "、".join(row.signs.splitlines())
    return [
        DetailRow(pgettext_lazy("facility", "Name"), row.name),
        DetailRow(_("Kind of facility"), kind_in_words(row.kind)),
        DetailRow(_("Party organization"), place, place.get_absolute_url()),
        DetailRow(_("Where it is"), row.location or None),
        DetailRow(_("Square metres"), row.area),
        DetailRow(_("Signs on its door"), signs or None),
        DetailRow(_("Used in fact for"), row.real_use or None),
        DetailRow(_("State"), state_of(row)),
        DetailRow(_("Open hours"), row.open_hours or None),
        DetailRow(_("Shared with"), row.shared_with or None),
        DetailRow(_("Lacking or broken"), row.lacks or None),
        DetailRow(_("Building works"), row.works or None),
        DetailRow(_("Stage of the works"), row.get_works_stage_display() or None),
        DetailRow(_("Works done by"), row.works_due_on),
        DetailRow(_("In use since"), row.starts_on),
        DetailRow(_("Not in use any more from"), row.ends_on),
    ]


class EnterFacility(ChoosePlace):
    """A record keeper says of which place a facility is to be entered."""

    title = _("Enter a facility")
    leads_to = "communities:record_facility"

    def list_breadcrumb(self) -> Link:
        return facilities_breadcrumb()


class RecordFacility(RowFormView[Organization]):
    """A record keeper enters a facility of a place."""

    model = Organization
    form_class = FacilityForm
    title = _("Enter a facility")
    success_message = _("The facility is on record.")

    def get_rows(self) -> Any:
        return Organization.objects.readable_by(self.request.user)

    def has_permission(self, obj: Organization) -> bool:
        return permissions.can_keep_facilities_of(self.request.user, obj)

    def run_action(self, form: FacilityForm) -> str:
        row = actions.record_facility(
            self.row, by=self.request.user, **form.action_values()
        )
        return row.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row.name, **kwargs)


class ChangeFacility(FacilityRows, ChangeView[Facility]):
    """A record keeper changes what is said of a facility."""

    action = staticmethod(actions.change_facility)
    form_class = FacilityForm
    title = _("Change the facility")

    def refuse_beforehand(self) -> None:
        refuse_given_up(self.row)


class GiveUpFacility(FacilityRows, ReasonView[Facility]):
    """A record keeper enters that a facility is not in use any more."""

    form_class = GiveUpForm
    action = staticmethod(actions.give_up_facility)
    title = _("Give up the facility")
    submit_label = _("Give up")
    success_message = _("The facility is not in use any more.")
    consequence = _("It stays on record, and is among those that were given up.")

    def refuse_beforehand(self) -> None:
        refuse_given_up(self.row)


class VoidFacility(FacilityRows, ReasonView[Facility]):
    """A record keeper voids a facility entered by mistake."""

    action = staticmethod(actions.void_facility)
    title = _("Void the facility")
    submit_label = _("Void the facility")
    success_message = _("The facility was voided.")
    consequence = _("It stays on record with the reason, and is on no list any more.")

    def refuse_beforehand(self) -> None:
        refuse_voided_facility(self.row)
