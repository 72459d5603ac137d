"""The rules of the tables: in the database by name, for the reader in words."""

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

pytestmark = pytest.mark.django_db
MIDDLE = dt.date(2026, 6, 15)

CHECKS = [
    (ReturnRoundFactory, {"month": MIDDLE}, "returnround_is_of_a_month", "当月第一天"),
    (
        ReturnRoundFactory,
        {"due_on": JUNE},
        "returnround_due_after_the_month_began",
        "截止日期不能早于所属月份",
    ),
    (
        MonthlyReturnFactory,
        {"month": MIDDLE},
        "monthlyreturn_is_of_a_month",
        "当月第一天",
    ),
    (
        MonthlyReturnFactory,
        {"state": ReturnState.SUBMITTED},
        "monthlyreturn_submitted_by_someone",
        "已报送的月报须写明报送人和时间",
    ),
    (
        MonthlyReturnFactory,
        {"state": ReturnState.RETURNED, "return_reason": "请核对"},
        "monthlyreturn_decided_by_someone",
        "已审核的月报须写明审核人和时间",
    ),
    (
        ReturnLineFactory,
        {"reported": Decimal(7)},
        "returnline_differs_with_a_reason",
        "报送数与计算数不同时，必须填写说明",
    ),
    (
        ReturnLineFactory,
        {"reported": Decimal(-5), "reason": "核对"},
        "returnline_(bounds|reports_no_less_than_none)",
        "不能小于 0",
    ),
    (
        ReturnFormLineFactory,
        {"divisor": 0},
        "returnformline_divides",
        "小于 1 或大于 100,000,000",
    ),
]


@pytest.mark.parametrize(("make", "values", "name", "words"), CHECKS)
def test_the_database_refuses_by_name_and_the_form_in_words(make, values, name, words):
    row = make()
    for column, value in values.items():
        setattr(row, column, value)

    with pytest.raises(ValidationError, match=words):
        row.full_clean()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        row.save()


def test_a_return_is_never_accepted_by_the_person_who_submitted_it(staff):
    row = MonthlyReturnFactory()
    row.submitted_by = row.decided_by = staff
    row.submitted_at = row.decided_at = timezone.now()
    row.state = ReturnState.ACCEPTED

    with pytest.raises(ValidationError, match="须由报送人以外的人接收"):
        row.full_clean()
    with (
        pytest.raises(IntegrityError, match="monthlyreturn_accepted_by_another"),
        transaction.atomic(),
    ):
        row.save()


TWICE = [
    (ReturnFormFactory, "报表已有这个版本"),
    (ReturnFormLineFactory, "报表已有这个指标"),
    (ReturnRoundFactory, "该街道本月已开启报送"),
    (MonthlyReturnFactory, "该社区本月已有月报"),
    (ReturnLineFactory, "月报已有这一行"),
    (PublishedMonthFactory, "本月已发布"),
]


@pytest.mark.parametrize(("make", "words"), TWICE)
def test_a_second_row_of_the_same_thing_is_refused(make, words):
    row = make()
    row.pk = None
    row._state.adding = True

    with pytest.raises(ValidationError, match=words):
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
