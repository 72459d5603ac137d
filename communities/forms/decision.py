"""Forms of sittings of bodies and of what was decided."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from communities.models import Body, SeatHolding
from core.dates import format_day, format_month
from core.months import today
from core.web.forms import DayField, KeyedForm, offer_rows


class SeatedChoice(forms.ModelMultipleChoiceField):
    """A choice of people in seats, named with their seat.

    Two of one name are told apart by the month of birth, and one person who held the
    seat twice by the days.
    """

    def label_from_instance(self, obj: Any) -> str:
        parts = [f"{obj.holder_name}（{obj.seat.kind.name}）"]
        if obj.born_in:
            month = format_month(obj.born_in)
            parts.append(gettext("born %(month)s") % {"month": month})
        if obj.ends_on:
            parts.append(f"{format_day(obj.starts_on)}—{format_day(obj.until)}")
        return " · ".join(parts)


class SittingForm(KeyedForm):
    """When a body sat, on what, and who of those in its seats was there."""

    held_on = DayField(label=_("Held on"), past=True, initial=today)
    topic = forms.CharField(label=_("Topic"), max_length=100)
    place = forms.CharField(label=_("Place"), max_length=80, required=False)
    present = SeatedChoice(
        label=_("Who was there"),
        queryset=SeatHolding.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Who held a seat on the day could vote, whether they came or not."),
    )
    content = forms.CharField(
        label=_("What was discussed"),
        max_length=10000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(
        self, *args: Any, holdings: QuerySet[SeatHolding], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "present", holdings)


class ResolutionForm(KeyedForm):
    """What was decided by which votes, who carries it out until when, who watches."""

    title = forms.CharField(
        label=pgettext_lazy("ledger", "What was decided"), max_length=100
    )
    text = forms.CharField(
        label=_("Text of the decision"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    in_favour = forms.IntegerField(label=_("Votes for"), min_value=0)
    against = forms.IntegerField(label=_("Votes against"), min_value=0, initial=0)
    abstained = forms.IntegerField(label=_("Abstentions"), min_value=0, initial=0)
    carried_by = forms.CharField(
        label=_("Carried out by"),
        max_length=60,
        required=False,
        help_text=_("The person or office; empty where there was no majority."),
    )
    due_on = DayField(label=_("To be done by"), required=False)
    watched_by = forms.ModelChoiceField(
        label=_("Watched by"),
        queryset=Body.objects.none(),
        required=False,
        help_text=_("Most often the residents' supervisory committee."),
    )

    def __init__(self, *args: Any, watchers: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "watched_by", watchers)


class FindingForm(KeyedForm):
    """What the body that watches over a decision found, and when it looked."""

    finding = forms.CharField(
        label=_("What was found"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    on = DayField(label=_("Looked into on"), past=True, initial=today)


class CarriedOutForm(KeyedForm):
    """What was done to carry a decision out, and when that was finished."""

    outcome = forms.CharField(
        label=pgettext_lazy("resolution", "What was done"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    on = DayField(
        label=pgettext_lazy("resolution", "Done on"), past=True, initial=today
    )
