"""Ratios: two figures over one set, never above 100 % where one is a part."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from communities.enums import MeetingKind
from core.months import today
from figures.definitions import indicators
from figures.ratios import RatioValue, find_figure, ratios, read_ratios
from members.actions import check_in
from members.enums import Category
from organizations.month_tree import children_of, get_organization_at
from tests.factories.cobuilding import TargetFactory, signed
from tests.factories.communities import MeetingFactory
from tests.factories.figures import recount_all
from tests.factories.members import MemberFactory
from tests.factories.organizations import UnitFactory
from tests.factories.reports import JUNE
from tests.figures.busy_june import happen

pytestmark = pytest.mark.django_db
SHARES = [one for one in ratios if one.is_share]
MAY = dt.date(2026, 5, 1)


def value_of(key, place, month=JUNE):
    """A ratio of a place in a month."""
    at = get_organization_at(place.pk, month)
    return read_ratios([ratios.get(key)], at, [], month).whole[key]


def pks(indicator, month=JUNE):
    """The rows of a figure, of the whole installation."""
    return set(indicator.rows(month).values_list("pk", flat=True))


@pytest.mark.parametrize("ratio", SHARES, ids=lambda ratio: ratio.key)
def test_the_rows_of_a_part_are_rows_of_its_whole(ratio, east, branch):
    happen(east, branch)
    UnitFactory(host=east)
    MeetingFactory(organization=branch, kind=MeetingKind.MEMBERS, held_on=JUNE)

    part, whole = pks(ratio.numerator), pks(ratio.denominator)

    assert part <= whole
    assert not (ratio.numerator.distinct)
    assert not (ratio.denominator.distinct)
    assert ratio.numerator.source == ratio.denominator.source


@pytest.mark.parametrize("ratio", ratios, ids=lambda ratio: ratio.key)
def test_both_numbers_of_every_ratio_equal_their_rows(ratio, street, east, branch):
    happen(east, branch)
    UnitFactory(host=east)
    recount_all()
    at = get_organization_at(street.pk, JUNE)

    found = read_ratios([ratio], at, children_of(at, JUNE), JUNE)

    for one in (found.whole[ratio.key], found.by_child[east.path][ratio.key]):
        figures = (ratio.numerator, ratio.denominator)
        for figure, number in zip(
            figures, (one.numerator, one.denominator), strict=True
        ):
            assert number == figure.measure(figure.rows_within(at, JUNE))


@given(
    part=st.integers(-5, 10**7),
    whole=st.integers(-5, 10**7),
)
def test_a_share_is_between_nothing_and_all_or_not_shown(part, whole):
    value = RatioValue(SHARES[0], Decimal(part), Decimal(whole))

    if value.value is None:
        assert value.text == "—"
        assert value.why_none
    else:
        assert 0 <= value.value <= 100
        assert (value.value == 100) == (part == whole)


def test_without_a_denominator_there_is_no_rate(client, staff, street, east):
    recount_all()
    client.force_login(staff)
    page = client.get(reverse("figures:ratios", args=[street.pk, JUNE]))

    assert value_of("members_women_share", street).value is None
    assert "没有可作分母的数" in page.content.decode()


def test_who_is_in_service_and_checked_in_makes_the_share(east, west, branch):
    members = MemberFactory.create_batch(
        4, organization=branch, category=Category.IN_SERVICE
    )
    MemberFactory(organization=branch, category=Category.RETIRED)
    check_in(members[0], west, on=today() - dt.timedelta(days=20), by=None)

    share = value_of("members_checked_in_share", east)

    assert (share.numerator, share.denominator, share.text) == (1, 4, "25.0 %")
    assert value_of("members_checked_in_share", west).value is None


def test_a_unit_with_an_agreement_in_force_counts_in_its_month(east):
    unit = UnitFactory(host=east)
    UnitFactory(host=east)
    signed(TargetFactory(agreement__unit=unit, agreement__organization=east).agreement)

    share = value_of("units_agreement_share", east)
    assert (share.numerator, share.denominator, share.text) == (1, 2, "50.0 %")
    long_ago = value_of("units_agreement_share", east, dt.date(2024, 1, 1))
    assert long_ago.numerator == 0


def test_a_meeting_of_the_quarter_covers_its_branch(east, branch, west_branch, street):
    MeetingFactory(
        organization=branch, kind=MeetingKind.MEMBERS, held_on=dt.date(2026, 4, 20)
    )

    assert value_of("branches_members_meeting_held_share", street).text == "50.0 %"
    april = dt.date(2026, 3, 1)
    key = "branches_members_meeting_held_share"
    assert value_of(key, street, april).numerator == 0


def test_every_number_opens_to_its_rows(client, staff, street, roll):
    recount_all()
    client.force_login(staff)
    page = client.get(
        reverse("figures:ratio", args=[street.pk, JUNE, "members_women_share"])
    )
    [east, *_] = page.context["table"].rows

    for name, count in (("part", 1), ("whole", 3)):
        rows = client.get(east.record[name][2])
        assert rows.context["drilldown"].count == count
    assert page.context["table"].rows[-1].record["ratio"].text == "33.3 %"


def test_a_figure_of_ratios_alone_has_a_page_and_is_no_indicator(client, staff, street):
    client.force_login(staff)
    page = client.get(reverse("figures:rows", args=[street.pk, JUNE, "members_lost"]))

    assert page.status_code == 200
    assert "members_lost" not in indicators
    assert find_figure("unheard_of") is None


def test_a_month_that_was_not_counted_says_so(client, staff, street):
    client.force_login(staff)
    page = client.get(reverse("figures:ratios", args=[street.pk, MAY]))

    assert "尚未计算" in page.content.decode()
