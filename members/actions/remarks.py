"""Keep guarded remarks, let the member answer, and say who is willing (S0-26, S2-45).

The log says that a remark was recorded, answered or voided, and when it expires, but
never what it says: the log is read by more people, and for longer.
"""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.notices import notify, settle_notices
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import months_after, refuse_future_day, today
from members.actions.checkins import lock_open_check_in
from members.actions.membership_bounds import refuse_ended_membership
from members.actions.own_matters import refuse_own_matter
from members.enums import Willingness
from members.errors import RemarkIsOver
from members.models import CheckIn, GuardedRemark, Member
from organizations.enums import ThresholdKey
from organizations.models import Organization, Threshold, Unit

LOGGED = ("expires_on", "replied_on", "settled_on")


@action(label=_("Guarded remark recorded"))
def record_remark(
    about: Member | Unit,
    organization: Organization,
    *,
    kind: str,
    happened_on: dt.date,
    matter: str,
    by: Actor | None,
    details: str = "",
) -> GuardedRemark:
    """Record that a member or a unit put the community off, or hindered others.

    It is shown for the months of the rule. The member is told that there is something
    to read and to answer, without what it says.
    """
    refuse_future_day(happened_on)
    member = about if isinstance(about, Member) else None
    unit = about if isinstance(about, Unit) else None
    if member is not None:
        refuse_ended_membership(member)
        unit = member.employer
    months = Threshold.objects.on(ThresholdKey.REMARK_MONTHS, happened_on)
    row = GuardedRemark(
        member=member,
        unit=unit,
        organization=organization,
        kind=kind,
        happened_on=happened_on,
        matter=matter,
        details=details,
        expires_on=months_after(happened_on, months),
        recorded_by_id=by.pk if by is not None else None,
    )
    validate(row)
    row.save()
    if member is not None and member.user is not None:
        text = _("There is a guarded remark about you. You may read and answer it.")
        notify(member.user, text, about=row, url=reverse("members:me"))
    _record(row, by)
    return row


@action(label=_("Guarded remark answered by the member"))
def answer_remark(row: GuardedRemark, *, reply: str, by: Actor | None) -> GuardedRemark:
    """Let the member say how they see it; who keeps the remark is told."""
    row = _lock(row)
    row.reply, row.replied_on = reply, today()
    validate(row)
    row.save(update_fields=["reply", "replied_on"])
    settle_notices(row)
    keeper = User.objects.filter(pk=row.recorded_by_id or 0, is_active=True).first()
    if keeper is not None:
        notify(keeper, _("A guarded remark was answered. Please read it."), about=row)
    _record(row, by)
    return row


@action(label=_("Guarded remark: took part after all"))
def settle_remark(
    row: GuardedRemark, *, on: dt.date, by: Actor | None
) -> GuardedRemark:
    """Record that they took part after all: it leaves the list of open refusals."""
    row = _lock(row)
    refuse_own_matter(row.member, by)
    refuse_future_day(on)
    row.settled_on = on
    validate(row)
    row.save(update_fields=["settled_on"])
    _record(row, by)
    return row


@action(label=_("Guarded remark voided"))
def void_remark(row: GuardedRemark, *, reason: str, by: Actor | None) -> GuardedRemark:
    """Void a remark that is wrong: from now on it is shown to nobody."""
    row = _lock(row)
    refuse_own_matter(row.member, by)
    row.save(update_fields=row.void(reason))
    settle_notices(row)
    after = audit.snapshot(row, "voided_at")
    audit.record(row, by=by, organization_id=row.organization_id, after=after)
    return row


@action(label=_("Willingness to serve noted"))
def set_willingness(member: Member, *, willing: str, by: Actor | None) -> CheckIn:
    """Note with the check-in that goes on whether the member wants to serve."""
    row = lock_open_check_in(member)
    place = row.community_id
    with audit.recording(row, "willing", by=by, organization_id=place):
        row.willing = Willingness(willing)
        row.save(update_fields=["willing"])
    return row


def _lock(row: GuardedRemark) -> GuardedRemark:
    rows = GuardedRemark.objects.select_for_update(of=("self",))
    rows = rows.select_related("member")
    locked = rows.filter(pk=row.pk, expires_on__gt=today()).first()
    if locked is None:
        raise RemarkIsOver
    return locked


def _record(row: GuardedRemark, by: Actor | None) -> None:
    after = audit.snapshot(row, *LOGGED)
    audit.record(row, by=by, organization_id=row.organization_id, after=after)
