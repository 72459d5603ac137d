"""What a list's filter asks for, in words."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from core.dates import format_day
from core.web.forms import label_choice


def describe_criteria(form: forms.Form) -> dict[str, str]:
    """Return what a filter's form asks for, by the labels of its fields.

    A value that the reader may not choose filters nothing, and that is said too.
    """
    refused = [
        str(form.fields[name].label) for name in form.errors if name in form.fields
    ]
    asked = getattr(form, "cleaned_data", {})
    unfiltered = {str(_("Not filtered by")): "、".join(refused)} if refused else {}
    return unfiltered | {
        str(form.fields[name].label): _describe(form.fields[name], value)
        for name, value in asked.items()
        if name in form.fields and value not in (None, "", [], False)
    }


def _describe(field: forms.Field, value: Any) -> str:
    if isinstance(value, dt.date):
        return format_day(value)
    if isinstance(field, forms.ModelChoiceField):
        return label_choice(value)
    choices = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    if isinstance(value, list | tuple | set):
        return "、".join(choices.get(str(one), str(one)) for one in value)
    return choices.get(str(value), str(value))
