"""Forms of visits, and of what came of them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.models import Visit
from core.months import today
from core.web.forms import DayField, KeyedForm, ReasonForm, VersionedForm
from organizations.queries import code_items

LONG = forms.Textarea(attrs={"rows": 3})


class VisitForm(KeyedForm):
    """When somebody visited, what they found, and what is to be solved by when."""

    kind = forms.ChoiceField(
        label=_("Kind of visit"), choices=lambda: code_items("visit_kinds")
    )
    visited_on = DayField(label=_("Visited on"), past=True, initial=today)
    seen = forms.CharField(label=_("What the visit found"), max_length=500, widget=LONG)
    problem = forms.CharField(
        label=_("Problem to be solved"),
        max_length=500,
        widget=LONG,
        required=False,
        help_text=_("It is on the desk until it is said what was done."),
    )
    due_on = DayField(label=_("To be solved by"), required=False)


class NamedVisitForm(VisitForm):
    """The same, by somebody who is named."""

    visitor = forms.CharField(
        label=_("Who visited, and their post"),
        max_length=80,
        help_text=_("With the post, as the record of the visit says it."),
    )

    field_order: tuple[str, ...] = ("kind", "visitor")

    def __init__(self, *args: Any, visitor: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visitor"].initial = visitor


class SettleForm(KeyedForm):
    """What was done about a problem, and when."""

    outcome = forms.CharField(
        label=pgettext_lazy("visit", "What was done"), max_length=500, widget=LONG
    )
    on = DayField(label=_("Settled on"), past=True, initial=today)


class CorrectVisitForm(NamedVisitForm, VersionedForm, ReasonForm):
    """A visit as it was entered, what is right, and why it is corrected.

    Who serves the place made a visit to it, so nobody is named; what was done is asked
    for only where it was said.
    """

    outcome = forms.CharField(
        label=pgettext_lazy("visit", "What was done"), max_length=500, widget=LONG
    )
    settled_on = DayField(label=_("Settled on"), past=True)

    field_order = (
        *("kind", "visitor", "visited_on", "seen", "problem", "due_on"),
        *("outcome", "settled_on", "reason"),
    )

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if visit.place is not None and not visit.visitor:
            del self.fields["visitor"]
        if visit.settled_on is None:
            del self.fields["outcome"], self.fields["settled_on"]
        else:
            self.fields["problem"].required = True
