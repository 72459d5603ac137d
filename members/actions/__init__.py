"""Deeds on members, their affiliations, check-ins and absences."""

from members.actions.admission import Admission, admit_member, admit_members
from members.actions.affiliations import end_membership, move_member
from members.actions.changes import change_member, change_members
from members.actions.checkins import check_in, end_check_in, end_mobile, record_mobile
from members.actions.people import open_account

__all__ = [
    "Admission",
    "admit_member",
    "admit_members",
    "change_member",
    "change_members",
    "check_in",
    "end_check_in",
    "end_membership",
    "end_mobile",
    "move_member",
    "open_account",
    "record_mobile",
]
