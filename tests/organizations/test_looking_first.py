"""Each tab shows the decision that was typed in it, and what that one changes."""

import datetime as dt

import pytest
from django.urls import reverse

from organizations.models import Organization
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory
from tests.organizations.test_decisions import decided, page, typed

pytestmark = pytest.mark.django_db
NAMES = {"name": "第三支部", "full_name": "中共第三支部", "kind": "branch"}


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


def opened(desk, url, **values):
    """The address at which a tab shows what was typed."""
    answer = desk.post(url, typed(**values))
    assert answer.status_code == 302
    return answer.url


def shown(desk, address):
    return desk.get(address).context["form"].data


def test_each_of_two_tabs_keeps_the_decision_typed_in_it(desk, branch, neighbour, east):
    other = BranchFactory(parent=east)
    url = page("dissolve", branch)
    first = opened(desk, url, target=neighbour.pk)
    second = opened(desk, url, target=other.pk)

    assert shown(desk, first)["target"] == str(neighbour.pk)
    assert shown(desk, second)["target"] == str(other.pk)


def test_tabs_about_two_organizations_do_not_disturb_each_other(
    desk, branch, neighbour, east
):
    other = BranchFactory(parent=east)
    first = opened(desk, page("dissolve", branch), target=other.pk)
    second = opened(desk, page("dissolve", neighbour), target=other.pk)
    again = desk.get(first)
    token = again.context["form"].data["previewed"]

    done = desk.post(first, typed(target=other.pk, previewed=token))

    assert done.status_code == 302
    assert Organization.objects.get(pk=branch.pk).ended_on is not None
    assert Organization.objects.get(pk=neighbour.pk).ended_on is None
    assert "preview" in desk.get(second).context


def test_what_was_carried_out_is_not_looked_at_again(desk, east):
    url = page("found", east)
    address = opened(desk, url, **NAMES)
    token = shown(desk, address)["previewed"]
    desk.post(url, typed(**NAMES, previewed=token))

    assert "preview" not in desk.get(address).context


def test_founding_lists_no_branches_that_stay_as_they_are(desk, east, neighbour):
    looked, _done = decided(desk, page("found", east), **NAMES)

    assert looked.context["preview"].below == []
    assert "下级组织</h3>" not in looked.text


@pytest.mark.parametrize("name", ["move", "dissolve"])
def test_what_goes_along_below_is_listed(desk, branch, neighbour, west, name):
    group = BranchFactory(parent=branch, kind="party_group")
    target = {"move": west, "dissolve": neighbour}[name]

    address = opened(desk, page(name, branch), target=target.pk)

    assert desk.get(address).context["preview"].below == [group]


def test_a_first_secretary_is_named_and_not_asked_for_again(desk, east, neighbour):
    leader = MemberFactory(organization=neighbour, name="秦书记")
    url = page("found", east)
    _looked, done = decided(desk, url, **NAMES, secretary=leader.name)

    said = desk.get(done.url).text
    assert "请随即配备书记" not in said
    assert "首任书记已任职" in said
    change = Organization.objects.get(name="第三支部").changes.get()
    assert leader.name in desk.get(change.get_absolute_url()).text
    void = reverse("organizations:void_decision", args=[change.pk])
    assert leader.name in desk.get(void).text
    desk.post(void, {"reason": "误设"})
    assert leader.name in desk.get(change.get_absolute_url()).text


def test_without_a_first_secretary_one_is_asked_for(desk, east):
    _looked, done = decided(desk, page("found", east), **NAMES)

    assert "请随即配备书记" in desk.get(done.url).text


def test_two_of_one_name_are_told_apart_where_an_organization_is_split(desk, branch):
    pair = [
        MemberFactory(organization=branch, name="朱勇", birth_date=dt.date(year, 4, 2))
        for year in (1963, 1993)
    ]
    other = MemberFactory(organization=branch)
    url = page("split", branch)

    form = desk.get(url).text
    assert "1963年4月出生" in form
    assert "1993年4月出生" in form
    assert other.choice_label not in form

    chosen = [member.affiliations.get().pk for member in pair]
    looked = desk.get(opened(desk, url, **NAMES, chosen=chosen)).context["preview"]
    assert looked.moving[0].names == [member.choice_label for member in pair]
