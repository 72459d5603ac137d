"""The form that keeps a record of a day after an end."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.db.sentences import HOW_LONG
from core.web.forms import ReasonForm


class KeepForm(ReasonForm):
    """Why a record is right although its member had ended before."""

    reason = forms.CharField(
        label=_("Why it is right"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=HOW_LONG,
    )
