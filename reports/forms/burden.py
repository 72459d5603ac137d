"""Forms of tasks from above and of feedback."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from core.db.sentences import HOW_LONG
from core.months import today
from core.text import StrOrPromise
from core.web.forms import AskedOnce, DayField, KeyedForm, offer_rows
from organizations.models import Organization
from organizations.queries import code_items
from reports.models.requests import MOST_MINUTES

AN_HOUR = 60  # minutes
MANY_HOURS = 40


class RequestForm(KeyedForm):
    """What was asked by whom, of which places, and by when."""

    title = forms.CharField(label=_("Task"), max_length=80)
    source = forms.ChoiceField(
        label=_("Source of the task"), choices=lambda: code_items("request_sources")
    )
    kind = forms.ChoiceField(
        label=_("What is asked for"), choices=lambda: code_items("request_kinds")
    )
    received_on = DayField(label=_("Received on"), past=True, initial=today)
    due_on = DayField(
        label=_("Due on"),
        required=False,
        help_text=_("Left empty where no day was set."),
    )
    organizations = forms.ModelMultipleChoiceField(
        label=_("Who has to do it"),
        queryset=Organization.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    document = forms.CharField(
        label=_("Document of the task"), max_length=120, required=False
    )

    def __init__(
        self, *args: Any, organizations: QuerySet[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organizations"]
        field.queryset = organizations
        only = list(organizations[:2])
        if len(only) == 1:
            field.initial = [only[0].pk]


class FinishForm(AskedOnce):
    """On which day a task was done, and how many hours it took."""

    done_on = DayField(label=_("Done on"), past=True, initial=today)
    hours = forms.DecimalField(
        label=_("Hours that it took"),
        required=False,
        min_value=0,
        max_value=MOST_MINUTES // AN_HOUR,
        max_digits=6,
        decimal_places=1,
        help_text=_(
            "All who worked on it together. It is shown in sums alone; leave it empty"
            " if nobody knows."
        ),
    )

    def questions(self) -> Iterator[StrOrPromise]:
        """Ask about a task that took more than a working week."""
        hours = self.cleaned_data.get("hours")
        if hours is not None and hours > MANY_HOURS:
            yield _("%(hours)s hours are more than a working week. Is that right?") % {
                "hours": hours
            }

    def action_values(self) -> dict[str, Any]:
        """Return the day and the time in minutes."""
        values = super().action_values()
        hours: Decimal | None = values.pop("hours")
        return {**values, "minutes": None if hours is None else int(hours * AN_HOUR)}


class FeedbackForm(KeyedForm):
    """What is cumbersome on a page, or missing."""

    text = forms.CharField(
        label=_("What is cumbersome or missing?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Do not write names or numbers of people here."),
    )
    organization = forms.ModelChoiceField(
        label=_("Place"), queryset=Organization.objects.none()
    )
    page = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, organizations: QuerySet[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "organization", organizations, preset=True)

    def clean_page(self) -> str:
        """Keep only an address of this site, without what was searched for."""
        page: str = self.cleaned_data["page"].partition("?")[0]
        try:
            resolve(page)
        except Resolver404:
            return ""
        return page


class FeedbackAnswerForm(KeyedForm):
    """What the street says to the feedback."""

    answer = forms.CharField(
        label=_("Answer"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=HOW_LONG,
    )
