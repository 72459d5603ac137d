"""What the regulations want of branches, found and led to its way out."""

import datetime as dt

import pytest
from django.urls import reverse

from core.months import today
from members.enums import Standing
from organizations.enums import OrganizationKind
from organizations.findings import find_at
from tests.factories.communities import BodyFactory, TermOfOfficeFactory
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory

pytestmark = pytest.mark.django_db


def found(organization):
    """The rules that an organization breaks, without the one for its secretary."""
    keys = {each.rule.key.partition(".")[2] for each in find_at(organization)}
    return keys - {"no_secretary"}


def filled(branch, full, probationary=0):
    MemberFactory.create_batch(full, organization=branch)
    MemberFactory.create_batch(
        probationary, organization=branch, standing=Standing.PROBATIONARY
    )
    return branch


@pytest.mark.parametrize(
    ("full", "probationary", "expected"),
    [
        (2, 5, {"few_full_members"}),
        (3, 0, set()),
        (6, 44, set()),
        (6, 45, {"many_members"}),
    ],
)
def test_a_branch_has_three_full_members_and_fifty_at_most(
    branch, full, probationary, expected
):
    assert found(filled(branch, full, probationary)) == expected


def test_members_of_its_groups_are_the_branch_s_own(branch):
    group = BranchFactory(parent=branch, kind=OrganizationKind.PARTY_GROUP)
    filled(group, 3)

    assert found(branch) == set()


def test_seven_full_members_want_a_committee(branch):
    assert found(filled(branch, 7)) == {"no_committee"}


def test_nobody_leads_a_branch_without_a_secretary(branch):
    assert "communities.no_secretary" in {each.rule.key for each in find_at(branch)}


@pytest.mark.parametrize(
    ("days", "expected"), [(-1, {"overdue_term"}), (100, {"ending_term"}), (300, set())]
)
def test_terms_that_end_are_pointed_out(branch, days, expected):
    filled(branch, 3)
    ends_on = today() + dt.timedelta(days=days)
    TermOfOfficeFactory(
        body=BodyFactory(organization=branch),
        starts_on=dt.date(2026, 1, 1),
        ends_on=ends_on,
    )

    assert found(branch) & {"overdue_term", "ending_term"} == expected


def test_a_full_name_is_that_of_the_seal(east):
    branch = filled(BranchFactory(parent=east, full_name="第一支部"), 3)

    assert found(branch) == {"seal"}


def test_each_finding_says_the_regulation_and_leads_to_its_way_out(
    client, staff, branch
):
    filled(branch, 2)
    client.force_login(staff)

    page = client.get(reverse("organizations:organization", args=[branch.pk]))
    listed = client.get(reverse("organizations:findings"))

    assert "支部工作条例" in page.content.decode()
    findings = [each.rule.key for each in page.context["findings"]]
    assert "communities.few_full_members" in findings
    assert branch.name in listed.content.decode()
