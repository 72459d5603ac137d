"""What ended with a seat that was left holds again where the leaving was a mistake."""

import datetime as dt
from functools import partial

import pytest
from django.urls import reverse

from communities.actions import (
    begin_term,
    vacate_seat,
    void_leaving,
    void_pay,
    void_term,
)
from communities.actions.bodies import end_body
from communities.actions.body_returns import remember_roster, reopen_body
from communities.actions.endings import WITH_THE_SEAT
from communities.enums import Filling, VacatingReason
from communities.models import SeatFiling, SeatHolding, SeatPay, ServedPlace, UnitCover
from organizations.actions import Basis, merge_organization
from organizations.actions.voiding import void_decision
from organizations.models import OrganizationChange
from tests.factories.communities import (
    BodyFactory,
    SeatFilingFactory,
    SeatHoldingFactory,
    SeatPayFactory,
    ServedPlaceFactory,
    TermOfOfficeFactory,
)
from tests.factories.organizations import BranchFactory, UnitFactory

pytestmark = pytest.mark.django_db
BASIS = Basis("关于调整党支部设置的批复", "8号", "南城街道党工委", dt.date(2026, 1, 5))
MARCH, JUNE, JULY = dt.date(2026, 3, 1), dt.date(2026, 6, 1), dt.date(2026, 7, 1)
ON_SEATS = [
    relation.related_model
    for relation in SeatHolding._meta.related_objects
    if {"ends_on", "voided_at"}
    <= {field.name for field in relation.related_model._meta.concrete_fields}
]


def address(name, *args):
    return reverse(f"communities:{name}", args=args)


def states():
    return {
        (model._meta.label, *row)
        for model in (*ON_SEATS, SeatHolding)
        for row in model.all_objects.values_list(
            "pk", "starts_on", "ends_on", "voided_at", "void_reason"
        )
    }


@pytest.fixture
def held(east, west, li):
    """A seat with pay, filings and places of before June, and of after it."""
    body = BodyFactory(organization=east, starts_on=MARCH)
    TermOfOfficeFactory(body=body, starts_on=MARCH)
    seat = body.seats.earliest("pk")
    holding = SeatHoldingFactory(seat=seat, member=li, starts_on=MARCH)
    for factory in (SeatPayFactory, SeatFilingFactory):
        factory(holding=holding, starts_on=MARCH)
        factory(holding=holding, starts_on=JULY)
    ServedPlaceFactory(server=holding, organization=east, starts_on=MARCH)
    ServedPlaceFactory(server=holding, organization=west, starts_on=JULY)
    return holding


def left_and_back(held):
    vacate_seat(held, by=None, reason=VacatingReason.RESIGNED, on=JUNE)
    row = SeatHolding.objects.get(pk=held.pk)
    return partial(void_leaving, row, by=None, reason="误录")


def new_term_and_back(held):
    body = held.seat.body
    term = begin_term(
        body,
        starts_on=JUNE,
        begun_by=Filling.ELECTION,
        approved_by="街道党工委",
        approved_on=MARCH,
        by=None,
    )
    return partial(void_term, term, by=None, reason="误录")


def body_ended_and_back(held):
    body = held.seat.body
    roster = remember_roster(body)
    end_body(body, by=None, reason="撤销", on=JUNE)
    return partial(reopen_body, body, roster, by=None, reason="误录")


ENDERS = [left_and_back, new_term_and_back, body_ended_and_back]


def test_everything_dated_on_a_seat_ends_with_it():
    assert {*WITH_THE_SEAT} == {*ON_SEATS} == {SeatFiling, SeatPay, ServedPlace}


@pytest.mark.parametrize("model", ON_SEATS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("ender", ENDERS, ids=lambda ender: ender.__name__)
def test_what_a_backdated_end_voids_holds_again_once_it_is_undone(held, ender, model):
    before = states()
    undo = ender(held)
    ended = [*model.all_objects.order_by("starts_on")]
    undo()

    first, second = ended
    assert first.ends_on == JUNE
    assert second.voided_at is not None
    assert {row for row in states() if row[0] == model._meta.label} == {
        row for row in before if row[0] == model._meta.label
    }


def test_who_took_a_seat_after_the_day_holds_it_again_with_the_body(held, han):
    body = held.seat.body
    seat = body.seats.create(kind=held.seat.kind, number=80, starts_on=MARCH)
    later = SeatHoldingFactory(seat=seat, member=han, starts_on=JULY)
    SeatPayFactory(holding=later, starts_on=JULY)
    before = states()

    undo = body_ended_and_back(held)
    assert not SeatHolding.objects.filter(pk=later.pk).exists()
    undo()

    assert states() == before


def test_what_was_voided_by_hand_meanwhile_stays_void(held):
    undo = left_and_back(held)
    pay = SeatPay.objects.get()
    pay.void("误录")
    pay.save()
    undo()

    assert [row.starts_on for row in SeatPay.objects.all()] == [JULY]


def test_pay_entered_after_the_leaving_goes_on_with_the_seat(held):
    void_pay(SeatPay.objects.get(starts_on=JULY), by=None, reason="误录")
    undo = left_and_back(held)
    void_pay(SeatPay.objects.get(), by=None, reason="误录")
    held.refresh_from_db()
    entered = SeatPayFactory(holding=held, starts_on=MARCH)
    before = entered.ends_on
    undo()

    entered.refresh_from_db()
    assert (before, entered.ends_on) == (JUNE, None)


def test_the_form_names_what_would_be_voided_and_asks_once(enter, secretary, held):
    browser, url = enter(secretary), address("vacate_seat", held.pk)
    typed = {"on": "2026-06-01", "reason": VacatingReason.RESIGNED}

    asked = browser.post(url, typed).content.decode()
    kept = SeatHolding.objects.get().ends_on
    browser.post(url, {**typed, "confirmed": "on"})

    assert kept is None
    for model in ON_SEATS:
        assert f"{model._meta.verbose_name}（自2026年7月1日起）" in asked
    assert "自2026年3月1日起" not in asked
    assert SeatHolding.objects.get().ends_on == JUNE
    assert not SeatPay.objects.filter(starts_on=JULY).exists()


def test_the_form_asks_nothing_where_nothing_is_voided(enter, secretary, held):
    for model in ON_SEATS:
        model.objects.filter(starts_on=JULY).delete()

    typed = {"on": "2026-06-01", "reason": VacatingReason.RESIGNED}
    enter(secretary).post(address("vacate_seat", held.pk), typed)

    assert SeatHolding.objects.get().ends_on == JUNE


def test_a_cover_and_a_place_of_after_a_merger_hold_again_with_it(
    east, branch, han, held
):
    gone = BranchFactory(parent=east, starts_on=MARCH)
    unit = UnitFactory(host=east)
    cover = UnitCover.objects.create(
        unit=unit, kind="own_branch", organization=gone, starts_on=JULY
    )
    place = ServedPlaceFactory(server=held, organization=gone, starts_on=JULY)
    merge_organization(gone, target=branch, basis=BASIS, on=JUNE, by=None)
    assert not UnitCover.objects.exists()
    assert not ServedPlace.objects.filter(pk=place.pk).exists()

    change = OrganizationChange.objects.get(organization=gone)
    void_decision(change, by=None, reason="误录")

    assert UnitCover.objects.get() == cover
    assert ServedPlace.objects.filter(pk=place.pk, ends_on=None).exists()
