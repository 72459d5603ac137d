"""Affiliations: refusals, and the figures of a month."""

import datetime as dt

import pytest
import time_machine

from core.errors import FutureDay
from core.months import today
from figures.definitions import indicators
from members.actions import (
    affiliate_member,
    check_in,
    close_appraisal,
    end_check_in,
    end_membership,
    enter_grades,
    expire_letters,
    move_member,
    open_appraisal,
    record_mobile,
)
from members.enums import EndReason, Grade, MobileKind, NoGrade, Standing, StartReason
from members.errors import CannotHoldMembers, EndsBeforeStart, NoOpenAffiliation
from members.models import Affiliation, CheckIn, Member, MobileRecord
from organizations.actions import end_organization
from organizations.errors import OrganizationEnded
from tests.factories.members import (
    JOINED,
    ActivityCertificateFactory,
    CheckInFactory,
    DevelopmentFactory,
    MemberContactFactory,
    MemberFactory,
    PocketMemberFactory,
    ProbationDecisionFactory,
    TransferFactory,
)
from tests.factories.organizations import (
    BranchFactory,
    CommunityFactory,
    StreetFactory,
)

JUNE = dt.date(2026, 6, 1)
IN_JUNE, BEFORE = dt.date(2026, 6, 10), dt.date(2026, 6, 5)
G = Grade


@pytest.fixture
def member(branch):
    return MemberFactory(organization=branch)


def test_nobody_moves_to_an_organization_without_members(member, street):
    with pytest.raises(CannotHoldMembers):
        move_member(member, street, by=None)


def test_nobody_moves_to_an_ended_organization(member, east):
    second = BranchFactory(parent=east)
    end_organization(second, by=None, reason="撤销")
    second.refresh_from_db()

    with pytest.raises(OrganizationEnded):
        move_member(member, second, by=None)


def test_a_member_without_affiliation_cannot_move(member, branch):
    end_membership(member, reason=EndReason.EXPELLED, by=None, on=IN_JUNE)

    with pytest.raises(NoOpenAffiliation):
        move_member(member, branch, by=None)


def test_an_affiliation_cannot_end_before_it_began(member):
    with pytest.raises(EndsBeforeStart):
        end_membership(member, reason=EndReason.DIED, by=None, on=JOINED)


def test_nobody_is_affiliated_with_an_organization_without_members(member, street):
    end_membership(member, reason=EndReason.EXPELLED, by=None, on=IN_JUNE)

    with pytest.raises(CannotHoldMembers):
        affiliate_member(member, street, reason=StartReason.RESTORED, by=None)


@pytest.mark.mission("S1-15")
def test_moving_between_communities_is_leaving_and_coming(member, west):
    second = BranchFactory(parent=west)

    move_member(member, second, by=None, on=IN_JUNE)

    old, new = Affiliation.objects.order_by("starts_on")
    assert old.end_reason == EndReason.TRANSFERRED_OUT
    assert new.start_reason == StartReason.TRANSFERRED_IN


def test_a_check_in_ends_once(east):
    row = CheckInFactory(community=east)

    first = end_check_in(row, by=None, on=IN_JUNE)
    again = end_check_in(row, by=None, on=dt.date(2026, 7, 1))

    assert first.ends_on == again.ends_on == IN_JUNE


def test_queryset_methods_select_the_right_members(member, branch, east, west):
    guest = CheckInFactory(community=west).member

    assert list(Member.objects.belonging_to(east)) == [member]
    assert list(Member.objects.checked_in_at(west)) == [guest]
    assert set(Member.objects.voting()) == {member, guest}


@pytest.fixture
def june(branch, east, west):
    """A month in which each event happens once, to one member each, at 东社区.

    One letter is still valid at its end, one has expired. Four of five are graded, and
    somebody takes up the one who has waited for a post for years.
    """
    at = {"organization": branch}
    women = MemberFactory(sex="2", **at)
    for reason in (StartReason.DEVELOPED, StartReason.RESTORED):
        MemberFactory(starts_on=IN_JUNE, reason=reason, **at)
    young = MemberFactory(starts_on=IN_JUNE, birth_date=dt.date(2000, 1, 1), **at)
    to_city, outside = {"to": StreetFactory()}, {"to_text": "省委组织部"}
    for going, destination in ((women, outside), (young, to_city)):
        TransferFactory(member=going, issued=True, on=IN_JUNE, **destination)
    expire_letters()
    waiting, *leaving = MemberFactory.create_batch(4, **at)
    appraise(branch, G.EXCELLENT, G.QUALIFIED, G.UNQUALIFIED, G.QUALIFIED, NoGrade.ILL)
    reasons = (EndReason.TRANSFERRED_OUT, EndReason.DIED, EndReason.STRUCK_OFF)
    for leaver, reason in zip(leaving, reasons, strict=True):
        end_membership(leaver, reason=reason, by=None, on=IN_JUNE)
    record_mobile(women, kind=MobileKind.TALENT, by=None, on=IN_JUNE)
    with time_machine.travel(IN_JUNE):
        PocketMemberFactory(member=waiting)
        ActivityCertificateFactory(member=women)
        MemberContactFactory(member=women)
    check_in(MemberFactory(in_service=True), east, by=None, on=IN_JUNE)
    MemberFactory(organization=BranchFactory(parent=CommunityFactory()))
    return JUNE


def appraise(branch, *grades):
    """Let a branch appraise who belonged to it before anybody came or left."""
    row = open_appraisal(
        branch, year=2026, held_on=BEFORE, basis="组通字〔2026〕1号", by=None
    )
    graded = zip(row.appraisals.order_by("pk"), grades, strict=True)
    enter_grades(row, {entry.pk: grade for entry, grade in graded}, by=None)
    close_appraisal(row, by=None)


WAY_TO_MEMBERSHIP = {"members.developments", "members.probation_decisions"}


def test_every_figure_on_the_way_to_membership_counts_somebody(branch, east):
    for until in (None, "activist", "candidate"):
        DevelopmentFactory(organization=branch, until=until)
    for outcome, months in (("extended", 6), ("passed", None), ("cancelled", None)):
        member = MemberFactory(
            organization=branch,
            standing=Standing.PROBATIONARY,
            join_date=dt.date(2024, 11, 1),
            starts_on=dt.date(2024, 11, 1),
        )
        ProbationDecisionFactory(member=member, outcome=outcome, months=months)
    month = dt.date(2025, 11, 1)

    counted = {
        one.key: int(one.measure(one.rows_within(east, month)))
        for one in indicators
        if one.source.key in WAY_TO_MEMBERSHIP
    }

    assert len(counted) == 6
    assert set(counted.values()) == {1}


def test_every_figure_counts_its_members(june, east):
    counted = {
        indicator.key.removeprefix("members_"): int(
            indicator.measure(indicator.rows_within(east, june))
        )
        for indicator in indicators
        if indicator.key.startswith("members_")
        and indicator.source.key not in WAY_TO_MEMBERSHIP
    }

    assert counted == {
        "opening": 5,
        "developed": 1,
        "in": 1,
        "other_gain": 1,
        "out": 1,
        "died": 1,
        "other_loss": 1,
        "closing": 5,
        "women": 1,
        "young": 1,
        "mobile": 1,
        "checked_in": 1,
        "in_transit": 1,
        "letters_expired": 1,
        "appraised": 4,
        "appraised_excellent": 1,
        "appraised_unqualified": 1,
        "pocket": 1,
        "certificates": 1,
        "contacts": 1,
        "mobile_working_away": 0,
        "mobile_moved_home": 0,
        "mobile_re_employed": 0,
        "mobile_awaiting": 0,
        "mobile_talent": 1,
        "reports": 0,
        "reviews": 0,
        "inquiries": 0,
    }


def test_the_month_balances(june, east):
    figure = {
        i.key: i.measure(i.rows_within(east, june)) for i in indicators if i.fixed
    }
    came = sum(figure[f"members_{k}"] for k in ("developed", "in", "other_gain"))
    went = sum(figure[f"members_{k}"] for k in ("out", "died", "other_loss"))

    assert figure["members_opening"] + came - went == figure["members_closing"]


FUTURE_ACTIONS = {
    "end": lambda m, _to, day: end_membership(
        m, reason=EndReason.DIED, by=None, on=day
    ),
    "move": lambda m, to, day: move_member(m, to, by=None, on=day),
    "check_in": lambda m, to, day: check_in(m, to.parent, by=None, on=day),
    "away": lambda m, _to, day: record_mobile(
        m, kind=MobileKind.WORKING_AWAY, by=None, on=day
    ),
    "admit": lambda _m, to, day: MemberFactory(organization=to, starts_on=day),
}


@pytest.mark.parametrize("action", FUTURE_ACTIONS.values(), ids=FUTURE_ACTIONS)
def test_nothing_is_recorded_for_a_future_day(branch, action):
    other = BranchFactory(parent=branch.parent)
    member = MemberFactory(organization=branch)
    before = (Member.objects.count(), [*Affiliation.objects.values()])

    with pytest.raises(FutureDay):
        action(member, other, today() + dt.timedelta(days=1))

    assert (Member.objects.count(), [*Affiliation.objects.values()]) == before
    assert not CheckIn.objects.exists()
    assert not MobileRecord.objects.exists()
