"""What a decision would refuse or end is said before it is carried out."""

import pytest
from django.urls import reverse

from communities.models import BodyKind
from core.months import today
from organizations.actions import (
    Basis,
    merge_organization,
    split_organization,
)
from organizations.enums import ChangeKind
from organizations.errors import NobodyStays, StillInUse
from organizations.models import OrganizationChange
from tests.factories.communities import (
    BodyFactory,
    ProjectFactory,
    SeatHoldingFactory,
)
from tests.factories.finance import FundFactory, filled
from tests.factories.members import AppraisalRoundFactory, MemberFactory
from tests.factories.organizations import BranchFactory
from tests.organizations.test_kinds_that_fit import APPROVED, looked_at, offered, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, staff):
    """The browser of the street's staff."""
    client.force_login(staff)
    return client


@pytest.fixture
def neighbour(east):
    """Another branch of the same community."""
    return BranchFactory(parent=east)


def test_a_community_with_a_project_says_what_is_settled_first(desk, east, west):
    assert offered(desk.get(page("dissolve", east)), "target") == {west.pk}
    project = ProjectFactory(organization=east)

    answer = desk.get(page("dissolve", east))

    assert offered(answer, "target") == set()
    assert project.get_absolute_url() in answer.text


def test_a_branch_with_money_goes_only_within_its_community(
    desk, branch, neighbour, west
):
    elsewhere = BranchFactory(parent=west)
    url = page("dissolve", branch)
    assert offered(desk.get(url), "target") == {neighbour.pk, elsewhere.pk}
    filled(FundFactory(organization=branch), 1)

    assert offered(desk.get(url), "target") == {neighbour.pk}


def test_an_appraisal_under_way_is_closed_before_its_branch_ends(
    desk, branch, neighbour
):
    member = MemberFactory(organization=branch)
    round_ = AppraisalRoundFactory(of=member)
    basis = Basis("关于调整党支部设置的批复", "8号", "街道党工委", today())

    with pytest.raises(StillInUse, match="民主评议1次"):
        merge_organization(branch, target=neighbour, basis=basis, on=today(), by=None)

    answer = desk.get(page("dissolve", branch))
    assert offered(answer, "target") == set()
    assert round_.get_absolute_url() in answer.text


def test_a_split_says_which_seats_end(desk, branch):
    MemberFactory(organization=branch)
    secretary = MemberFactory(organization=branch)
    kind = BodyKind.objects.get(code="branch_secretary")
    body = BodyFactory(organization=branch, kind=kind, starts_on=today())
    holding = SeatHoldingFactory(
        seat=body.seats.get(), member=secretary, starts_on=today()
    )

    looked = looked_at(
        desk,
        page("split", branch),
        name="第九支部",
        full_name="中共第九支部",
        kind="branch",
        chosen=[secretary.affiliations.get().pk],
    )

    assert looked.context["preview"].ending == [str(holding)]
    assert secretary.name in looked.text


def test_a_split_leaves_somebody(branch):
    member = MemberFactory(organization=branch)
    basis = Basis("关于调整党支部设置的批复", "8号", "街道党工委", today())

    with pytest.raises(NobodyStays):
        split_organization(
            branch,
            chosen=[*member.affiliations.all()],
            name="第九支部",
            full_name="中共第九支部",
            kind="branch",
            basis=basis,
            on=today(),
            by=None,
        )


def test_a_rename_without_a_change_is_not_recorded(desk, branch):
    answer = desk.post(
        reverse("organizations:rename", args=[branch.pk]),
        {
            **APPROVED,
            "on": str(today()),
            "name": branch.name,
            "full_name": branch.full_name,
            "kind": branch.kind,
        },
    )

    assert "preview" not in answer.context
    assert not OrganizationChange.objects.exists()


def test_another_kind_is_called_so(desk, branch):
    url = page("rename", branch)
    values = {
        "name": branch.name,
        "full_name": branch.full_name,
        "kind": "general_branch",
    }
    token = looked_at(desk, url, **values).context["form"].data["previewed"]

    looked_at_again = {**APPROVED, "on": str(today()), **values, "previewed": token}
    desk.post(url, looked_at_again)

    assert branch.changes.get().kind == ChangeKind.RETYPED
    assert "变更类型" in desk.get(page("organization", branch)).text


def test_where_nothing_can_take_a_branch_over_the_page_says_what_to_do(desk, branch):
    answer = desk.get(page("dissolve", branch))

    assert "没有可以并入的组织" in answer.text
    assert 'name="basis"' not in answer.text
