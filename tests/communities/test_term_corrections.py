"""Beginning, extending and leaving a term by mistake, and taking it back on pages."""

import datetime as dt

import pytest
from django.urls import reverse

from communities.actions import take_seat
from communities.enums import Filling, VacatingReason
from communities.models import SeatHolding, TermOfOffice
from core.registries.invariants import invariants
from tests.factories.communities import (
    BodyFactory,
    SeatHoldingFactory,
    TermOfOfficeFactory,
)

APRIL, JUNE = dt.date(2026, 4, 1), dt.date(2026, 6, 1)
APPROVED = {"approved_by": "街道党工委", "approved_on": "2026-03-20"}


def address(name, *args):
    return reverse(f"communities:{name}", args=args)


def text_of(page):
    return page.content.decode()


@pytest.fixture
def council(east):
    """A council in its first term, which began with the year, its seats vacant."""
    body = BodyFactory(organization=east, name="议事会")
    TermOfOfficeFactory(body=body)
    return body


def seat_of(body, number=0):
    return body.seats.order_by("kind__position", "number")[number]


def begin(browser, body, starts_on="2026-04-01", **values):
    """Begin the second term on its page, early and approved."""
    typed = {
        "number": 2,
        "starts_on": starts_on,
        "begun_by": Filling.ELECTION,
        **APPROVED,
    }
    return browser.post(address("begin_term", body.pk), {**typed, **values})


def rows_outside_their_term():
    return list(invariants.get("communities.seats").broken())


def test_a_new_term_asks_once_and_names_who_leaves(enter, secretary, council, li, han):
    SeatHoldingFactory(seat=seat_of(council), member=li)
    SeatHoldingFactory(seat=seat_of(council, 1), member=han, starts_on=JUNE)
    browser = enter(secretary)

    asked = begin(browser, council)

    page = text_of(asked)
    assert "这些人员将于2026年4月1日离任：主任李明" in page
    assert "列入新一届：委员韩雪" in page
    assert council.terms.count() == 1
    assert not SeatHolding.objects.exclude(ends_on=None).exists()


def test_who_took_a_seat_in_the_new_term_stays_and_belongs_to_it(
    enter, secretary, council, li, han
):
    left = SeatHoldingFactory(seat=seat_of(council), member=li)
    stays = SeatHoldingFactory(seat=seat_of(council, 1), member=han, starts_on=JUNE)

    begin(enter(secretary), council, confirmed="on")

    left.refresh_from_db()
    stays.refresh_from_db()
    assert (left.ends_on, left.end_reason) == (APRIL, VacatingReason.NEW_TERM)
    assert (stays.ends_on, stays.term.number) == (None, 2)
    assert rows_outside_their_term() == []


def test_the_last_day_of_a_term_is_the_day_before_the_next(enter, secretary, council):
    browser = enter(secretary)

    begin(browser, council)

    page = text_of(browser.get(address("body", council.pk)))
    assert "2026年1月1日至2026年3月31日" in page


def test_a_term_does_not_begin_while_somebody_sat_who_left_later(
    enter, secretary, council, li
):
    held = SeatHoldingFactory(seat=seat_of(council), member=li)
    browser = enter(secretary)
    left = {"on": "2026-06-01", "reason": VacatingReason.RETIRED}
    browser.post(address("vacate_seat", held.pk), left)

    refused = begin(browser, council)

    assert "2026年4月1日时李明仍在任" in text_of(refused)
    assert council.terms.count() == 1


def test_a_seat_is_not_taken_in_a_term_that_is_over(enter, secretary, council, li):
    browser = enter(secretary)
    begin(browser, council)

    typed = {"name": "李明", "which": f"member-{li.pk}", "channel": Filling.ELECTION}
    typed["starts_on"] = "2026-03-01"
    refused = browser.post(address("take_seat", seat_of(council).pk), typed)

    assert "2026年4月1日" in text_of(refused)
    assert not SeatHolding.objects.exists()


def test_a_term_begun_by_mistake_is_voided_and_its_seats_are_held_again(
    enter, secretary, council, li, han
):
    held = SeatHoldingFactory(seat=seat_of(council), member=li)
    kept = SeatHoldingFactory(seat=seat_of(council, 1), member=han, starts_on=JUNE)
    browser = enter(secretary)
    begin(browser, council, confirmed="on")
    second = council.terms.get(number=2)
    url = address("void_term", second.pk)
    assert url in text_of(browser.get(address("body", council.pk)))

    browser.post(url, {"reason": "日期填错"})

    held.refresh_from_db()
    kept.refresh_from_db()
    first = council.terms.get()
    second = TermOfOffice.all_objects.get(pk=second.pk)
    assert (held.ends_on, held.end_reason) == (None, "")
    assert (first.ended_on, first.last_day) == (None, dt.date(2030, 12, 31))
    assert (second.void_reason, kept.term) == ("日期填错", first)
    assert rows_outside_their_term() == []
    begin(browser, council, "2026-05-01", confirmed="on")
    assert council.terms.filter(number=2, starts_on=dt.date(2026, 5, 1)).exists()


def test_a_term_is_not_voided_while_somebody_took_a_seat_that_it_emptied(
    enter, secretary, council, li, han
):
    SeatHoldingFactory(seat=seat_of(council), member=li)
    browser = enter(secretary)
    begin(browser, council, confirmed="on")
    take_seat(
        seat_of(council), member=han, starts_on=JUNE, channel=Filling.ELECTION, by=None
    )

    url = address("void_term", council.terms.get(number=2).pk)
    refused = browser.post(url, {"reason": "日期填错"})

    assert "韩雪已任因本届换届空出的职务" in text_of(refused)
    assert council.terms.count() == 2


def test_verify_finds_who_still_sits_in_a_term_that_is_over(council, li):
    held = SeatHoldingFactory(seat=seat_of(council), member=li)

    council.terms.update(ended_on=APRIL, ends_on=APRIL)

    assert rows_outside_their_term() == [f"seat holding {held.pk}"]


def test_a_mistyped_extension_is_voided_and_entered_anew(enter, secretary, council):
    browser = enter(secretary)
    term = council.terms.get()
    page = text_of(browser.get(address("extend_term", term.pk)))
    assert "本届现到2030年12月31日届满，最迟可延长到2031年12月31日" in page
    typed = {"extension_basis": "批复", "extension_approved_on": "2026-07-01"}
    extend = address("extend_term", term.pk)
    browser.post(extend, {**typed, "last_day": "2031-12-31"})
    undo = address("void_extension", term.pk)
    assert undo in text_of(browser.get(address("body", council.pk)))

    browser.post(undo, {"reason": "日期填错"})

    term.refresh_from_db()
    assert (term.last_day, term.regular_ends_on) == (dt.date(2030, 12, 31), None)
    browser.post(extend, {**typed, "last_day": "2031-06-30"})
    term.refresh_from_db()
    assert term.last_day == dt.date(2031, 6, 30)


def leave(browser, held):
    """Enter that somebody retired in June, and return the page of the body."""
    typed = {"on": "2026-06-01", "reason": VacatingReason.RETIRED}
    browser.post(address("vacate_seat", held.pk), typed)
    return text_of(browser.get(held.get_absolute_url()))


def test_a_leaving_entered_by_mistake_is_voided(enter, secretary, council, li):
    held = SeatHoldingFactory(seat=seat_of(council), member=li)
    browser = enter(secretary)
    page = leave(browser, held)
    url = address("void_leaving", held.pk)
    assert url in page
    assert address("void_holding", held.pk) in page

    browser.post(url, {"reason": "同名误登"})

    held.refresh_from_db()
    assert (held.ends_on, held.end_reason) == (None, "")


def test_a_leaving_is_not_voided_once_the_seat_is_taken(
    enter, secretary, council, li, han
):
    held = SeatHoldingFactory(seat=seat_of(council), member=li)
    browser = enter(secretary)
    leave(browser, held)
    SeatHoldingFactory(seat=seat_of(council), member=han, starts_on=JUNE)
    url = address("void_leaving", held.pk)

    page = text_of(browser.get(held.get_absolute_url()))
    refused = browser.post(url, {"reason": "同名误登"})

    assert url not in page
    assert address("void_holding", held.pk) in page
    assert "此后韩雪已任该职务" in text_of(refused)


def test_the_button_that_opens_a_seat_says_so(enter, secretary, council):
    page = text_of(enter(secretary).get(address("open_seat", council.pk)))

    assert "未结账" not in page
