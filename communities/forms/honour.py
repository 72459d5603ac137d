"""The form by which an honour is entered."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.months import today
from core.web.forms import DayField, KeyedForm
from organizations.queries import code_items


class HonourForm(KeyedForm):
    """Which honour was given by whom, at which level, when and by which document."""

    name = forms.CharField(label=pgettext_lazy("honour", "Honour"), max_length=60)
    level = forms.ChoiceField(
        label=pgettext_lazy("honour", "Level of the honour"),
        choices=lambda: code_items("honour_levels"),
    )
    issuer = forms.CharField(label=_("Given by"), max_length=80)
    document = forms.CharField(
        label=_("Document of the honour"), max_length=120, required=False
    )
    awarded_on = DayField(label=_("Given on"), past=True, initial=today)
