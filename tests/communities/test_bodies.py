"""Bodies, their terms and their seats: what actions do and refuse."""

import datetime as dt

import pytest

from communities.actions import (
    add_seat_kind,
    begin_term,
    change_body,
    change_body_kind,
    change_holding,
    close_seat,
    end_body,
    extend_term,
    open_seat,
    set_up_body,
    take_seat,
    vacate_seat,
    void_body,
    void_holding,
)
from communities.correction_errors import FullyExtended
from communities.enums import Eligibility, Filling, VacatingReason
from communities.errors import (
    AnotherTermBegan,
    BeforeTerm,
    BodyEnded,
    BodyInUse,
    BodyVoided,
    EarlyTermNotApproved,
    ExtendedTooFar,
    HolderGone,
    HoldingVoided,
    KindNotInForce,
    MembersAlone,
    NoDelegates,
    NoSeatLeft,
    NoTerms,
    NotExtended,
    OutsideBody,
    SeatClosed,
    SeatHeld,
    SeatLeft,
    TermNotAfter,
)
from communities.models import Body, BodyKind, NonMember, Seat, SeatHolding
from core.errors import ConstraintViolated, FutureDay
from core.registries.invariants import invariants
from members.actions import end_membership
from members.enums import EndReason
from organizations.actions import end_organization
from organizations.errors import OrganizationEnded
from tests.factories.communities import (
    BodyFactory,
    BodyKindFactory,
    SeatHoldingFactory,
    TermOfOfficeFactory,
)
from tests.factories.members import MemberFactory
from tests.factories.organizations import UnitFactory

NEW_YEAR = dt.date(2026, 1, 1)
MARCH, JUNE = dt.date(2026, 3, 1), dt.date(2026, 6, 1)
HE = {"name": "何静", "sex": "2", "birth_month": dt.date(1980, 5, 1)}


@pytest.fixture
def council(east):
    """A council of the community: one leader and two members, all seats vacant."""
    return BodyFactory(organization=east, name="议事会")


def seat_of(body, number=0):
    """Return a seat of the body, in the order of its roster."""
    return body.seats.order_by("kind__position", "number")[number]


def take(body, number=0, *, starts_on=MARCH, **values):
    """Let somebody take a seat of the body."""
    seat = seat_of(body, number)
    return take_seat(
        seat, by=None, channel=Filling.ELECTION, starts_on=starts_on, **values
    )


def vacant(body, day=None):
    """Return what seats of the body are vacant, by kind and number."""
    rows = Seat.objects.vacant(day).filter(body=body)
    return list(rows.values_list("kind__name", "number"))


def test_a_body_begins_with_the_vacant_seats_of_its_kind(council):
    assert vacant(council) == [("主任", 1), ("委员", 1), ("委员", 2)]
    assert council.name == "议事会"


def test_a_body_is_called_like_its_kind_unless_it_has_a_name(east):
    kind = BodyKindFactory(name="监事会")

    body = set_up_body(east, kind=kind, by=None)

    assert body.name == "监事会"


def test_no_body_is_set_up_of_a_kind_that_no_longer_holds(east):
    kind = BodyKindFactory()
    change_body_kind(kind, by=None, ends_on=JUNE)

    with pytest.raises(KindNotInForce):
        set_up_body(east, kind=kind, by=None, starts_on=JUNE)

    assert Body.objects.count() == 0
    assert set_up_body(east, kind=kind, by=None, starts_on=MARCH).kind == kind


def test_an_organization_that_ended_sets_up_no_body(branch):
    end_organization(branch, by=None, reason="撤并", on=JUNE)
    branch.refresh_from_db()

    with pytest.raises(OrganizationEnded):
        set_up_body(branch, kind=BodyKindFactory(), by=None)


def test_one_place_has_one_running_body_of_a_name(council, east):
    with pytest.raises(ConstraintViolated):
        BodyFactory(organization=east, name="议事会")

    end_body(council, by=None, reason="撤销")

    assert BodyFactory(organization=east, name="议事会").pk != council.pk


def test_a_member_and_somebody_who_is_none_take_seats(council, li):
    led = take(council, member=li)
    other = take(council, 1, person=HE)

    assert (led.holder_name, other.holder_name) == ("李明", "何静")
    assert NonMember.objects.values_list("name", "sex").get() == ("何静", "2")
    assert vacant(council) == [("委员", 2)]


def test_a_seat_is_held_by_one_at_a_time(council, li, han):
    take(council, member=li)

    with pytest.raises(ConstraintViolated):
        take(council, member=han, starts_on=JUNE)

    assert SeatHolding.objects.count() == 1


def test_whoever_leaves_a_seat_leaves_it_vacant_for_the_next(council, li, han):
    held = take(council, member=li)

    vacate_seat(held, by=None, reason=VacatingReason.RETIRED, on=JUNE)

    assert vacant(council, JUNE)[0] == ("主任", 1)
    assert vacant(council, MARCH) == [("委员", 1), ("委员", 2)]
    assert take(council, member=han, starts_on=JUNE).member == han


def test_a_seat_is_left_once(council, li):
    held = take(council, member=li)
    vacate_seat(held, by=None, reason=VacatingReason.RESIGNED, on=JUNE)

    with pytest.raises(SeatLeft):
        vacate_seat(held, by=None, reason=VacatingReason.RETIRED)


def test_one_person_holds_several_seats_at_once(council, east, li):
    first = take(council, member=li)
    second = take(BodyFactory(organization=east), member=li)
    alone = take(council, 1, person=HE)

    several = SeatHolding.objects.held_with_others()

    assert set(several) == {first, second}
    assert alone not in several


def test_only_party_members_sit_in_a_body_of_members_alone(east, li):
    kind = BodyKindFactory(open_to=Eligibility.MEMBERS)
    committee = BodyFactory(organization=east, kind=kind)

    with pytest.raises(MembersAlone):
        take(committee, person=HE)

    assert NonMember.objects.count() == 0
    assert take(committee, member=li).member == li


def test_a_unit_holds_a_seat_where_units_send_delegates(council, east, li):
    school = UnitFactory(host=east)
    joint = BodyFactory(
        organization=east, kind=BodyKindFactory(open_to=Eligibility.UNITS)
    )

    alone = take(joint, unit=school)
    named = take(joint, 1, unit=school, member=li)

    assert (alone.holder_name, named.holder_name) == (school.name, "李明")
    with pytest.raises(NoDelegates):
        take(council, unit=school, member=li)


def test_nobody_holds_a_seat_without_being_named(council):
    with pytest.raises(ConstraintViolated):
        take(council)


def test_a_seat_is_taken_by_today_and_within_the_life_of_the_body(council, li):
    with pytest.raises(FutureDay):
        take(council, member=li, starts_on=dt.date(2026, 7, 16))
    with pytest.raises(OutsideBody):
        take(council, member=li, starts_on=dt.date(2025, 12, 31))


def test_a_leader_takes_the_seat_in_the_term_and_not_before_it(council, li):
    term = TermOfOfficeFactory(body=council, starts_on=MARCH)

    with pytest.raises(BeforeTerm):
        take(council, member=li, starts_on=dt.date(2026, 2, 1))

    assert take(council, member=li).term == term


def test_a_former_member_takes_no_seat(council, li):
    end_membership(li, reason=EndReason.EXPELLED, by=None, on=MARCH)
    li.refresh_from_db()

    with pytest.raises(HolderGone):
        take(council, member=li, starts_on=JUNE)


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (EndReason.DIED, VacatingReason.DIED),
        (EndReason.EXPELLED, VacatingReason.MEMBERSHIP_ENDED),
    ],
)
def test_the_seat_of_a_member_who_is_gone_is_vacant(council, li, reason, said):
    held = take(council, member=li)

    end_membership(li, reason=reason, by=None, on=JUNE)

    held.refresh_from_db()
    assert (held.ends_on, held.end_reason) == (JUNE, said)
    assert vacant(council)[0] == ("主任", 1)


def test_seats_are_opened_up_to_the_most_of_their_kind(council):
    kind = council.kind.seat_kinds.get(name="委员")

    numbers = [open_seat(council, kind, by=None).number for _ in range(2)]

    assert numbers == [3, 4]
    with pytest.raises(NoSeatLeft):
        open_seat(council, kind, by=None)


def test_a_closed_seat_is_no_vacancy_and_is_not_held(council, li):
    seat = seat_of(council, 2)

    close_seat(seat, by=None)

    assert vacant(council, dt.date(2026, 7, 15)) == [("主任", 1), ("委员", 1)]
    with pytest.raises(SeatClosed):
        take(council, 2, member=li, starts_on=dt.date(2026, 7, 15))
    with pytest.raises(SeatClosed):
        close_seat(seat, by=None)


def test_a_seat_that_somebody_holds_is_not_closed(council, li):
    take(council, member=li)

    with pytest.raises(SeatHeld):
        close_seat(seat_of(council), by=None)


def test_a_term_is_as_long_as_its_kind_says(council):
    term = begin_term(council, starts_on=MARCH, begun_by=Filling.ELECTION, by=None)

    assert (term.number, term.last_day) == (1, dt.date(2031, 2, 28))


def test_a_new_term_ends_the_last_one_and_empties_its_seats(east, li):
    body = BodyFactory(organization=east, starts_on=dt.date(2021, 1, 1))
    first = TermOfOfficeFactory(body=body)
    held = take(body, member=li, starts_on=dt.date(2021, 1, 1))

    second = begin_term(body, starts_on=MARCH, begun_by=Filling.ELECTION, by=None)

    first.refresh_from_db()
    held.refresh_from_db()
    assert (first.ended_on, first.ends_on) == (MARCH, NEW_YEAR)
    assert (held.ends_on, held.end_reason) == (MARCH, VacatingReason.TERM_ENDED)
    assert (second.number, len(vacant(body))) == (2, 3)


def test_an_early_term_needs_an_approval(council):
    TermOfOfficeFactory(body=council)

    with pytest.raises(EarlyTermNotApproved):
        begin_term(council, starts_on=JUNE, begun_by=Filling.ELECTION, by=None)

    begin_term(
        council,
        starts_on=JUNE,
        begun_by=Filling.ELECTION,
        by=None,
        approved_by="街道党工委",
        approved_on=MARCH,
    )
    first, second = council.terms.order_by("starts_on")
    assert (first.ends_on, first.planned_ends_on) == (JUNE, dt.date(2031, 1, 1))
    assert second.starts_on == JUNE


def test_a_term_begins_after_the_last_one_and_in_the_life_of_the_body(council):
    TermOfOfficeFactory(body=council, starts_on=MARCH)

    with pytest.raises(TermNotAfter):
        begin_term(council, starts_on=MARCH, begun_by=Filling.ELECTION, by=None)
    with pytest.raises(OutsideBody):
        begin_term(
            council,
            starts_on=dt.date(2025, 3, 1),
            begun_by=Filling.ELECTION,
            by=None,
        )


def test_a_roster_of_workers_has_no_terms(east):
    body = BodyFactory(organization=east, kind=BodyKindFactory(term_years=None))

    with pytest.raises(NoTerms):
        begin_term(body, starts_on=MARCH, begun_by=Filling.ELECTION, by=None)


def extend(term, ends_on):
    """Extend a term on a document that was approved in March."""
    return extend_term(
        term,
        ends_on=ends_on,
        extension_basis="批复",
        extension_approved_on=MARCH,
        by=None,
    )


def test_a_term_is_extended_by_a_year_at_most(council):
    term = TermOfOfficeFactory(body=council)

    with pytest.raises(ExtendedTooFar):
        extend(term, dt.date(2032, 1, 2))
    with pytest.raises(NotExtended):
        extend(term, dt.date(2031, 1, 1))
    extended = extend(term, dt.date(2032, 1, 1))

    assert extended.regular_ends_on == dt.date(2031, 1, 1)
    with pytest.raises(FullyExtended):
        extend(extended, dt.date(2032, 6, 1))


def test_only_the_last_term_is_extended(east):
    body = BodyFactory(organization=east, starts_on=dt.date(2021, 1, 1))
    first = TermOfOfficeFactory(body=body)
    TermOfOfficeFactory(body=body, starts_on=MARCH)

    with pytest.raises(AnotherTermBegan):
        extend(first, dt.date(2026, 9, 1))


def test_a_body_ends_with_its_term_its_seats_and_who_holds_them(council, li):
    term, held = TermOfOfficeFactory(body=council), take(council, member=li)

    end_body(council, by=None, reason="撤销", on=JUNE)

    for row in (term, held, council):
        row.refresh_from_db()
    assert (term.ends_on, held.ends_on, council.ends_on) == (JUNE, JUNE, JUNE)
    assert held.end_reason == VacatingReason.BODY_ENDED
    assert not Seat.objects.open(JUNE).exists()
    with pytest.raises(BodyEnded):
        change_body(council, by=None, name="新名")


def test_a_body_with_people_on_its_roster_is_not_voided(council, li):
    held = take(council, member=li)
    with pytest.raises(BodyInUse):
        void_body(council, by=None, reason="重复")

    void_holding(held, by=None, reason="录入错误")
    void_body(council, by=None, reason="重复")

    assert not Body.objects.exists()
    with pytest.raises(BodyVoided):
        change_body(council, by=None, name="新名")


def test_a_voided_entry_leaves_the_seat_to_another(council, li, han):
    held = take(council, member=li)

    void_holding(held, by=None, reason="录入错误")

    assert take(council, member=han).member == han
    with pytest.raises(HoldingVoided):
        change_holding(held, by=None, is_full_time=True)


def test_a_corrected_entry_keeps_the_rules(council, li):
    TermOfOfficeFactory(body=council, starts_on=MARCH)
    held = take(council, member=li, starts_on=JUNE)

    with pytest.raises(BeforeTerm):
        change_holding(held, by=None, starts_on=dt.date(2026, 2, 1))
    changed = change_holding(held, by=None, starts_on=MARCH, is_long_term=True)

    assert (changed.starts_on, changed.is_long_term) == (MARCH, True)


def test_a_body_corrected_to_begin_earlier_takes_its_seats_along(council, li):
    change_body(council, by=None, starts_on=dt.date(2025, 1, 1))

    assert take(council, member=li, starts_on=dt.date(2025, 2, 1)).member == li


def test_seats_added_to_a_kind_are_of_bodies_set_up_later(council):
    add_seat_kind(council.kind, by=None, name="秘书", position=9, seats=1)

    later = BodyFactory(kind=council.kind)

    assert len(vacant(council)) == 3
    assert len(vacant(later)) == 4


@pytest.mark.parametrize(
    ("code", "seats"),
    [
        ("branch_committee", {"书记": 1, "组织委员": 1, "宣传委员": 1}),
        ("residents_committee", {"主任": 1, "副主任": 1, "委员": 3}),
        ("police_commissioners", {"兼职委员（民警）": 1}),
    ],
)
def test_an_installation_begins_with_kinds_of_body(db, code, seats):
    kind = BodyKind.objects.get(code=code)

    rows = kind.seat_kinds.filter(seats__gt=0).order_by("position")

    assert dict(rows.values_list("name", "seats")) == seats


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("communities.seats", {"starts_on": dt.date(2025, 1, 1)}),
        ("communities.outsiders", {"member": None}),
    ],
)
def test_verify_finds_what_was_written_past_the_actions(east, li, key, values):
    kind = BodyKindFactory(open_to=Eligibility.MEMBERS)
    held = SeatHoldingFactory(
        seat=seat_of(BodyFactory(organization=east, kind=kind)), member=li
    )
    assert list(invariants.get(key).broken()) == []

    he = NonMember.objects.create(organization=east, **HE)
    other = {"non_member": he} if "member" in values else {}
    SeatHolding.objects.filter(pk=held.pk).update(**values, **other)

    assert list(invariants.get(key).broken()) == [f"seat holding {held.pk}"]


def test_verify_finds_long_extensions_and_terms_of_other_bodies(council, li):
    term = extend(TermOfOfficeFactory(body=council), dt.date(2032, 1, 1))
    held = take(council, member=li)
    elsewhere = TermOfOfficeFactory()
    keys = ("communities.extensions", "communities.terms")
    assert [list(invariants.get(key).broken()) for key in keys] == [[], []]

    council.terms.update(ends_on=dt.date(2033, 1, 1))
    SeatHolding.objects.filter(pk=held.pk).update(term=elsewhere)

    assert [list(invariants.get(key).broken()) for key in keys] == [
        [f"term {term.pk}: 2033-01-01"],
        [f"seat holding {held.pk}"],
    ]


def test_a_member_of_another_branch_sits_in_the_body(council, west):
    guest = MemberFactory(organization=west)

    assert take(council, member=guest).member == guest
