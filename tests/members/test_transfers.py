"""Transfers by letter: who counts where, from the proposal to the receipt."""

import datetime as dt

import pytest
import time_machine

from accounts.models import AuditEntry, Notice
from core.errors import ConstraintViolated
from core.months import month_of, today
from core.registries.invariants import invariants
from figures.definitions import indicators
from members.actions import (
    admit_transferred,
    confirm_arrival,
    end_membership,
    expire_letters,
    hand_on_transfer,
    issue_letter,
    move_member,
    propose_transfer,
    receive_transfer,
    record_letter,
    record_receipt,
    refuse_transfer,
    reissue_letter,
    void_affiliation,
    void_end,
    void_transfer,
)
from members.enums import EndReason, StartReason, TransferState
from members.errors import (
    AlreadyRecorded,
    BranchElsewhere,
    LetterNoLongerValid,
    MovesToAnotherStreet,
    TransferMovedOn,
    TransferUnderWay,
)
from members.models import Affiliation, Member, Transfer
from members.notices import notify_coming
from members.transfers.whereabouts import describe_whereabouts
from organizations.actions import end_organization
from organizations.errors import StillInUse
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.members import (
    KIND,
    MemberFactory,
    TransferFactory,
    identity_number,
)
from tests.factories.organizations import (
    BranchFactory,
    CommunityFactory,
    StreetFactory,
)

DAY = dt.timedelta(days=1)


@pytest.fixture
def there(city):
    """A branch of another street of the city."""
    street = StreetFactory(name="望江街道", parent=city)
    community = CommunityFactory(name="柳岸社区", parent=street)
    return BranchFactory(name="柳岸支部", parent=community)


@pytest.fixture
def street_there(there):
    return there.parent.parent


@pytest.fixture
def member(branch):
    return MemberFactory(organization=branch)


@pytest.fixture
def letter(member, street_there):
    """A letter to the other street, on its way since today."""
    return TransferFactory(member=member, to=street_there, issued=True)


def home_of(member):
    return Member.objects.get(pk=member.pk).organization


def faults():
    return [
        fault
        for one in invariants
        if one.key.startswith("members.")
        for fault in one.broken()
    ]


def test_whoever_is_in_transit_counts_at_the_origin_until_received(
    member, branch, letter, there
):
    assert home_of(member) == branch

    receive_transfer(letter, by=None, branch=there)

    assert home_of(member) == there
    old, new = Affiliation.objects.filter(member=member).order_by("pk")
    assert (old.ends_on, old.end_reason) == (today(), EndReason.TRANSFERRED_OUT)
    assert (new.starts_on, new.start_reason) == (today(), StartReason.TRANSFERRED_IN)
    letter.refresh_from_db()
    assert (letter.released, letter.accepted) == (old, new)
    assert faults() == []


def test_within_one_street_nobody_needs_a_letter(member, street):
    with pytest.raises(ConstraintViolated):
        propose_transfer(member, cause="family", to=street, by=None)


def test_only_one_transfer_of_a_member_is_under_way(letter, member):
    with pytest.raises(ConstraintViolated):
        propose_transfer(member, cause="family", to_text="省外某党委", by=None)


def test_letters_of_a_street_are_numbered_year_by_year(branch, street_there):
    with time_machine.travel("2026-12-31 12:00", tick=False):
        old = [
            TransferFactory(
                member=MemberFactory(organization=branch), to=street_there, issued=True
            )
            for _ in range(2)
        ]
    with time_machine.travel("2027-01-01 12:00", tick=False):
        new = TransferFactory(
            member=MemberFactory(organization=branch), to=street_there, issued=True
        )

    assert [(one.year, one.serial) for one in [*old, new]] == [
        (2026, 1),
        (2026, 2),
        (2027, 1),
    ]


@pytest.mark.parametrize(("to_text", "days"), [("", 10), ("武汉市洪山区委组织部", 30)])
def test_a_letter_is_valid_as_long_as_its_distance_asks(
    member, street_there, to_text, days
):
    letter = TransferFactory(
        member=member, to=street_there, to_text=to_text, issued=True
    )

    assert (letter.valid_days, letter.valid_until) == (days, today() + days * DAY)


def test_no_letter_is_valid_for_more_than_three_months(member, street_there):
    proposed = TransferFactory(member=member, to=street_there)

    with pytest.raises(ConstraintViolated):
        issue_letter(proposed, by=None, valid_days=91)

    assert issue_letter(proposed, by=None, valid_days=90).valid_days == 90


def test_a_letter_expires_after_its_last_day_and_not_on_it(letter, member, branch):
    with time_machine.travel(letter.valid_until, tick=False):
        assert expire_letters() == 0
    with time_machine.travel(letter.valid_until + DAY, tick=False):
        assert (expire_letters(), expire_letters()) == (1, 0)

    letter.refresh_from_db()
    assert letter.state == TransferState.EXPIRED
    assert letter.closed_on == letter.valid_until + DAY
    assert home_of(member) == branch
    assert list(Transfer.objects.expired()) == [letter]
    assert list(Transfer.objects.without_receipt()) == [letter]


def test_a_member_is_not_received_after_the_letter_expired(letter, there):
    with (
        time_machine.travel(letter.valid_until + DAY, tick=False),
        pytest.raises(ConstraintViolated),
    ):
        receive_transfer(letter, by=None, branch=there)


def test_a_receipt_that_comes_late_holds_by_its_day(member):
    letter = TransferFactory(member=member, to_text="省外某党委", issued=True)
    with time_machine.travel(letter.valid_until + 5 * DAY, tick=False):
        expire_letters()
        record_receipt(letter, by=None, on=letter.valid_until)

    letter.refresh_from_db()
    assert letter.state == TransferState.RECEIVED
    assert home_of(member) is None
    assert letter.released.ends_on == letter.valid_until


def test_a_letter_issued_anew_voids_the_lost_one_and_names_it(letter, member, there):
    new = reissue_letter(letter, by=None, reason="遗失")

    letter.refresh_from_db()
    assert (letter.state, letter.reason) == (TransferState.VOIDED, "遗失")
    assert (new.replaces, new.serial) == (letter, letter.serial + 1)
    with pytest.raises(TransferMovedOn):
        receive_transfer(letter, by=None, branch=there)
    receive_transfer(new, by=None, branch=there)
    assert home_of(member) == there


def test_the_letter_that_a_new_one_replaces_keeps_what_it_said(
    letter, member, west, there
):
    hand_on_transfer(letter, there.parent, by=None)
    move_member(member, BranchFactory(parent=west), by=None)

    old = reissue_letter(letter, by=None, reason="遗失").replaces

    keys = [field for field in Transfer._meta.fields if field.is_relation]
    told = {key.name: getattr(old, key.name) for key in keys}
    letter.refresh_from_db()
    assert told == {key.name: getattr(letter, key.name) for key in keys}
    assert told["destination"] == there.parent


def test_a_refusal_says_why_and_the_member_stays(letter, member, branch):
    with pytest.raises(ConstraintViolated):
        refuse_transfer(letter, by=None, reason="")

    refuse_transfer(letter, by=None, reason="本人不在我街道居住")

    letter.refresh_from_db()
    assert letter.state == TransferState.REFUSED
    assert home_of(member) == branch
    assert propose_transfer(member, cause="family", to_text="省外某党委", by=None)


def test_the_community_confirms_before_the_street_receives(letter, member, there):
    community = there.parent
    hand_on_transfer(letter, community, by=None)
    confirm_arrival(letter, there, by=None)

    receive_transfer(letter, by=None)

    letter.refresh_from_db()
    assert (letter.branch, letter.destination) == (there, community)
    assert home_of(member) == there


def test_nobody_is_received_into_a_branch_of_another_street(letter, west):
    with pytest.raises(BranchElsewhere):
        receive_transfer(letter, by=None, branch=BranchFactory(parent=west))
    with pytest.raises(BranchElsewhere):
        hand_on_transfer(letter, west, by=None)


def test_a_move_within_the_street_takes_the_letter_along(letter, member, west, there):
    second = BranchFactory(parent=west)

    move_member(member, second, by=None)

    letter.refresh_from_db()
    assert letter.origin == second
    assert faults() == []
    with pytest.raises(TransferUnderWay):
        move_member(member, there, by=None)


def test_the_history_of_a_letter_tells_that_a_move_took_it_along(
    letter, member, west, secretary
):
    before, second = letter.origin, BranchFactory(parent=west)

    move_member(member, second, by=secretary)

    entry = AuditEntry.objects.filter(subject_type="members.Transfer").latest("pk")
    assert (entry.subject_id, entry.actor) == (str(letter.pk), secretary)
    assert entry.before == {"origin": before.pk}
    assert entry.after == {"origin": second.pk}


def test_nobody_leaves_otherwise_while_a_letter_is_on_its_way(letter, member):
    with pytest.raises(TransferUnderWay):
        end_membership(member, reason=EndReason.TRANSFERRED_OUT, by=None)


def test_a_death_voids_the_letter(letter, member, there):
    closed = end_membership(member, reason=EndReason.DIED, by=None)

    letter.refresh_from_db()
    assert letter.state == TransferState.VOIDED
    assert any("1" in words for words in closed)
    with pytest.raises(TransferMovedOn):
        receive_transfer(letter, by=None, branch=there)


def test_a_death_withdraws_what_the_addressee_was_asked_for(
    letter, member, street_there
):
    keeper = holder(Role.STREET_STAFF, street_there)
    notify_coming(letter, by=None)

    end_membership(member, reason=EndReason.DIED, by=None)

    asked, told = Notice.objects.filter(user=keeper).order_by("pk")
    assert asked.read_at is not None
    assert told.read_at is None
    assert str(EndReason.DIED.label) in told.text


def test_who_has_died_stays_nowhere_by_a_voided_letter(letter, member, branch):
    end_membership(member, reason=EndReason.DIED, by=None)

    letter.refresh_from_db()
    assert branch.name not in describe_whereabouts(letter)
    assert str(EndReason.DIED.label) in describe_whereabouts(letter)


def test_voiding_the_arrival_brings_the_member_back(letter, member, branch, there):
    receive_transfer(letter, by=None, branch=there)
    letter.refresh_from_db()

    void_affiliation(letter.accepted, by=None, reason="误收")

    letter.refresh_from_db()
    assert (letter.state, letter.reason) == (TransferState.VOIDED, "误收")
    assert home_of(member) == branch
    assert faults() == []


def test_voiding_the_end_by_a_receipt_voids_the_letter(member, branch):
    letter = TransferFactory(member=member, to_text="省外某党委", issued=True)
    record_receipt(letter, by=None)

    void_end(member, by=None, reason="回执有误")

    letter.refresh_from_db()
    assert letter.state == TransferState.VOIDED
    assert home_of(member) == branch
    assert faults() == []


def test_a_transfer_is_voided_while_it_is_under_way(letter, member, branch):
    void_transfer(letter, by=None, reason="本人不再迁走")

    assert home_of(member) == branch
    with pytest.raises(TransferMovedOn):
        void_transfer(letter, by=None, reason="再次")


def incoming(community, **values):
    """Record a letter from outside the city."""
    given = {
        "by": None,
        "person_name": "赵六",
        "cause": "residence_changed",
        "from_text": "中共武汉市洪山区委组织部",
        "foreign_number": "0012345",
        "issued_on": today() - 3 * DAY,
        "valid_days": 30,
    }
    return record_letter(community, **{**given, **values})


def particulars(number):
    return {
        "name": "赵六",
        "id_number": number,
        "sex": "1",
        "birth_date": dt.date(1980, 1, 1),
        **KIND,
    }


def test_somebody_from_outside_is_entered_when_they_arrive(east, branch):
    letter = incoming(east)

    admit_transferred(letter, branch, by=None, **particulars(identity_number(77)))

    letter.refresh_from_db()
    assert letter.state == TransferState.RECEIVED
    assert letter.member.organization == branch
    assert letter.accepted.start_reason == StartReason.TRANSFERRED_IN
    assert faults() == []


def test_somebody_who_was_here_before_belongs_here_again(east, branch):
    number = identity_number(78)
    gone = MemberFactory(organization=branch, name="赵六", id_number=number)
    end_membership(gone, reason=EndReason.TRANSFERRED_OUT, by=None)

    admit_transferred(incoming(east), branch, by=None, **particulars(number))

    assert home_of(gone) == branch
    assert Member.objects.filter(name="赵六").count() == 1


def test_what_the_form_says_of_somebody_who_was_here_before_is_a_correction(
    east, branch, secretary
):
    number = identity_number(78)
    kept = {"address": "东街1号", "join_date": dt.date(2001, 7, 1)}
    gone = MemberFactory(
        organization=branch,
        name="赵六",
        id_number=number,
        join_precision="month",
        standing="probationary",
        **kept,
    )
    end_membership(gone, reason=EndReason.TRANSFERRED_OUT, by=None)
    typed = {"education": "大学", "remark": "退休", "standing": "full", "sex": "2"}
    blank = {"address": "", "phone": None, "join_date": None, "join_precision": "day"}
    letter = incoming(east)

    admit_transferred(
        letter, branch, by=secretary, **{**particulars(number), **blank, **typed}
    )

    gone.refresh_from_db()
    assert {name: getattr(gone, name) for name in typed} == typed
    assert {name: getattr(gone, name) for name in kept} == kept
    assert gone.join_precision == "month"
    entries = AuditEntry.objects.filter(
        subject_type="members.Member", subject_id=gone.pk, actor=secretary
    )
    assert {"standing": "full", "education": "大学"}.items() <= {
        name: value for entry in entries for name, value in entry.after.items()
    }.items()


def test_whoever_is_on_the_rolls_of_the_city_needs_a_letter_of_their_street(
    east, branch, there
):
    number = identity_number(79)
    MemberFactory(organization=there, name="赵六", id_number=number)

    with pytest.raises(AlreadyRecorded):
        admit_transferred(incoming(east), branch, by=None, **particulars(number))


def test_a_letter_from_outside_is_recorded_once_and_while_it_is_valid(east):
    incoming(east)

    with pytest.raises(ConstraintViolated):
        incoming(east)
    with pytest.raises(LetterNoLongerValid):
        incoming(east, issued_on=today() - 31 * DAY, foreign_number="2")


def test_a_community_with_people_on_the_way_does_not_end(letter, there, street_there):
    empty = CommunityFactory(parent=street_there)
    hand_on_transfer(letter, empty, by=None)

    with pytest.raises(StillInUse):
        end_organization(empty, by=None, reason="撤销")


def test_both_figures_follow_the_letters(letter, member, street, there):
    month = month_of(today())

    def value(key, node):
        return indicators.get(key).rows_within(node, month).count()

    assert value("members_in_transit", street) == 1
    assert value("members_closing", street) == 1
    receive_transfer(letter, by=None, branch=there)
    assert value("members_in_transit", street) == 0
    assert (value("members_out", street), value("members_in", there)) == (1, 1)


def test_expired_letters_are_counted_in_the_month_they_expire(letter, street):
    with time_machine.travel(letter.valid_until + DAY, tick=False):
        expire_letters()
        rows = indicators.get("members_letters_expired").rows_within(
            street, month_of(today())
        )
        assert list(rows) == [letter]


def test_a_move_into_another_street_is_refused_whoever_calls_it(member, there):
    home = home_of(member)

    with pytest.raises(MovesToAnotherStreet):
        move_member(member, there, by=None)

    member.refresh_from_db()
    assert home_of(member) == home
