"""Record where a member belongs."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from members import actions
from members.actions.membership_bounds import refuse_ended_membership
from members.enums import StartReason
from members.forms import AffiliateForm, MoveForm, reasons_to_return
from members.views.changes import (
    CurrentMemberView,
    MemberFormView,
    organizations_open_to,
)
from organizations.queries import street_above


class MoveMember(CurrentMemberView):
    """Move a member within the street; to another one it takes a letter (R-13)."""

    form_class = MoveForm
    title = _("Move to another organization")

    def get_form_kwargs(self) -> dict[str, Any]:
        organizations = organizations_open_to(self.request.user).exclude(
            pk=self.row.organization_id or 0
        )
        home = self.row.organization
        street = street_above(home) if home is not None else None
        within = organizations.within(street) if street is not None else organizations
        return {
            **super().get_form_kwargs(),
            "organizations": within,
            "member": self.row,
        }

    def run_action(self, form: Any) -> None:
        values = form.cleaned_data
        to, day = values["organization"], values["on"]
        actions.move_member(self.row, to, by=self.request.user, on=day)


class AffiliateMember(MemberFormView):
    """Affiliate a member who has no organization."""

    form_class = AffiliateForm
    title = _("Record where the member belongs")

    def refuse_beforehand(self) -> None:
        if self.row.ended_on is not None and not reasons_to_return(self.row):
            refuse_ended_membership(self.row)

    def get_form_kwargs(self) -> dict[str, Any]:
        organizations = organizations_open_to(self.request.user)
        return {
            **super().get_form_kwargs(),
            "organizations": organizations,
            "member": self.row,
        }

    def run_action(self, form: Any) -> None:
        values = form.cleaned_data
        actions.affiliate_member(
            self.row,
            values["organization"],
            reason=StartReason(values["reason"]),
            by=self.request.user,
            on=values["on"],
            approved_on=values["approved_on"],
        )
