"""Forms by which an opinion is asked for, given, and about whom."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import CaseKind
from core.db.fields import NumberTextFormField
from core.errors import DomainError
from core.months import today
from core.names import MAX_LENGTH, clean_person_name
from core.web.forms import DayField, KeyedForm, offer_rows
from members.enums import Opinion
from organizations.enums import STREET_TIER
from organizations.models import Organization, Unit


def _area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


NOT_ITS_COMMUNITY = _(
    "This community is not that of the unit. Nothing was sent: choose the unit's own"
    " community, or a street."
)


class AskOpinionForm(KeyedForm):
    """What is asked of the place, under which number, and by when."""

    kind = forms.ModelChoiceField(
        label=_("Kind of question"), queryset=CaseKind.objects.none()
    )
    question = forms.CharField(
        label=pgettext_lazy("opinion", "Question"),
        max_length=300,
        widget=_area(),
        help_text=_("For which honour or post, and what you would like to hear."),
    )
    number = NumberTextFormField(
        label=pgettext_lazy("opinion", "Number of the letter"),
        max_length=40,
        required=False,
    )
    due_on = DayField(
        label=_("Answer due on"),
        required=False,
        help_text=_("Left empty, the working days of its kind count from today."),
    )

    def __init__(self, *args: Any, kinds: QuerySet[CaseKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].widget.attrs["min"] = f"{today()}"
        offer_rows(self, "kind", kinds, preset=True)


class AskForBodyForm(AskOpinionForm):
    """The same, asked by a Party organization of one's area."""

    organization = forms.ModelChoiceField(
        label=_("Party organization that asks"), queryset=Organization.objects.none()
    )
    field_order = ("organization", "kind")

    def __init__(
        self, *args: Any, organizations: QuerySet[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "organization", organizations, preset=True)


class AskAboutPersonForm(AskOpinionForm):
    """Somebody named in words, and the place that is asked about them."""

    person = forms.CharField(label=_("Name"), max_length=MAX_LENGTH)
    position = forms.CharField(
        label=_("Post, present or intended"), max_length=60, required=False
    )
    workplace = forms.CharField(label=_("Unit of the person"), max_length=80)
    place = forms.ModelChoiceField(
        label=_("Who is asked"), queryset=Organization.objects.none()
    )
    field_order: tuple[str, ...] = (
        *("kind", "person", "position", "workplace", "place"),
    )

    def __init__(
        self, *args: Any, places: QuerySet[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "place", places, preset=True)

    def clean_person(self) -> str:
        """Clean the name; refuse what is none."""
        try:
            return clean_person_name(self.cleaned_data["person"])
        except DomainError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class AskForUnitAboutPersonForm(AskAboutPersonForm):
    """The same from a liaison, who says for which of their units they ask."""

    unit = forms.ModelChoiceField(
        label=_("Unit that asks"), queryset=Unit.objects.none()
    )
    field_order = ("unit", *AskAboutPersonForm.field_order)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "unit", units, preset=True)

    def clean(self) -> dict[str, Any] | None:
        """Refuse the community of another unit: a unit asks its own, or a street."""
        cleaned: dict[str, Any] = super().clean() or {}
        unit, place = cleaned.get("unit"), cleaned.get("place")
        if unit is None or place is None or place.kind in STREET_TIER:
            return cleaned
        if unit.host_id != place.pk:
            self.add_error("place", NOT_ITS_COMMUNITY)
        return cleaned


class RecordLetterOfOpinionForm(AskAboutPersonForm):
    """The same from a letter on paper: who wrote it is named in words."""

    asker = forms.CharField(
        label=_("Who asks, as the letter names them"), max_length=80
    )
    on = DayField(label=_("Date of the letter"), past=True, initial=today)
    field_order = ("kind", "asker", "number", "on", "person", "position", "workplace")


class AnswerOpinionForm(KeyedForm):
    """The opinion, and the reasons for it."""

    opinion = forms.ChoiceField(
        label=_("Opinion"), choices=Opinion.choices, widget=forms.RadioSelect
    )
    reasons = forms.CharField(
        label=_("Reasons"), max_length=300, widget=_area(4), help_text=_("In words.")
    )
    reply_number = NumberTextFormField(
        label=_("Number of the reply"), max_length=40, required=False
    )
