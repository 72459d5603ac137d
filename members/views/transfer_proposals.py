"""The pages on which a transfer begins: proposed here, or by a letter from outside."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.http import reader
from core.web.views import ActionFormView
from members import actions, permissions
from members.actions.transit import refuse_under_way
from members.enums import Direction, Stage
from members.forms import LetterForm, ProposalForm
from members.lost_contacts.marks import refuse_suspended
from members.views.changes import CurrentMemberView
from organizations.models import Organization
from organizations.queries import street_above


class ProposeTransfer(CurrentMemberView):
    """Propose that the street issues a letter for a member."""

    form_class = ProposalForm
    title = _("Transfer by letter")
    submit_label = _("Propose to the street")
    success_message = _("Proposed. The street issues the letter.")

    def refuse_beforehand(self) -> None:
        super().refuse_beforehand()
        refuse_under_way(self.row)
        refuse_suspended(self.row)

    def get_form_kwargs(self) -> dict[str, Any]:
        home = self.row.organization
        own = street_above(home) if home is not None else None
        streets = Organization.objects.open().streets()
        others = streets.exclude(pk=own.pk if own else 0).order_by("path")
        return {**super().get_form_kwargs(), "streets": others, "member": self.row}

    def get_initial(self) -> dict[str, Any]:
        """Return what was proposed before, where it was refused."""
        refused = self.row.transfers.came_back().first()
        return {} if refused is None else refused.proposal_values()

    def run_action(self, form: Any) -> str:
        transfer = actions.propose_transfer(
            self.row, by=reader(self.request), **form.action_values()
        )
        return transfer.get_absolute_url()


class RecordLetter(UserPassesTestMixin, ActionFormView):
    """Record a letter that comes from outside the city."""

    form_class = LetterForm
    title = _("Record a letter from outside")
    success_message = _("Recorded. The community enters the member on arrival.")

    def test_func(self) -> bool:
        return permissions.can_record_letter(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        organizations = Organization.objects.managed_by(self.request.user)
        communities = organizations.open().communities().order_by("path")
        return {**super().get_form_kwargs(), "communities": communities}

    def run_action(self, form: Any) -> str:
        transfers = actions.record_letters(
            by=reader(self.request), **form.action_values()
        )
        if len(transfers) == 1:
            return transfers[0].get_absolute_url()
        query = urlencode({"stage": Stage.IN_TRANSIT, "way": Direction.IN})
        return f"{reverse('members:transfers')}?{query}"
