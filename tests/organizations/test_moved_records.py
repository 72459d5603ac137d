"""A record that comes to lie elsewhere is counted there in every open month."""

import datetime as dt

import pytest
import time_machine

from core.months import today
from figures.models import Figure
from members.actions import change_development
from organizations.actions import Basis, merge_organization, void_decision
from organizations.models import OrganizationChange
from reports.invariants import find_wrong_figures
from tests.factories.cases import CaseFactory
from tests.factories.facilities import FacilityFactory
from tests.factories.figures import recount_all
from tests.factories.members import DevelopmentFactory, MemberFactory
from tests.factories.organizations import BranchFactory
from tests.factories.visits import LeaderVisitFactory

pytestmark = pytest.mark.django_db

SPRING = dt.date(2026, 3, 2)
BASIS = Basis("关于组织设置调整的批复", "1", "党工委", SPRING)
KINDS = {
    "developments": (DevelopmentFactory, {"applied_on": SPRING}),
    "cases": (CaseFactory, {"on": SPRING}),
    "facilities": (FacilityFactory, {"starts_on": SPRING}),
    "visits": (LeaderVisitFactory, {"visited_on": SPRING}),
}


@pytest.fixture(autouse=True)
def _in_june():
    """Few months are open: each is counted again three times."""
    with time_machine.travel("2026-06-20T10:00:00+08:00", tick=False):
        yield


@pytest.fixture
def pair(east):
    """Two branches of one community, each with a member."""
    branches = [BranchFactory(parent=east), BranchFactory(parent=east)]
    for branch in branches:
        MemberFactory(organization=branch)
    return branches


def merge(pair):
    source, target = pair
    merge_organization(source, target=target, basis=BASIS, on=today(), by=None)


def take_back(pair):
    change = OrganizationChange.objects.get(organization=pair[0], kind="merged")
    void_decision(change, by=None, reason="录错")


def assert_counted():
    """Check that every open month is counted as its rows stand."""
    recount_all()
    assert Figure.objects.filter(month__lt=today().replace(day=1)).exists()
    assert [*find_wrong_figures()] == []


def test_who_applied_to_another_branch_is_counted_there_in_earlier_months(pair):
    row = DevelopmentFactory(organization=pair[0], applied_on=SPRING)
    assert_counted()

    change_development(row, by=None, organization=pair[1])

    assert_counted()


@pytest.mark.parametrize("kind", KINDS)
def test_what_goes_along_is_counted_anew_and_so_when_it_comes_back(kind, pair):
    factory, values = KINDS[kind]
    column = "place" if kind == "visits" else "organization"
    factory(**{column: pair[0]}, **values)
    assert_counted()

    merge(pair)
    assert_counted()
    take_back(pair)

    assert_counted()
