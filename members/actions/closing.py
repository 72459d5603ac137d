"""Close what is open for a member whose membership ends."""

import datetime as dt
from typing import cast

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions import (
    assign_role,
    change_account,
    end_role_assignment,
)
from accounts.models import RoleAssignment, SignInSlip, User
from core import audit
from core.actions import action
from core.actors import Actor
from core.months import today
from members.actions.absences import request_home_recount
from members.actions.changes import update_account_phones
from members.actions.checkins import end_check_in
from members.ends.closers import MembershipEnd, closers
from members.enums import EndReason, LeaveReason
from members.models import CheckIn, Member, MobileRecord
from organizations.roles import Role


def close_check_in(row: CheckIn, end: MembershipEnd) -> None:
    """End the check-in of a member whose membership ends."""
    died = end.reason == EndReason.DIED
    reason = LeaveReason.DIED if died else LeaveReason.MEMBERSHIP_ENDED
    end_check_in(row, by=end.by, on=end.on, reason=reason)


@action(label=_("Absence closed"))
def close_absence(row: MobileRecord, end: MembershipEnd) -> None:
    """End the absence of a member who no longer belongs here."""
    row.ends_on = max(end.on, row.starts_on + dt.timedelta(days=1))
    row.save(update_fields=["ends_on"])
    request_home_recount(end.member, row.ends_on)
    audit.record(
        row,
        by=end.by,
        organization_id=end.member.organization_id,
        after={"ends_on": str(row.ends_on)},
    )


@action(label=_("Checked out"))
def check_out(
    row: CheckIn,
    *,
    by: Actor | None,
    on: dt.date | None = None,
    reason: LeaveReason | None = None,
) -> list[str]:
    """End a check-in and what was promised there; return what was closed, in words."""
    end_check_in(row, by=by, on=on, reason=reason)
    end = MembershipEnd(row.member, None, on or today(), by)
    return closers.describe_rows(closers.close_rows_at(row, end))


def close_role_assignment(row: RoleAssignment, end: MembershipEnd) -> None:
    """End a role of a member whose membership ends."""
    by = cast("User | None", end.by)
    end_role_assignment(row, by=by, reason=str(end.reason.label if end.reason else ""))


def close_account(user: User, end: MembershipEnd) -> None:
    """Close the account of a member whose membership ends.

    Printed slips become void, and the phone no longer signs in, so that another person
    may have the number.
    """
    change_account(user, by=cast("User | None", end.by), is_active=False)
    User.objects.filter(pk=user.pk).update(phone_index=None)
    now = timezone.now()
    SignInSlip.objects.good(now).filter(user=user).update(runs_out_at=now)


def lock_account(member: Member) -> None:
    """Lock the account of a member whose membership is about to end.

    A role that is assigned at the same moment is then either on record already, and is
    ended, or comes afterwards, and is refused.
    """
    rows = User.objects.select_for_update(of=("self",))
    rows.filter(pk=member.user_id).order_by("pk").first()


def reopen_account(member: Member, *, by: Actor | None) -> None:
    """Open the account again of a member whose membership did not end after all."""
    user = member.user
    if user is None or user.is_active:
        return
    change_account(user, by=cast("User | None", by), is_active=True)
    update_account_phones([member])
    roles = user.role_assignments.filter(role=Role.MEMBER, ends_on=None)
    if not roles.exists():
        assign_role(user, Role.MEMBER, by=None)
