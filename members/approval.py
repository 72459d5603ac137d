"""Form fields about the admission of a new member: approval, and an earlier joining."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.months import month_of, shift_month
from core.web.forms import DayField
from members.enums import StartReason
from members.models import Member

APPROVED_WITHIN = 6  # months, R-33
NOT_BEFORE_START = _(
    "The approval is earlier than the day from which the member belongs here. Please"
    " check both days."
)
APPROVAL_MISSING = _(
    "For a newly admitted member, enter the day on which the superior approved the"
    " admission: the member counts from that month on."
)
ASK_ABOUT_JOINING = _(
    "The day of joining the Party is not within the %(months)s months before the"
    " approval, or is not entered. If this is right, tick the box below and save again."
)


class ApprovalFields(forms.Form):
    """The approval of a newly admitted member, and a question about the joining day.

    Joining long before the approval is unusual and often a typing error, but never
    refused: it is asked once, by a box that appears when it is needed. A subclass has
    the field `reason`; `first_day` names its field with the first day.
    """

    first_day = "starts_on"

    approved_on = DayField(
        label=_("Admission approved on"),
        past=True,
        required=False,
        help_text=_("Only for newly admitted members; they count from this month on."),
    )
    confirm_joining = forms.BooleanField(
        label=_("The day of joining the Party is right"),
        required=False,
        widget=forms.HiddenInput,
    )

    def joining_day(self) -> dt.date | None:
        """Return the day of joining the Party, as exactly as it is known."""
        day: dt.date | None = self.cleaned_data.get("join_date")
        return day

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("reason") != StartReason.DEVELOPED:
            return {**values, "approved_on": None}
        approved_on, starts_on = values.get("approved_on"), values.get(self.first_day)
        if approved_on is None:
            if "approved_on" not in self.errors:
                self.add_error("approved_on", ValidationError(APPROVAL_MISSING))
        elif starts_on is not None and approved_on < starts_on:
            self.add_error("approved_on", ValidationError(NOT_BEFORE_START))
        elif not values.get("confirm_joining"):
            self._ask_about_joining(approved_on)
        return values

    def _ask_about_joining(self, approved_on: dt.date) -> None:
        joined = self.joining_day()
        earliest = shift_month(month_of(approved_on), -APPROVED_WITHIN)
        if joined is not None and earliest <= joined <= approved_on:
            return
        self.fields["confirm_joining"].widget = forms.CheckboxInput()
        question = ASK_ABOUT_JOINING % {"months": APPROVED_WITHIN}
        self.add_error("confirm_joining", ValidationError(question))


class ApprovalOfMember(ApprovalFields):
    """The same for a member whose day of joining is on record."""

    first_day = "on"

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    def joining_day(self) -> dt.date | None:
        return self.member.join_date
