"""An end of a closed month with a wrong day is voided, and recorded again."""

import datetime as dt

import pytest
from django.urls import reverse

from core.dates import format_day
from core.registries.invariants import invariants
from core.registries.timeline import timeline_of
from figures.definitions import indicators
from members.actions import (
    check_in,
    end_membership,
    log_contact,
    move_member,
    record_mobile,
    void_absence,
    void_affiliation,
    void_check_in,
    void_end,
)
from members.ends.dated_records import describe_end_before
from members.enums import ENDING_MEMBERSHIP, ContactWay, EndReason, MobileKind
from members.errors import EndsBeforeMove, EndsBeforeStart, NoDayLeftBefore
from organizations.roles import Role
from reports.returns.balance import ADJUSTMENT, BALANCE, complete_balance
from tests.factories.accounts import holder
from tests.factories.members import MemberFactory, account_of
from tests.factories.organizations import BranchFactory, CommunityFactory, closed
from tests.messages import refusal_of
from tests.walk.people import Refused, Visitor

pytestmark = pytest.mark.django_db

MAY, JUNE, JULY, AUGUST = (dt.date(2026, month, 1) for month in (5, 6, 7, 8))
BEGAN = dt.date(2026, 4, 1)
IN_JUNE, IN_MAY = dt.date(2026, 6, 20), dt.date(2026, 5, 12)
EARLIER = [
    *(dt.date(2026, 6, 12), dt.date(2026, 6, 19), IN_JUNE, dt.date(2026, 6, 25)),
    *(IN_MAY, BEGAN + dt.timedelta(days=2)),
]
REASONS = [*ENDING_MEMBERSHIP, EndReason.TRANSFERRED_OUT]
WHY = "日期录入错误"
BALANCED = {key: indicators.get(key) for key in BALANCE}


@pytest.fixture
def member(branch):
    return MemberFactory(organization=branch, starts_on=BEGAN)


@pytest.fixture
def keeper(east):
    return Visitor(holder(Role.CLERK, east))


def end(member, reason, day):
    end_membership(member, reason=reason, by=None, on=day)
    member.refresh_from_db()


def undo(member):
    void_end(member, by=None, reason=WHY)
    member.refresh_from_db()


def balance(place, month):
    """Return what changes a place's members in a month, by figure: none is left out."""
    values = {k: i.measure(i.rows_within(place, month)) for k, i in BALANCED.items()}
    full = complete_balance(values, None)
    return {key: int(value) for key, value in full.items() if value}


def losses(place, *months):
    keys = ("members_died", "members_out", "members_other_loss")
    return [sum(balance(place, month).get(key, 0) for key in keys) for month in months]


def sound():
    return not any(
        list(each.broken()) for each in invariants if each.key.startswith("members.")
    )


def last_end(member):
    row = member.affiliations.order_by("starts_on", "pk").last()
    return (row.ends_on, row.end_reason)


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("day", EARLIER)
def test_the_right_day_of_a_closed_end_is_recorded_and_counted_once(
    member, east, reason, day
):
    end(member, reason, IN_JUNE)
    published = balance(east, JUNE)
    closed(east, JUNE)
    undo(member)

    end(member, reason, day)

    assert last_end(member) == (day, reason)
    assert member.organization is None
    assert losses(east, MAY, JUNE, JULY) == [0, 1, 0]
    assert balance(east, JUNE) == published
    assert balance(east, JULY).get(ADJUSTMENT, 0) == 0
    assert sound()


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("day", EARLIER)
def test_another_reason_on_an_earlier_day_counts_in_the_first_open_month(
    member, east, reason, day
):
    wrong = next(each for each in REASONS if each != reason)
    end(member, wrong, IN_JUNE)
    published = balance(east, JUNE)
    closed(east, JUNE)
    undo(member)

    end(member, reason, day)

    assert last_end(member) == (day, reason)
    assert losses(east, MAY, JUNE, JULY) == [0, 1, 1]
    assert balance(east, JUNE) == published
    assert balance(east, JULY)[ADJUSTMENT] == 1
    assert sound()


def test_an_end_voided_too_late_is_adjusted_twice_and_counted_once(member, east):
    end(member, EndReason.DIED, IN_JUNE)
    closed(east, JUNE)
    undo(member)
    assert balance(east, JULY)[ADJUSTMENT] == 1
    closed(east, JULY)

    end(member, EndReason.DIED, IN_MAY)

    assert losses(east, JUNE, JULY, AUGUST) == [1, 0, 0]
    assert balance(east, JULY)[ADJUSTMENT] == 1
    assert balance(east, AUGUST)[ADJUSTMENT] == -1
    assert sound()


@pytest.mark.parametrize("reason", [EndReason.DIED, EndReason.EXPELLED])
def test_an_end_voided_in_two_closed_months_truly_was_before_both(member, east, reason):
    for month, day in ((JUNE, IN_JUNE), (JULY, dt.date(2026, 7, 9))):
        end(member, EndReason.DIED, day)
        closed(east, month)
        undo(member)
    published = [balance(east, month) for month in (JUNE, JULY)]

    end(member, reason, IN_MAY)

    assert last_end(member) == (IN_MAY, reason)
    assert [balance(east, month) for month in (JUNE, JULY)] == published
    lost = [0, -1] if reason == EndReason.DIED else [1, 0]
    assert losses(east, AUGUST) == lost[:1]
    assert sound()


def test_a_true_end_after_the_month_that_counted_it_counts_in_its_own(member, east):
    end(member, EndReason.DIED, IN_JUNE)
    closed(east, JUNE)
    undo(member)

    end(member, EndReason.DIED, dt.date(2026, 7, 3))

    assert losses(east, JUNE, JULY) == [1, 1]
    assert balance(east, JULY)[ADJUSTMENT] == 1


def test_a_restated_end_may_be_voided_once_more(member, branch, east):
    end(member, EndReason.DIED, IN_JUNE)
    closed(east, JUNE)
    undo(member)
    end(member, EndReason.DIED, IN_MAY)

    undo(member)

    assert member.organization == branch
    assert balance(east, JULY)[ADJUSTMENT] == 1
    assert sound()


@pytest.mark.parametrize("day", [BEGAN, BEGAN - dt.timedelta(days=9)])
def test_a_day_before_the_member_came_is_refused_with_the_day_they_came(
    member, east, day
):
    end(member, EndReason.DIED, IN_JUNE)
    closed(east, JUNE)
    undo(member)

    with pytest.raises(EndsBeforeStart) as refusal:
        end_membership(member, reason=EndReason.DIED, by=None, on=day)

    assert format_day(BEGAN) in str(refusal.value)


def test_no_day_is_left_for_a_published_end_on_the_day_after_the_member_came(
    member, east
):
    end(member, EndReason.DIED, IN_JUNE)
    closed(east, JUNE)
    undo(member)

    with pytest.raises(NoDayLeftBefore):
        end(member, EndReason.EXPELLED, BEGAN + dt.timedelta(days=1))


def test_a_move_of_a_closed_month_is_made_again_on_an_earlier_day(member, east):
    away = CommunityFactory(parent=east.parent)
    target = BranchFactory(parent=away)
    move_member(member, target, by=None, on=IN_JUNE)
    closed(east, JUNE)
    closed(away, JUNE)
    wrong = member.affiliations.get(ends_on=None)
    void_affiliation(wrong, by=None, reason=WHY)

    move_member(member, target, by=None, on=IN_MAY)

    moved = member.affiliations.get(ends_on=None)
    assert (moved.organization, moved.starts_on) == (target, IN_MAY)
    assert (balance(east, JULY)[ADJUSTMENT], losses(east, JULY)) == (1, [1])
    assert balance(away, JULY)[ADJUSTMENT] == -1
    assert sound()


def test_what_went_on_after_a_voided_move_is_voided_as_one(member, branch, east):
    first, second = (BranchFactory(parent=east) for _ in range(2))
    away = BranchFactory(parent=CommunityFactory(parent=east.parent))
    move_member(member, first, by=None, on=IN_MAY)
    move_member(member, away, by=None, on=IN_JUNE)
    closed(east, JUNE)
    for _each in range(2):
        row = member.affiliations.get(ends_on=None)
        void_affiliation(row, by=None, reason=WHY)

    member.refresh_from_db()
    assert member.organization == branch
    assert sound()
    move_member(member, second, by=None, on=IN_MAY)
    assert sound()


def labels(member, user):
    return [str(event.label) for event in timeline_of(member, user)]


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("is_closed", [False, True])
def test_a_voided_end_stands_in_the_timeline_as_voided_alone(
    member, east, keeper, reason, is_closed
):
    end(member, reason, IN_JUNE)
    if is_closed:
        closed(east, JUNE)
    undo(member)

    told = [text for text in labels(member, keeper.user) if f"· {reason.label}" in text]

    assert len(told) == 1
    assert WHY in told[0]
    assert not any("误录终止后继续" in text for text in labels(member, keeper.user))
    assert str(reason.label) not in describe_end_before(member, JULY)


def test_a_voided_end_is_marked_among_the_rows_of_its_closed_month(
    member, east, keeper
):
    other = MemberFactory(organization=member.organization, starts_on=BEGAN)
    for each in (member, other):
        end(each, EndReason.DIED, IN_JUNE)
    closed(east, JUNE)
    undo(member)

    url = reverse("figures:rows", args=[east.pk, JUNE, "members_died"])
    page = keeper.get(url).content.decode()

    assert (page.count("后来已作废"), page.count(other.name)) == (1, 1)


def test_a_clerk_corrects_the_day_of_a_death_in_a_closed_month(member, east, keeper):
    url = reverse("members:end", args=[member.pk])
    keeper.fill(url, reason="died", on=IN_JUNE)
    closed(east, JUNE)
    keeper.fill(reverse("members:void", args=[member.pk]), entry="end", reason=WHY)

    keeper.fill(url, reason="died", on=IN_MAY)

    member.refresh_from_db()
    assert member.ended_on == IN_MAY
    assert last_end(member) == (IN_MAY, EndReason.DIED)


NOTE = "因病去世，家属来电"


@pytest.fixture
def reads(member, keeper):
    """What the keeper, a branch's keeper of minutes and the member read."""
    account = account_of(member)
    return lambda: [labels(member, user) for user in (keeper.user, account)]


def test_a_note_on_an_end_is_read_by_who_keeps_the_record(member, keeper, reads):
    url = reverse("members:end", args=[member.pk])

    keeper.fill(url, reason="died", on=IN_JUNE, note=NOTE)

    office, own = ("".join(texts) for texts in reads())
    assert (office.count(NOTE), own.count(NOTE)) == (1, 0)
    member.refresh_from_db()
    undo(member)
    office, own = ("".join(texts) for texts in reads())
    assert (office.count(NOTE), own.count(NOTE)) == (0, 0)


VOIDED_ROWS = [
    lambda member, east: (
        end_membership(member, reason=EndReason.DIED, by=None, on=IN_JUNE),
        void_end(member, by=None, reason=WHY),
    ),
    lambda member, east: (
        move_member(member, BranchFactory(parent=east), by=None, on=IN_JUNE),
        void_affiliation(member.affiliations.last(), by=None, reason=WHY),
    ),
    lambda member, east: void_check_in(
        check_in(member, east, by=None, on=IN_JUNE), by=None, reason=WHY
    ),
    lambda member, east: void_absence(
        record_mobile(member, kind=MobileKind.TALENT, by=None, on=IN_JUNE),
        by=None,
        reason=WHY,
    ),
]


@pytest.mark.parametrize("void", VOIDED_ROWS)
def test_members_read_that_an_entry_was_voided_and_not_why(member, east, reads, void):
    void(member, east)

    office, own = reads()

    assert sum(WHY in text for text in office) == 1
    assert sum(WHY in text for text in own) == 0
    assert sum("误录作废" in text for text in own) == 1


def test_what_happens_on_one_day_stands_the_latest_first(member, branch, east, keeper):
    target = BranchFactory(parent=CommunityFactory(parent=east.parent))
    move_member(member, target, by=None, on=IN_JUNE)

    told = [e.label for e in timeline_of(member, keeper.user) if e.day == IN_JUNE]

    assert told == [f"{target.name} · 转入", f"{branch.name} · 转出"]


def test_an_end_before_a_move_says_that_the_move_is_voided_first(member, east):
    move_member(member, BranchFactory(parent=east), by=None, on=IN_JUNE)

    with pytest.raises(EndsBeforeMove):
        end_membership(member, reason=EndReason.DIED, by=None, on=IN_MAY)

    void_affiliation(member.affiliations.last(), by=None, reason=WHY)
    end(member, EndReason.DIED, IN_MAY)
    assert last_end(member) == (IN_MAY, EndReason.DIED)


def test_an_end_before_a_move_is_refused_before_anything_is_asked(member, east, keeper):
    move_member(member, BranchFactory(parent=east), by=None, on=IN_JUNE)
    later = IN_JUNE + dt.timedelta(days=3)
    log_contact(member, way=ContactWay.PHONE, on=later, note="", by=None)
    url = reverse("members:end", args=[member.pk])

    with pytest.raises(Refused, match=refusal_of(EndsBeforeMove)) as refused:
        keeper.fill(url, reason=EndReason.DIED, on=IN_MAY, note="")

    assert format_day(later) not in str(refused.value)
