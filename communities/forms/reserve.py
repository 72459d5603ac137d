"""Forms of the lists of people who could take over."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.enums import ReserveOutcome
from communities.forms.seat import TakeSeatForm
from core.months import today
from core.web.forms import DayField, KeyedForm, VersionedForm, offer_rows
from organizations.models import Organization
from organizations.queries import code_choices


def reserve_levels() -> list[tuple[str, str]]:
    """Return the levels of reserves by their codes."""
    return code_choices("reserve_levels")


class ReserveFields(KeyedForm):
    """At which level somebody is a reserve, for what, and who looks after them."""

    level = forms.ChoiceField(label=_("Level of reserve"), choices=reserve_levels)
    for_post = forms.CharField(label=_("Post that they could take over"), max_length=60)
    mentor = forms.CharField(label=_("Mentor"), max_length=60, required=False)


class NewReserveForm(TakeSeatForm, ReserveFields):
    """Who is put on which organization's list, found by name."""

    organization = forms.ModelChoiceField(
        label=_("Party organization"), queryset=Organization.objects.none()
    )
    field_order = [
        *("organization", "name", "which", "level", "for_post"),
        *("recruited_from", "mentor", "starts_on"),
    ]

    def __init__(
        self, *args: Any, organizations: QuerySet[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in (
            *("channel", "unit", "is_full_time", "is_long_term"),
            *("is_actual_lead", "works_since"),
        ):
            self.fields.pop(name, None)
        self.fields["name"].required = True
        self.fields["starts_on"].label = _("On the list since")
        offer_rows(self, "organization", organizations, preset=True)


class ReserveForm(ReserveFields, VersionedForm):
    """Corrects the level, the post and the mentor of a reserve."""


class EndReserveForm(KeyedForm):
    """From when on somebody is no longer on the list, and what became of them."""

    on = DayField(label=_("No longer from"), past=True, initial=today)
    outcome = forms.ChoiceField(
        label=pgettext_lazy("reserve", "What became of them"),
        choices=ReserveOutcome.choices,
    )

    def clean_outcome(self) -> ReserveOutcome:
        """Return the outcome as the action takes it."""
        return ReserveOutcome(self.cleaned_data["outcome"])
