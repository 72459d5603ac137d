"""Form of a list that leaves as a file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import KeyedForm
from exchange.enums import ExportKind


class ExportForm(KeyedForm):
    """A list by its address, and the kind of file it leaves as."""

    list = forms.CharField(max_length=2000, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind of file"), choices=ExportKind.choices)
