"""The pages on which the steps of a transfer are taken."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.http import reader
from core.dates import format_day, format_month
from core.errors import DomainError
from core.identity import identity_columns
from core.web.views import ConfirmView, ReadFirstView, ReasonView
from members import actions, permissions
from members.actions.overtaken import tell_recorded
from members.actions.transfer_steps import lock_transfer
from members.enums import PRECISION_OF, TransferStep
from members.errors import TransferMovedOn
from members.forms import (
    ArrivalForm,
    HandOnForm,
    ReceiptForm,
    ReceiveForm,
    TransferredForm,
)
from members.lost_contacts.marks import marked_name
from members.models import Member, Transfer
from members.transfers.whereabouts import RELATED
from members.views.changes import employers_of
from organizations.enums import FILING
from organizations.models import Organization
from organizations.naming import only_beginning, only_named


class TransferStepView(ReadFirstView[Transfer]):
    """Base of a step: for who may take it, while the transfer has come to it."""

    model = Transfer
    step: ClassVar[TransferStep]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Name the page after its step."""
        super().__init_subclass__(**kwargs)
        if hasattr(cls, "step"):
            cls.title = cls.step.label

    def get_rows(self) -> Any:
        return super().get_rows().select_related(*RELATED)

    def has_permission(self, obj: Transfer) -> bool:
        return permissions.can_take_step(self.request.user, obj, self.step)

    def refuse_beforehand(self) -> None:
        if not self.row.has_come_to(self.step):
            raise TransferMovedOn(state=self.row.get_state_display())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say who took the transfer on since the form was opened."""
        try:
            self._refuse_moved_on(self.row)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(self.row.get_absolute_url())
        return super().post(request, *args, **kwargs)

    def check_version(self, form: Any) -> None:
        self._refuse_moved_on(lock_transfer(self.row))
        super().check_version(form)

    def _refuse_moved_on(self, transfer: Transfer) -> None:
        if not transfer.has_come_to(self.step):
            state = transfer.get_state_display()
            what = gettext("this transfer is “%(state)s”") % {"state": state}
            raise tell_recorded(transfer, what, by=self.request.user)

    def shown_texts(self, row: Transfer) -> list[str]:
        return [self._lead(row)]

    def _lead(self, row: Transfer) -> str:
        """Return who goes from where to where, and by what they are recognized.

        Who is searched for is marked.
        """
        member, lead = row.member, str(row)
        if member is None:
            return lead
        person = gettext("%(name)s (%(sex)s, born %(month)s)") % {
            "name": marked_name(member),
            "sex": member.get_sex_display(),
            "month": format_month(member.birth_date),
        }
        return lead.replace(member.name, person, 1)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"lead": self._lead(self.row), **kwargs})

    def branches(self) -> QuerySet[Organization]:
        """Return the branches of the place that deals with the arrival (R-11).

        A community is among them only as long as it has no branch.
        """
        receiver = self.row.destination or self.row.addressee
        rows = Organization.objects.open().holding_members().order_by("path")
        if receiver is None:
            return rows.none()
        branches = rows.exclude(kind__in=FILING).order_by()
        below = branches.filter(path__startswith=OuterRef("path"))
        return rows.within(receiver).exclude(Exists(below), kind__in=FILING)


class ConfirmArrival(TransferStepView):
    """The community confirms that somebody has come, and to which branch."""

    step = TransferStep.CONFIRM_ARRIVAL
    action: ClassVar[Callable[..., Any]] = staticmethod(actions.confirm_arrival)
    form_class: Any = ArrivalForm
    submit_label = _("Confirm the arrival")
    success_message = _("Confirmed. The street receives the transfer.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "branches": self.branches()}

    def get_initial(self) -> dict[str, Any]:
        """Return the branch of arrival, or the one that was wished."""
        branches = self.branches().select_related("parent")
        found = self.row.branch or only_named(self.row.wish, branches)
        return {"branch": found.pk} if found is not None else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which branch was confirmed before."""
        context = super().get_context_data(**kwargs)
        if self.row.branch is not None and self.row.arrived_on is not None:
            said = gettext("Arrival confirmed: %(branch)s, %(day)s") % {
                "branch": self.row.branch.name,
                "day": format_day(self.row.arrived_on),
            }
            context["lead"] = f"{context['lead']} · {said}"
        return context


class ReceiveTransfer(ConfirmArrival):
    """The street receives: the affiliation moves on this day."""

    step = TransferStep.RECEIVE
    action = staticmethod(actions.receive_transfer)
    form_class = ReceiveForm
    submit_label = _("Receive")
    success_message = _("Received. The member belongs to the branch from this day on.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "member": self.row.member}


class RecordReceipt(TransferStepView):
    """The street records the receipt that came back: the affiliation ends."""

    step = TransferStep.RECORD_RECEIPT
    action = staticmethod(actions.record_receipt)
    form_class = ReceiptForm
    success_message = _("Recorded. The affiliation here has ended.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "member": self.row.member}


class HandOnTransfer(TransferStepView):
    """The street hands an arrival on to one of its communities."""

    step = TransferStep.HAND_ON
    action = staticmethod(actions.hand_on_transfer)
    form_class = HandOnForm
    submit_label = _("Hand on")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "communities": self._communities()}

    def get_initial(self) -> dict[str, Any]:
        """Return the community that was wished, or that of the branch."""
        found = only_beginning(self.row.wish, self._communities())
        return {"to": found.pk} if found is not None else {}

    def _communities(self) -> QuerySet[Organization]:
        street = self.row.addressee
        rows = Organization.objects.open().communities().order_by("path")
        return rows.within(street) if street is not None else rows.none()


class AdmitTransferred(TransferStepView):
    """The community enters whoever comes from outside the city."""

    step = TransferStep.ADMIT
    form_class = TransferredForm
    template_name = "members/enter_member.html"
    success_message = _("Received. The member belongs to the branch from this day on.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "branches": self.branches(),
            "employers": employers_of(self.request.user),
        }

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.known_members = Member.objects.visible_to(self.request.user)
        return form

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.row.person_name}

    def run_action(self, form: Any) -> None:
        values = form.cleaned_data
        names = (*form.Meta.fields, *PRECISION_OF.values(), "branch", "on")
        actions.admit_transferred(
            self.row,
            by=reader(self.request),
            phone=values["phone"] or None,
            **identity_columns(values["id_number"]),
            **{name: values[name] for name in names},
        )


class ReasonStep(TransferStepView, ReasonView[Transfer]):
    """Base of a step that asks for a reason and says what follows from it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        consequence = {"consequence": self.consequence}
        return super().get_context_data(**{**consequence, **kwargs})


class RefuseTransfer(ReasonStep):
    """The receiving street refuses, with a reason."""

    step = TransferStep.REFUSE
    action = staticmethod(actions.refuse_transfer)
    submit_label = _("Refuse the transfer")
    success_message = _("Refused. The place of origin is told why.")
    consequence = _(
        "The matter goes back to the place of origin, where the member still counts;"
        " the reason is told there."
    )


class VoidTransfer(ReasonStep):
    """Whoever proposed or issued takes it back."""

    step = TransferStep.VOID
    action = staticmethod(actions.void_transfer)
    submit_label = _("Void the transfer")
    success_message = _("Voided. The member stays where they are.")
    consequence = _("A letter that was handed out is no longer good.")


class LetTransferRest(TransferStepView, ConfirmView[Transfer]):
    """The place of origin leaves it at a refusal."""

    step = TransferStep.LET_REST
    action = staticmethod(actions.let_transfer_rest)
    danger = False
    success_message = _("Noted. The member stays where they are.")
    consequence = _(
        "The transfer leaves your desk; a new one can be proposed on the member's page."
    )
