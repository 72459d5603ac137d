"""Corrections of the own record: proposed by the member, decided by who keeps it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.notices import notify, settle_notices
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import today
from core.text import StrOrPromise, without_stop
from members.actions.affiliations import lock_member
from members.actions.changes import change_member
from members.actions.membership_bounds import refuse_ended_membership
from members.actions.own_matters import refuse_own_matter
from members.ends.closers import MembershipEnd
from members.enums import CorrectedField, CorrectionState
from members.errors import (
    CorrectionDecided,
    NobodyToCorrect,
    NothingToCorrect,
    UnitToChoose,
)
from members.models import Member, ProposedCorrection
from organizations.models import Unit

STEP = ("state", "note", "decided_on")


@action(label=_("Correction proposed"))
def propose_corrections(
    member: Member, values: Mapping[str, str], *, reason: str, by: Actor | None
) -> list[ProposedCorrection]:
    """Propose new values of the own record, each to be decided by itself.

    Refuses what is on record already, and a second proposal of what waits.
    """
    member = lock_member(member)
    refuse_ended_membership(member)
    place = member.organization or member.community
    if place is None:
        raise NobodyToCorrect
    rows = []
    for name, value in values.items():
        field = CorrectedField(name)
        row = ProposedCorrection(
            member=member,
            organization=place,
            field=field,
            value=value,
            reason=reason,
            proposed_on=today(),
        )
        if str(getattr(member, name) or "") == value:
            raise NothingToCorrect(field=field.label)
        validate(row)
        row.save()
        audit.record(row, by=by, organization_id=place.pk, after=audit.snapshot(row))
        rows.append(row)
    return rows


@action(label=_("Proposed correction withdrawn"))
def withdraw_correction(
    row: ProposedCorrection, *, by: Actor | None
) -> ProposedCorrection:
    """Take back what nobody has decided yet."""
    row = _lock(row)
    refuse_decided_correction(row)
    return _decide(row, CorrectionState.WITHDRAWN, by=by)


@action(label=_("Proposed correction accepted"))
def accept_correction(
    row: ProposedCorrection, *, by: Actor | None, employer: Unit | None = None
) -> ProposedCorrection:
    """Correct the record as the member proposed, and tell them.

    Of a unit the member wrote words; `employer` is the one that they mean.
    """
    row = _lock(row)
    refuse_own_matter(row.member, by)
    refuse_decided_correction(row)
    value: Any = row.value
    if row.field == CorrectedField.EMPLOYER:
        if employer is None:
            raise UnitToChoose
        value = employer
    change_member(row.member, by=by, **{row.field: value})
    row = _decide(row, CorrectionState.ACCEPTED, by=by)
    _tell_member(row, _("Your correction was accepted and recorded: {field}."))
    return row


@action(label=_("Proposed correction declined"))
def decline_correction(
    row: ProposedCorrection, *, reason: str, by: Actor | None
) -> ProposedCorrection:
    """Leave the record as it is, and tell the member why."""
    row = _lock(row)
    refuse_own_matter(row.member, by)
    refuse_decided_correction(row)
    row = _decide(row, CorrectionState.DECLINED, by=by, note=reason)
    _tell_member(
        row,
        _("Your correction was declined: {field}. {reason}."),
        reason=without_stop(reason),
    )
    return row


@action(label=_("Proposed correction lapsed"))
def close_correction(row: ProposedCorrection, end: MembershipEnd) -> None:
    """Let a proposal lapse whose member's record is kept here no longer."""
    _decide(_lock(row), CorrectionState.LAPSED, by=end.by)


def refuse_decided_correction(row: ProposedCorrection) -> None:
    """Refuse to decide twice, or to withdraw what is decided."""
    if not row.is_open:
        raise CorrectionDecided(state=row.get_state_display())


def _lock(row: ProposedCorrection) -> ProposedCorrection:
    rows = ProposedCorrection.objects.select_for_update(of=("self",))
    return rows.select_related("member", "organization").get(pk=row.pk)


def _decide(
    row: ProposedCorrection, state: CorrectionState, *, by: Actor | None, note: str = ""
) -> ProposedCorrection:
    before = audit.snapshot(row, *STEP)
    row.state, row.note, row.decided_on = state, note, today()
    validate(row)
    row.save(update_fields=list(STEP))
    audit.record(
        row,
        by=by,
        organization_id=row.organization_id,
        before=before,
        after=audit.snapshot(row, *STEP),
    )
    settle_notices(row)
    return row


def _tell_member(row: ProposedCorrection, text: StrOrPromise, **values: Any) -> None:
    """Tell the member what became of their proposal, if they have an account."""
    user: User | None = getattr(row.member, "user", None)
    if user is not None:
        notify(user, text, about=row, field=row.get_field_display(), **values)
