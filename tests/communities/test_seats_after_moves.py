"""Who leaves the place of a body of Party members alone leaves its seat."""

import datetime as dt

import pytest

from communities.actions import (
    begin_term,
    take_seat,
    vacate_seat,
    void_leaving,
    void_term,
)
from communities.enums import Eligibility, Filling, VacatingReason
from communities.errors import HolderElsewhere
from communities.models import SeatHolding
from core.registries.invariants import invariants
from members.actions import end_membership, move_member, receive_transfer
from members.enums import EndReason
from tests.factories.communities import (
    BodyFactory,
    BodyKindFactory,
    SeatHoldingFactory,
    TermOfOfficeFactory,
)
from tests.factories.members import TransferFactory
from tests.factories.organizations import BranchFactory

MARCH, MAY = dt.date(2026, 3, 1), dt.date(2026, 5, 1)
JUNE = dt.date(2026, 6, 1)


def seat_in(organization, member, open_to=Eligibility.MEMBERS):
    """Let the member lead a body of the organization since March."""
    kind = BodyKindFactory(open_to=open_to)
    body = BodyFactory(organization=organization, kind=kind)
    seat = body.seats.order_by("pk")[0]
    return take_seat(
        seat, by=None, channel=Filling.ELECTION, starts_on=MARCH, member=member
    )


def end_of(held):
    held.refresh_from_db()
    return held.ends_on, held.end_reason


def left_behind():
    return list(invariants.get("communities.left_behind").broken())


def test_who_is_transferred_out_leaves_the_seats_of_members(branch, east, li):
    secretary = seat_in(branch, li)
    deputy = seat_in(east, li)
    neighbour = seat_in(east, li, Eligibility.ANYBODY)

    said = end_membership(li, reason=EndReason.TRANSFERRED_OUT, by=None, on=JUNE)

    moved = (JUNE, VacatingReason.MOVED)
    assert [end_of(secretary), end_of(deputy)] == [moved, moved]
    assert end_of(neighbour) == (None, "")
    assert any("2" in sentence for sentence in said)


def test_who_moves_to_another_branch_keeps_the_seats_above_both(branch, east, li):
    secretary, deputy = seat_in(branch, li), seat_in(east, li)

    move_member(li, BranchFactory(parent=east), by=None, on=JUNE)

    assert end_of(secretary) == (JUNE, VacatingReason.MOVED)
    assert end_of(deputy) == (None, "")
    assert left_behind() == []


def test_who_is_received_by_letter_leaves_the_seat(branch, li, foreign, other_street):
    held = seat_in(branch, li)
    letter = TransferFactory(member=li, to=other_street, issued=True)

    receive_transfer(letter, by=None, branch=BranchFactory(parent=foreign))

    assert end_of(held)[1] == VacatingReason.MOVED


def test_verify_finds_a_seat_that_was_left_behind(branch, li):
    held = seat_in(branch, li)
    end_membership(li, reason=EndReason.TRANSFERRED_OUT, by=None, on=JUNE)
    assert left_behind() == []

    SeatHolding.objects.filter(pk=held.pk).update(ends_on=None, end_reason="")

    assert left_behind() == [f"seat holding {held.pk}"]


def test_nobody_takes_a_seat_from_a_day_before_they_left_the_place(branch, west, li):
    move_member(li, BranchFactory(parent=west), by=None, on=JUNE)

    with pytest.raises(HolderElsewhere):
        seat_in(branch, li)

    assert not SeatHolding.objects.exists()


def test_a_leaving_is_not_voided_once_its_holder_has_left_the_place(branch, west, li):
    held = seat_in(branch, li)
    vacate_seat(held, by=None, on=MAY, reason=VacatingReason.RETIRED)
    move_member(li, BranchFactory(parent=west), by=None, on=JUNE)

    with pytest.raises(HolderElsewhere):
        void_leaving(held, by=None, reason="同名误登")

    assert end_of(held) == (MAY, VacatingReason.RETIRED)
    assert left_behind() == []


def test_a_voided_term_gives_no_seat_back_to_who_has_left_the_place(branch, west, li):
    kind = BodyKindFactory(open_to=Eligibility.MEMBERS)
    body = BodyFactory(organization=branch, kind=kind)
    TermOfOfficeFactory(body=body)
    held = SeatHoldingFactory(seat=body.seats.order_by("pk")[0], member=li)
    begin_term(
        body,
        by=None,
        number=2,
        starts_on=MAY,
        begun_by=Filling.ELECTION,
        approved_by="街道党工委",
        approved_on=MAY,
    )
    assert end_of(held) == (MAY, VacatingReason.NEW_TERM)
    move_member(li, BranchFactory(parent=west), by=None, on=JUNE)

    void_term(body.terms.get(number=2), by=None, reason="日期填错")

    assert end_of(held) == (JUNE, VacatingReason.MOVED)
    assert left_behind() == []
