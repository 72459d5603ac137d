"""Bodies that ended, on their first day as well: nothing goes on in them."""

import datetime as dt

import pytest

from communities.actions import close_seat, end_body, open_seat, take_seat
from communities.enums import Filling
from communities.errors import BodyEnded, BodyVoided, SeatClosed
from communities.models import Body, Seat, SeatHolding
from core.errors import FutureDay
from core.registries.invariants import invariants
from tests.communities.test_bodies import JUNE, council, seat_of, take
from tests.factories.communities import BodyFactory, TermOfOfficeFactory

__all__ = ["council"]

TODAY = dt.date(2026, 7, 15)


def broken(*keys):
    """Return what `verify` finds about seats and ended bodies."""
    return [row for key in keys for row in invariants.get(key).broken()]


def test_a_body_set_up_and_ended_on_one_day_is_voided(east, li):
    body = BodyFactory(organization=east, starts_on=TODAY)
    held = take(body, member=li, starts_on=TODAY)

    end_body(body, by=None, reason="重复")

    held.refresh_from_db()
    assert held.void_reason == "重复"
    assert not Body.objects.exists()
    for refused in (
        lambda: take(body, member=li, starts_on=TODAY),
        lambda: open_seat(body, seat_of(body).kind, by=None),
        lambda: end_body(body, by=None, reason="重复"),
    ):
        with pytest.raises(BodyVoided):
            refused()
    assert broken("communities.seats", "communities.ended_bodies") == []


def test_whoever_took_a_seat_on_the_last_day_of_a_body_did_not_sit_in_it(council, li):
    take(council, member=li, starts_on=TODAY)

    end_body(council, by=None, reason="撤销")

    assert not SeatHolding.objects.exists()
    assert broken("communities.seats", "communities.ended_bodies") == []


def test_a_body_that_ends_tomorrow_has_ended(council, li):
    council.ends_on = TODAY + dt.timedelta(days=1)
    council.save()

    with pytest.raises(BodyEnded):
        take(council, member=li)


def test_a_body_does_not_end_on_a_day_to_come(council):
    with pytest.raises(FutureDay):
        end_body(council, by=None, reason="撤销", on=TODAY + dt.timedelta(days=1))


def test_a_seat_closed_on_the_day_it_was_opened_is_not_taken(council, li):
    seat = open_seat(council, seat_of(council, 2).kind, by=None)
    close_seat(seat, by=None)

    with pytest.raises(SeatClosed):
        take_seat(seat, by=None, channel=Filling.ELECTION, member=li)


def test_verify_finds_what_goes_on_in_an_ended_body(council):
    term = TermOfOfficeFactory(body=council)
    end_body(council, by=None, reason="撤销", on=JUNE)
    assert broken("communities.ended_bodies") == []

    seat = seat_of(council)
    Seat.objects.filter(pk=seat.pk).update(ends_on=None)
    council.terms.update(ended_on=None, planned_ends_on=None)

    assert broken("communities.ended_bodies") == [f"seat {seat.pk}", f"term {term.pk}"]
