"""Kinds fit into each other: nobody counts twice, and nobody falls out unsaid."""

import pytest
from django.db import IntegrityError, connection
from django.urls import reverse

from core.db.constraint_errors import translate_integrity_errors
from core.db.triggers import suspend_triggers
from core.errors import DomainError
from core.months import today
from core.registries.invariants import invariants
from organizations.actions import change_organization, create_organizations
from organizations.enums import OrganizationKind
from organizations.errors import FilingStays, KindFitsNotAbove, KindFitsNotThere
from organizations.models import Organization
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory, CommunityFactory

pytestmark = pytest.mark.django_db
K = OrganizationKind
APPROVED = {
    "basis": "关于调整党支部设置的批复",
    "approved_by": "南城街道党工委",
    "approved_on": "2026-01-05",
}


def page(name, organization):
    return reverse(f"organizations:{name}", args=[organization.pk])


def offered(answer, name):
    """The choices of a field of the page's form."""
    field = answer.context["form"].fields[name]
    return {getattr(key, "value", key) for key, _label in field.choices} - {""}


def looked_at(client, url, **values):
    """The preview of a decision."""
    answer = client.post(url, {**APPROVED, "on": str(today()), **values}, follow=True)
    assert "preview" in answer.context, answer.context["form"].errors
    return answer


@pytest.fixture
def desk(client, staff):
    """The browser of the street's staff."""
    client.force_login(staff)
    return client


@pytest.fixture
def neighbour(east):
    """Another branch of the same community."""
    return BranchFactory(parent=east)


@pytest.mark.parametrize("parent", ["branch", "east"])
def test_no_community_is_founded_below_a_branch_or_a_community(parent, request):
    with pytest.raises(KindFitsNotThere):
        CommunityFactory(parent=request.getfixturevalue(parent))


def test_a_branch_never_becomes_a_community(branch):
    with pytest.raises(KindFitsNotThere):
        change_organization(branch, by=None, kind=K.COMMUNITY)

    assert Organization.objects.get(pk=branch.pk).kind == K.BRANCH


def test_a_branch_beside_the_communities_never_becomes_one(street):
    branch = BranchFactory(parent=street)

    with pytest.raises(FilingStays):
        change_organization(branch, by=None, kind=K.COMMUNITY)


def test_a_community_with_branches_stays_one(east, branch):
    with pytest.raises(FilingStays):
        change_organization(east, by=None, kind=K.GENERAL_BRANCH)


def test_a_general_branch_with_branches_below_it_stays_one(east):
    general = BranchFactory(parent=east, kind=K.GENERAL_BRANCH)
    BranchFactory(parent=general)

    with pytest.raises(KindFitsNotAbove):
        change_organization(general, by=None, kind=K.BRANCH)


def test_no_branch_is_put_below_another(branch, east):
    with pytest.raises(KindFitsNotThere):
        change_organization(BranchFactory(parent=east), by=None, parent=branch)


def test_an_installation_is_not_set_up_with_kinds_that_do_not_fit():
    rows = [
        {"code": "c", "name": "市", "full_name": "市", "kind": "city", "parent": None},
        {"code": "b", "name": "支", "full_name": "支", "kind": "branch", "parent": "c"},
    ]

    with pytest.raises(KindFitsNotThere):
        create_organizations(rows, by=None)


def test_what_does_not_fit_from_before_is_found_and_put_right(branch):
    with suspend_triggers(Organization):
        Organization.objects.filter(pk=branch.pk).update(kind=K.COMMUNITY)
    check = invariants.get("organizations.kinds")
    assert list(check.broken()) == [f"{branch.code}: community below community"]

    change_organization(branch, by=None, kind=K.BRANCH)

    assert list(check.broken()) == []


def test_the_pages_offer_only_kinds_that_fit(desk, branch, east):
    group = BranchFactory(parent=branch, kind=K.PARTY_GROUP)

    assert offered(desk.get(page("found", branch)), "kind") == {"party_group"}
    assert "community" not in offered(desk.get(page("found", east)), "kind")
    assert "community" not in offered(desk.get(page("rename", branch)), "kind")
    assert offered(desk.get(page("rename", east)), "kind") == {"community"}
    assert "community" not in offered(desk.get(page("split", branch)), "kind")
    assert desk.get(page("found", group)).status_code == 403
    assert page("found", group) not in desk.get(page("organization", group)).text


def test_a_branch_beside_the_communities_is_not_split_into_one(desk, street):
    branch = BranchFactory(parent=street)

    kinds = offered(desk.get(page("split", branch)), "kind")

    assert "branch" in kinds
    assert "community" not in kinds


def test_a_branch_is_put_below_places_only(desk, branch, west, neighbour, street):
    targets = offered(desk.get(page("move", branch)), "target")

    assert targets == {west.pk, street.pk}


def test_a_preview_says_when_members_leave_every_return(desk, branch, west, street):
    MemberFactory(organization=branch)
    url = page("move", branch)

    warning = "不计入任何社区的报表"
    assert warning in looked_at(desk, url, target=street.pk).text
    assert warning not in looked_at(desk, url, target=west.pk).text


def test_a_branch_is_dissolved_only_into_what_holds_members(
    desk, branch, neighbour, east
):
    BranchFactory(parent=east, kind=K.GRID)
    BranchFactory(parent=east, kind=K.FUNCTIONAL)
    general = BranchFactory(parent=east, kind=K.GENERAL_BRANCH)

    targets = offered(desk.get(page("dissolve", branch)), "target")

    assert targets == {neighbour.pk, general.pk}


def test_what_has_groups_below_it_goes_only_where_groups_stand(desk, branch, neighbour):
    group = BranchFactory(parent=neighbour, kind=K.PARTY_GROUP)
    BranchFactory(parent=branch, kind=K.PARTY_GROUP)

    targets = offered(desk.get(page("dissolve", branch)), "target")

    assert neighbour.pk in targets
    assert group.pk not in targets


def written(statement, *values):
    """Write past the actions, in SQL."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


MISFITS = {
    "a branch as a community": "UPDATE {table} SET kind = 'community' WHERE id = {one}",
    "a branch below another": "UPDATE {table} SET parent_id = {two} WHERE id = {one}",
    "a community as a grid above a general branch's branches": (
        "UPDATE {table} SET kind = 'party_group' WHERE id = {above}"
    ),
}


@pytest.mark.parametrize("statement", MISFITS.values(), ids=MISFITS)
def test_the_database_refuses_kinds_that_do_not_fit(branch, neighbour, east, statement):
    table = Organization._meta.db_table
    keys = {"one": branch.pk, "two": neighbour.pk, "above": east.pk, "table": table}

    with pytest.raises(IntegrityError, match="organization_fits_below_its_parent"):
        written(statement.format(**keys))


def test_the_database_refuses_to_add_a_kind_that_does_not_fit(branch):
    row = Organization(
        code="x", name="某社区", full_name="中共某社区", kind=K.COMMUNITY, parent=branch
    )
    row.path = f"{branch.path}000009"

    with pytest.raises(DomainError, match="没有保存"), translate_integrity_errors():
        row.save()


def test_an_organization_that_ended_bars_nothing(branch, east):
    group = BranchFactory(parent=branch, kind=K.PARTY_GROUP)
    Organization.objects.filter(pk=group.pk).update(ended_on=today())

    written(
        f"UPDATE {Organization._meta.db_table} SET kind = 'grid' WHERE id = %s",  # noqa: S608
        branch.pk,
    )

    assert Organization.objects.get(pk=branch.pk).kind == "grid"
