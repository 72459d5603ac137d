"""Forms of check-ins and absences."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.db.fields import NumberTextFormField
from core.months import today
from core.web.forms import KeyedForm
from members.ends.day_questions import LeaveReasonForm
from members.enums import LeaveReason, MobileKind
from members.fields import day_field

CHECKING_OUT = [
    (r.value, r.label)
    for r in (LeaveReason.MOVED_AWAY, LeaveReason.DIED, LeaveReason.OUT_OF_SERVICE)
]


class MobileForm(KeyedForm):
    """Kind, destination and first day of an absence without a transfer."""

    kind = forms.ChoiceField(label=_("Kind"), choices=MobileKind.choices)
    destination = forms.CharField(label=_("Destination"), max_length=80, required=False)
    on = day_field(_("Away since"), initial=today)


class HomeBranchForm(KeyedForm):
    """Where a guest belongs, as their branch is called."""

    home_branch = NumberTextFormField(
        label=_("Branch elsewhere"),
        max_length=100,
        help_text=_("The full name of the branch, as the check-in slip has it."),
    )


class DayForm(KeyedForm):
    """The day of an event."""

    on = day_field(_("Day"), initial=today)


class LeaveForm(LeaveReasonForm):
    """Reason and day of the end of a check-in."""

    reason = forms.ChoiceField(label=_("Reason"), choices=CHECKING_OUT)
    on = day_field(_("Checked in until"), initial=today)
