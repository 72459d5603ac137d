"""When a membership ends, everything that is open for the member is closed."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import admit_by_slip, assign_role, issue_slip
from accounts.errors import SlipNotGood
from accounts.models import AuditEntry, Notice
from core.dates import format_month
from core.months import month_of, today
from core.registries.invariants import invariants
from members.actions import (
    affiliate_member,
    check_in,
    end_membership,
    issue_member_slips,
    open_account,
    record_death,
    record_mobile,
    void_member,
)
from members.actions.late_closing import close_left_open
from members.ends.closers import closers
from members.enums import (
    ENDING_MEMBERSHIP,
    NOT_GAINED,
    REASONS_TO_RETURN,
    Category,
    EndReason,
    MobileKind,
    PocketReason,
    StartReason,
)
from members.errors import AffiliatedElsewhere, MembershipEnded
from members.invariants import find_unclosed_rows
from members.models import Member, PocketMember
from members.permissions import members_to_issue_slips
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.cases import CaseFactory
from tests.factories.communities import SeatHoldingFactory
from tests.factories.corrections import ProposedCorrectionFactory
from tests.factories.members import (
    ActivityCertificateFactory,
    LostContactFactory,
    MemberFactory,
    TransferFactory,
    UnitInquiryFactory,
    account_of,
)
from tests.factories.opinions import OpinionRequestFactory
from tests.factories.organizations import closed
from tests.factories.pledges import PledgeFactory
from tests.factories.volunteering import ShiftFactory
from volunteering.actions import claim_shift

LONG_AGO = dt.date(2026, 1, 10)
INVARIANT = "members.ended"
BACKEND = "accounts.backends.UsernameOrPhone"


@pytest.fixture
def member(branch):
    """A member of the branch, who also serves in a community."""
    return MemberFactory(organization=branch, category=Category.IN_SERVICE)


def claim_of(member):
    """Return a claim of the member for a future shift."""
    return claim_shift(ShiftFactory(), member=member, by=None)


def taken_up(member):
    """Return the matter of a member whom nobody managed when it was taken up."""
    return PocketMember.objects.create(
        member=member, case=CaseFactory(), why=PocketReason.LETTER, found_on=LONG_AGO
    )


OPEN_ROWS = {
    "members.transfers": lambda member, _east: TransferFactory(
        member=member, issued=True
    ),
    "members.check_ins": lambda member, east: check_in(
        member, east, by=None, on=LONG_AGO
    ),
    "members.absences": lambda member, _east: record_mobile(
        member, kind=MobileKind.WORKING_AWAY, by=None, on=LONG_AGO
    ),
    "members.certificates": lambda member, _east: ActivityCertificateFactory(
        member=member
    ),
    "accounts.roles": lambda member, east: assign_role(
        account_of(member), Role.SECRETARY, by=None, organization=east
    ),
    "accounts.accounts": lambda member, _east: account_of(member),
    "volunteering.claims": lambda member, _east: claim_of(member),
    "members.lost_contacts": lambda member, _east: LostContactFactory(member=member),
    "members.inquiries": lambda member, _east: UnitInquiryFactory(member=member),
    "members.pocket": lambda member, _east: taken_up(member),
    "members.pledges": lambda member, _east: PledgeFactory(member=member),
    "members.corrections": lambda member, _east: ProposedCorrectionFactory(
        member=member
    ),
    "members.opinions": lambda member, _east: OpinionRequestFactory(about=member),
    "communities.seats": lambda member, _east: SeatHoldingFactory(member=member),
}
ENDS = {
    **{
        reason.value: lambda member, reason=reason: end_membership(
            member, reason=reason, by=None
        )
        for reason in ENDING_MEMBERSHIP
    },
    "voided": lambda member: void_member(member, by=None, reason="录入错误"),
}


def test_every_closer_has_its_case():
    assert {closer.key for closer in closers} == set(OPEN_ROWS)


@pytest.mark.parametrize("end", sorted(ENDS))
@pytest.mark.parametrize("key", sorted(OPEN_ROWS))
def test_every_end_closes_every_open_row(member, east, key, end):
    OPEN_ROWS[key](member, east)
    closer = closers.get(key)
    count = closer.open_for(member).count()
    assert count > 0

    closed = ENDS[end](member)

    assert not closer.open_for(member).exists()
    is_voided_itself = end == "voided" and key in {
        "members.check_ins",
        "members.absences",
    }
    assert is_voided_itself or str(closer.words) % {"count": count} in closed
    assert list(invariants.get(INVARIANT).broken()) == []


@pytest.mark.parametrize("key", sorted(OPEN_ROWS))
def test_verify_finds_what_is_open_for_a_dead_member(member, east, key):
    OPEN_ROWS[key](member, east)
    assert list(invariants.get(INVARIANT).broken()) == []

    Member.objects.filter(pk=member.pk).update(
        organization=None, community=None, ended_on=today(), end_reason=EndReason.DIED
    )

    assert any(
        line.startswith(f"{key} ") for line in invariants.get(INVARIANT).broken()
    )


def test_leaving_for_another_place_ends_absence_and_search_alone(member, east):
    for key, open_row in OPEN_ROWS.items():
        if key != "members.transfers":  # ends by its own receipt
            open_row(member, east)

    closed = end_membership(member, reason=EndReason.TRANSFERRED_OUT, by=None)

    still_open = {c.key for c in closers if c.open_for(member).exists()}
    ended_by_leaving = {
        *("members.absences", "members.certificates", "members.lost_contacts"),
        "members.pledges",
        "members.corrections",
    }
    assert still_open == set(OPEN_ROWS) - ended_by_leaving - {"members.transfers"}
    assert len(closed) == len(ended_by_leaving)


ACTIONS_ON_MEMBERS = {
    "check in": lambda member, east: check_in(member, east, by=None),
    "record an absence": lambda member, _east: record_mobile(
        member, kind=MobileKind.TALENT, by=None
    ),
    "open an account": lambda member, _east: open_account(member, by=None),
    "issue a slip": lambda member, _east: issue_member_slips([member], by=None),
}


@pytest.mark.parametrize("name", sorted(ACTIONS_ON_MEMBERS))
@pytest.mark.parametrize("reason", ENDING_MEMBERSHIP)
def test_no_action_accepts_a_former_member(member, east, reason, name):
    account_of(member)
    end_membership(member, reason=reason, by=None)
    member.refresh_from_db()

    with pytest.raises(MembershipEnded):
        ACTIONS_ON_MEMBERS[name](member, east)


@pytest.mark.parametrize("way", [r for r in StartReason if r not in NOT_GAINED])
@pytest.mark.parametrize("reason", ENDING_MEMBERSHIP)
def test_a_former_member_comes_back_only_as_the_end_allows(member, branch, reason, way):
    account = account_of(member)
    end_membership(member, reason=reason, by=None)

    if way in REASONS_TO_RETURN.get(reason, ()):
        affiliate_member(member, branch, reason=way, by=None)
    else:
        with pytest.raises(MembershipEnded):
            affiliate_member(member, branch, reason=way, by=None)

    member.refresh_from_db()
    account.refresh_from_db()
    is_back = way in REASONS_TO_RETURN.get(reason, ())
    assert (member.organization == branch, member.ended_on is None) == (is_back,) * 2
    assert account.is_active == is_back


def test_the_dead_get_no_slip_and_do_not_activate_one(client, secretary, member):
    _slip, code = issue_slip(account_of(member), by=None)
    proof = str(member.id_number)[-4:]

    end_membership(member, reason=EndReason.DIED, by=None)

    with pytest.raises(SlipNotGood):
        admit_by_slip(code, name=member.name, proof=proof, password="p" * 12)
    assert not members_to_issue_slips(secretary).filter(pk=member.pk).exists()
    client.force_login(secretary, backend=BACKEND)
    page = client.get(member.get_absolute_url()).content.decode()
    assert reverse("members:slip", args=[member.pk]) not in page
    assert reverse("members:affiliate", args=[member.pk]) not in page


def test_the_phone_of_a_dead_member_may_belong_to_another_account(member, branch):
    account_of(member)
    end_membership(member, reason=EndReason.DIED, by=None)
    heir = MemberFactory(organization=branch, phone=member.phone)

    assert account_of(heir).phone_index is not None


def test_the_page_says_what_was_closed(client, secretary, member, east):
    for open_row in OPEN_ROWS.values():
        open_row(member, east)
    client.force_login(secretary, backend=BACKEND)
    url = reverse("members:end", args=[member.pk])

    answer = client.post(url, {"reason": EndReason.DIED, "on": today()}, follow=True)
    page = answer.content.decode()

    for closer in closers:
        count = 2 if closer.key == "accounts.roles" else 1
        assert str(closer.words) % {"count": count} in page


def test_the_admin_ends_what_is_open_as_the_page_does(client, staff, member, east):
    for open_row in OPEN_ROWS.values():
        open_row(member, east)
    client.force_login(staff, backend=BACKEND)
    url = reverse("admin:members_member_end", args=[member.pk])

    answer = client.post(url, {"reason": EndReason.DIED.value, "on": today()})

    assert answer.status_code == 302
    assert {c.key for c in closers if c.open_for(member).exists()} == set()


def test_others_on_the_shift_are_notified_of_the_free_place(member, branch):
    shift, other = ShiftFactory(capacity=2), MemberFactory(organization=branch)
    account = account_of(other)
    for each in (member, other):
        claim_shift(shift, member=each, by=None)

    end_membership(member, reason=EndReason.DIED, by=None)

    shift.refresh_from_db()
    assert (shift.claimed, Notice.objects.filter(user=account).count()) == (1, 1)


def test_a_community_records_the_death_of_somebody_only_checked_in(east):
    guest = MemberFactory(in_service=True)
    row = check_in(guest, east, by=None, on=LONG_AGO)

    record_death(row, by=None)

    guest.refresh_from_db()
    row.refresh_from_db()
    assert (guest.community, guest.end_reason) == (None, EndReason.DIED)
    assert row.ends_on == timezone.localdate()


def test_the_branch_records_the_death_of_its_member(member, east):
    row = check_in(member, east, by=None, on=LONG_AGO)

    with pytest.raises(AffiliatedElsewhere):
        record_death(row, by=None)


@pytest.mark.parametrize("key", sorted(OPEN_ROWS))
def test_what_was_left_open_before_closers_existed_is_closed_at_the_next_migration(
    member, east, key
):
    OPEN_ROWS[key](member, east)
    Member.objects.filter(pk=member.pk).update(
        ended_on=today(),
        end_reason=EndReason.DIED,
        organization=None,
        community=None,
    )
    assert find_rows(key)

    closed = [close_left_open(), close_left_open()]

    assert closed == [1, 0]
    assert not find_rows(key)
    entry = AuditEntry.objects.filter(action="members.close_left_open").last()
    assert entry.reason == "党籍此前已终止"


def find_rows(key):
    """Return what `verify` still finds open for former members, of one closer."""
    return [row for row in find_unclosed_rows() if row.startswith(f"{key} ")]


def test_a_death_of_a_closed_month_says_in_which_month_it_counts(client, east, branch):
    died_on = today() - dt.timedelta(days=40)
    member = MemberFactory(
        organization=branch, starts_on=died_on - dt.timedelta(days=90)
    )
    closed(east, month_of(died_on))
    staff = holder(Role.STREET_STAFF, east)
    client.force_login(staff, backend="accounts.backends.UsernameOrPhone")

    page = client.post(
        reverse("members:end", args=[member.pk]),
        {"reason": EndReason.DIED, "on": died_on},
        follow=True,
    )

    counted = format_month(member.affiliations.get().end_month)
    assert f"因此计入{counted}" in page.content.decode()
    labels = [str(event.label) for event in page.context["events"]]
    assert [f"计入{counted}" in label for label in labels].count(True) == 1
