"""The street founds, renames, moves, dissolves and splits organizations on the site."""

import datetime as dt

import pytest
from django.urls import reverse

from cases.models import Case
from communities.models import Body, BodyKind
from core.months import month_of, today
from core.web.edit_conflicts import VERSION_TOKEN
from figures.counting import count_figures
from figures.definitions import indicators
from members.models import Affiliation, Member
from organizations.enums import ChangeKind, OrganizationKind
from organizations.models import Organization, OrganizationChange
from organizations.month_tree import get_organization_at
from tests.factories.burden import SuperiorRequestFactory
from tests.factories.cases import CaseFactory
from tests.factories.communities import BodyFactory, SeatHoldingFactory
from tests.factories.finance import FundFactory
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory, CommunityFactory, closed
from tests.html import hidden

pytestmark = pytest.mark.django_db
FEW = "communities.few_full_members"
APPROVED = {
    "basis": "关于调整党支部设置的批复",
    "basis_number": "南街党发〔2026〕8号",
    "approved_by": "南城街道党工委",
    "approved_on": "2026-01-05",
}


def page(name, organization):
    return reverse(f"organizations:{name}", args=[organization.pk])


def typed(**values):
    return {**APPROVED, "on": str(today()), **values}


def decided(client, url, **values):
    """Look at the preview, then carry the decision out; return both answers."""
    looked = client.post(url, typed(**values), follow=True)
    assert "preview" in looked.context, looked.context["form"].errors
    token = looked.context["form"].data["previewed"]
    return looked, client.post(url, typed(**values, previewed=token))


def broken_by(answer):
    """The rules of structure that a page points out."""
    return {each.rule.key for each in answer.context["findings"]}


def figures_of(organization):
    month = month_of(today())
    place = get_organization_at(organization.pk, month)
    return count_figures(place, month, [one.key for one in indicators])


@pytest.fixture
def desk(client, staff):
    """The browser of the street's staff."""
    client.force_login(staff)
    return client


@pytest.fixture
def neighbour(east):
    """Another branch of the same community, with two members."""
    branch = BranchFactory(name="东社区第二支部", parent=east)
    MemberFactory.create_batch(2, organization=branch)
    return branch


@pytest.mark.mission("S1-06")
def test_a_branch_is_founded_with_its_approval_under_a_proposed_code(desk, east):
    url = page("found", east)
    proposed = desk.get(url).context["form"]["code"].value()

    _looked, _done = decided(
        desk,
        url,
        name="第三支部",
        full_name="中共第三支部委员会",
        kind=OrganizationKind.BRANCH,
        code=proposed,
    )

    branch = Organization.objects.get(name="第三支部")
    change = branch.changes.get()
    assert (branch.parent, branch.code) == (east, proposed)
    assert (change.kind, change.approved_by) == ("founded", "南城街道党工委")
    shown = desk.get(branch.get_absolute_url())
    assert APPROVED["basis_number"] in shown.content.decode()
    assert broken_by(shown) == {"communities.no_secretary", FEW}
    body = BodyFactory(
        organization=branch,
        kind=BodyKind.objects.get(code="branch_secretary"),
        starts_on=today(),
    )
    SeatHoldingFactory(
        seat=body.seats.get(),
        member=MemberFactory(organization=branch),
        starts_on=today(),
    )
    assert broken_by(desk.get(branch.get_absolute_url())) == {FEW}


@pytest.mark.mission("S2-59", "S2-60")
@pytest.mark.parametrize(
    "kind",
    [
        OrganizationKind.GRID,
        OrganizationKind.FUNCTIONAL,
        OrganizationKind.PARTY_GROUP,
    ],
)
def test_grids_groups_and_branches_on_line_are_founded_too(desk, east, kind):
    decided(desk, page("found", east), name="新组织", full_name="中共新组织", kind=kind)

    assert Organization.objects.get(name="新组织").kind == kind


@pytest.mark.mission("S4-01", "S4-02")
def test_a_branch_stands_on_the_grid_with_its_team_beside_it(desk, east):
    decided(desk, page("found", east), name="一网格", full_name="一网格", kind="grid")
    grid = Organization.objects.get(name="一网格")
    decided(
        desk,
        page("found", grid),
        name="网格支部",
        full_name="中共网格支部",
        kind="branch",
    )
    team = BodyFactory(organization=grid)
    desk.get(page("organization", grid))

    shown = desk.get(reverse("organizations:tree"), {"under": grid.pk})

    node = shown.context["trees"][0]
    assert [child.organization.name for child in node.children] == ["网格支部"]
    assert {c.key: v for c, v in node.cells}["communities.bodies"] == 1
    assert Body.objects.get().pk == team.pk


def test_a_preview_changes_nothing(desk, east):
    before = Organization.objects.count()

    looked = desk.post(
        page("found", east),
        typed(name="第三支部", full_name="中共第三支部", kind="branch"),
        follow=True,
    )

    assert looked.status_code == 200
    assert Organization.objects.count() == before
    assert not OrganizationChange.objects.exists()


def test_what_was_changed_after_the_preview_is_previewed_anew(desk, branch):
    url = page("rename", branch)
    values = {"name": "新支部", "full_name": "中共新支部", "kind": "branch"}
    looked = desk.post(url, typed(**values), follow=True)
    token = looked.context["form"].data["previewed"]

    changed = {**values, "name": "另一支部"}
    again = desk.post(url, typed(**changed, previewed=token), follow=True)

    assert "preview" in again.context
    assert Organization.objects.get(pk=branch.pk).name == branch.name


def test_of_two_new_names_the_second_is_not_written_over_the_first(desk, branch):
    url = page("rename", branch)
    values = {"name": "新支部", "full_name": "中共新支部", "kind": "branch"}
    opened = {VERSION_TOKEN: hidden(desk.get(url), VERSION_TOKEN)}
    looked = desk.post(url, typed(**values, **opened), follow=True)
    previewed = looked.context["form"].data["previewed"]
    decided(desk, url, **{**values, "name": "另一支部"})

    late = desk.post(url, typed(**values, **opened, previewed=previewed))
    later = desk.post(url, typed(**values, **opened))

    assert [late.status_code, later.status_code] == [409, 409]
    assert Organization.objects.get(pk=branch.pk).name == "另一支部"
    assert late.context["form"].data["previewed"] == ""


@pytest.mark.mission("S2-50", "S2-53")
def test_an_organization_is_led_by_one_and_guided_by_another(desk, branch, west):
    decided(
        desk,
        page("rename", branch),
        name=branch.name,
        full_name=branch.full_name,
        kind=branch.kind,
        guidance_parent=west.pk,
    )

    branch.refresh_from_db()
    assert branch.guidance_parent == west
    assert west.name in desk.get(page("organization", branch)).content.decode()


def test_a_branch_becomes_a_general_branch(desk, branch):
    decided(
        desk,
        page("rename", branch),
        name="东社区党总支",
        full_name="中共东社区总支部委员会",
        kind=OrganizationKind.GENERAL_BRANCH,
    )

    branch.refresh_from_db()
    assert branch.get_kind_display() == "党总支"
    assert "东社区第一支部" in branch.other_names


def test_a_move_tells_which_figures_of_the_open_month_change(desk, branch, west):
    MemberFactory.create_batch(3, organization=branch)

    looked, _done = decided(desk, page("move", branch), target=west.pk)

    branch.refresh_from_db()
    assert branch.parent == west
    lost = {
        (each.organization, each.after)
        for each in looked.context["preview"].months[-1].figures
        if each.before == "3"
    }
    assert ("东社区", "0") in lost


@pytest.mark.mission("S1-04")
def test_a_branch_of_44_is_dissolved_into_another_and_nothing_is_lost(
    desk, branch, neighbour, east
):
    MemberFactory.create_batch(44, organization=branch)
    CaseFactory(organization=branch)
    SuperiorRequestFactory(organization=branch)
    FundFactory(organization=branch, name="党费")
    FundFactory(organization=neighbour, name="党费")
    BodyFactory(organization=branch)
    before = figures_of(east)

    looked, _done = decided(desk, page("dissolve", branch), target=neighbour.pk)

    counts = {
        each.merger.key: len(each.rows) for each in looked.context["preview"].moving
    }
    assert counts == {
        "members.affiliations": 44,
        "cases.open": 1,
        "communities.bodies": 1,
        "finance.funds": 1,
        "reports.requests": 1,
    }
    branch.refresh_from_db()
    assert branch.ended_on == today()
    assert Member.objects.filter(organization=neighbour).count() == 46
    assert Affiliation.objects.filter(ends_on=None).count() == 46
    assert Case.objects.get().organization == neighbour
    assert not Body.objects.running().exists()
    assert neighbour.funds.count() == 2
    assert neighbour.other_names == [branch.name]
    after = figures_of(east)
    assert {k: v for k, v in after.items() if "members" in k} == {
        k: v for k, v in before.items() if "members" in k
    }
    assert branch.changes.get().kind == ChangeKind.MERGED


def test_a_month_that_is_closed_keeps_its_figures_after_a_merge(
    desk, branch, neighbour, east
):
    last = month_of(month_of(today()) - dt.timedelta(days=1))
    MemberFactory.create_batch(3, organization=branch)
    closed(east, last)
    place = get_organization_at(branch.pk, last)
    before = count_figures(place, last, [one.key for one in indicators])

    decided(desk, page("dissolve", branch), target=neighbour.pk)

    place = get_organization_at(branch.pk, last)
    assert count_figures(place, last, [one.key for one in indicators]) == before


def test_no_decision_takes_effect_in_a_closed_month(desk, branch, neighbour, east):
    closed(east, month_of(today()))

    answer = desk.post(page("dissolve", branch), typed(target=neighbour.pk))

    assert "preview" not in answer.context
    assert Organization.objects.get(pk=branch.pk).ended_on is None


@pytest.mark.mission("S1-04")
def test_two_communities_become_one_with_their_branches(desk, east, west, branch):
    MemberFactory(organization=branch)

    decided(desk, page("dissolve", west), target=east.pk)
    decided(
        desk, page("dissolve", east), target=CommunityFactory(parent=east.parent).pk
    )

    branch.refresh_from_db()
    assert branch.parent.ended_on is None
    assert branch.path.startswith(branch.parent.path)
    assert Member.objects.get().organization == branch


def test_chosen_members_form_a_branch_of_their_own(desk, branch):
    stay, go = MemberFactory.create_batch(2, organization=branch)

    decided(
        desk,
        page("split", branch),
        name="第九支部",
        full_name="中共第九支部",
        kind="branch",
        chosen=[go.affiliations.get().pk],
    )

    go.refresh_from_db()
    stay.refresh_from_db()
    assert (go.organization.name, stay.organization) == ("第九支部", branch)


def test_only_the_street_decides(client, secretary, branch):
    client.force_login(secretary)

    assert client.get(page("dissolve", branch)).status_code == 403
    assert (
        page("dissolve", branch)
        not in client.get(page("organization", branch)).content.decode()
    )
