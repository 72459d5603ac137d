"""Constraints of stored figures: refused by the database, with a message in forms."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.factories.figures import FigureFactory
from tests.messages import rule

pytestmark = pytest.mark.django_db


def test_a_month_is_its_first_day():
    row = FigureFactory()
    row.month = dt.date(2026, 6, 15)

    with pytest.raises(ValidationError, match=rule("figure_is_of_a_month")):
        row.full_clean()
    with (
        pytest.raises(IntegrityError, match="figure_is_of_a_month"),
        transaction.atomic(),
    ):
        row.save()


def test_a_figure_is_stored_once():
    row = FigureFactory()
    row.pk = None
    row._state.adding = True

    with pytest.raises(ValidationError, match=rule("figure_once")):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_a_figure_names_its_organization_month_and_indicator(east):
    assert f"{FigureFactory(organization=east)}" == "东社区 2026年6月 本月末党员数"
