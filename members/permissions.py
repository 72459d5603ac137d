"""Who may do what with members."""

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Duty, User
from accounts.permissions import can_issue_slip as can_let_in
from core.behind import leads_to
from core.duties import MEETING_KEEPERS, RECORD_KEEPERS, DutyCode, scope_of
from core.indicators import Column, Source
from members.models import CheckIn, Member
from members.querysets import MemberQuerySet
from organizations.models import Organization

NAMED_TO = MemberQuerySet.seen_with | MemberQuerySet.managed_with


def can_look(user: object) -> bool:
    """Whether the person looks after members at all."""
    return scope_of(user).holds(MEETING_KEEPERS)


def can_admit(user: object) -> bool:
    """Whether the person enters members anywhere."""
    return scope_of(user).holds(RECORD_KEEPERS)


def can_change(user: object, member: Member) -> bool:
    """Whether the person keeps this member's record."""
    return Member.objects.managed_by(user).filter(pk=member.pk).exists()


def can_check_out(user: object, member: Member) -> bool:
    """Whether the person keeps the community in which the member is checked in."""
    open_rows = CheckIn.objects.managed_by(user).filter(member=member, ends_on=None)
    return open_rows.exists()


def can_unmask(user: object, member: Member) -> bool:
    """Whether the person may read this member's numbers in full, for a reason."""
    return can_change(user, member)


def members_to_let_in(user: User) -> QuerySet[Member]:
    """Return the members for whom the person may print a sign-in slip.

    A slip opens all that its account may do, so members who also work here, or are to,
    are left to those who may let their accounts in.
    """
    at_work = Duty.objects.standing().exclude(code=DutyCode.MEMBER)
    works = at_work.filter(user=OuterRef("user"))
    opens = Q(user__is_active=True) & ~Exists(works) & ~Q(user=user)
    return Member.objects.managed_by(user).filter(Q(user=None) | opens)


def can_issue_slip(user: User, member: Member) -> bool:
    """Whether the person may print a sign-in slip for this member."""
    if members_to_let_in(user).filter(pk=member.pk).exists():
        return True
    account = member.user
    return (
        account is not None and can_change(user, member) and can_let_in(user, account)
    )


def readable_columns(
    user: object, organization: Organization, source: Source, model: type[models.Model]
) -> tuple[Column, ...]:
    """Return what the person may read of the rows that a place's number is made of.

    Who looks after no members there counts rows and reads no names of people.
    """
    if scope_of(user).reaches(organization.path, NAMED_TO):
        return source.columns
    return tuple(c for c in source.columns if not leads_to(model, c, Member))
