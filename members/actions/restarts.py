"""Another unit restarts a check-in: the old one ends, and a new one goes on."""

from collections.abc import Mapping, Sequence

from core.actors import Actor
from core.months import today
from members.actions.checkins import check_in, end_check_in
from members.enums import LeaveReason
from members.models import CheckIn, Member


def restart_check_ins(
    members: Sequence[Member], before: Mapping[int, int | None], *, by: Actor | None
) -> None:
    """Restart the open check-ins of members who work for another unit than before.

    What the member said goes along: when they are free, and whether they want to serve.
    A day belongs to one check-in, so nobody is counted twice or not at all. Where no
    unit was on record, or the check-in is of today, it only learns the unit.
    """
    rows = CheckIn.objects.filter(member__in=members, ends_on=None)
    for row in rows.select_related("member__employer", "community"):
        if before[row.member_id] is None or row.starts_on >= today():
            row.unit = row.member.employer
            row.save(update_fields=["unit"])
            continue
        end_check_in(row, by=by, reason=LeaveReason.UNIT_CHANGED)
        check_in(
            row.member,
            row.community,
            by=by,
            available=row.available,
            home_branch=row.home_branch,
            willing=row.willing,
        )
