"""Arrivals, receipts and refusals: the end of a transfer."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from core.actions import action
from core.actors import Actor
from core.identity import clean_identity_number, identity_index
from core.months import refuse_future_day, today
from core.names import clean_person_name
from members.actions.admission import Admission, admit_members
from members.actions.affiliations import affiliate_member, end_membership
from members.actions.changes import change_member
from members.actions.moves import leave_place, relocate
from members.actions.search_place import follow_member
from members.actions.transfer_steps import lock_for_step, save_step
from members.duplicates.merged import members_by_former_number
from members.enums import (
    PRECISION_OF,
    EndReason,
    StartReason,
    TransferState,
    TransferStep,
)
from members.errors import (
    AlreadyRecorded,
    BranchElsewhere,
    BranchRequired,
    NoOpenAffiliation,
    TransferUnderWay,
)
from members.lost_contacts.marks import refuse_suspended
from members.models import Affiliation, Member, Transfer
from members.notices import (
    name_people,
    notify_arrived,
    notify_received,
    notify_refused,
)
from members.transfers.whereabouts import transfer_under_way
from organizations.enums import FILING
from organizations.models import Organization
from organizations.queries import filing_organization

S = TransferState


@action(label=_("Arrival confirmed"))
def confirm_arrival(
    transfer: Transfer,
    branch: Organization,
    *,
    by: Actor | None,
    on: dt.date | None = None,
) -> Transfer:
    """Confirm that a member has come and to which branch; the street then receives.

    The branch's community deals with it from then on, and hears of it where the street
    confirmed without handing the transfer on.
    """
    transfer = lock_for_step(transfer, TransferStep.CONFIRM_ARRIVAL)
    day = on or today()
    refuse_future_day(day)
    _refuse_branch_elsewhere(branch, transfer.destination)
    before, there = transfer.destination, _receiving_organization(branch, transfer)
    moved = {"destination": there} if there != before else {}
    save_step(transfer, by, branch=branch, arrived_on=day, **moved)
    notify_arrived(transfer, by=by, to_community=bool(moved))
    return transfer


def _refuse_branch_elsewhere(
    branch: Organization | None, organization: Organization | None
) -> None:
    if branch is None:
        raise BranchRequired
    if organization is None or not branch.path.startswith(organization.path):
        raise BranchElsewhere(branch=branch.name, organization=str(organization or ""))


@action(label=_("Transfer received"))
def receive_transfer(
    transfer: Transfer,
    *,
    by: Actor | None,
    on: dt.date | None = None,
    branch: Organization | None = None,
) -> Transfer:
    """Receive a member into a branch: release and acceptance are one write (R-14).

    The affiliation at the origin ends on the day on which the new one begins, counted
    as a move is. Refuses days outside the letter's validity (a constraint), and
    branches that are not below the street to which the letter is addressed.
    """
    transfer = _lock_to_receive(transfer, TransferStep.RECEIVE)
    if (home := branch or transfer.branch) is None:
        raise BranchRequired
    _refuse_branch_elsewhere(home, transfer.addressee)
    day = on or today()
    member = _member_of(transfer)
    released, accepted = relocate(member, home, on=day)
    leave_place(released, accepted, by=by)
    follow_member(member, home, by=by)
    return _close_received(
        transfer,
        by,
        closed_on=day,
        released=released,
        accepted=accepted,
        branch=home,
        destination=_receiving_organization(home, transfer),
        arrived_on=transfer.arrived_on or day,
    )


def _receiving_organization(
    branch: Organization, transfer: Transfer
) -> Organization | None:
    """Return who deals with a transfer into a branch: its community, or the street."""
    destination: Organization | None = transfer.destination
    street: Organization | None = transfer.addressee
    is_dealt_with = destination is not None and branch.path.startswith(destination.path)
    if is_dealt_with and destination != street:
        return destination
    community = filing_organization(branch)
    return community if community.kind in FILING else street


def _lock_to_receive(transfer: Transfer, step: TransferStep) -> Transfer:
    """Lock a transfer that can be received, unless another followed an expired one."""
    transfer = lock_for_step(transfer, step)
    member = transfer.member
    other = transfer_under_way(member) if member is not None else None
    if member is not None and other is not None and other.pk != transfer.pk:
        raise TransferUnderWay(name=member.name, state=other.get_state_display())
    return transfer


def _member_of(transfer: Transfer) -> Member:
    """Return the member of a transfer from the city; refuse the gone and suspended."""
    if transfer.member is None or transfer.member.organization is None:
        raise NoOpenAffiliation(name=transfer.name)
    refuse_suspended(transfer.member)
    return transfer.member


def _close_received(transfer: Transfer, by: Actor | None, **columns: Any) -> Transfer:
    _save_received(transfer, by, **columns)
    notify_received(transfer, by=by)
    return transfer


def _save_received(transfer: Transfer, by: Actor | None, **columns: Any) -> None:
    save_step(transfer, by, state=S.RECEIVED, closed_by=by, **columns)


@action(label=_("Receipt recorded"))
def record_receipt(
    transfer: Transfer, *, by: Actor | None, on: dt.date | None = None
) -> Transfer:
    """Record the receipt that came back from outside: the affiliation ends (R-16).

    `on` is the day on which the committee there received the member. Refuses days to
    come and days outside the letter's validity (a constraint).
    """
    transfer = _lock_to_receive(transfer, TransferStep.RECORD_RECEIPT)
    member, day = _member_of(transfer), on or today()
    refuse_future_day(day)
    released = Affiliation.objects.get(member=member, ends_on=None)
    _close_received(transfer, by, closed_on=day, released=released)
    end_membership(member, reason=EndReason.TRANSFERRED_OUT, by=by, on=day)
    return transfer


class AdmissionByLetter(NamedTuple):
    """Somebody new to be entered, with the letter from outside that names them."""

    transfer: Transfer
    admission: Admission


@action(label=_("People from outside received"))
def admit_by_letters(
    arrivals: Sequence[AdmissionByLetter], *, by: Actor | None
) -> list[Transfer]:
    """Enter people who are new here as transferred in by their letters, all or none.

    Refuses what `admit_members` refuses, branches that are not below the street to
    which the letter is addressed, and days outside its validity (a constraint).
    """
    transfers = [lock_for_step(row.transfer, TransferStep.ADMIT) for row in arrivals]
    for transfer, row in zip(transfers, arrivals, strict=True):
        branch = row.admission.organization
        _refuse_branch_elsewhere(branch, transfer.addressee)
    admissions = [
        replace(row.admission, reason=StartReason.TRANSFERRED_IN) for row in arrivals
    ]
    members = admit_members(admissions, by=by)
    begun = Affiliation.objects.filter(member__in=members, ends_on=None)
    accepted = {row.member_id: row for row in begun}
    for transfer, member, admission in zip(transfers, members, admissions, strict=True):
        columns = {"member": member, "accepted": accepted[member.pk]}
        _save_received(transfer, by, closed_on=admission.starts_on, **columns)
    notify_received(transfers[0], by=by, name=name_people(transfers))
    return transfers


@action(label=_("Member from outside received"))
def admit_transferred(
    transfer: Transfer,
    branch: Organization,
    *,
    by: Actor | None,
    on: dt.date | None = None,
    **values: Any,
) -> Transfer:
    """Enter the person of a letter from outside into a branch, as transferred in.

    Somebody who was here before and belongs nowhere is found by number and name, and
    belongs to the branch again; what the form says of them is a correction of their
    record, what it leaves blank stays. Anybody who is on the rolls of the city is
    refused: their street issues a letter.
    """
    transfer, day = lock_for_step(transfer, TransferStep.ADMIT), on or today()
    member = _known_member(**values)
    if member is None:
        arrival = AdmissionByLetter(transfer, Admission(values, branch, starts_on=day))
        return admit_by_letters([arrival], by=by)[0]
    _refuse_branch_elsewhere(branch, transfer.addressee)
    corrections = _without_blanks(values)
    change_member(member, by=by, returning_to=branch, **corrections)
    reason = StartReason.TRANSFERRED_IN
    affiliate_member(member, branch, reason=reason, by=by, on=day)
    accepted = Affiliation.objects.get(member=member, ends_on=None)
    return _close_received(
        transfer, by, member=member, accepted=accepted, closed_on=day
    )


def _without_blanks(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was filled in: neither blanks nor the precision of a blank date."""
    blank = {name for name, value in values.items() if value in (None, "", [])}
    blank |= {PRECISION_OF[name] for name in blank if name in PRECISION_OF}
    return {name: value for name, value in values.items() if name not in blank}


def _known_member(*, name: str, id_number: str, **_rest: Any) -> Member | None:
    """Return the former member with the number and the name; refuse any other."""
    index = identity_index(clean_identity_number(id_number))
    meant = dict(members_by_former_number([index])).get(index)
    member = Member.objects.filter(id_index=index).first() or meant
    if member is None:
        return None
    if member.organization_id is not None or member.name != clean_person_name(name):
        raise AlreadyRecorded
    return member


@action(label=_("Transfer refused"))
def refuse_transfer(transfer: Transfer, *, by: Actor | None, reason: str) -> Transfer:
    """Refuse a transfer with a reason; the matter goes back to the origin (R-14)."""
    transfer = lock_for_step(transfer, TransferStep.REFUSE)
    save_step(
        transfer, by, state=S.REFUSED, closed_on=today(), closed_by=by, reason=reason
    )
    notify_refused(transfer, by=by)
    return transfer
