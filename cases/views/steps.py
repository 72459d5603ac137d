"""Open a case, take it, hand it over, record what was done, settle and void it."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.http import reader
from cases import actions, permissions
from cases.errors import CaseClosed, HasOwnForms
from cases.forms import OpenForm, OwnerForm, SettlementForm, StepForm
from cases.models import Case, CaseKind
from cases.owners import possible_owners
from core.web.views import (
    ActionFormView,
    ActionView,
    ReadFirstView,
    ReasonView,
    RowFormView,
)
from organizations.models import Organization


class OpenCase(UserPassesTestMixin, ActionFormView):
    """A record keeper opens a case of a kind without details of its own."""

    form_class = OpenForm
    title = _("Open a case")
    submit_label = _("Open the case")
    success_message = _("The case was opened.")

    def test_func(self) -> bool:
        return permissions.can_open_case(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        user = self.request.user
        places = Organization.objects.managed_by(user).open().order_by("path")
        kinds = CaseKind.objects.visible_to(user).opened_by_hand()
        return {**super().get_form_kwargs(), "kinds": kinds, "organizations": places}

    def run_action(self, form: Any) -> str:
        case = actions.open_case(by=self.request.user, **form.action_values())
        return case.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=reverse("cases:list"), **kwargs)


class TakeCase(ActionView[Case]):
    """A record keeper takes a case."""

    model = Case
    success_message = _("You deal with this case now.")

    def has_permission(self, obj: Case) -> bool:
        return permissions.can_work_on(self.request.user, obj)

    def run_action(self, obj: Case) -> None:
        actions.take_case(obj, by=reader(self.request))


class CaseFormMixin(RowFormView[Case]):
    """Forms over an open case; of a closed one its page says why there are none."""

    model = Case
    needs_plain_kind = False

    def has_permission(self, obj: Case) -> bool:
        return permissions.can_work_on(self.request.user, obj)

    def refuse_beforehand(self) -> None:
        if not self.row.is_open:
            raise CaseClosed(title=self.row.title, day=self.row.closed_on)
        if self.needs_plain_kind and self.row.kind.has_details:
            raise HasOwnForms(title=self.row.title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row.title, **kwargs)


class RecordStep(CaseFormMixin):
    """A record keeper records what was done about a case."""

    action = staticmethod(actions.record_step)
    form_class = StepForm
    title = _("Record a step")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "usual": self.row.kind.steps}


class AnswerCase(CaseFormMixin, ReadFirstView[Case]):
    """A record keeper settles a case."""

    read_with = ("steps",)
    action = staticmethod(actions.answer_case)
    form_class = SettlementForm
    title = _("Settle the case")
    submit_label = _("Settle")
    success_message = _("The case is settled.")
    needs_plain_kind = True


class HandOverCase(CaseFormMixin, ReadFirstView[Case]):
    """A record keeper hands a case to another one."""

    action = staticmethod(actions.hand_over_case)
    form_class = OwnerForm
    title = _("Hand the case over")
    submit_label = _("Hand over")
    success_message = _("The case was handed over.")

    def get_form_kwargs(self) -> dict[str, Any]:
        owners = possible_owners(self.row.organization).exclude(
            pk=self.row.owner_id or 0
        )
        return {**super().get_form_kwargs(), "owners": owners}


class VoidCase(CaseFormMixin, ReasonView[Case]):
    """A record keeper voids a case that was opened by mistake."""

    read_with = ("steps",)
    action = staticmethod(actions.void_case)
    title = _("Void the case")
    submit_label = _("Void the case")
    success_message = _("The case was voided.")
    consequence = _(
        "It stays on record with the reason, and nobody has to deal with it."
    )
    needs_plain_kind = True
