"""Party dues by the rates on record (R-50 to R-53, R-63)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from finance.enums import Payer
from finance.errors import DuesNeedABase, NoDuesRateOnDay
from finance.models import Due, DuesRate
from finance.queries import dues_for
from finance.reference import install_reference_data
from tests.messages import refusal_of, says

DAY = dt.date(2026, 6, 1)
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("payer", "base", "due"),
    [
        (Payer.MONTHLY_WAGE, "3000.00", "15.00"),
        (Payer.MONTHLY_WAGE, "3000.01", "30.00"),
        (Payer.MONTHLY_WAGE, "5000", "50.00"),
        (Payer.MONTHLY_WAGE, "5000.01", "75.00"),
        (Payer.MONTHLY_WAGE, "10000", "150.00"),
        (Payer.MONTHLY_WAGE, "10000.01", "200.00"),
        (Payer.RETIRED, "5000", "25.00"),
        (Payer.RETIRED, "5000.01", "50.00"),
        (Payer.ANNUAL_SALARY, "5000.01", "75.00"),
        (Payer.SELF_EMPLOYED, "3000", "15.00"),
    ],
)
def test_one_rate_applies_to_the_whole_base(payer, base, due):
    assert dues_for(payer, Decimal(base), DAY) == Due(Decimal(due), Decimal(due))


@pytest.mark.parametrize("payer", [Payer.STUDENT, Payer.LAID_OFF, Payer.MINIMUM_LIVING])
def test_some_pay_a_fixed_amount_whatever_the_base(payer):
    assert dues_for(payer, None, DAY) == Due(Decimal("0.20"), Decimal("0.20"))


def test_farmers_pay_within_a_range():
    assert dues_for(Payer.FARMER, None, DAY) == Due(Decimal("0.20"), Decimal("1.00"))


def test_an_earlier_day_without_rates_is_refused():
    with pytest.raises(NoDuesRateOnDay, match="2008年3月31日"):
        dues_for(Payer.MONTHLY_WAGE, Decimal(900), dt.date(2008, 3, 31))


@pytest.mark.parametrize("base", [None, Decimal(0)])
def test_a_wage_that_is_none_has_no_rate(base):
    with pytest.raises(DuesNeedABase) as refused:
        dues_for(Payer.MONTHLY_WAGE, base, DAY)

    assert "None" not in str(refused.value)


def test_a_rate_that_an_office_ended_stays_ended_when_reference_is_loaded_again():
    DuesRate.objects.filter(payer=Payer.STUDENT).update(ends_on=DAY)
    count = DuesRate.objects.count()

    install_reference_data()

    assert DuesRate.objects.count() == count
    with pytest.raises(NoDuesRateOnDay):
        dues_for(Payer.STUDENT, None, DAY)


def calculated(client, user, **asked):
    """What the page answers to a calculation."""
    client.force_login(user)
    return client.get(reverse("finance:dues"), {"on": f"{DAY}", **asked})


@pytest.mark.parametrize(
    ("payer", "base", "due"),
    [
        (Payer.MONTHLY_WAGE, "5000.01", "75.00"),
        (Payer.SELF_EMPLOYED, "3,000", "15.00"),
        (Payer.FARMER, "", "0.20—1.00"),
        (Payer.STUDENT, "", "0.20"),
    ],
)
def test_the_page_calculates_and_marks_the_rate_it_applied(
    client, accountant, payer, base, due
):
    page = calculated(client, accountant, payer=payer.value, base=base)

    assert page.context["due"] == due
    assert sum(band.applies for band in page.context["bands"]) == 1


def test_the_page_says_what_is_missing(client, secretary):
    page = calculated(client, secretary, payer=Payer.RETIRED.value, base="")

    (refusal,) = page.context["form"].non_field_errors()
    assert says(refusal, refusal_of(DuesNeedABase))
    assert page.context["due"] == ""


def test_the_page_is_reached_from_the_funds(client, accountant):
    client.force_login(accountant)

    page = client.get(reverse("finance:list"))

    urls = [link.url for link in page.context["page_actions"]]
    assert reverse("finance:dues") in urls
