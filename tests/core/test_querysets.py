"""Who sees what; without a role nothing is visible."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from core.db.querysets import any_of
from core.db.tree import ancestor_paths, child_path, upper_bound
from members.models import Member
from organizations.models import Organization
from organizations.roles import Role
from tests.factories.accounts import UserFactory, holder
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory

pytestmark = pytest.mark.django_db


def test_no_conditions_match_no_rows(east):
    assert list(Organization.objects.filter(any_of([]))) == []
    assert any_of([]) == Q(pk__in=[])


@pytest.mark.parametrize("person", [AnonymousUser, UserFactory])
def test_a_person_without_a_role_sees_no_member(branch, person):
    MemberFactory(organization=branch)

    assert list(Member.objects.visible_to(person())) == []
    assert list(Member.objects.managed_by(person())) == []


def test_a_role_covers_the_subtree_and_no_sibling(
    branch, west, secretary, staff, stranger
):
    here = MemberFactory(organization=branch)
    MemberFactory(organization=BranchFactory(parent=west))

    assert list(Member.objects.visible_to(secretary)) == [here]
    assert Member.objects.visible_to(staff).count() == 2
    assert list(Member.objects.visible_to(stranger)) == []


def test_a_city_officer_sees_no_member(branch, officer):
    MemberFactory(organization=branch)

    assert list(Member.objects.visible_to(officer)) == []


@pytest.mark.parametrize("code", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR])
def test_administrators_see_the_tree_and_no_member(branch, code):
    MemberFactory(organization=branch)
    person = holder(code)

    assert Organization.objects.visible_to(person).count() == 4
    assert list(Member.objects.visible_to(person)) == []


def test_a_role_of_another_day_grants_nothing(branch, east):
    MemberFactory(organization=branch)
    person = holder(Role.SECRETARY, east)

    person.role_assignments.update(ends_on=dt.date(2020, 1, 1))

    assert list(Member.objects.visible_to(person)) == []


def test_the_upper_bound_follows_the_whole_subtree():
    path = child_path("", 9)

    below = child_path(path, 999_999)

    assert path < below < upper_bound(path) == child_path("", 10)
    assert ancestor_paths(below) == [path]
