"""Forms of places served and of visits to them."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.months import today
from core.web.forms import DayField, KeyedForm, offer_rows
from organizations.models import Organization

LONG = forms.Textarea(attrs={"rows": 3})


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


class VisitForm(KeyedForm):
    """When somebody visited, what they saw, and which problem is to be solved."""

    visited_on = DayField(label=_("Visited on"), past=True, initial=today)
    seen = forms.CharField(label=_("What was seen"), max_length=500, widget=LONG)
    problem = forms.CharField(
        label=_("Problem to be solved"),
        max_length=500,
        widget=LONG,
        required=False,
        help_text=_("It is on the desk until it is said what was done."),
    )


class SettleForm(KeyedForm):
    """What was done about a problem, and when."""

    outcome = forms.CharField(
        label=pgettext_lazy("visit", "What was done"), max_length=500, widget=LONG
    )
    on = DayField(label=_("Settled on"), past=True, initial=today)
