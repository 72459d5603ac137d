"""The list of members."""

from django.urls import reverse

from members.actions import end_membership
from members.enums import EndReason
from tests.factories.members import CheckInFactory, MemberFactory


def test_the_list_labels_former_members(client, secretary, branch, east):
    member = MemberFactory(organization=branch, name="李明")
    gone = MemberFactory(organization=branch, name="王远")
    end_membership(gone, reason=EndReason.DIED, by=None)
    CheckInFactory(community=east, member__name="周来")

    client.force_login(secretary)

    table = client.get(reverse("members:list")).context["table"]

    labels = {row.record.name: str(row.get_cell("organization")) for row in table.rows}
    assert labels == {"李明": member.organization.name, "王远": "已不在册", "周来": "—"}
