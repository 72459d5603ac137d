"""Sittings of bodies: who could vote, who came, and what was decided there."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from communities import actions, permissions
from communities.actions.decisions import (
    refuse_committee,
    refuse_decided,
    refuse_void_sitting,
)
from communities.actions.election_progress import is_possible
from communities.forms import SittingForm
from communities.models import Body, Resolution, SeatHolding, Sitting
from communities.sitting_people import list_people
from communities.views.bodies import body_list_breadcrumb
from core.web.components import DetailRow, Link, Section
from core.web.views import PermittedObjectMixin, ReasonView, RowFormView

DOUBTED = _(
    "Entries about seats were voided or given other days since: not everybody listed"
    " held a seat on the day. Void the meeting after its decisions and enter it anew,"
    " or correct the entry about the seat."
)


class RecordSitting(RowFormView[Body]):
    """A keeper enters a sitting of a body, and who was there."""

    model = Body
    form_class = SittingForm
    action = staticmethod(actions.record_sitting)
    title = _("Enter a meeting of the body")
    success_message = _("The meeting is on record. Enter what was decided.")

    def has_permission(self, obj: Body) -> bool:
        return permissions.can_keep_sittings(self.request.user, obj)

    def refuse_beforehand(self) -> None:
        refuse_committee(self.row)

    def get_form_kwargs(self) -> dict[str, Any]:
        rows = SeatHolding.objects.visible_to(self.request.user).with_holders()
        rows = rows.filter(seat__body=self.row)
        rows = rows.order_by("seat__kind__position", "seat__number", "-starts_on", "pk")
        return {**super().get_form_kwargs(), "holdings": rows}

    def get_initial(self) -> dict[str, Any]:
        present = SeatHolding.objects.current().filter(seat__body=self.row)
        return {**super().get_initial(), "present": list(present)}

    def run_action(self, form: SittingForm) -> str:
        sitting = actions.record_sitting(
            self.row, by=self.request.user, **form.action_values()
        )
        return sitting.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row.name, **kwargs)


class SittingRows:
    """Sittings of bodies that the reader may see."""

    model = Sitting
    request: Any

    def get_rows(self) -> Any:
        rows = Sitting.all_objects.visible_to(self.request.user).with_counts()
        return rows.select_related("body__organization", "body__kind")

    def has_permission(self, obj: Sitting) -> bool:
        """Whether the reader keeps the sittings of the body."""
        return permissions.can_keep_sittings(self.request.user, obj.body)


class SittingDetail(SittingRows, PermittedObjectMixin[Sitting], TemplateView):
    """One sitting: who could vote, who came, and what was decided."""

    template_name = "communities/sitting.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sitting, user = self.get_object(), self.request.user
        keeps = self.has_permission(sitting)
        links = []
        if keeps and is_possible(refuse_void_sitting, sitting):
            url = reverse("communities:decide", args=[sitting.pk])
            links.append(Link(_("Enter a decision"), url, "plus-lg", primary=True))
        if keeps and is_possible(refuse_decided, sitting):
            void = reverse("communities:void_sitting", args=[sitting.pk])
            links.append(Link(_("Void …"), void))
        reads = permissions.can_read_holders(user, sitting.body)
        body = sitting.body
        return super().get_context_data(
            title=sitting.topic,
            sitting=sitting,
            voided=sitting if sitting.voided_at else None,
            people=list_people(sitting) if reads else [],
            resolutions=list(Resolution.objects.filter(sitting=sitting)),
            breadcrumbs=[
                body_list_breadcrumb(),
                Link(body.name, body.get_absolute_url()),
                Link(sitting.topic),
            ],
            page_actions=links,
            sections=[Section("", detail_rows_of_sitting(sitting))],
            **kwargs,
        )


def detail_rows_of_sitting(sitting: Any) -> list[DetailRow]:
    """Return which body sat, when and where, and how many could vote and came."""
    return [
        DetailRow(_("Body"), sitting.body, sitting.body.get_absolute_url()),
        DetailRow(_("Held on"), sitting.held_on),
        DetailRow(_("Place"), sitting.place or None),
        DetailRow(_("Could vote"), sitting.voters),
        DetailRow(_("Were there"), sitting.voters_there),
        *([DetailRow(_("To be checked"), DOUBTED)] if sitting.outside else []),
    ]


class VoidSitting(SittingRows, ReasonView[Sitting]):
    """A keeper voids a sitting entered by mistake."""

    action = staticmethod(actions.void_sitting)
    title = _("Void the meeting")
    submit_label = _("Void the meeting")
    success_message = _("The meeting was voided.")
    consequence = _("It stays on record with the reason, and is on no list any more.")

    def refuse_beforehand(self) -> None:
        refuse_decided(self.row)
