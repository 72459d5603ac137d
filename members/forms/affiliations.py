"""Forms of where a member belongs, and of the end of a membership."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.months import today
from core.text import StrOrPromise
from core.web.forms import KeyedForm, offer_rows
from members.actions.continued import refuse_before_beginning
from members.ends.day_questions import EndReasonForm, MoveDayForm
from members.enums import REASONS_TO_RETURN, EndReason, StartReason
from members.fields import day_field, start_reason_field
from members.forms.approval import ApprovalOfMember
from members.models import Member
from organizations.models import Organization

# Members recorded by mistake are not ended: their record is voided.
RECORDED_BY_OTHER_ACTIONS = {EndReason.MOVED, EndReason.WITHDRAWN}
# A transfer of today goes by letter; one of before is recorded with its day.
LABELS = {EndReason.TRANSFERRED_OUT: _("Transferred out (recorded afterwards)")}
LEAVING = [
    (r.value, LABELS.get(r, r.label))
    for r in EndReason
    if r not in RECORDED_BY_OTHER_ACTIONS
]


class PlaceForm(KeyedForm):
    """The organization of a member from a day on, among the given ones."""

    organization = forms.ModelChoiceField(
        label=_("Party organization"), queryset=Organization.objects.none()
    )
    on = day_field(_("Takes effect on"), initial=today)

    def __init__(
        self, *args: Any, organizations: QuerySet[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "organization", organizations)


class MoveForm(MoveDayForm, PlaceForm):
    """The organization to which a member moves, from a day on."""


class AffiliateForm(ApprovalOfMember, PlaceForm):
    """The organization of a member without one, from a day on, and the reason.

    For somebody whose membership ended only the reasons are offered that its end
    allows.
    """

    reason = start_reason_field()

    field_order = ("organization", "on", "reason", "approved_on")

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, member=member, **kwargs)
        if member.ended_on is not None:
            reasons = reasons_to_return(member)
            choices = [(r.value, r.label) for r in StartReason if r in reasons]
            reason = forms.ChoiceField(label=_("How the member came"), choices=choices)
            self.fields["reason"] = reason
            self.order_fields(self.field_order)


def reasons_to_return(member: Member) -> frozenset[StartReason]:
    """Return the reasons for which somebody whose membership ended may return."""
    return REASONS_TO_RETURN.get(EndReason(member.end_reason), frozenset())


class EndForm(EndReasonForm):
    """Reason, day and note of the end of a membership."""

    reason = forms.ChoiceField(label=_("Reason"), choices=LEAVING)
    on = day_field(_("Takes effect on"), initial=today)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def questions(self) -> Iterator[StrOrPromise]:
        """Refuse a day before the beginning first: no answer would make it possible."""
        row = None
        if self.member is not None:
            row = self.member.affiliations.filter(ends_on=None).first()
        if row is not None:
            try:
                refuse_before_beginning(row, self.cleaned_data["on"])
            except DomainError as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        yield from super().questions()
