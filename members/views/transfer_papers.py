"""The letter in three parts and the receipt, as they are printed and sealed."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.http import reader
from core.months import today, years_before
from core.web.views import PermittedObjectMixin
from members import permissions
from members.actions import record_letter_printed
from members.enums import TransferState, TransferStep
from members.errors import TransferMovedOn
from members.models import Transfer
from members.transfers.whereabouts import RELATED

MOST_NAMES = 10  # that stand in a sentence


def age_of(transfer: Transfer) -> int | str:
    """Return how old a member was when the letter was issued, in full years."""
    member = transfer.member
    if member is None:
        return ""
    day, years = transfer.issued_on or today(), 0
    while member.birth_date <= years_before(day, years + 1):
        years += 1
    return years


def _number_of(transfer: Transfer) -> str:
    """Return the identity number, masked once another street keeps the record."""
    member = transfer.member
    if member is None:
        return ""
    is_received = transfer.state == TransferState.RECEIVED
    return member.masked_id_number if is_received else member.id_number


def join_names(people: Sequence[Transfer]) -> str:
    """Return the names of those a receipt is about; of many, the first and how many."""
    if len(people) <= MOST_NAMES:
        return "、".join(one.name for one in people)
    values = {"name": people[0].name, "count": len(people)}
    return gettext("%(name)s and others (%(count)s in all)") % values


class TransferPaper(PermittedObjectMixin[Transfer], TemplateView):
    """Base of a paper about a transfer that has come so far."""

    model = Transfer
    step: ClassVar[TransferStep]

    def get_rows(self) -> Any:
        return super().get_rows().select_related(*RELATED)

    def has_permission(self, obj: Transfer) -> bool:
        return permissions.can_take_step(self.request.user, obj, self.step)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the paper, or why there is none."""
        transfer = self.get_permitted_object()
        if not transfer.has_come_to(self.step):
            refusal = TransferMovedOn(state=transfer.get_state_display())
            messages.error(request, str(refusal))
            return HttpResponseRedirect(transfer.get_absolute_url())
        for one in self.people(transfer):
            self.record(one)
        return super().get(request, *args, **kwargs)

    def people(self, transfer: Transfer) -> list[Transfer]:
        """Return the transfers of all whom the letter names, if they came so far.

        Before it is handed in, nobody is named who left it; afterwards it is printed
        for the file, with all whom it named.
        """
        rows = Transfer.objects.visible_to(self.request.user).of_letter(transfer)
        is_on_its_way = transfer.state == TransferState.ISSUED
        states = [transfer.state] if is_on_its_way else self.step.states
        others = rows.filter(state__in=states).select_related(*RELATED)
        return list(others) or [transfer]

    def record(self, transfer: Transfer) -> None:
        """Record what the paper discloses; override where it does."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        transfer = self.get_permitted_object()
        street, people = transfer.addressee, self.people(transfer)
        context = {
            "transfer": transfer,
            "there": street.full_name if street is not None else transfer.to_text,
            "member": transfer.member,
            "age": age_of(transfer),
            "id_number": _number_of(transfer),
            "people": [(one, age_of(one)) for one in people],
            "names": join_names(people),
            "back_url": transfer.get_absolute_url(),
        }
        return super().get_context_data(**context, **kwargs)


class PrintLetter(TransferPaper):
    """The letter in three parts: counterfoil, letter, receipt to be sent back (R-16).

    It bears the number and the phone in full, so who printed it is recorded. Once it
    was received the record is another street's: the number is masked then, and there
    is no phone.
    """

    step = TransferStep.PRINT_LETTER
    template_name = "members/transfer_letter.html"
    extra_context = {"title": _("Transfer letter")}

    def record(self, transfer: Transfer) -> None:
        record_letter_printed(transfer, by=reader(self.request))


class PrintReceipt(TransferPaper):
    """The receipt for the committee that issued the letter."""

    step = TransferStep.PRINT_RECEIPT
    template_name = "members/transfer_receipt.html"
    extra_context = {"title": _("Receipt of the transfer letter")}
