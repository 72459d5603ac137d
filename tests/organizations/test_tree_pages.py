"""The tree as people look at it: level by level, as a list, one organization."""

import datetime as dt

import pytest
from django.urls import reverse

from organizations.actions import change_organization, end_organization
from organizations.enums import OrganizationKind
from organizations.models import Organization
from tests.factories.communities import BodyFactory
from tests.factories.members import MemberFactory
from tests.factories.organizations import (
    BranchFactory,
    CommunityFactory,
    OrganizationFactory,
)

pytestmark = pytest.mark.django_db
MAY = dt.date(2026, 5, 1)


def shown(client, page, /, *args, **query):
    return client.get(reverse(f"organizations:{page}", args=args), query)


def cells_of(page, organization):
    """What the tree shows of one organization, by the key of the column."""
    nodes = list(page.context["trees"])
    while nodes:
        node = nodes.pop()
        if node.organization == organization:
            return {column.key: value for column, value in node.cells}
        nodes += node.children
    raise AssertionError(organization)


def test_the_tree_counts_people_and_bodies_of_everything_below(
    client, staff, street, east, branch
):
    MemberFactory.create_batch(2, organization=branch)
    MemberFactory(organization=east)
    BodyFactory(organization=branch)
    client.force_login(staff)

    page = shown(client, "tree")

    assert cells_of(page, street)["members.members"] == 3
    assert cells_of(page, branch)["members.members"] == 2
    assert cells_of(page, east)["communities.bodies"] == 1


def test_the_tree_opens_without_scripts(client, staff, east, branch):
    client.force_login(staff)

    page = shown(client, "tree").content.decode()

    assert page.count("<details") == 2
    assert branch.name in page


def test_nobody_finds_what_lies_outside_their_area(client, staff, other_street):
    client.force_login(staff)

    assert other_street.name not in shown(client, "tree").content.decode()
    assert shown(client, "organization", other_street.pk).status_code == 404
    assert shown(client, "tree", under=other_street.pk).status_code == 404


@pytest.mark.parametrize("text", ["桂花", "guihua", "ghyzb", "GHY", "中共桂花园支部"])
def test_a_branch_is_found_by_its_name_and_by_its_initials(client, staff, east, text):
    branch = BranchFactory(name="桂花园支部", full_name="中共桂花园支部", parent=east)
    BranchFactory(name="牡丹园支部", parent=east)
    client.force_login(staff)

    page = shown(client, "list", name=text)

    assert list(page.context["object_list"]) == [branch]


def test_a_new_name_is_found_by_its_own_initials(client, staff, branch):
    change_organization(branch, by=None, name="牡丹园支部")
    client.force_login(staff)

    assert list(shown(client, "list", name="mdy").context["object_list"]) == [branch]


def test_the_list_is_narrowed_by_kind_and_place(client, staff, east, west, branch):
    BranchFactory(parent=west)
    client.force_login(staff)

    page = shown(client, "list", kind=OrganizationKind.BRANCH, within=east.pk)

    assert list(page.context["object_list"]) == [branch]


def test_dissolved_organizations_are_listed_when_asked_for(client, staff, east):
    gone = BranchFactory(parent=east, starts_on=MAY)
    end_organization(gone, by=None, reason="撤销")
    client.force_login(staff)

    assert gone not in shown(client, "list").context["object_list"]
    assert gone in shown(client, "list", which="past").context["object_list"]


@pytest.mark.parametrize("more", [0, 6])
def test_the_tree_costs_the_same_however_many_branches_there_are(
    client, staff, east, more, django_assert_max_num_queries
):
    for branch in BranchFactory.create_batch(1 + more, parent=east):
        MemberFactory(organization=branch)
    client.force_login(staff)
    shown(client, "tree")

    with django_assert_max_num_queries(45):
        shown(client, "tree")
    with django_assert_max_num_queries(50):
        shown(client, "list")


def test_an_organization_shows_its_former_names_and_parents(client, staff, east):
    change_organization(east, by=None, name="新东社区", on=MAY)
    client.force_login(staff)

    page = shown(client, "organization", east.pk)

    assert [row.name for row in page.context["versions"]] == ["新东社区", "东社区"]


@pytest.mark.mission("S2-50", "S2-53")
def test_who_guides_an_organization_sees_its_page_and_what_it_has(
    client, staff, street, city
):
    guided = CommunityFactory(
        parent=OrganizationFactory(kind=OrganizationKind.ZONE, parent=city),
        guidance_parent=street,
    )
    MemberFactory(organization=guided)
    client.force_login(staff)

    page = shown(client, "organization", guided.pk).content.decode()

    assert street.name in page
    assert guided.name in shown(client, "tree").content.decode()


def test_the_tree_may_be_opened_below_any_organization(client, staff, east, branch):
    client.force_login(staff)

    page = shown(client, "tree", under=east.pk)

    assert [node.organization for node in page.context["trees"]] == [east]
    assert Organization.objects.get(pk=branch.pk).name in page.content.decode()
