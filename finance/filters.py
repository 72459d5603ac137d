"""Filters of lists of money."""

from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_filters import (
    ChoiceFilter,
    DateFilter,
    Filter,
    FilterSet,
    ModelChoiceFilter,
)

from finance.enums import FundKind, VoucherKind, VoucherState
from finance.models import Fund, Line, Voucher
from organizations.models import Organization

UNFINISHED = "unfinished"


class DayFilter(DateFilter):
    """A bound by day, picked from the browser's calendar."""

    def __init__(self, **kwargs: object) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, **kwargs)


def visible_places(request: Any) -> QuerySet[Organization]:
    """Return the places by which the reader may filter funds."""
    return Organization.objects.visible_to(request.user).open()


class FundFilter(FilterSet):
    """Funds by what they are for, and by place."""

    kind = ChoiceFilter(label=_("Kind of fund"), choices=FundKind.choices)
    organization = ModelChoiceFilter(
        label=_("Party organization"), queryset=visible_places, method="at_or_below"
    )

    class Meta:
        model = Fund
        fields = ["kind"]

    def at_or_below(self, funds: Any, _name: str, place: Organization) -> Any:
        """Funds of the place and of all below it."""
        return funds.within(place)


class LedgerFilter(FilterSet):
    """Ledger lines between two days."""

    since = DayFilter(
        label=_("From day"), field_name="voucher__booked_on", lookup_expr="gte"
    )
    until = DayFilter(
        label=_("To day"), field_name="voucher__booked_on", lookup_expr="lte"
    )

    class Meta:
        model = Line
        fields = ["since", "until"]


def visible_funds(request: HttpRequest | None) -> Any:
    """Return the funds a reader may narrow the list to."""
    return Fund.objects.visible_to(request.user if request else AnonymousUser())


class NumberFilter(Filter):
    """Rows with a number that was counted up from one."""

    field_class = forms.IntegerField


class VoucherFilter(FilterSet):
    """Vouchers by their number and fund, how far they have come, what they do."""

    number = NumberFilter(label=_("Voucher no."), min_value=1, max_value=999_999)
    fund = ModelChoiceFilter(label=_("Fund"), queryset=visible_funds)
    state = ChoiceFilter(label=_("State"), choices=VoucherState.choices)
    kind = ChoiceFilter(label=_("Kind of voucher"), choices=VoucherKind.choices)
    progress = ChoiceFilter(
        label=_("Progress"),
        choices=[(UNFINISHED, _("not posted yet"))],
        method="filter_progress",
    )

    def filter_progress(self, rows: Any, _name: str, _value: str) -> Any:
        """Keep those that somebody still has to finish."""
        return rows.unfinished()

    class Meta:
        model = Voucher
        fields = ["number", "fund", "state", "kind"]
