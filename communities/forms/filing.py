"""The form by which somebody in a seat is put on file."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.db.fields import NumberTextFormField
from core.months import today
from core.web.forms import DayField, KeyedForm
from organizations.queries import code_choices, code_items


class FilingForm(KeyedForm):
    """At which level somebody is on file, under which number, since when, by what."""

    level = forms.ChoiceField(
        label=pgettext_lazy("filing", "Level of filing"),
        choices=lambda: code_items("filing_levels"),
    )
    number = NumberTextFormField(label=_("File number"), max_length=40)
    standing = forms.ChoiceField(
        label=pgettext_lazy("filing", "Standing of the person"),
        choices=lambda: code_choices("cadre_standings"),
        required=False,
    )
    starts_on = DayField(label=_("On file since"), past=True, initial=today)
    basis = forms.CharField(
        label=_("Document behind it"), max_length=120, required=False
    )
