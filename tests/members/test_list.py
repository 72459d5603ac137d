"""The list of members: who is on it, and how many."""

import pytest
from django.urls import reverse

from core.months import month_of, today
from figures.definitions import indicators
from members.actions import check_in, end_membership, void_member
from members.enums import Category, EndReason
from tests.factories.members import CheckInFactory, MemberFactory
from tests.factories.organizations import BranchFactory

SHOWN = {
    None: {"李明", "双重"},
    "": {"李明", "双重", "王远", "周来", "客人"},
    "on_rolls": {"李明", "双重"},
    "guests": {"周来", "客人"},
    "gone": {"王远"},
    "voided": {"误录"},
}


@pytest.fixture
def people(branch, east, foreign):
    """A member of each state, as 东社区 sees them, and one whom it does not see."""
    MemberFactory(organization=BranchFactory(parent=foreign), name="外人")
    MemberFactory(organization=branch, name="李明")
    both = MemberFactory(organization=branch, name="双重", category=Category.IN_SERVICE)
    check_in(both, east, by=None)
    gone = MemberFactory(organization=branch, name="王远")
    end_membership(gone, reason=EndReason.DIED, by=None)
    CheckInFactory(community=east, member__name="周来")
    home = BranchFactory(parent=foreign)
    guest = MemberFactory(organization=home, name="客人", category=Category.IN_SERVICE)
    check_in(guest, east, by=None)
    wrong = MemberFactory(organization=branch, name="误录")
    void_member(wrong, by=None, reason="张冠李戴")


def shown(client, **query):
    table = client.get(reverse("members:list"), query).context["table"]
    return {row.record.name: str(row.get_cell("organization")) for row in table.rows}


@pytest.mark.parametrize("record", SHOWN)
def test_each_state_is_found_and_the_rolls_are_the_default(
    client, secretary, people, record
):
    client.force_login(secretary)

    query = {} if record is None else {"record": record}

    assert set(shown(client, **query)) == SHOWN[record]


@pytest.mark.parametrize("chosen", [None, "east", "branch"])
def test_the_number_of_rows_is_the_number_of_the_return(
    client, secretary, people, east, branch, chosen
):
    client.force_login(secretary)
    node = {"branch": branch}.get(chosen, east)
    closing = indicators.get("members_closing")
    counted = closing.rows_within(node, month_of(today())).count()

    query = {"organization": node.pk} if chosen else {}

    assert len(shown(client, **query)) == counted


def test_the_default_is_no_filter_that_somebody_chose(client, secretary, people):
    client.force_login(secretary)

    forms = [
        client.get(reverse("members:list"), query).context["filter"].form
        for query in ({}, {"record": "gone"})
    ]

    assert [form.has_changed() for form in forms] == [False, True]


def test_former_and_voided_members_are_labelled(client, secretary, people):
    client.force_login(secretary)

    assert shown(client, record="gone") == {"王远": "已不在册"}
    assert shown(client, record="voided") == {"误录": "误录已作废"}
    assert shown(client, record="guests")["周来"] == "—"


def test_a_search_names_what_the_state_of_the_record_hides(client, secretary, people):
    client.force_login(secretary)
    url = reverse("members:list")
    found = {}
    for name in ("客人", "王远", "误录", "外人", "李明"):
        response = client.get(url, {"q": name, "category": ""})
        elsewhere = response.context["elsewhere"]
        found[name] = [(label, count) for label, count, _url in elsewhere]
        for _label, count, address in elsewhere:
            assert f"另有 {count} 人在" in response.content.decode()
            table = client.get(url + address).context["table"]
            assert [row.record.name for row in table.rows] == [name]

    assert found == {
        "客人": [("报到党员（关系在别处）", 1)],
        "王远": [("已离开", 1)],
        "误录": [],
        "外人": [],
        "李明": [],
    }
    assert client.get(url).context["elsewhere"] == []
