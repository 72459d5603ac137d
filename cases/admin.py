"""Kinds of case in the browser admin: data that an office adds to."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cases.actions import add_case_kind, change_case_kind
from cases.models import CaseKind
from core.admin import ActionBackedAdmin, Section
from core.admin.forms import ActionBackedForm


class StepsField(forms.CharField):
    """Usual steps, one a line."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {"required": False, "max_length": 400, **kwargs}
        super().__init__(help_text=_("One step a line"), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = (super().to_python(value) or "").splitlines()
        return [line.strip() for line in lines if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(data) != (initial or []))


class CaseKindForm(ActionBackedForm):
    """A kind of case: its name, who deals with it, in how many days, by which steps."""

    steps = StepsField(label=_("usual steps"))


@admin.register(CaseKind)
class CaseKindAdmin(ActionBackedAdmin):
    """Kinds of case; which of them ask for an opinion is decided when one is added."""

    section = Section.RULES
    add_action = add_case_kind
    change_action = change_case_kind
    form = CaseKindForm
    list_display = ["name", "role", "workdays", "asks_opinion"]
    list_filter = ["asks_opinion", "role"]
    search_fields = ["name"]
    columns = ("name", "role", "workdays", "steps")
    add_fields = ("code", *columns, "asks_opinion")
    fields = columns

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Of kinds with details the role stays: whoever it is decides by a form."""
        return ("role",) if obj is not None and obj.has_details else ()
