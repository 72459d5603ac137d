"""What may not be done with calls, reserves and pay, and what may be corrected."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from communities.actions import (
    add_reserve,
    announce_recruitment,
    change_holding,
    change_recruitment,
    change_reserve,
    close_recruitment,
    close_seat,
    end_body,
    end_reserve,
    open_seat,
    record_pay,
    serve_place,
    take_on,
    take_seat,
    vacate_seat,
    void_holding,
    void_leaving,
    void_pay,
    void_reserve,
)
from communities.enums import ApplicantResult, Filling, ReserveOutcome, VacatingReason
from communities.models import Reserve, SeatPay
from core.errors import DomainError
from core.months import today
from tests.factories.communities import (
    ApplicantFactory,
    BodyFactory,
    RecruitmentFactory,
    ReserveFactory,
    SeatHoldingFactory,
    SeatPayFactory,
)
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db
SINCE, JUNE = dt.date(2026, 3, 1), dt.date(2026, 6, 1)


def address(name, *args):
    return reverse(f"communities:{name}", args=args)


@pytest.fixture
def call(east):
    """A call for one ordinary seat of a body with seats enough."""
    body = BodyFactory(organization=east)
    kind = body.kind.seat_kinds.latest("position")
    kind.most_seats = None
    kind.save()
    for number in (20, 21):
        body.seats.create(kind=kind, number=number, starts_on=body.starts_on)
    return RecruitmentFactory(body=body, kind=kind, seats=1)


@pytest.fixture
def applicants(call, branch):
    return [
        ApplicantFactory(recruitment=call, member=MemberFactory(organization=branch))
        for _number in range(2)
    ]


def test_no_more_people_are_taken_on_than_a_call_has_seats(
    enter, secretary, call, applicants
):
    first, second = applicants
    take_on(first, by=None)

    with pytest.raises(DomainError, match="名额"):
        take_on(second, by=None)

    page = enter(secretary).get(call.get_absolute_url()).content.decode()
    assert address("take_on", second.pk) not in page
    assert address("decide_applicant", second.pk) in page


def test_nobody_is_taken_on_under_a_closed_call(enter, secretary, call, applicants):
    first, _second = applicants
    holding = take_on(first, by=None)
    close_recruitment(call, by=None, reason="招满")
    void_holding(holding, by=None, reason="误录")
    first.refresh_from_db()

    with pytest.raises(DomainError, match="已于"):
        take_on(first, by=None)

    page = enter(secretary).get(call.get_absolute_url()).content.decode()
    assert address("take_on", first.pk) not in page
    assert address("change_recruitment", call.pk) not in page


def test_who_was_taken_on_by_mistake_is_not_taken_once_the_call_closes(
    call, applicants
):
    first, second = applicants
    void_holding(take_on(first, by=None), by=None, reason="误录")

    close_recruitment(call, by=None, reason="不再招聘")

    for applicant in (first, second):
        applicant.refresh_from_db()
        assert (applicant.result, applicant.holding) == (
            ApplicantResult.NOT_TAKEN,
            None,
        )


def test_a_call_keeps_the_seats_that_were_filled_and_is_not_changed_once_closed(
    call, applicants
):
    change_recruitment(call, by=None, seats=2)
    for applicant in applicants:
        take_on(applicant, by=None)

    with pytest.raises(DomainError, match="2"):
        change_recruitment(call, by=None, seats=1)
    close_recruitment(call, by=None, reason="招满")
    with pytest.raises(DomainError, match="已于"):
        change_recruitment(call, by=None, seats=3)


@pytest.fixture
def reserve(east, li):
    return ReserveFactory(organization=east, member=li)


@pytest.mark.parametrize(
    "change",
    [
        lambda held: open_seat(held.seat.body, held.seat.kind, by=None),
        lambda held: vacate_seat(held, by=None, reason=VacatingReason.RESIGNED),
        lambda held: void_holding(held, by=None, reason="误录"),
        lambda held: change_holding(held, by=None, starts_on=today()),
        lambda held: serve_place(
            held, organization=held.seat.body.organization, by=None
        ),
        lambda held: announce_recruitment(
            held.seat.body,
            kind=held.seat.kind,
            seats=1,
            announced_on=SINCE,
            apply_until=SINCE,
            conditions="条件",
            by=None,
        ),
    ],
)
def test_the_seats_of_a_list_of_reserves_are_changed_on_its_own_page(reserve, change):
    with pytest.raises(DomainError, match="后备人选"):
        change(reserve.holding)


def test_the_place_of_a_reserve_who_left_is_filled_and_closed_on_its_own_page(
    reserve, han
):
    held = reserve.holding
    seat = held.seat.body.seats.create(kind=held.seat.kind, number=77, starts_on=SINCE)
    for change in (
        lambda: take_seat(seat, by=None, member=han, channel=Filling.APPOINTMENT),
        lambda: close_seat(seat, by=None),
    ):
        with pytest.raises(DomainError, match="后备人选"):
            change()
    end_reserve(reserve, by=None, outcome=ReserveOutcome.LEFT)
    held.refresh_from_db()
    with pytest.raises(DomainError, match="后备人选"):
        void_leaving(held, by=None, reason="误录")


def test_the_page_of_a_list_of_reserves_offers_no_buttons_about_its_seats(
    enter, secretary, reserve
):
    held = reserve.holding
    page = enter(secretary).get(held.seat.body.get_absolute_url()).content.decode()

    for name in ("vacate_seat", "void_holding", "change_holding", "serve_by_seat"):
        assert address(name, held.pk) not in page
    for name in ("open_seat", "announce_recruitment"):
        assert address(name, held.seat.body_id) not in page
    assert address("reserves") in page


def test_an_entry_about_a_reserve_is_corrected_after_the_list_ended(reserve):
    end_body(reserve.holding.seat.body, by=None, reason="撤销", on=JUNE)

    assert change_reserve(reserve, by=None, mentor="王芳").mentor == "王芳"
    void_reserve(reserve, by=None, reason="误录")

    assert not Reserve.objects.valid().exists()


def test_a_list_of_reserves_is_filled_as_before(east, han, reserve):
    assert add_reserve(east, member=han, level="street", for_post="书记", by=None).pk


@pytest.fixture
def held(east, li):
    """李明 has held a paid seat since March."""
    seat = BodyFactory(organization=east).seats.earliest("pk")
    return SeatHoldingFactory(seat=seat, member=li, starts_on=SINCE)


def test_pay_ends_with_the_seat_and_is_corrected_within_it_alone(held):
    pay = SeatPayFactory(holding=held)
    vacate_seat(held, by=None, reason=VacatingReason.RESIGNED, on=JUNE)
    pay.refresh_from_db()
    assert pay.ends_on == JUNE

    with pytest.raises(DomainError, match="5月31日"):
        SeatPayFactory(holding=held, starts_on=JUNE)
    void_pay(pay, by=None, reason="误录")
    right = SeatPayFactory(holding=held, amount=Decimal(3000))

    assert right.ends_on == JUNE


def test_pay_goes_on_where_the_leaving_was_a_mistake(held):
    pay = SeatPayFactory(holding=held)
    vacate_seat(held, by=None, reason=VacatingReason.RESIGNED, on=JUNE)
    held.refresh_from_db()

    void_leaving(held, by=None, reason="误录")

    pay.refresh_from_db()
    assert pay.ends_on is None


def test_pay_of_a_seat_held_by_mistake_is_voided_with_it(held):
    SeatPayFactory(holding=held)

    void_holding(held, by=None, reason="误录")

    assert not SeatPay.objects.exists()


def test_pay_entered_by_mistake_is_voided_after_the_body_ended(held):
    pay = SeatPayFactory(holding=held)
    end_body(held.seat.body, by=None, reason="撤销", on=JUNE)

    void_pay(pay, by=None, reason="误录")

    assert record_pay(held, starts_on=SINCE, amount=Decimal(0), by=None).ends_on == JUNE


def test_pay_reads_alike_on_the_page_of_a_seat_and_in_the_list(enter, staff, held):
    SeatPayFactory(holding=held, amount=Decimal("2500.50"))
    browser = enter(staff)

    for page in (address("pay"), address("seat_pay", held.pk)):
        assert "2,500.50" in browser.get(page).content.decode()
