"""The form of places served."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.months import today
from core.web.forms import DayField, KeyedForm, offer_rows
from organizations.models import Organization


class ServeForm(KeyedForm):
    """Which place somebody is there for, and since when."""

    organization = forms.ModelChoiceField(
        label=_("Place served"), queryset=Organization.objects.none()
    )
    starts_on = DayField(label=_("From"), past=True, initial=today)

    def __init__(
        self, *args: Any, organizations: QuerySet[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "organization", organizations)
