"""A decision does what its preview showed, or it is previewed anew."""

import pytest
from django.urls import reverse

from cases.models import Case
from organizations.models import Organization
from tests.factories.cases import CaseFactory
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory
from tests.html import read
from tests.organizations.test_decisions import page, typed

pytestmark = pytest.mark.django_db
NAMES = {"name": "第三支部", "full_name": "中共第三支部", "kind": "branch"}


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


def looked_at(desk, url, **values):
    """What the page sends that shows the preview of a decision."""
    return sent_by(desk.post(url, typed(**values), follow=True), url)


def sent_by(answer, url):
    """What the page's form sends as it stands."""
    assert answer.context["preview"] is not None
    forms = [one for one in read(answer).posting() if url in one.action]
    return forms[0].sent()


def test_a_dissolution_moves_nobody_whom_its_preview_did_not_show(
    desk, branch, neighbour
):
    MemberFactory.create_batch(2, organization=branch)
    url = page("dissolve", branch)
    sent = looked_at(desk, url, target=neighbour.pk)
    joined = MemberFactory(organization=branch, name="后来转入")

    answer = desk.post(url, sent)

    assert answer.status_code == 409
    assert "后来转入" in answer.content.decode()  # it is previewed anew
    joined.refresh_from_db()
    assert joined.organization == branch
    assert Organization.objects.get(pk=branch.pk).ended_on is None
    desk.post(url, sent_by(answer, url))
    joined.refresh_from_db()
    assert joined.organization == neighbour


def test_a_dissolution_takes_no_case_along_that_was_opened_meanwhile(
    desk, branch, neighbour
):
    MemberFactory(organization=branch)
    url = page("dissolve", branch)
    sent = looked_at(desk, url, target=neighbour.pk)
    case = CaseFactory(organization=branch, title="后来的事项")

    answer = desk.post(url, sent)

    assert answer.status_code == 409
    assert Case.objects.get(pk=case.pk).organization == branch


def test_a_move_takes_no_organization_along_that_was_founded_meanwhile(
    desk, branch, east, west
):
    url = page("move", branch)
    sent = looked_at(desk, url, target=west.pk)
    BranchFactory(parent=branch, kind="party_group", name="后来的小组")

    answer = desk.post(url, sent)

    assert answer.status_code == 409
    assert Organization.objects.get(pk=branch.pk).parent == east


def test_a_move_shows_anew_which_figures_it_changes(desk, branch, east, west):
    MemberFactory(organization=branch)
    url = page("move", branch)
    sent = looked_at(desk, url, target=west.pk)
    MemberFactory(organization=branch)

    answer = desk.post(url, sent)

    assert answer.status_code == 409
    assert Organization.objects.get(pk=branch.pk).parent == east


def test_a_split_takes_a_member_under_the_name_that_was_shown(desk, branch):
    chosen, _stays = MemberFactory.create_batch(2, organization=branch)
    url = page("split", branch)
    rows = [chosen.affiliations.get().pk]
    sent = looked_at(desk, url, **NAMES, chosen=rows)
    type(chosen).objects.filter(pk=chosen.pk).update(name="改名")

    answer = desk.post(url, sent)

    assert answer.status_code == 409
    assert not Organization.objects.filter(name=NAMES["name"]).exists()


@pytest.mark.parametrize("kind", ["dissolve", "move", "rename", "found", "split"])
def test_others_work_elsewhere_keeps_nobody_from_deciding(
    kind, desk, branch, neighbour, east, west
):
    chosen, _stays = MemberFactory.create_batch(2, organization=branch)
    values = {
        "dissolve": {"target": neighbour.pk},
        "move": {"target": west.pk},
        "rename": NAMES,
        "found": NAMES,
        "split": {**NAMES, "chosen": [chosen.affiliations.get().pk]},
    }[kind]
    url = page(kind, east if kind == "found" else branch)
    sent = looked_at(desk, url, **values)
    elsewhere = BranchFactory(parent=east)
    MemberFactory(organization=elsewhere)
    CaseFactory(organization=elsewhere)

    answer = desk.post(url, sent)

    assert answer.status_code == 302, answer.context["form"].errors


def voiding(branch):
    change = branch.changes.get(kind="merged")
    return reverse("organizations:void_decision", args=[change.pk])


@pytest.fixture
def dissolved(desk, branch, neighbour):
    """A branch whose member went to its neighbour, with what voids that."""
    member = MemberFactory(organization=branch, name="随去的人")
    url = page("dissolve", branch)
    desk.post(url, looked_at(desk, url, target=neighbour.pk))
    return branch, member


def test_a_decision_is_voided_with_what_was_shown_to_go_back(desk, dissolved):
    branch, member = dissolved
    url = voiding(branch)
    form = read(desk.get(url)).form_to(url)
    sent = form.sent(reason="录错")
    type(branch).objects.filter(pk=branch.pk).update(name="后来改名的支部")

    answer = desk.post(url, sent)

    assert answer.status_code == 409
    assert Organization.objects.get(pk=branch.pk).ended_on is not None
    again = read(answer).form_to(url).sent()
    assert desk.post(url, again).status_code == 302
    member.refresh_from_db()
    assert member.organization_id == branch.pk
