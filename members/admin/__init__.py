"""Members, their history and the way to membership in the admin."""

from members.admin.development import DevelopmentAdmin, ProbationDecisionAdmin
from members.admin.members import MemberAdmin, MemberHistoryAdmin

__all__ = [
    "DevelopmentAdmin",
    "MemberAdmin",
    "MemberHistoryAdmin",
    "ProbationDecisionAdmin",
]
