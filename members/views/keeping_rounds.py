"""A street opens, corrects and voids its rounds of checking in."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.web.views import ActionFormView, ChangeView, ReasonView
from exchange.models import Document
from members import actions, permissions
from members.actions.checkin_rounds import refuse_voided_round
from members.forms import OpenRoundForm, RoundForm
from members.models import CheckInRound
from members.views.checkin_rounds import RoundMixin
from organizations.models import Organization
from organizations.roles import Role


class RoundFormMixin:
    """What the forms of a round offer: the documents that the reader may see."""

    form_class: Any = RoundForm
    request: Any

    def get_form_kwargs(self) -> dict[str, Any]:
        documents = Document.objects.visible_to(self.request.user).not_over()
        kwargs: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc] # a form view
        return {**kwargs, "documents": documents.order_by("-starts_on", "-pk")}


class OpenRound(RoundFormMixin, UserPassesTestMixin, ActionFormView):
    """Street staff open a round of checking in."""

    form_class = OpenRoundForm
    title = _("Open a round of checking in")
    submit_label = _("Open the round of checking in")
    success_message = _("The round is open. Check-ins of its days belong to it.")

    def test_func(self) -> bool:
        return permissions.can_open_round(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the streets for which the reader works: one is chosen, none guessed."""
        rows = Organization.objects.in_scope_of(self.request.user, {Role.STREET_STAFF})
        streets = rows.streets().open().order_by("path")
        return {**super().get_form_kwargs(), "streets": streets}

    def run_action(self, form: Any) -> str:
        values = form.action_values()
        street = values.pop("organization")
        row = actions.open_round(street, by=self.request.user, **values)
        return row.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            cancel_url=reverse("members:check_in_rounds"), **kwargs
        )


class KeptRound(RoundMixin):
    """Base of what the street does with its round."""

    def has_permission(self, obj: CheckInRound) -> bool:
        return permissions.can_keep_round(self.request.user, obj)

    def refuse_beforehand(self) -> None:
        """Refuse a round that was voided."""
        refuse_voided_round(self.row)  # type: ignore[attr-defined] # of form views


class ChangeRound(RoundFormMixin, KeptRound, ChangeView[CheckInRound]):
    """Correct a round."""

    title = _("Correct the round")

    def run_action(self, form: Any) -> None:
        actions.change_round(self.row, by=self.request.user, **form.action_values())


class VoidRound(KeptRound, ReasonView[CheckInRound]):
    """Void a round that was opened by mistake."""

    action = staticmethod(actions.void_round)
    title = _("Void the round")
    submit_label = _("Void the round")
    success_message = _("The round was voided.")
    consequence = _("It stays on record with the reason. Check-ins stay as they are.")
