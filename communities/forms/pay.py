"""Forms of what seats are paid, and of the standards of pay."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.models import SeatKind
from core.months import today
from core.web.forms import DayField, KeyedForm, offer_rows
from organizations.models import Organization
from organizations.queries import code_choices


def amount_field(**kwargs: Any) -> forms.DecimalField:
    """Return the field for an amount a month."""
    return forms.DecimalField(
        label=_("Amount a month (yuan)"), max_digits=9, decimal_places=2, **kwargs
    )


class PayForm(KeyedForm):
    """What somebody is paid for a seat from a day on, by whom and from what."""

    starts_on = DayField(label=_("From"), past=True, initial=today)
    amount = amount_field(min_value=0, help_text=_("0 where the work is not paid."))
    payer = forms.CharField(
        label=_("Who pays"),
        max_length=60,
        required=False,
        help_text=_("The street, the residents' committee, a unit …"),
    )
    source = forms.ChoiceField(
        label=_("From which money"),
        choices=lambda: code_choices("pay_sources"),
        required=False,
    )
    grade = forms.ChoiceField(
        label=pgettext_lazy("pay", "Grade"),
        choices=lambda: code_choices("worker_grades"),
        required=False,
    )


class SeatKindChoice(forms.ModelChoiceField):
    """A choice of a kind of seat, named with the kind of body."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.body_kind.name} · {obj.name}"


class StandardForm(KeyedForm):
    """What a kind of seat ought to be paid in an area, from a day on."""

    organization = forms.ModelChoiceField(
        label=_("Holds for"), queryset=Organization.objects.none()
    )
    seat_kind = SeatKindChoice(label=_("Seat"), queryset=SeatKind.objects.none())
    amount = amount_field(min_value=0.01)
    starts_on = DayField(label=_("From"), initial=today)
    basis = forms.CharField(
        label=_("Document behind it"), max_length=120, required=False
    )

    def __init__(
        self,
        *args: Any,
        organizations: QuerySet[Organization],
        seat_kinds: QuerySet[SeatKind],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "organization", organizations, preset=True)
        offer_rows(self, "seat_kind", seat_kinds)
