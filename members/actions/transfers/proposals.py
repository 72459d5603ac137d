"""Propose transfers, direct them to a community, and void them."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.notices import settle_notices
from core.actions import action
from core.actors import Actor
from core.months import refuse_future_day, today
from members.actions.affiliations import lock_with_affiliation
from members.actions.transfer_steps import (
    begin_transfer,
    lock_for_step,
    save_step,
    void_now,
)
from members.enums import TransferKind, TransferState, TransferStep
from members.errors import BranchElsewhere, NoStreetAbove
from members.lost_contacts.marks import refuse_suspended
from members.models import Member, Transfer
from members.notices import notify_coming, notify_keepers, notify_voided
from organizations.actions import refuse_ended
from organizations.models import Organization
from organizations.queries import street_above

S = TransferState


@action(label=_("Transfer proposed"))
def propose_transfer(
    member: Member,
    *,
    cause: str,
    by: User | None,
    to: Organization | None = None,
    to_text: str = "",
    wish: str = "",
    dues_month: dt.date | None = None,
    on: dt.date | None = None,
) -> Transfer:
    """Propose to the street that it issues a letter for a member (R-12, R-13).

    `to` is the street working committee within the city, `to_text` the committee
    outside it, in words. Refuses members without a formal affiliation, those whose
    transfer is under way, suspended members, and streets to which nobody needs a
    letter.
    """
    refuse_future_day(on or today())
    member, affiliation = lock_with_affiliation(member)
    refuse_suspended(member)
    issuer = street_above(affiliation.organization)
    if issuer is None:
        raise NoStreetAbove(name=affiliation.organization.name)
    if to is not None:
        refuse_ended(to)
    transfer = Transfer(
        kind=TransferKind.WITHIN if to is not None else TransferKind.OUT,
        member=member,
        cause=cause,
        origin=affiliation.organization,
        issuer=issuer,
        addressee=to,
        destination=to,
        to_text="" if to is not None else to_text,
        wish=wish,
        dues_month=dues_month,
        proposed_on=on or today(),
        proposed_by=by,
    )
    begin_transfer(transfer, by=by)
    closed = member.transfers.filter(state__in=[S.EXPIRED, S.REFUSED])
    for earlier in closed.order_by("pk"):
        settle_notices(earlier)
    notify_keepers(
        transfer,
        issuer,
        _("A transfer letter for {name} to {organization} is to be issued."),
        by=by,
        organization=transfer.to_name,
    )
    return transfer


@action(label=_("Transfer handed on to a community"))
def hand_on_transfer(
    transfer: Transfer, to: Organization, *, by: Actor | None
) -> Transfer:
    """Let a community of the receiving street deal with the arrival."""
    transfer = lock_for_step(transfer, TransferStep.HAND_ON)
    refuse_ended(to)
    street = transfer.addressee
    if street is None or not to.path.startswith(street.path):
        raise BranchElsewhere(
            branch=to.name, organization=str(street or transfer.to_name)
        )
    save_step(transfer, by, destination=to, branch=None, arrived_on=None)
    notify_coming(transfer, by=by)
    return transfer


@action(label=_("Transfer voided"))
def void_transfer(transfer: Transfer, *, by: Actor | None, reason: str) -> Transfer:
    """Void a transfer that is proposed or in transit; the member stays where they are.

    A letter that came back, or that turned out to be wrong, ends so.
    """
    transfer = lock_for_step(transfer, TransferStep.VOID)
    void_now(transfer, by=by, reason=reason)
    notify_voided(transfer, by=by)
    return transfer


@action(label=_("Refused transfer let rest"))
def let_transfer_rest(transfer: Transfer, *, by: Actor | None) -> Transfer:
    """Leave it at a refusal: the member stays, and nobody proposes anew for now."""
    transfer = lock_for_step(transfer, TransferStep.LET_REST)
    save_step(transfer, by, rested_on=today(), rested_by=by)
    settle_notices(transfer)
    return transfer
