"""How the months of a made-up city are filed, reviewed and counted."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from accounts.actions import assign_role, create_account
from accounts.models import User
from config.demo.life import noon
from core.months import today
from figures.actions import recount_requested
from organizations.models import Organization
from organizations.roles import Role
from reports.actions import (
    accept_return,
    comment_on_number,
    extend_deadline,
    open_round,
    record_call,
    return_for_correction,
    submit_return,
    write_narrative,
)
from reports.models import MonthlyReturn

OPEN, WAITING, CORRECTING, LATE = "NC01", "NC02", "NC03", "NC04"
"""Communities whose last month is not accepted yet, each for its own reason.

The first is left for people who try the demo as its secretary.
"""
NARRATIVE = "本月按计划开展组织生活和志愿服务，流动党员均已联系。"


def get_filers(communities: Iterable[Organization], known: User) -> dict[int, User]:
    """Return the account that files for each community, created where it is missing."""
    held = known.role_assignments.filter(role=Role.SECRETARY).values("organization")
    filers_by_community = {
        o.pk: known for o in Organization.objects.filter(pk__in=held)
    }
    for community in communities:
        if community.pk not in filers_by_community:
            user = create_account(
                f"sj-{community.code}",
                by=None,
                display_name=f"{community.name}书记",
                is_demo=True,
            )
            assign_role(user, Role.SECRETARY, by=None, organization=community)
            filers_by_community[community.pk] = user
    return filers_by_community


def open_rounds(streets: Iterable[Organization], month: dt.date) -> None:
    """Open the month's round in every street."""
    for street in streets:
        open_round(street, month, by=None)


def file_month(
    month: dt.date, files: dict[int, User], staff: User, *, last: bool
) -> None:
    """File the month everywhere and accept it; in the last one some are not done."""
    rows = MonthlyReturn.objects.filter(month=month)
    for row in rows.select_related("organization", "round"):
        code = row.organization.code
        if last and code in {OPEN, LATE}:
            _chase(row, staff)
            continue
        by = files[row.organization_id]
        write_narrative(row, narrative=NARRATIVE, by=by)
        taken = 8 + row.organization_id % 17
        submit_return(row, by=by, at=_filed_at(row), minutes=taken)
        if last and code == WAITING:
            continue
        if last and code == CORRECTING:
            _comment_on_lessons(row, staff)
            return_for_correction(row, reason="请补充本月工作情况说明。", by=staff)
            continue
        accept_return(row, by=staff)


def _chase(row: MonthlyReturn, staff: User) -> None:
    """Call about a return that is late; give one that is not begun three days more."""
    if row.organization.code == LATE:
        note = "答应明天报送"
        record_call(row, called_on=today(), spoke_with="书记", note=note, by=staff)
    elif row.due_on < today():
        day = today() + dt.timedelta(days=3)
        reason = "书记住院，由副书记代为填报。"
        extend_deadline(row, due_on=day, reason=reason, by=staff)


def _comment_on_lessons(row: MonthlyReturn, staff: User) -> None:
    """Ask about one number of the return that goes back."""
    line = row.round.form.lines.get(indicator="meetings_lessons")
    text = "党课次数请与签到表核对。"
    comment_on_number(row, line, text=text, by=staff)


def _filed_at(row: MonthlyReturn) -> dt.datetime:
    """Return a moment three days before the return was due, but not after now.

    The community to be corrected was two days late.
    """
    late = row.organization.code == CORRECTING
    day = row.round.due_on + dt.timedelta(days=2 if late else -3)
    return min(noon(day), timezone.now())


def run_recounts() -> None:
    """Run all requested recounts."""
    while recount_requested():
        pass
