"""Figures, targets and returns are exact on both databases, sums in SQL as well."""

from decimal import Decimal

import pytest
from django.apps import apps
from django.db.models import DecimalField, Sum

from cobuilding.models import Target, TargetProgress
from core.db.money import HundredthsField
from figures.models import Figure
from reports.models import ReturnLine
from tests.factories.figures import FigureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both]

# Decimals that are no money and are never added up unrounded.
OTHER_DECIMALS = {
    "finance.DuesRate.percent",
    "volunteering.ServiceRecord.hours",
}


def test_a_sum_in_the_database_equals_the_sum_in_python(east, west, branch):
    amounts = (Decimal("0.10"), Decimal("0.20"), Decimal("1234567890123.45"))
    for organization, amount in zip((east, west, branch), amounts, strict=True):
        FigureFactory(organization=organization, indicator="spending", value=amount)
    rows = Figure.objects.filter(indicator="spending").order_by()

    total = rows.values("indicator").annotate(total=Sum("value"))
    small = total.filter(organization__in=[east, west])

    assert small.filter(total=Decimal("0.30")).count() == 1
    assert total.get()["total"] == sum(amounts)
    assert sorted(rows.values_list("value", flat=True)) == sorted(amounts)


@pytest.mark.parametrize(
    ("model", "names"),
    [
        (Figure, {"value"}),
        (Target, {"goal", "baseline"}),
        (TargetProgress, {"month_value", "value", "expected"}),
        (ReturnLine, {"computed", "reported"}),
    ],
)
def test_figures_targets_and_returns_are_stored_as_whole_hundredths(model, names):
    fields = {f.name for f in model._meta.fields if isinstance(f, HundredthsField)}

    assert fields == names


def test_no_other_column_keeps_decimals_as_floating_point():
    found = {
        f"{field.model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.fields
        if isinstance(field, DecimalField)
    }

    assert found == OTHER_DECIMALS


def test_more_than_two_decimals_are_refused_not_rounded(east):
    with pytest.raises(ValueError, match="hundredths"):
        FigureFactory(organization=east, indicator="spending", value=Decimal("0.001"))
