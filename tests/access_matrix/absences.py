"""Who opens pages about the certificates of absent members, and contact with them."""

import datetime as dt

from cases.models import Case
from core.months import today
from members.actions import end_mobile
from members.enums import Category
from members.models import Member, UnitInquiry
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
from tests.factories.members import ActivityCertificateFactory, UnitInquiryFactory


def certificates(world):
    """The certificate of a member of each street; one world has each once."""
    rows = [
        member.certificates.first() or ActivityCertificateFactory(member=member)
        for member in (world.member, world.other_member)
    ]
    return [rows[0].pk], [rows[1].pk]


def reviewed(world):
    """A member of each street who has waited for a post since before."""
    for member in (world.member, world.other_member):
        Member.objects.filter(pk=member.pk).update(category=Category.AWAITING)
    return [], []


def inquiries(world):
    """The inquiry about a member of each street; one world has each once."""
    rows = [
        member.inquiries.first() or UnitInquiryFactory(member=member)
        for member in (world.member, world.other_member)
    ]
    return [rows[0].pk], [rows[1].pk]


def overdue_inquiries(world):
    """The same, sent so long ago that the answer is overdue."""
    keys = inquiries(world)
    sent_on = today() - dt.timedelta(days=60)
    rows = UnitInquiry.objects.filter(pk__in=[*keys[0], *keys[1]])
    for row in rows:
        Case.objects.filter(pk=row.case_id).update(
            opened_on=sent_on, due_on=sent_on + dt.timedelta(days=30)
        )
    rows.update(sent_on=sent_on)
    return keys


def to_collect(world):
    """The same, of members who are back."""
    keys = certificates(world)
    for member in (world.member, world.other_member):
        end_mobile(member.mobile_records.get(), by=None)
    return keys


ACCESS = {
    "members:report_abroad": Access("get", OWN, FOREIGN, args=members),
    "members:groups": Access("get", MEETING_KEEPERS),
    "members:completeness": Access("get", MEETING_KEEPERS),
    "members:mobile": Access(
        "get", MEETING_KEEPERS, args=lambda world: certificates(world) and ([], [])
    ),
    "members:reviews": Access("get", KEEPERS, args=reviewed),
    "members:review": Access("get", KEEPERS, args=reviewed),
    "members:inquiries": Access(
        "get", MEETING_KEEPERS, args=lambda world: inquiries(world) and ([], [])
    ),
    "members:send_inquiry": Access("get", OWN, FOREIGN, args=members),
    "members:print_inquiry": Access("get", *BRANCH, args=inquiries),
    "members:answer_inquiry": Access("get", LOST, LOST_ELSEWHERE, args=inquiries),
    "members:void_inquiry": Access("get", LOST, LOST_ELSEWHERE, args=inquiries),
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
