"""What of this app goes along when an organization is dissolved into another."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from members.actions import (
    change_development,
    check_in,
    end_check_in,
    move_member,
    void_affiliation,
    void_moved_check_in,
)
from members.actions.transfer_steps import lock_transfer, save_step
from members.ends.closers import Departure, closers
from members.enums import RoundState
from members.models import Affiliation, AppraisalRound, CheckIn, Development, Transfer
from organizations.closing_blockers import ClosingBlocker, closing_blockers
from organizations.errors import ChangedSince
from organizations.mergers import Merge, Merger, mergers
from organizations.models import Organization


def open_affiliations() -> QuerySet[Affiliation]:
    """Return who belongs to an organization today."""
    rows = Affiliation.objects.filter(ends_on=None)
    return rows.select_related("member", "organization")


def move_along(row: Affiliation, merge: Merge) -> None:
    """Move a member to the organization that takes over theirs."""
    move_member(row.member, merge.target, by=merge.by, on=merge.on)


def move_back(row: Affiliation, merge: Merge, _before: Any) -> None:
    """Void a member's move: the affiliation from which they were moved goes on."""
    rows = row.member.affiliations.filter(organization=merge.target)
    moved = rows.filter(starts_on=merge.on).last()
    if moved is None:
        raise ChangedSince(name=row.member.name)
    void_affiliation(moved, by=merge.by, reason=merge.reason)


def ending_on_move(row: Affiliation, place: Organization) -> Iterator[Any]:
    """Yield what a member loses who goes to a place: seats, for example."""
    departure = Departure(row.member, row.organization, place)
    for closer in closers:
        if closer.leaving is None:
            continue
        yield from closer.leaving(closer.open_for(row.member), departure)


def open_check_ins() -> QuerySet[CheckIn]:
    """Return check-ins that go on."""
    return CheckIn.objects.filter(ends_on=None).select_related("member")


def check_in_along(row: CheckIn, merge: Merge) -> None:
    """Check a member in where their community goes."""
    end_check_in(row, by=merge.by, on=merge.on)
    row.member.refresh_from_db()
    check_in(
        row.member,
        merge.target,
        by=merge.by,
        on=merge.on,
        available=row.available,
        willing=row.willing,
        home_branch=row.home_branch,
    )


def check_in_back(row: CheckIn, merge: Merge, _before: Any) -> None:
    """Void a check-in that came along: the one at the former community goes on."""
    rows = CheckIn.objects.filter(member=row.member, community=merge.target)
    came = rows.filter(starts_on=merge.on, ends_on=None).last()
    if came is None:
        raise ChangedSince(name=row.member.name)
    void_moved_check_in(came, row, by=merge.by, reason=merge.reason)


def open_transfers() -> QuerySet[Transfer]:
    """Return transfers that wait for somebody's step."""
    return Transfer.objects.under_way()


def redirect_transfer(row: Transfer, merge: Merge) -> None:
    """Let a transfer that is on the way arrive where its destination goes."""
    transfer = lock_transfer(row)
    save_step(transfer, merge.by, destination=merge.target)


def redirect_transfer_back(row: Transfer, merge: Merge, _before: Any) -> None:
    """Let a transfer that is still on the way arrive where it was sent."""
    transfer = lock_transfer(row)
    on_the_way = open_transfers().filter(pk=transfer.pk).exists()
    if on_the_way and transfer.destination_id == merge.target.pk:
        save_step(transfer, merge.by, destination=merge.source)


def open_developments() -> QuerySet[Development]:
    """Return the people whose way to membership goes on."""
    return Development.objects.open()


def take_applicant_along(row: Development, merge: Merge) -> None:
    """Let somebody on the way to membership go on where their branch goes."""
    change_development(row, by=merge.by, organization=merge.target)


def take_applicant_back(row: Development, merge: Merge, _before: Any) -> None:
    """Let somebody on the way to membership go on where they were."""
    row.refresh_from_db()
    if row.organization_id == merge.target.pk:
        change_development(row, by=merge.by, organization=merge.source)


def open_appraisals() -> QuerySet[AppraisalRound]:
    """Return appraisals whose grades are still entered."""
    return AppraisalRound.objects.filter(state=RoundState.OPEN)


closing_blockers.add(
    ClosingBlocker(
        "members.appraisals",
        _("appraisals that are not closed: %(count)s (close or void them)"),
        open_appraisals,
    )
)
mergers.add(
    Merger(
        "members.affiliations",
        _("members who go along: %(count)s"),
        open_affiliations,
        move_along,
        also_ends=ending_on_move,
        take_back=move_back,
    ),
    Merger(
        "members.check_ins",
        _("members checked in who go along: %(count)s"),
        open_check_ins,
        check_in_along,
        take_back=check_in_back,
        column="community",
    ),
    Merger(
        "members.transfers",
        _("transfers that arrive there instead: %(count)s"),
        open_transfers,
        redirect_transfer,
        take_back=redirect_transfer_back,
        column="destination",
    ),
    Merger(
        "members.developments",
        _("people on the way to membership who go along: %(count)s"),
        open_developments,
        take_applicant_along,
        take_back=take_applicant_back,
    ),
)
