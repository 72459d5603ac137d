"""Shifts that are cancelled or moved after somebody claimed them, and whom to call."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notice
from core.dates import format_time
from tests.client import Browser
from tests.factories.members import MemberFactory, account_of
from tests.factories.volunteering import HOUR, ClaimFactory, PostFactory, ShiftFactory
from volunteering.actions import (
    cancel_shift,
    change_shift,
    claim_shift,
    withdraw_claim,
)
from volunteering.enums import ClaimState
from volunteering.errors import ShiftCancelled, ShiftUnderWay
from volunteering.forms import questions_about
from volunteering.invariants import find_miscounted_shifts
from volunteering.models import Shift

pytestmark = pytest.mark.django_db
REASON = "场地临时占用"
CONTACT = {"contact_name": "周主任", "contact_phone": "13800001111"}


@pytest.fixture
def shift(east):
    """A shift of 东社区 with two places."""
    return ShiftFactory(post=PostFactory(organization=east, **CONTACT))


@pytest.fixture
def claims(shift):
    """Two members with an account who claimed the shift."""
    members = MemberFactory.create_batch(2)
    for member in members:
        account_of(member)
    return [ClaimFactory(shift=shift, member=member) for member in members]


def enter(user):
    browser = Browser()
    browser.force_login(user, backend="accounts.backends.UsernameOrPhone")
    return browser


def cancel(shift, secretary):
    page = reverse("volunteering:cancel_shift", args=[shift.pk])
    enter(secretary).post(page, {"reason": REASON})


def move(shift, secretary, reason=REASON):
    page = reverse("volunteering:change_shift", args=[shift.pk])
    browser = enter(secretary)
    form = browser.get(page).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    day = timezone.localdate(shift.starts_at) + dt.timedelta(days=1)
    typed = {"day": f"{day}", "begins": "13:00", "ends": "15:00", "reason": reason}
    return browser.post(page, {**shown, **typed, "confirmed": ""})


@pytest.mark.parametrize("change", [cancel, move])
def test_everybody_who_claimed_hears_of_it_with_the_reason(
    shift, claims, secretary, change
):
    others = ClaimFactory(member__organization=shift.post.organization)
    account_of(others.member)

    change(shift, secretary)

    notified = {n.user.member.pk for n in Notice.objects.all() if REASON in n.text}
    assert notified == {claim.member_id for claim in claims}


def test_a_cancelled_shift_gives_every_place_back_and_says_why(
    shift, claims, secretary
):
    cancel(shift, secretary)

    shift.refresh_from_db()
    for claim in claims:
        claim.refresh_from_db()
        mine = enter(claim.member.user).get(reverse("volunteering:mine"))
        assert REASON in mine.content.decode()
    assert {claim.state for claim in claims} == {ClaimState.WITHDRAWN}
    assert (shift.claimed, shift.cancel_reason) == (0, REASON)
    assert list(find_miscounted_shifts()) == []


def test_a_cancelled_shift_takes_no_claims_and_changes_no_more(shift):
    cancel_shift(shift, by=None, reason=REASON)

    with pytest.raises(ShiftCancelled):
        claim_shift(shift, member=MemberFactory(), by=None)
    for change in (
        lambda: change_shift(shift, by=None, capacity=3),
        lambda: cancel_shift(shift, by=None, reason=REASON),
    ):
        with pytest.raises(ShiftCancelled):
            change()
    assert shift not in Shift.objects.claimable()


def test_who_claimed_a_moved_shift_keeps_the_place_or_gives_it_back(
    shift, claims, secretary
):
    move(shift, secretary)

    withdraw_claim(claims[0], by=None)
    for claim in claims:
        claim.refresh_from_db()
    states = [claim.state for claim in claims]
    page = enter(claims[1].member.user).get(shift.get_absolute_url())
    assert states == [ClaimState.WITHDRAWN, ClaimState.ACTIVE]
    assert REASON in page.content.decode()


def test_without_a_reason_a_claimed_shift_is_not_moved(shift, claims, secretary):
    page = move(shift, secretary, reason="")

    before = shift.starts_at
    shift.refresh_from_db()
    assert page.context["form"].non_field_errors()
    assert shift.starts_at == before


def test_a_shift_that_has_begun_is_neither_cancelled_nor_moved():
    shift = ClaimFactory(past=True).shift

    with pytest.raises(ShiftUnderWay):
        cancel_shift(shift, by=None, reason=REASON)
    with pytest.raises(ShiftUnderWay):
        change_shift(shift, by=None, reason=REASON, starts_at=shift.starts_at - HOUR)


def test_the_contact_person_is_shown_to_those_who_claimed_and_nobody_else(
    client, shift, claims, secretary
):
    stranger = account_of(MemberFactory())
    url = shift.get_absolute_url()

    def reads(browser):
        return CONTACT["contact_phone"] in browser.get(url).content.decode()

    assert [reads(enter(claim.member.user)) for claim in claims] == [True, True]
    assert (reads(enter(secretary)), reads(enter(stranger)), reads(client)) == (
        True,
        False,
        False,
    )
    withdraw_claim(claims[0], by=None)
    assert not reads(enter(claims[0].member.user))


@pytest.mark.parametrize(
    ("begins_in", "hours", "count"),
    [(24, 2, 0), (24, 12, 0), (24, 13, 1), (24, 40, 1), (-24, 2, 1), (-24, 40, 2)],
)
def test_what_is_unusual_about_a_shift_is_asked(begins_in, hours, count):
    starts_at = timezone.now() + begins_in * HOUR

    assert len([*questions_about(starts_at, starts_at + hours * HOUR)]) == count


@pytest.mark.parametrize(
    ("days", "begins", "ends"), [(-3, "09:00", "11:00"), (3, "06:00", "23:00")]
)
def test_an_unusual_shift_is_asked_about_once(secretary, shift, days, begins, ends):
    page = reverse("volunteering:add_shift", args=[shift.post_id])
    day = timezone.localdate() + dt.timedelta(days=days)
    typed = {"day": f"{day}", "begins": begins, "ends": ends}
    sent = {**typed, "meeting_point": "广场", "capacity": 1}
    browser = enter(secretary)

    asked = browser.post(page, sent)
    before = Shift.objects.count()
    body = asked.content.decode()
    browser.post(page, {**sent, "confirmed": "on"})

    assert 'type="checkbox" name="confirmed"' in body
    assert (before, Shift.objects.count()) == (1, 2)


def test_a_long_shift_is_asked_about_in_the_admin_too(street, shift, staff):
    page = reverse("admin:volunteering_shift_add")
    start = timezone.localtime() + dt.timedelta(days=2)
    end = start + 40 * HOUR
    sent = {"post": shift.post_id, "meeting_point": "广场", "capacity": 1}
    for name, moment in (("starts_at", start), ("ends_at", end)):
        sent |= {f"{name}_0": f"{moment:%Y-%m-%d}", f"{name}_1": f"{moment:%H:%M:%S}"}
    browser = enter(staff)

    browser.post(page, sent)
    before = Shift.objects.count()
    browser.post(page, {**sent, "confirmed": "on"})

    assert (before, Shift.objects.count()) == (1, 2)


def test_what_is_refused_anyway_is_not_asked_about_first(secretary, east):
    post = PostFactory(organization=east)
    shift = ClaimFactory(past=True, shift__post=post).shift
    page = reverse("volunteering:change_shift", args=[shift.pk])
    browser = enter(secretary)
    shown = browser.get(page).context["form"]
    typed = {name: shown[name].value() or "" for name in shown.fields}

    answer = browser.post(page, {**typed, "begins": "00:01", "reason": REASON})

    form = answer.context["form"]
    assert form["confirmed"].is_hidden
    begun = timezone.localtime(shift.starts_at)
    assert form.non_field_errors() == [str(ShiftUnderWay(time=format_time(begun)))]


def test_a_shift_that_ends_before_it_begins_is_not_asked_about():
    starts_at = timezone.now() - 24 * HOUR

    assert [*questions_about(starts_at, starts_at - HOUR)] == []


def test_the_length_of_a_shift_is_shown_in_hours_and_minutes():
    starts_at = timezone.now() + 24 * HOUR
    minutes = 17 * 60 + 59

    asked = [*questions_about(starts_at, starts_at + minutes * HOUR / 60)]

    assert "17小时59分钟" in str(asked[0])
