"""Constraints of returns: refused by the database, with a message in forms."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from reports.enums import ReturnState
from reports.reference import install_forms, read_standard_lines
from tests.factories.reports import (
    JUNE,
    MonthlyReturnFactory,
    PublishedMonthFactory,
    ReturnFormFactory,
    ReturnFormLineFactory,
    ReturnLineFactory,
    ReturnRoundFactory,
)
from tests.messages import rule

pytestmark = pytest.mark.django_db
MIDDLE = dt.date(2026, 6, 15)

CHECKS = [
    (ReturnRoundFactory, {"month": MIDDLE}, ["returnround_is_of_a_month"]),
    (
        ReturnRoundFactory,
        {"due_on": JUNE},
        ["returnround_due_after_the_month_began"],
    ),
    (
        MonthlyReturnFactory,
        {"month": MIDDLE},
        ["monthlyreturn_is_of_a_month"],
    ),
    (
        MonthlyReturnFactory,
        {"state": ReturnState.SUBMITTED},
        ["monthlyreturn_submitted_by_someone"],
    ),
    (
        MonthlyReturnFactory,
        {"state": ReturnState.RETURNED, "return_reason": "请核对"},
        ["monthlyreturn_decided_by_someone"],
    ),
    (
        ReturnLineFactory,
        {"reported": Decimal(7)},
        ["returnline_differs_with_a_reason"],
    ),
    (
        ReturnLineFactory,
        {"reported": Decimal(-5), "reason": "核对"},
        ["returnline_reports_no_less_than_none", "returnline_bounds"],
    ),
    (
        ReturnFormLineFactory,
        {"divisor": 0},
        ["returnformline_divides"],
    ),
]


@pytest.mark.parametrize(("make", "values", "names"), CHECKS)
def test_the_database_refuses_by_name_and_the_form_in_words(make, values, names):
    row = make()
    for column, value in values.items():
        setattr(row, column, value)

    with pytest.raises(ValidationError, match="|".join(map(rule, names))):
        row.full_clean()
    with pytest.raises(IntegrityError, match="|".join(names)), transaction.atomic():
        row.save()


def test_a_return_is_never_accepted_by_the_person_who_submitted_it(staff):
    row = MonthlyReturnFactory()
    row.submitted_by = row.decided_by = staff
    row.submitted_at = row.decided_at = timezone.now()
    row.state = ReturnState.ACCEPTED

    with pytest.raises(
        ValidationError, match=rule("monthlyreturn_accepted_by_another")
    ):
        row.full_clean()
    with (
        pytest.raises(IntegrityError, match="monthlyreturn_accepted_by_another"),
        transaction.atomic(),
    ):
        row.save()


TWICE = [
    (ReturnFormFactory, "returnform_version_once"),
    (ReturnFormLineFactory, "returnformline_indicator_once"),
    (ReturnRoundFactory, "returnround_once"),
    (MonthlyReturnFactory, "monthlyreturn_version_once"),
    (ReturnLineFactory, "returnline_once"),
    (PublishedMonthFactory, "publishedmonth_once"),
]


@pytest.mark.parametrize(("make", "name"), TWICE)
def test_a_second_row_of_the_same_thing_is_refused(make, name):
    row = make()
    row.pk = None
    row._state.adding = True

    with pytest.raises(ValidationError, match=rule(name)):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_the_shipped_form_is_installed_once_and_changes_are_kept():
    form = MonthlyReturnFactory().round.form
    form.lines.filter(indicator="members_women").update(label="女党员")

    install_forms()

    assert form.lines.count() == len(read_standard_lines())
    assert form.lines.get(indicator="members_women").label == "女党员"


def test_the_official_form_has_fifteen_cells():
    official = [row["label"] for row in read_standard_lines() if row["official"] == "1"]

    assert len(official) == 15


def test_rows_have_readable_names(east):
    line = ReturnLineFactory(monthly_return=MonthlyReturnFactory(organization=east))

    assert f"{line}" == "东社区 2026年6月 上月末"
    assert f"{line.form_line.form}" == "社区党建工作月报表 (1)"
