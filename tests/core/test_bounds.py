"""Numbers outside their bounds are refused; stored ones are clamped."""

from decimal import Decimal

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models

from core.db.bounds import bounded, clamp_column
from core.db.constraint_errors import iter_constraints
from core.db.constraints import validate
from core.errors import ConstraintViolated
from organizations.enums import ThresholdKey
from organizations.models import Threshold
from tests.factories.organizations import LONG_AGO

MAX_VALUE = 100_000
FUTURE = LONG_AGO.replace(year=2099)


def threshold(value):
    return Threshold(
        key=ThresholdKey.YOUNG_AGE, value=value, starts_on=FUTURE, ends_on=None
    )


@pytest.mark.django_db
@pytest.mark.parametrize("value", [-1, MAX_VALUE + 1])
def test_a_number_outside_its_bounds_is_refused_with_the_bounds(value):
    Threshold.objects.all().delete()

    with pytest.raises(ConstraintViolated) as refusal:
        validate(threshold(value))

    assert ["0" in str(refusal.value), "100,000" in str(refusal.value)] == [True, True]


@pytest.mark.django_db
@pytest.mark.parametrize("value", [0, MAX_VALUE])
def test_the_bounds_themselves_are_accepted(value):
    Threshold.objects.all().delete()
    validate(threshold(value))

    threshold(value).save()


@pytest.mark.both
@pytest.mark.django_db
def test_the_database_refuses_it_as_well():
    Threshold.objects.all().delete()

    with pytest.raises(IntegrityError, match="threshold_bounds"):
        threshold(-1).save()


@pytest.mark.postgres
@pytest.mark.django_db
def test_stored_rows_are_clamped_to_the_bounds():
    (rule,) = [c for _m, c in iter_constraints() if c.name == "threshold_bounds"]
    Threshold.objects.all().delete()
    with connection.schema_editor() as editor:
        editor.remove_constraint(Threshold, rule)
    before = [threshold(-5), threshold(7), threshold(MAX_VALUE * 2)]
    for year, row in enumerate(before, start=2090):
        row.starts_on, row.ends_on = FUTURE.replace(year=year), FUTURE
        row.save()

    step = clamp_column("organizations", "Threshold", "value", least=0, most=MAX_VALUE)
    step.code(apps, None)

    values = Threshold.objects.order_by("starts_on").values_list("value", flat=True)
    assert [*values] == [0, 7, MAX_VALUE]


@pytest.mark.django_db
def test_rows_with_computed_numbers_may_be_excepted():
    typed = models.Q(note="")
    rule = bounded(
        "value", least=0, most=Decimal("9.5"), name="row_bounds", unless=typed
    )

    checks = {
        (value, note): rule.condition.check({"value": value, "note": note})
        for value in (-1, 9, 10)
        for note in ("", "x")
    }

    assert [key for key, is_met in checks.items() if not is_met] == [
        (-1, "x"),
        (10, "x"),
    ]
