"""Dated facts of places: recorded with day and source, never overwritten, counted."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from core.errors import ConstraintViolated, FutureDay
from core.months import today
from figures.counting import count_figures
from organizations.actions import void_fact
from organizations.models import PlaceFact
from organizations.roles import Role
from tests.client import Browser
from tests.factories.accounts import holder
from tests.factories.documents import PublicationFactory
from tests.factories.members import MemberFactory, account_of
from tests.factories.organizations import (
    BranchFactory,
    CommunityFactory,
    PlaceFactFactory,
    StreetFactory,
)
from tests.factories.volunteering import ShiftFactory

pytestmark = pytest.mark.django_db
JANUARY, FEBRUARY, MARCH = (dt.date(2026, month, 1) for month in (1, 2, 3))


def signed_in(user):
    client = Browser()
    client.force_login(user, backend="accounts.backends.UsernameOrPhone")
    return client


@pytest.mark.mission("S1-41")
def test_a_clerk_records_the_population_with_the_day_on_which_it_was_taken():
    place = CommunityFactory()
    client = signed_in(holder(Role.CLERK, organization=place))

    client.post(
        reverse("organizations:record_fact"),
        {
            "organization": place.pk,
            "kind": "population",
            "value": "8632",
            "taken_on": "2026-01-31",
            "source": "派出所",
            "is_estimate": "on",
        },
    )

    fact = PlaceFact.objects.get()
    page = client.get(reverse("organizations:facts_of_place", args=[place.pk]))
    text = page.content.decode()
    assert (fact.value, fact.taken_on) == (8632, dt.date(2026, 1, 31))
    for word in ("常住人口", "约8,632", "2026年1月31日", "派出所"):
        assert word in text


def test_the_latest_number_holds_and_the_earlier_ones_stay_to_be_read():
    place = CommunityFactory()
    first, second = (
        PlaceFactFactory(organization=place, value=value, taken_on=day)
        for value, day in ((8000, JANUARY), (8100, MARCH))
    )
    client = signed_in(holder(Role.SECRETARY, organization=place))

    assert [*PlaceFact.objects.current()] == [second]
    assert [*PlaceFact.objects.current(FEBRUARY)] == [first]
    listed = client.get(reverse("organizations:facts")).content.decode()
    assert "8,100" in listed
    assert "8,000" not in listed
    page = client.get(reverse("organizations:facts_of_place", args=[place.pk]))
    text = page.content.decode()
    assert "8,000" in text
    assert '"values": [8000.0, 8100.0]' in text


def test_a_place_has_one_number_of_a_kind_a_day_until_it_is_voided():
    wrong = PlaceFactFactory()
    again = {"organization": wrong.organization, "taken_on": wrong.taken_on}
    with pytest.raises(ConstraintViolated, match="已有"):
        PlaceFactFactory(**again)

    void_fact(wrong, by=None, reason="多打了一位")

    right = PlaceFactFactory(**again)
    assert [*PlaceFact.objects.current()] == [right]


def test_after_a_voided_number_the_one_before_holds_again():
    before = PlaceFactFactory(taken_on=JANUARY)
    wrong = PlaceFactFactory(organization=before.organization, taken_on=MARCH)

    void_fact(wrong, by=None, reason="日期错误")

    assert [*PlaceFact.objects.current()] == [before]


def test_no_number_is_taken_on_a_day_to_come():
    with pytest.raises(FutureDay):
        PlaceFactFactory(taken_on=today() + dt.timedelta(days=1))


@pytest.mark.mission("S2-64")
def test_the_population_of_a_town_is_the_sum_of_its_communities_at_month_end():
    street = StreetFactory()
    for value in (8000, 500):
        place = CommunityFactory(parent=street)
        PlaceFactFactory(organization=place, value=value, taken_on=JANUARY)
        PlaceFactFactory(organization=place, value=value + 1, taken_on=MARCH)
    PlaceFactFactory(organization=street, value=9000, taken_on=JANUARY)

    values = [
        count_figures(street, month, ["population"])["population"]
        for month in (dt.date(2025, 12, 1), FEBRUARY, MARCH)
    ]

    assert values == [0, 8500, 8502]


@pytest.mark.mission("S1-39")
def test_the_income_of_the_collective_is_summed_to_the_cent():
    street = StreetFactory()
    for value in ("120000.50", "80000.25"):
        PlaceFactFactory(
            organization=CommunityFactory(parent=street),
            kind="collective_income",
            value=Decimal(value),
        )

    values = count_figures(street, MARCH, ["collective_income"])

    assert values == {"collective_income": Decimal("200000.75")}


@pytest.mark.mission("S3-13")
def test_a_member_who_checks_in_opens_a_portrait_of_the_community():
    place = CommunityFactory()
    BranchFactory(parent=place)
    PlaceFactFactory(organization=place, value=8632, is_minimum=True)
    PublicationFactory(organization=place, title="社区的难题")
    post = ShiftFactory(post__organization=place).post
    member = signed_in(account_of(MemberFactory(community=None)))
    portrait = reverse("exchange:public_page", args=[place.code])

    assert portrait in member.get(reverse("members:check_in")).content.decode()

    text = member.get(portrait).content.decode()
    for word in ("不少于8,632", "党支部", "社区的难题", post.title):
        assert word in text
