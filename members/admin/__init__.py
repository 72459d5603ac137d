"""Members, their history and the way to membership in the admin."""

from members.admin.development import DevelopmentAdmin, ProbationDecisionAdmin
from members.admin.history import MemberHistoryAdmin
from members.admin.members import MemberAdmin

__all__ = [
    "DevelopmentAdmin",
    "MemberAdmin",
    "MemberHistoryAdmin",
    "ProbationDecisionAdmin",
]
