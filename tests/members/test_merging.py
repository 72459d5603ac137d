"""One person recorded twice: found, compared, merged, and told apart again."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from core.months import today
from core.registries.invariants import invariants
from core.registries.todos import todos_for
from exchange.actions import run_next_job
from exchange.models import Job
from figures.definitions import indicators
from members.actions import (
    admit_member,
    check_in,
    end_membership,
    keep_apart,
    merge_members,
    record_mobile,
    report_lost_contact,
    scan_register,
    undo_merge,
    void_member,
)
from members.duplicates.merged import life_of
from members.enums import Category, EndReason, MobileKind, PairState
from members.errors import (
    AffiliatedTwice,
    AlreadyRecorded,
    EndedAndCurrent,
    KeepAffiliated,
    MergedAlready,
    NotMerged,
    OthersMergedInto,
    TransferUnderWay,
    UndoMergeFirst,
)
from members.lost_contacts.contacts import last_contacts
from members.models import DuplicatePair, Member, MemberMerge
from members.roster.matching import RecordedMembers
from tests.factories.members import (
    MemberFactory,
    TransferFactory,
    account_of,
    identity_number,
)
from tests.factories.organizations import BranchFactory, CommunityFactory, closed
from tests.factories.volunteering import ServiceRecordFactory, ShiftFactory
from volunteering.actions import claim_shift
from volunteering.models import Claim
from volunteering.queries import confirmed_hours

WHY = "同一人录入两次"
JUNE, JULY = dt.date(2026, 6, 1), dt.date(2026, 7, 1)
BORN = dt.date(1971, 3, 4)
BACKEND = "accounts.backends.UsernameOrPhone"
SAME = {"name": "李明", "birth_date": BORN, "phone": "13800001111"}


def nothing(_percent):
    """Report no progress."""


def twice(one, other, **values):
    """One person, recorded at two organizations."""
    return (
        MemberFactory(organization=one, **SAME, **values),
        MemberFactory(organization=other, **SAME, **values),
    )


@pytest.fixture
def pair(branch):
    """One person, recorded twice at one branch, and found."""
    twice(branch, branch)
    scan_register(nothing)
    return DuplicatePair.objects.select_related("first", "second").get()


def signed_in(client, person):
    """The browser of somebody."""
    client.force_login(person, backend=BACKEND)
    return client


def stock(place, month):
    """Return how many members a month counts at a place."""
    closing = indicators.get("members_closing")
    return int(closing.measure(closing.rows_within(place, month)))


def sound():
    """Whether every invariant of members holds."""
    return not [
        (each.key, found)
        for each in invariants
        if each.key.startswith("members.")
        for found in each.broken()
    ]


def stored(member):
    """The record as it is stored."""
    return Member.all_objects.select_related("organization", "community").get(
        pk=member.pk
    )


# ---- found -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"phone": SAME["phone"]}, ["name", "birth", "phone"]),
        ({"join_date": dt.date(2001, 7, 1)}, ["name", "birth", "joined"]),
        (
            {"id_number": identity_number(8, born=BORN)},
            ["name", "number", "birth"],
        ),
        ({"name": "李名", "phone": SAME["phone"]}, ["birth", "phone"]),
        ({}, None),
        ({"name": "王芳"}, None),
    ],
)
def test_records_that_share_enough_are_found(other, why, branch):
    numbers = (identity_number(n, born=BORN) for n in (7, 4_321))
    first = MemberFactory(
        organization=branch,
        **SAME,
        join_date=dt.date(2001, 7, 1),
        id_number=next(numbers),
    )
    other = {"name": "李明", "birth_date": BORN, "id_number": next(numbers), **other}
    second = MemberFactory(organization=branch, **other)

    scan_register(nothing)

    found = {(p.first_id, p.second_id): p.why for p in DuplicatePair.objects.all()}
    assert found == ({(first.pk, second.pk): why} if why else {})


def test_a_number_mistyped_in_the_birth_date_is_found_by_name_and_joining(branch):
    right = identity_number(7, born=BORN)
    wrong = identity_number(7, born=BORN.replace(year=1977))
    day = dt.date(2001, 7, 1)
    for number, born in ((right, BORN), (wrong, BORN.replace(year=1977))):
        MemberFactory(
            organization=branch,
            name="李明",
            id_number=number,
            birth_date=born,
            join_date=day,
        )

    scan_register(nothing)

    assert [p.why for p in DuplicatePair.objects.all()] == [
        ["name", "number", "joined"]
    ]


def test_searching_again_keeps_what_was_decided_and_forgets_what_changed(
    pair, branch, secretary
):
    keep_apart(pair, reason="双胞胎以外的同名人", by=secretary)
    third = MemberFactory(organization=branch, **SAME)
    scan_register(nothing)
    Member.objects.filter(pk=third.pk).update(name="王芳", phone_index=None)

    count = scan_register(nothing)

    states = {(p.second_id, p.state) for p in DuplicatePair.objects.all()}
    assert (states, count) == ({(pair.second_id, PairState.APART)}, 0)


def test_the_search_is_asked_for_on_a_page_and_runs_as_a_job(
    branch, east, secretary, client
):
    twice(branch, branch)
    browser = signed_in(client, secretary)

    answer = browser.post(reverse("members:scan"), {})
    job = Job.objects.get(kind="members.find_duplicates")
    run_next_job()

    job.refresh_from_db()
    assert answer.url == job.get_absolute_url()
    assert (job.is_done, job.percent, job.row_count) == (True, 100, 1)
    assert DuplicatePair.objects.open().count() == 1


# ---- merged ----------------------------------------------------------------------


def test_after_merging_one_record_counts_and_the_other_stays(pair, branch, secretary):
    before = stock(branch, today().replace(day=1))

    merge_members(pair.first, pair.second, reason=WHY, by=secretary)

    gone = stored(pair.second)
    assert (before, stock(branch, today().replace(day=1))) == (2, 1)
    assert (gone.merged_into, gone.void_reason) == (pair.first, WHY)
    assert (gone.organization, stored(pair.first).organization) == (None, branch)
    assert [*Member.objects.filter(name="李明")] == [pair.first]
    assert DuplicatePair.objects.get().state == PairState.MERGED
    entry = AuditEntry.objects.get(
        subject_type="members.Member",
        subject_id=pair.second.pk,
        action="members.merge_members",
    )
    assert (entry.after["merged_into"], entry.reason) == (str(pair.first.pk), WHY)
    assert sound()


def test_closed_months_keep_what_they_counted(east, branch, secretary):
    kept, other = twice(branch, branch, starts_on=dt.date(2026, 5, 4))
    closed(east, JUNE)

    merge_members(kept, other, reason=WHY, by=secretary)

    assert (stock(branch, JUNE), stock(branch, JULY)) == (2, 1)
    assert other.affiliations.model.all_objects.get(member=other).void_month == JULY


def test_days_that_only_the_duplicate_accounts_for_still_count(branch, east, secretary):
    earlier = BranchFactory(parent=east)
    other = MemberFactory(organization=earlier, **SAME, starts_on=dt.date(2025, 1, 6))
    end_membership(
        other, reason=EndReason.TRANSFERRED_OUT, by=None, on=dt.date(2026, 3, 2)
    )
    kept = MemberFactory(organization=branch, **SAME, starts_on=dt.date(2026, 3, 2))

    merge_members(kept, other, reason=WHY, by=secretary)

    assert stock(earlier, dt.date(2026, 2, 1)) == 1
    assert sound()


def test_what_is_open_follows_the_person(branch, secretary):
    community = CommunityFactory()
    kept = MemberFactory(organization=branch, **SAME, category=Category.IN_SERVICE)
    other = MemberFactory(in_service=True, **SAME)
    check_in(other, community, by=None)
    user = account_of(stored(other))
    shift = ShiftFactory(post__organization=community)
    claim = claim_shift(shift, member=stored(other), by=user)

    merge_members(kept, stored(other), reason=WHY, by=secretary)

    kept = stored(kept)
    assert (kept.community, kept.user) == (community, user)
    assert Claim.objects.get(pk=claim.pk).member == kept
    assert (stored(other).user, stored(other).community) == (None, None)
    assert sound()


def test_what_the_kept_record_has_itself_is_closed(branch, secretary):
    community = CommunityFactory()
    kept, other = twice(branch, branch, category=Category.IN_SERVICE)
    for member in (kept, other):
        check_in(member, community, by=None)
        record_mobile(member, kind=MobileKind.TALENT, by=None)
        report_lost_contact(member, last_dues_on=dt.date(2026, 1, 5), by=None)
        account_of(member)
    kept, other = stored(kept), stored(other)

    merge_members(kept, other, reason=WHY, by=secretary)

    assert community.check_ins.count() == 1
    assert [row.member for row in kept.mobile_records.filter(ends_on=None)] == [kept]
    assert [row.is_open for row in other.lost_contacts.all()] == [False]
    assert not type(kept.user).objects.get(member=None, pk=other.user_id).is_active
    assert sound()


def test_the_past_of_the_merged_record_is_read_with_the_one_that_stays(
    branch, secretary
):
    kept, other = twice(branch, branch)
    record = ServiceRecordFactory(claim__member=other, confirmed=True)
    user = account_of(kept)

    merge_members(stored(kept), stored(other), reason=WHY, by=secretary)

    kept = stored(kept)
    assert confirmed_hours(kept.pk) == record.hours
    assert last_contacts([kept.pk]) == {kept.pk: record.served_on}
    assert record in type(record).objects.visible_to(user)
    assert record.served_on in {event.day for event in life_of(kept, user)}


def test_a_sheet_with_the_number_of_the_merged_record_means_the_one_that_stays(
    pair, branch, secretary, client
):
    number = str(pair.second.id_number)
    merge_members(pair.first, pair.second, reason=WHY, by=secretary)

    known = RecordedMembers([pair.second.id_index], by=secretary)
    found = signed_in(client, secretary).post(
        reverse("members:find"), {"number": number}
    )

    assert known.managed == {pair.second.id_index: pair.first}
    assert found.url == pair.first.get_absolute_url()
    with pytest.raises(AlreadyRecorded):
        admit_member(
            name="李明",
            sex="1",
            birth_date=BORN,
            id_number=number,
            organization=branch,
            by=None,
        )


# ---- refused ---------------------------------------------------------------------


def test_a_person_in_two_places_is_not_merged_before_one_ends(branch, secretary):
    elsewhere = BranchFactory(name="西区支部")
    kept, other = twice(branch, elsewhere)

    with pytest.raises(AffiliatedTwice, match="西区支部"):
        merge_members(kept, other, reason=WHY, by=secretary)

    end_membership(other, reason=EndReason.TRANSFERRED_OUT, by=None)
    merge_members(kept, other, reason=WHY, by=secretary)
    assert stored(other).merged_into == kept


def test_the_record_that_says_where_somebody_belongs_is_kept(branch, secretary):
    guest = MemberFactory(in_service=True, **SAME)
    home = MemberFactory(organization=branch, **SAME)

    with pytest.raises(KeepAffiliated):
        merge_members(guest, home, reason=WHY, by=secretary)


def test_an_ended_membership_is_not_merged_with_one_that_goes_on(branch, secretary):
    kept, other = twice(branch, branch)
    end_membership(other, reason=EndReason.DIED, by=None)

    with pytest.raises(EndedAndCurrent):
        merge_members(kept, stored(other), reason=WHY, by=secretary)


def test_whoever_is_in_transit_is_not_merged_away(branch, secretary):
    kept, other = twice(branch, branch)
    TransferFactory(member=other, issued=True)

    with pytest.raises(TransferUnderWay):
        merge_members(kept, other, reason=WHY, by=secretary)


def test_merging_makes_no_chains(pair, branch, secretary):
    third = MemberFactory(organization=branch, **SAME)
    merge_members(pair.first, pair.second, reason=WHY, by=secretary)

    with pytest.raises(MergedAlready):
        merge_members(third, pair.second, reason=WHY, by=secretary)
    with pytest.raises(OthersMergedInto):
        merge_members(third, pair.first, reason=WHY, by=secretary)
    with pytest.raises(UndoMergeFirst):
        void_member(pair.first, reason=WHY, by=secretary)


# ---- undone ----------------------------------------------------------------------


def test_undoing_gives_back_what_followed(branch, secretary):
    community = CommunityFactory()
    kept = MemberFactory(organization=branch, **SAME, category=Category.IN_SERVICE)
    other = MemberFactory(in_service=True, **SAME)
    check_in(other, community, by=None)
    user = account_of(stored(other))
    merge_members(kept, stored(other), reason=WHY, by=secretary)

    undo_merge(other, reason="原来是两个人", by=secretary)

    kept, other = stored(kept), stored(other)
    assert (other.merged_into, other.voided_at) == (None, None)
    assert (other.community, other.user) == (community, user)
    assert (kept.community, kept.user) == (None, None)
    assert MemberMerge.objects.standing().count() == 0
    assert sound()
    with pytest.raises(NotMerged):
        undo_merge(other, reason="再一次", by=secretary)


@pytest.mark.parametrize("months_closed", [(), (JULY,)])
def test_undoing_counts_from_the_first_open_month(
    months_closed, east, branch, secretary
):
    kept, other = twice(branch, branch, starts_on=dt.date(2026, 5, 4))
    closed(east, JUNE)
    merge_members(kept, other, reason=WHY, by=secretary)
    for month in months_closed:
        closed(east, month)

    undo_merge(other, reason="原来是两个人", by=secretary)

    open_month = dt.date(2026, 8, 1) if months_closed else JULY
    assert stock(branch, open_month) == 2
    assert [stock(branch, month) for month in months_closed] == [1] * len(months_closed)
    assert (stock(branch, JUNE), sound()) == (2, True)
    assert stored(other).organization == branch


# ---- pages -----------------------------------------------------------------------


@pytest.mark.mission("S3-05")
def test_a_secretary_compares_and_merges_two_records(pair, secretary, client):
    browser = signed_in(client, secretary)
    todo = next(t for t in todos_for(secretary, today()) if "duplicates" in t.url)
    listed = browser.get(todo.url)
    page = browser.get(pair.get_absolute_url())

    browser.post(reverse("members:keep_second", args=[pair.pk]), {"reason": WHY})

    assert (todo.count, listed.status_code) == (1, 200)
    assert "differs" in page.content.decode() or "不同" in page.content.decode()
    assert stored(pair.first).merged_into == pair.second
    gone = browser.get(pair.first.get_absolute_url())
    assert pair.second.get_absolute_url() in gone.content.decode()


def test_what_merging_would_break_is_said_before_the_form(branch, staff, client):
    street_branch = BranchFactory(parent=CommunityFactory(parent=branch.parent.parent))
    twice(branch, street_branch)
    scan_register(nothing)
    pair = DuplicatePair.objects.get()

    answer = signed_in(client, staff).get(
        reverse("members:keep_first", args=[pair.pk]), follow=True
    )

    assert street_branch.name in answer.content.decode()
    assert answer.redirect_chain[-1][0] == pair.get_absolute_url()


def test_of_a_record_elsewhere_no_more_than_the_street_is_named(
    branch, secretary, client
):
    other = BranchFactory(name="桥南支部")
    own, _far = twice(branch, other)
    scan_register(nothing)

    page = signed_in(client, secretary).get(reverse("members:duplicates"))

    assert own.get_absolute_url() in page.content.decode()
    assert "桥南支部" not in page.content.decode()
    assert DuplicatePair.objects.visible_to(secretary).count() == 0


def test_the_timeline_says_when_it_was_merged_and_undone(pair, secretary):
    merge_members(pair.first, pair.second, reason=WHY, by=secretary)
    undo_merge(pair.second, reason="原来是两个人", by=secretary)

    events = life_of(stored(pair.first), secretary)
    said = [event for event in events if str(pair.second.pk) in str(event.label)]
    assert [event.day for event in said] == [timezone.localdate()] * 2
