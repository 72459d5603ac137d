"""Form of a contact with a member."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.months import today
from core.web.forms import KeyedForm
from members.enums import ContactWay
from members.fields import day_field


class LogContactForm(KeyedForm):
    """How somebody was in touch, today unless another day is typed, and what came."""

    way = forms.ChoiceField(
        label=_("Way of contact"),
        choices=ContactWay.choices,
        initial=ContactWay.PHONE.value,
    )
    on = day_field(_("Day of the contact"), initial=today)
    is_report = forms.BooleanField(
        label=_("The member reported to the branch on the past year"),
        required=False,
        initial=False,
    )
    note = forms.CharField(label=_("What was said"), max_length=200, required=False)
