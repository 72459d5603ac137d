"""A decision that was a mistake is voided: what it did goes back, its row stays."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from communities.models import Body, BodyKind, SeatHolding
from core.errors import DomainError
from core.months import month_of, today
from exchange.models import DecisionDocument
from figures.counting import count_figures
from figures.definitions import indicators
from members.actions import move_member
from members.models import Affiliation, CheckIn, Member
from organizations.actions import (
    Basis,
    found_with_approval,
    merge_organization,
    move_organization,
    rename_organization,
    split_organization,
    void_decision,
)
from organizations.enums import OrganizationKind
from organizations.errors import (
    ChangedSince,
    DecidedBeforeMonthClosed,
    DecidedSince,
    DecidedThatDay,
    DecisionVoided,
    NotRemembered,
    PaidSince,
    RecordedSince,
)
from organizations.merge_errors import CameSince
from organizations.models import Organization, OrganizationChange
from organizations.month_tree import get_organization_at
from tests.factories.cases import CaseFactory
from tests.factories.communities import BodyFactory, SeatHoldingFactory
from tests.factories.documents import DocumentFactory
from tests.factories.finance import FundFactory, filled
from tests.factories.members import CheckInFactory, MemberFactory
from tests.factories.organizations import BranchFactory, CommunityFactory, closed
from tests.organizations.test_decisions import page, typed
from tests.organizations.test_random_trees import faults

pytestmark = pytest.mark.django_db
BASIS = Basis("关于调整党支部设置的批复", "8号", "南城街道党工委", dt.date(2026, 1, 5))
WHY = "选错了支部"
K = OrganizationKind


@pytest.fixture
def desk(client, staff):
    """The browser of the street's staff."""
    client.force_login(staff)
    return client


@pytest.fixture
def neighbour(east):
    """Another branch of the same community, with a member."""
    branch = BranchFactory(name="东社区第二支部", parent=east)
    MemberFactory(organization=branch)
    return branch


def decide(action, node, **values):
    """Take a decision that takes effect today; return its row."""
    action(node, **{"basis": BASIS, "on": today(), "by": None, **values})
    return OrganizationChange.objects.latest("pk")


def founded(parent, **values):
    names = {"name": "第三支部", "full_name": "中共第三支部", "kind": K.BRANCH}
    return decide(found_with_approval, parent, **{**names, **values})


def split_off(branch, *members):
    return decide(
        split_organization,
        branch,
        chosen=[Affiliation.objects.get(member=m, ends_on=None) for m in members],
        name="第九支部",
        full_name="中共第九支部",
        kind=K.BRANCH,
    )


def void(change):
    """Void a decision; return the row as it then stands."""
    void_decision(change, by=None, reason=WHY)
    return OrganizationChange.all_objects.get(pk=change.pk)


def state():
    """The tree with its past, and who belongs where today."""
    nodes = Organization.objects.order_by("pk")
    columns = ("pk", "name", "kind", "parent", "path", "ended_on")
    pasts = [
        [*node.versions.order_by("starts_on").values_list("name", "path", "ends_on")]
        for node in nodes
    ]
    people = Affiliation.objects.filter(ends_on=None).order_by("member")
    return (
        [*nodes.values_list(*columns)],
        pasts,
        [*people.values_list("member", "organization", "starts_on")],
        [node.other_names for node in nodes],
    )


def figures_of(organization):
    month = month_of(today())
    place = get_organization_at(organization.pk, month)
    return count_figures(place, month, [one.key for one in indicators])


def test_an_organization_founded_by_mistake_is_withdrawn_and_its_name_is_free(east):
    change = founded(east)

    row = void(change)

    assert (row.void_reason, row.voided_at is not None) == (WHY, True)
    assert row.organization.ended_on is not None
    assert not OrganizationChange.objects.exists()
    assert founded(east).organization.name == "第三支部"
    assert faults() == []


@pytest.mark.parametrize("kind", ["renamed", "retyped", "moved"])
def test_a_name_kind_or_parent_goes_back_as_if_it_had_not_been(branch, west, kind):
    MemberFactory(organization=branch)
    BranchFactory(parent=branch, kind=K.PARTY_GROUP)
    before, figures = state(), figures_of(west)
    change = {
        "renamed": lambda: decide(rename_organization, branch, name="新支部"),
        "retyped": lambda: decide(rename_organization, branch, kind=K.JOINT_BRANCH),
        "moved": lambda: decide(move_organization, branch, parent=west),
    }[kind]()
    assert (change.kind, state() != before) == (kind, True)

    void(change)

    assert state() == before
    assert figures_of(west) == figures
    assert faults() == []


def test_a_merger_is_taken_back_with_all_that_went_along(branch, neighbour, east):
    members = MemberFactory.create_batch(3, organization=branch)
    case = CaseFactory(organization=branch)
    fund = FundFactory(organization=branch, name="党费")
    FundFactory(organization=neighbour, name="党费")
    kind = BodyKind.objects.get(code="branch_secretary")
    body = BodyFactory(organization=branch, kind=kind)
    SeatHoldingFactory(seat=body.seats.get(), member=members[0])
    group = BranchFactory(parent=branch, kind=K.PARTY_GROUP)
    before, figures = state(), figures_of(branch)
    change = decide(merge_organization, branch, target=neighbour)
    assert Organization.objects.get(pk=group.pk).parent == neighbour

    void(change)

    assert state() == before
    assert figures_of(branch) == figures
    for row in (case, fund, body):
        row.refresh_from_db()
        assert row.organization == branch
    assert (fund.name, body.ends_on) == ("党费", None)
    assert SeatHolding.objects.get().ends_on is None
    assert faults() == []


def test_two_communities_are_separated_again_with_their_check_ins(east, west, branch):
    MemberFactory(organization=branch)
    guest = CheckInFactory(community=west)
    before = state()
    change = decide(merge_organization, west, target=east)
    assert CheckIn.objects.get(ends_on=None).community == east

    void(change)

    assert state() == before
    row = CheckIn.objects.get(ends_on=None)
    assert (row.pk, row.community) == (guest.pk, west)
    assert Member.objects.get(pk=guest.member_id).community == west
    assert faults() == []


def test_a_split_is_taken_back_and_nobody_stays_behind(branch):
    _stays, goes = MemberFactory.create_batch(2, organization=branch)
    change = split_off(branch, goes)
    assert Member.objects.get(pk=goes.pk).organization == change.organization

    void(change)

    assert Member.objects.get(pk=goes.pk).organization == branch
    assert Organization.objects.get(pk=change.organization_id).ended_on is not None
    assert Affiliation.objects.filter(ends_on=None).count() == 2
    assert faults() == []


def test_who_has_members_by_now_is_not_withdrawn(east):
    change = founded(east)
    member = MemberFactory(organization=change.organization)

    with pytest.raises(RecordedSince, match=member.name):
        void(change)

    assert Organization.objects.get(pk=change.organization_id).ended_on is None


def test_an_organization_with_another_below_it_is_withdrawn_after_that_one(east):
    above = founded(east, kind=K.GENERAL_BRANCH)
    below = founded(above.organization, name="下属支部")
    with pytest.raises(RecordedSince, match="下属支部"):
        void(above)

    void(below)
    void(above)

    assert not OrganizationChange.objects.exists()


def test_a_split_with_a_newcomer_stays(branch):
    _stays, goes = MemberFactory.create_batch(2, organization=branch)
    change = split_off(branch, goes)
    newcomer = MemberFactory(organization=change.organization)

    with pytest.raises(RecordedSince, match=newcomer.name):
        void(change)

    assert Member.objects.get(pk=goes.pk).organization == change.organization


def test_a_later_decision_is_voided_first(branch, west):
    first = decide(rename_organization, branch, name="新支部")
    second = decide(move_organization, branch, parent=west)

    with pytest.raises(DecidedSince, match="西社区"):
        void(first)
    void(second)
    void(first)

    branch.refresh_from_db()
    assert (branch.name, branch.parent.name) == ("东社区第一支部", "东社区")
    assert branch.versions.count() == 1


def test_what_was_moved_with_its_parent_since_is_not_given_back(branch, east, west):
    general = BranchFactory(parent=east, kind=K.GENERAL_BRANCH)
    yesterday = today() - dt.timedelta(days=1)
    change = decide(move_organization, branch, on=yesterday, parent=general)
    general.refresh_from_db()
    decide(move_organization, general, parent=west)

    with pytest.raises(ChangedSince, match=branch.name):
        void(change)


def test_members_who_went_on_keep_a_merger_standing(branch, neighbour, east):
    member = MemberFactory(organization=branch)
    yesterday = today() - dt.timedelta(days=1)
    change = decide(merge_organization, branch, on=yesterday, target=neighbour)
    move_member(member, BranchFactory(parent=east), by=None)

    with pytest.raises(DomainError):
        void(change)

    assert Organization.objects.get(pk=branch.pk).ended_on == yesterday


def test_money_entered_since_keeps_a_merger_standing(branch, neighbour):
    fund = FundFactory(organization=branch)
    change = decide(merge_organization, branch, target=neighbour)
    filled(fund, 1)

    with pytest.raises(PaidSince):
        void(change)

    fund.refresh_from_db()
    assert fund.organization == neighbour


def test_what_a_closed_month_has_published_stays(branch, west):
    change = decide(move_organization, branch, parent=west)
    closed(west, month_of(today()))

    with pytest.raises(DecidedBeforeMonthClosed):
        void(change)

    branch.refresh_from_db()
    assert branch.parent == west


def test_a_decision_is_voided_once(branch):
    change = decide(rename_organization, branch, name="新支部")
    void(change)

    with pytest.raises(DecisionVoided):
        void(change)


def test_a_decision_of_an_earlier_version_says_why_it_stays(branch):
    change = decide(rename_organization, branch, name="新支部")
    OrganizationChange.objects.filter(pk=change.pk).update(undo=None)

    with pytest.raises(NotRemembered):
        void(change)


def test_members_taken_over_go_on_the_next_day_at_the_earliest(branch, neighbour, east):
    MemberFactory(organization=branch)
    decide(merge_organization, branch, target=neighbour)

    with pytest.raises(DecidedThatDay, match="次日"):
        decide(merge_organization, neighbour, target=BranchFactory(parent=east))


def test_a_merge_names_who_came_on_its_day_or_later(branch, neighbour):
    MemberFactory(name="早到", organization=branch)
    MemberFactory(name="晚到", organization=branch, starts_on=today())

    with pytest.raises(CameSince, match="晚到") as refusal:
        decide(merge_organization, branch, target=neighbour)

    assert "早到" not in str(refusal.value)
    assert "误录" in str(refusal.value)


def test_an_ended_branch_stays_ended_when_its_parent_moves(branch, neighbour, east):
    decide(merge_organization, branch, target=neighbour)
    other = CommunityFactory().parent
    neighbour.refresh_from_db()

    move_organization(east, parent=other, basis=BASIS, on=today(), by=None)

    assert not branch.versions.filter(ends_on=None).exists()


def test_the_page_says_what_goes_back_before_it_is_voided(desk, branch, neighbour):
    MemberFactory(organization=branch)
    change = decide(merge_organization, branch, target=neighbour)
    url = reverse("organizations:void_decision", args=[change.pk])
    place = desk.get(page("organization", branch))
    assert change.get_absolute_url() in place.text
    assert url in desk.get(change.get_absolute_url()).text

    looked = desk.get(url)
    assert "随转的党员：1" in looked.text
    assert Organization.objects.get(pk=branch.pk).ended_on is not None
    desk.post(url, {"reason": WHY})

    assert Organization.objects.get(pk=branch.pk).ended_on is None
    assert WHY in desk.get(change.get_absolute_url()).text
    assert "已作废" in desk.get(page("organization", branch)).text


def test_the_page_says_why_a_decision_stays(desk, east):
    change = founded(east)
    member = MemberFactory(organization=change.organization)

    url = reverse("organizations:void_decision", args=[change.pk])
    answer = desk.get(url, follow=True)

    assert answer.redirect_chain[-1][0] == change.get_absolute_url()
    assert member.name in answer.text


def test_the_page_of_a_withdrawn_organization_says_so(desk, east):
    change = founded(east)
    assert change.what == "东社区 新建 第三支部"
    void(change)

    assert (
        f"误设，已撤回：{WHY}"
        in desk.get(page("organization", change.organization)).text
    )


def test_only_the_street_voids(client, secretary, branch):
    change = decide(rename_organization, branch, name="新支部")
    client.force_login(secretary)

    url = reverse("organizations:void_decision", args=[change.pk])

    assert client.get(url).status_code == 403
    assert url not in client.get(change.get_absolute_url()).text


@pytest.mark.mission("S1-06")
def test_a_branch_is_founded_with_its_first_secretary(desk, east, neighbour):
    leader = MemberFactory(organization=neighbour, name="秦书记")
    values = {
        "name": "第三支部",
        "full_name": "中共第三支部",
        "kind": "branch",
        "secretary": "秦书记",
    }
    looked = desk.post(page("found", east), typed(**values), follow=True)
    token = looked.context["form"].data["previewed"]

    desk.post(page("found", east), typed(**values, previewed=token))

    branch = Organization.objects.get(name="第三支部")
    held = SeatHolding.objects.get(seat__body__organization=branch)
    assert (held.member, held.starts_on, held.seat.kind.leads) == (
        leader,
        today(),
        True,
    )
    assert held.term.starts_on == today()
    shown = desk.get(branch.get_absolute_url())
    assert "communities.no_secretary" not in {
        each.rule.key for each in shown.context["findings"]
    }
    void(branch.changes.get())
    assert not SeatHolding.objects.exists()
    assert not Body.objects.exists()


def test_a_name_that_two_members_have_asks_who_is_meant(desk, east, neighbour):
    MemberFactory.create_batch(2, organization=neighbour, name="秦书记")
    values = {
        "name": "第三支部",
        "full_name": "中共第三支部",
        "kind": "branch",
        "secretary": "秦书记",
    }

    answer = desk.post(page("found", east), typed(**values), follow=True)

    assert set(answer.context["form"].errors) == {"which"}
    assert len(answer.context["form"].fields["which"].choices) == 2


@pytest.mark.parametrize(
    ("kind", "name"), [("grid", "东社区第二支部成员"), ("branch", "无名氏")]
)
def test_a_secretary_who_cannot_be_is_refused(desk, east, neighbour, kind, name):
    MemberFactory(organization=neighbour, name="东社区第二支部成员")
    values = {"name": "第三支部", "full_name": "中共第三支部", "kind": kind}

    answer = desk.post(
        page("found", east), typed(**values, secretary=name), follow=True
    )

    assert set(answer.context["form"].errors) == {"secretary"}


def test_the_browsers_back_leads_to_no_outdated_form(desk, branch, neighbour):
    url = page("dissolve", branch)
    values = typed(target=neighbour.pk)
    answer = desk.post(url, values)
    assert answer.status_code == 302
    looked = desk.get(answer.url)
    token = looked.context["form"].data["previewed"]
    desk.post(url, {**values, "previewed": token})

    back = desk.get(answer.url, follow=True)

    assert back.redirect_chain[-1][0] == branch.get_absolute_url()
    assert "已于" in back.text


def test_a_document_on_file_stands_behind_a_decision(desk, branch, east):
    change = decide(rename_organization, branch, name="新支部")
    paper = DocumentFactory(organization=east, title="更名批复")
    name = reverse("exchange:link_document", args=["decision", change.pk])
    assert name in desk.get(change.get_absolute_url()).text

    desk.post(name, {"document": paper.pk})

    assert DecisionDocument.objects.get().record == change
    assert "更名批复" in desk.get(change.get_absolute_url()).text
    assert change.get_absolute_url() in desk.get(paper.get_absolute_url()).text


def test_the_log_tells_a_decision_without_the_keys_by_which_it_goes_back(branch):
    change = decide(rename_organization, branch, name="新支部")
    void(change)

    rows = AuditEntry.objects.filter(subject_type="organizations.OrganizationChange")
    told = [{*row.before, *row.after} for row in rows]

    assert len(told) == 2
    assert not any("undo" in names for names in told)
