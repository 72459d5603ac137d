"""An entry made by mistake is voided, on any day: it stays on record, uncounted."""

import datetime as dt

import pytest
from django.apps import apps
from django.urls import reverse

from accounts.models import AuditEntry
from core.db.voidable import Voidable
from core.months import today
from core.registries.invariants import invariants
from figures.definitions import Kind, indicators
from members.actions import (
    admit_member,
    affiliate_member,
    check_in,
    end_membership,
    move_member,
    record_mobile,
    void_absence,
    void_affiliation,
    void_check_in,
    void_end,
    void_member,
)
from members.enums import Category, EndReason, MobileKind, StartReason
from members.errors import LaterEntryFirst, NothingEnded, OnlyEntry
from members.models import (
    Affiliation,
    CheckIn,
    CheckInRound,
    Member,
    MobileRecord,
    Pledge,
)
from reports.returns.balance import ADJUSTMENT, BALANCE, OPENING, complete_balance
from tests.factories.members import MemberFactory, account_of, identity_number
from tests.factories.organizations import BranchFactory, CommunityFactory, closed

MAY, JUNE, JULY = (dt.date(2026, month, 1) for month in (5, 6, 7))
IN_JUNE = dt.date(2026, 6, 20)
WHY = "录入错误"
FIGURES = (
    *("opening", "developed", "in", "other_gain", "out", "died", "other_loss"),
    *("closing", "women", "mobile", "checked_in"),
)
BALANCED = {key: indicators.get(key) for key in BALANCE}


@pytest.fixture
def member(branch):
    return MemberFactory(organization=branch, sex="2", name="李明")


@pytest.fixture
def sister(east):
    return BranchFactory(parent=east)


def figures(organization, month):
    """Return the figures of members at an organization in a month that are not zero."""
    values = {
        key: int(i.measure(i.rows_within(organization, month)))
        for key in FIGURES
        for i in [indicators.get(f"members_{key}")]
    }
    return {key: value for key, value in values.items() if value}


def all_figures(organizations, month, *, kind=None):
    """Return every figure there is of them in a month, of one kind or both."""
    return {
        (organization.name, i.key): i.measure(i.rows_within(organization, month))
        for organization in organizations
        for i in indicators
        if kind in (None, i.kind) and i.key != OPENING
    }


def adjustment(organization, month):
    """Return by what the month's opening is adjusted, as its return would say."""
    values = {
        k: i.measure(i.rows_within(organization, month)) for k, i in BALANCED.items()
    }
    return int(complete_balance(values, None)[ADJUSTMENT])


def sound():
    """Whether every invariant of members holds."""
    return not any(
        list(each.broken()) for each in invariants if each.key.startswith("members.")
    )


def test_every_effective_dated_row_of_members_is_voidable():
    dated = {
        model
        for model in apps.get_app_config("members").get_models()
        if {"starts_on", "ends_on"} <= {f.name for f in model._meta.fields}
    }

    assert dated == {Affiliation, CheckIn, CheckInRound, MobileRecord, Pledge}
    assert all(issubclass(model, Voidable) for model in {*dated, Member})


# Each makes a wrong entry of 20 June, and returns how it is voided.
def wrong_member(member, east, sister):
    other = MemberFactory(organization=sister, starts_on=IN_JUNE, sex="2")
    return lambda: void_member(other, by=None, reason=WHY)


def wrong_move(member, east, sister):
    move_member(member, sister, by=None, on=IN_JUNE)
    row = member.affiliations.get(ends_on=None)
    return lambda: void_affiliation(row, by=None, reason=WHY)


def wrong_transfer(member, east, sister):
    away = BranchFactory(parent=CommunityFactory(parent=east.parent))
    move_member(member, away, by=None, on=IN_JUNE)
    row = member.affiliations.get(ends_on=None)
    return lambda: void_affiliation(row, by=None, reason=WHY)


def wrong_death(member, east, sister):
    end_membership(member, reason=EndReason.DIED, by=None, on=IN_JUNE)
    return lambda: void_end(member, by=None, reason=WHY)


def wrong_leaving(member, east, sister):
    end_membership(member, reason=EndReason.TRANSFERRED_OUT, by=None, on=IN_JUNE)
    return lambda: void_end(member, by=None, reason=WHY)


def wrong_check_in(member, east, sister):
    row = check_in(member, east, by=None, on=IN_JUNE)
    return lambda: void_check_in(row, by=None, reason=WHY)


def wrong_absence(member, east, sister):
    kind = MobileKind.WORKING_AWAY
    row = record_mobile(member, kind=kind, by=None, on=IN_JUNE)
    return lambda: void_absence(row, by=None, reason=WHY)


WRONG_ENTRIES = [
    *(wrong_member, wrong_move, wrong_transfer, wrong_death, wrong_leaving),
    *(wrong_check_in, wrong_absence),
]


@pytest.mark.parametrize("make", WRONG_ENTRIES)
def test_a_wrong_entry_of_an_open_month_leaves_no_trace_in_figures(
    member, east, sister, make
):
    organizations, months = (east, sister), (MAY, JUNE, JULY)
    before = [
        figures(organization, month)
        for organization in organizations
        for month in months
    ]
    void = make(member, east, sister)
    after = [
        figures(organization, month)
        for organization in organizations
        for month in months
    ]
    assert after != before

    void()

    after = [
        figures(organization, month)
        for organization in organizations
        for month in months
    ]
    assert after == before
    assert sound()


@pytest.mark.parametrize("make", WRONG_ENTRIES)
def test_a_closed_month_keeps_its_published_numbers_and_the_next_is_adjusted(
    member, east, sister, make
):
    organizations = (east, sister)
    right = all_figures(organizations, JULY)
    void = make(member, east, sister)
    published = all_figures(organizations, JUNE)
    moved_by = figures(east, JUNE).get("closing", 0) - figures(east, MAY)["closing"]
    closed(east, JUNE)

    void()

    assert all_figures(organizations, JUNE) == published
    assert all_figures(organizations, JULY) == right
    assert adjustment(east, JULY) == -moved_by
    assert sound()


def test_a_loss_recorded_after_a_closed_admission_is_voided_with_it(member, east):
    other = MemberFactory(organization=member.organization, starts_on=IN_JUNE)
    closed(east, JUNE)
    right = all_figures([east], JULY, kind=Kind.FLOW)
    end_membership(other, reason=EndReason.TRANSFERRED_OUT, by=None, on=JULY)

    void_member(other, by=None, reason=WHY)

    assert all_figures([east], JULY, kind=Kind.FLOW) == right
    assert adjustment(east, JULY) == -1


@pytest.mark.parametrize("make", WRONG_ENTRIES)
def test_voiding_is_recorded_with_its_reason(member, east, sister, make):
    make(member, east, sister)()

    entry = AuditEntry.objects.order_by("-pk").exclude(reason="").first()
    assert entry.reason == WHY


def test_a_wrong_member_of_today_is_entered_correctly_on_the_same_day(branch, sister):
    number = identity_number(7)
    values = {"name": "王五", "sex": "1", "birth_date": dt.date(1980, 1, 1)}
    wrong = admit_member(by=None, organization=branch, id_number=number, **values)
    account = account_of(wrong)

    void_member(wrong, by=None, reason=WHY)
    right = admit_member(by=None, organization=sister, id_number=number, **values)

    account.refresh_from_db()
    assert Member.objects.get(id_index=wrong.id_index) == right
    assert Member.all_objects.get(pk=wrong.pk).void_reason == WHY
    assert not account.is_active


def test_a_move_of_today_is_undone_today(member, branch, sister):
    move_member(member, sister, by=None)

    void_affiliation(member.affiliations.get(ends_on=None), by=None, reason=WHY)
    move_member(member, sister, by=None)

    member.refresh_from_db()
    assert member.organization == sister
    assert Affiliation.all_objects.filter(member=member).count() == 3


def test_a_death_recorded_by_mistake_opens_the_account_again(member, branch):
    account = account_of(member)
    end_membership(member, reason=EndReason.DIED, by=None)

    void_end(member, by=None, reason=WHY)

    member.refresh_from_db()
    account.refresh_from_db()
    assert (member.organization, member.ended_on) == (branch, None)
    assert account.is_active
    assert account.phone_index == member.phone_index


def test_a_guest_s_death_recorded_by_mistake_is_voided(east):
    guest = MemberFactory(in_service=True)
    check_in(guest, east, by=None, on=IN_JUNE)
    end_membership(guest, reason=EndReason.DIED, by=None)

    void_end(guest, by=None, reason=WHY)

    guest.refresh_from_db()
    assert (guest.community, guest.ended_on) == (east, None)
    assert sound()


def test_the_only_entry_is_voided_with_the_whole_record(member, east):
    guest = MemberFactory(in_service=True)

    with pytest.raises(OnlyEntry):
        void_affiliation(member.affiliations.get(), by=None, reason=WHY)
    with pytest.raises(OnlyEntry):
        void_check_in(guest.check_ins.get(), by=None, reason=WHY)


def test_entries_are_voided_from_the_latest_back(member, sister):
    first = member.affiliations.get()
    move_member(member, sister, by=None, on=IN_JUNE)

    with pytest.raises(LaterEntryFirst):
        void_affiliation(first, by=None, reason=WHY)


def test_without_an_end_there_is_none_to_void(member):
    with pytest.raises(NothingEnded):
        void_end(member, by=None, reason=WHY)


def choose(browser, member, label):
    """Void the entry whose label contains the text on the member's page."""
    url = reverse("members:void", args=[member.pk])
    choices = browser.get(url).context["form"].fields["entry"].choices
    key = next(key for key, words in choices if label in str(words))
    return browser.post(url, {"entry": key, "reason": WHY}, follow=True)


def test_a_secretary_voids_a_move_on_the_member_s_page(browser, member, branch, sister):
    move_member(member, sister, by=None)

    page = choose(browser, member, sister.name).content.decode()

    member.refresh_from_db()
    assert member.organization == branch
    assert WHY in page


def test_a_single_entry_need_not_be_chosen(browser, member, sister):
    url = reverse("members:void", args=[member.pk])
    alone = browser.get(url).context["form"]["entry"].value()
    move_member(member, sister, by=None)

    assert alone == "member"
    assert browser.get(url).context["form"]["entry"].value() is None


def test_a_secretary_voids_a_whole_record_and_still_reads_why(browser, member):
    page = choose(browser, member, "整条").content.decode()

    assert WHY in page
    assert "李明" not in browser.get(reverse("members:list")).content.decode()


def test_a_community_voids_its_own_check_ins_alone(browser, member, east, west):
    check_in(member, west, by=None, on=IN_JUNE)
    Affiliation.objects.filter(member=member).update(organization=west)
    Member.objects.filter(pk=member.pk).update(organization=west)

    answer = browser.get(reverse("members:void", args=[member.pk]))

    assert answer.status_code == 404


def test_a_former_member_recorded_by_mistake_may_be_affiliated(member, branch):
    end_membership(member, reason=EndReason.WITHDRAWN, by=None, on=today())

    affiliate_member(member, branch, reason=StartReason.RECORDED, by=None)

    member.refresh_from_db()
    assert (member.organization, member.category) == (branch, Category.RESIDENT)
