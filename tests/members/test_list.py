"""The list of members, as its readers see it."""

from django.urls import reverse

from members.actions import end_membership
from members.enums import EndReason
from tests.factories.members import CheckInFactory, MemberFactory


def test_a_list_says_who_is_no_longer_on_the_rolls(client, secretary, branch, east):
    member = MemberFactory(organization=branch, name="李明")
    gone = MemberFactory(organization=branch, name="王远")
    end_membership(gone, reason=EndReason.DIED, by=None)
    CheckInFactory(community=east, member__name="周来")

    client.force_login(secretary)

    table = client.get(reverse("members:list")).context["table"]

    said = {row.record.name: str(row.get_cell("organization")) for row in table.rows}
    assert said == {"李明": member.organization.name, "王远": "已不在册", "周来": "—"}
