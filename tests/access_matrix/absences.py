"""Who opens pages about the certificates of absent members, and contact with them."""

from members.actions import end_mobile
from tests.access_matrix.base import Access
from tests.access_matrix.members import (
    BRANCH,
    FOREIGN,
    KEEPERS,
    LOST,
    LOST_ELSEWHERE,
    MEETING_KEEPERS,
    OWN,
    away,
    members,
)
from tests.factories.members import ActivityCertificateFactory


def certificates(world):
    """The certificate of a member of each street; one world has each once."""
    rows = [
        member.certificates.first() or ActivityCertificateFactory(member=member)
        for member in (world.member, world.other_member)
    ]
    return [rows[0].pk], [rows[1].pk]


def to_collect(world):
    """The same, of members who are back."""
    keys = certificates(world)
    for member in (world.member, world.other_member):
        end_mobile(member.mobile_records.get(), by=None)
    return keys


ACCESS = {
    "members:silent": Access("get", KEEPERS),
    "members:log_contact": Access("get", OWN, FOREIGN, args=members),
    "members:certificates": Access(
        "get", MEETING_KEEPERS, args=lambda world: certificates(world) and ([], [])
    ),
    "members:issue_certificate": Access("get", OWN, FOREIGN, args=away),
    "members:certificate": Access("get", *BRANCH, args=certificates),
    "members:print_certificate": Access("get", *BRANCH, args=certificates),
    "members:return_certificate": Access(
        "get", LOST, LOST_ELSEWHERE, args=certificates
    ),
    "members:replace_certificate": Access(
        "get", LOST, LOST_ELSEWHERE, args=certificates
    ),
    "members:void_certificate": Access("get", LOST, LOST_ELSEWHERE, args=certificates),
}
