"""Who could take over: the list of reserves, its figures, and graduates."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.urls import reverse

from communities.actions import add_reserve, change_reserve, end_reserve, void_reserve
from communities.coverage import COVERAGES
from communities.enums import GRADUATE, ReserveOutcome
from communities.errors import HoldingVoided, SeatLeft
from communities.models import Body, BodyKind, Reserve, SeatHolding
from communities.staffing_errors import AlreadyReserve, NoKindOfReserves
from core.months import month_of, today
from figures.definitions import indicators
from members.actions import end_membership
from members.enums import EndReason
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.communities import (
    BodyFactory,
    ReserveFactory,
    SeatHoldingFactory,
)
from tests.factories.members import MemberFactory
from tests.shares import share_by_child

pytestmark = pytest.mark.django_db


def address(name, *args):
    return reverse(f"communities:{name}", args=args)


def names_on(page):
    return [row.record.name for row in page.context["table"].rows]


@pytest.mark.mission("S0-40", "S3-19")
def test_who_could_take_over_is_listed_by_level_until_they_took_office(
    enter, secretary, east, branch, li, han
):
    browser = enter(secretary)
    values = {"starts_on": "2026-03-01", "mentor": "张伟", "for_post": "支部书记"}
    for place, name, level in (
        (branch, "李明", "branch"),
        (east, "韩雪", "district"),
    ):
        typed = {"organization": place.pk, "name": name, "level": level}
        browser.post(address("add_reserve"), {**values, **typed})

    by_level = browser.get(address("reserves"), {"level": "district"})
    for_branch = browser.get(
        address("reserves"), {"organization": branch.pk, "for_post": "支部书记"}
    )
    row = Reserve.objects.get(level="branch")
    browser.post(
        address("end_reserve", row.pk),
        {"on": "2026-07-01", "outcome": ReserveOutcome.TOOK_OFFICE},
    )
    listed = browser.get(address("reserves"), {"state": "listed"})
    page = browser.get(row.get_absolute_url()).content.decode()

    assert (names_on(by_level), names_on(for_branch)) == (["韩雪"], ["李明"])
    assert names_on(listed) == ["韩雪"]
    for shown in ("李明", "支部级", "支部书记", "张伟", "得到任用", "2026年6月30日"):
        assert shown in page
    month = month_of(today())
    counts = {
        key: indicators.get(key).rows(month).count()
        for key in ("reserves", "reserves_in_office")
    }
    assert counts == {"reserves": 1, "reserves_in_office": 1}


@pytest.mark.mission("S2-11")
def test_communities_without_a_graduate_are_listed_and_graduates_in_reserve_counted(
    street, east, west, branch
):
    graduate = MemberFactory(organization=branch)
    ReserveFactory(organization=west, recruited_from=GRADUATE)
    seat = BodyFactory(organization=east).seats.earliest("pk")
    SeatHoldingFactory(seat=seat, member=graduate, recruited_from=GRADUATE)
    coverage = next(c for c in COVERAGES if c.key == "communities_graduates")

    shares = share_by_child(coverage, street, today())

    covered = {path: share.covered for path, share in shares.items()}
    assert covered == {east.path: 1, west.path: 0}
    month = month_of(today())
    assert indicators.get("reserves_graduates").rows(month).count() == 1


@pytest.mark.mission("S2-11")
def test_the_page_of_coverage_names_the_community_that_has_no_graduate(
    enter, staff, street, east, west, branch
):
    seat = BodyFactory(organization=east).seats.earliest("pk")
    member = MemberFactory(organization=branch)
    SeatHoldingFactory(seat=seat, member=member, recruited_from=GRADUATE)

    url = reverse("reports:lacking", args=[street.pk, "communities_graduates"])
    page = enter(staff).get(url).content.decode()

    assert "西社区" in page
    assert "东社区" not in page


def test_an_organization_has_one_list_that_begins_with_its_first_reserve(east, branch):
    for _number in range(2):
        ReserveFactory(organization=east, member=MemberFactory(organization=branch))

    body = Body.objects.get(kind__code="reserve_cadres")
    assert (body.organization, body.starts_on) == (east, dt.date(2026, 3, 1))
    assert body.seats.open().count() == 2


def test_nobody_is_on_one_list_twice(east, li):
    ReserveFactory(organization=east, member=li)

    with pytest.raises(AlreadyReserve, match="李明"):
        ReserveFactory(organization=east, member=li)


def test_whoever_was_taken_off_leaves_no_vacancy_and_can_come_back(east, li):
    reserve = ReserveFactory(organization=east, member=li)

    end_reserve(reserve, outcome=ReserveOutcome.TAKEN_OFF, by=None)

    assert not Body.objects.get().seats.vacant(dt.date(2026, 7, 20)).exists()
    with pytest.raises(SeatLeft):
        end_reserve(reserve, outcome=ReserveOutcome.LEFT, by=None)
    assert ReserveFactory(organization=east, member=li, starts_on=today()).pk


def test_the_place_of_a_reserve_who_died_goes_to_the_next_one(east, li, han):
    ReserveFactory(organization=east, member=li)
    end_membership(li, reason=EndReason.DIED, by=None)

    ReserveFactory(organization=east, member=han, starts_on=today())

    assert Body.objects.get().seats.count() == 1


def test_an_entry_made_by_mistake_is_on_no_list_and_in_no_figure(east, li):
    reserve = ReserveFactory(organization=east, member=li)

    void_reserve(reserve, by=None, reason="误录")

    assert not Reserve.objects.valid().exists()
    assert not indicators.get("reserves").rows(month_of(today())).exists()
    with pytest.raises(HoldingVoided):
        change_reserve(reserve, by=None, mentor="王芳")


def test_reserves_are_put_on_no_list_whose_kind_has_ended(east, li):
    BodyKind.objects.filter(code="reserve_cadres").update(ends_on=dt.date(2026, 1, 1))

    with pytest.raises(NoKindOfReserves):
        add_reserve(east, member=li, level="street", for_post="书记", by=None)


def test_to_be_a_reserve_is_no_second_seat_of_a_secretary(east, li):
    seat = BodyFactory(organization=east).seats.earliest("pk")
    SeatHoldingFactory(seat=seat, member=li)
    ReserveFactory(organization=east, member=li)

    rows = SeatHolding.objects.filter(seat=seat)

    assert not rows.held_with_others().exists()


def test_a_branch_secretary_does_not_read_the_list(enter, branch, li):
    ReserveFactory(organization=branch, member=li)
    keeper = holder(Role.BRANCH_SECRETARY, branch, name="吴刚")

    assert enter(keeper).get(address("reserves")).status_code == 403
    assert not Reserve.objects.visible_to(keeper).exists()


def test_two_entries_about_one_place_are_refused_by_the_database():
    reserve = ReserveFactory()

    with pytest.raises(IntegrityError):
        Reserve.objects.create(
            holding=reserve.holding, level="street", for_post="社区书记"
        )


def test_a_list_of_reserves_is_no_other_post_of_who_holds_a_seat(
    enter, staff, east, li
):
    ReserveFactory(organization=east, member=li)
    body = BodyFactory(organization=east)
    seat = SeatHoldingFactory(seat=body.seats.order_by("pk")[0], member=li)

    page = enter(staff).get(address("holders"), {"name": li.name})

    rows = {row.record.seat_id: row.record for row in page.context["table"].rows}
    assert rows[seat.seat_id].other_posts == []
    assert not SeatHolding.objects.held_with_others().exists()
