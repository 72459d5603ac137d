"""Pages about members, and members' own pages."""

from members.views.changes import (
    AdmitMember,
    AffiliateMember,
    ChangeMember,
    EndCheckIn,
    EndMembership,
    EndMobile,
    MoveMember,
    RecordMobile,
)
from members.views.own import CheckInPage, Leave, Me, Skills
from members.views.register import FindByNumber, MemberDetail, MemberList, Unmask
from members.views.slips import PrintSlip, SlipList
from members.views.voiding import VoidEntry

__all__ = [
    "AdmitMember",
    "AffiliateMember",
    "ChangeMember",
    "CheckInPage",
    "EndCheckIn",
    "EndMembership",
    "EndMobile",
    "FindByNumber",
    "Leave",
    "Me",
    "MemberDetail",
    "MemberList",
    "MoveMember",
    "PrintSlip",
    "RecordMobile",
    "Skills",
    "SlipList",
    "Unmask",
    "VoidEntry",
]
