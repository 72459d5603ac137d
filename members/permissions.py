"""Who may do what with members."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import RoleAssignment, User
from accounts.permissions import can_issue_slip as can_let_in
from core.actors import Actor, scope_of
from members.models import CheckIn, Member
from organizations.roles import MEETING_KEEPERS, RECORD_KEEPERS, Role


def can_view_members(user: Actor) -> bool:
    """Whether the person may view members at all."""
    return scope_of(user).has_role(MEETING_KEEPERS)


def can_admit(user: Actor) -> bool:
    """Whether the person may enter members anywhere."""
    return scope_of(user).has_role(RECORD_KEEPERS)


def can_change(user: Actor, member: Member) -> bool:
    """Whether the person keeps this member's record."""
    return Member.objects.managed_by(user).filter(pk=member.pk).exists()


def can_end_check_in(user: Actor, member: Member) -> bool:
    """Whether the person keeps the records of the community of the check-in."""
    open_rows = CheckIn.objects.managed_by(user).filter(member=member, ends_on=None)
    return open_rows.exists()


def can_unmask(user: Actor, member: Member) -> bool:
    """Whether the person may read this member's numbers in full, for a reason."""
    return can_change(user, member)


def members_to_issue_slips(user: User) -> QuerySet[Member]:
    """Return the members for whom the person may print a sign-in slip.

    A slip gives access to all that its account may do, so slips of members who hold or
    will hold another role are left to those who may issue slips for accounts. There
    are none for members whose membership has ended.
    """
    working_roles = RoleAssignment.objects.standing().exclude(role=Role.MEMBER)
    works = working_roles.filter(user=OuterRef("user"))
    may_get_slip = Q(user__is_active=True) & ~Exists(works) & ~Q(user=user)
    current = Member.objects.managed_by(user).current()
    return current.filter(Q(user=None) | may_get_slip)


def can_issue_slip(user: User, member: Member) -> bool:
    """Whether the person may print a sign-in slip for this member."""
    if members_to_issue_slips(user).filter(pk=member.pk).exists():
        return True
    account = member.user
    return (
        account is not None
        and member.ended_on is None
        and can_change(user, member)
        and can_let_in(user, account)
    )
