"""The pages on which letters of transfers are issued, and issued anew."""

from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.http import reader
from core.months import today
from core.web.edit_conflicts import VERSION_TOKEN
from core.web.read_first import overtaken_keys, tokens_of_each
from members import actions
from members.actions.transfers.letters import usual_days
from members.enums import TransferStep
from members.forms import IssueForm, ReissueForm
from members.lost_contacts.marks import with_search_state
from members.models import Transfer
from members.transfers.whereabouts import RELATED
from members.views.transfer_steps import ReasonStep, TransferStepView


class IssueLetter(TransferStepView):
    """The street issues the letter."""

    step = TransferStep.ISSUE_LETTER
    form_class = IssueForm
    submit_label = _("Issue the letter")
    success_message = _("Issued. Print the letter and hand it to the member.")

    def others(self, row: Transfer) -> QuerySet[Transfer]:
        """Return whom the same letter may name."""
        seen = Transfer.objects.visible_to(self.request.user).alike(row)
        rows = seen.exclude(pk=row.pk).select_related(*RELATED).order_by("pk")
        others: QuerySet[Transfer] = with_search_state(rows, "member")
        return others

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "others": self.others(self.row)}

    def read_token(self, row: Transfer) -> str:
        """Return the token of the transfer, and one of each that may be ticked."""
        return f"{super().read_token(row)} {tokens_of_each(self._listed(row))}".strip()

    def was_read(self, row: Transfer, form: Any) -> bool:
        """Whether this and what is ticked is what the page showed.

        What becomes of the others meanwhile does not matter.
        """
        token = form.data.get(form.add_prefix(VERSION_TOKEN), "")
        ticked = {*form.data.getlist(form.add_prefix("others"))}
        overtaken = overtaken_keys(token, self._listed(row))
        own = super().read_token(row)
        return own in token.split() and not ticked & {str(key) for key in overtaken}

    def _listed(self, row: Transfer) -> dict[int, list[Model]]:
        """Return the rows that a letter is about, by the keys of the transfers."""
        return {
            one.pk: [one, *([one.member] if one.member else [])]
            for one in self.others(row)
        }

    def get_initial(self) -> dict[str, Any]:
        return {"valid_days": usual_days(self.row.kind, today())}

    def run_action(self, form: Any) -> None:
        values = form.action_values()
        people = [self.row, *values.pop("others", ())]
        actions.issue_letters(people, by=reader(self.request), **values)


class ReissueLetter(ReasonStep):
    """The street issues a new letter instead of a lost or expired one."""

    step = TransferStep.REISSUE_LETTER
    form_class = ReissueForm
    danger = False
    submit_label = _("Issue the letter anew")
    success_message = _("Issued anew. The old letter is no longer good.")
    consequence = _("The new letter has a new number; the old one becomes void.")

    def get_initial(self) -> dict[str, Any]:
        return {"valid_days": usual_days(self.row.kind, today())}

    def run_action(self, form: Any) -> str:
        new = actions.reissue_letter(
            self.row, by=reader(self.request), **form.action_values()
        )
        return new.get_absolute_url()
