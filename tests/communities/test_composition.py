"""How bodies are made up, on their pages and in figures: the studies' own numbers."""

import datetime as dt
from itertools import cycle

import pytest
from django.urls import reverse

from communities.actions import set_up_body, take_seat
from communities.composition import describe_composition
from communities.enums import BodyGroup, Filling
from communities.indicators import indicators
from communities.models import BodyKind, NonMember, Seat, SeatHolding
from core.months import month_of, today
from core.pinyin import sort_key
from tests.factories.communities import (
    BodyFactory,
    BodyKindFactory,
    SeatHoldingFactory,
)
from tests.factories.members import MemberFactory

SINCE = dt.date(2026, 3, 1)


def fill(body, people):
    """Let people who are no members sit in a body: sex, age, education, for years."""
    rows = list(people)
    kind = body.kind.seat_kinds.last()
    names = [f"王{number:03d}" for number in range(len(rows))]
    others = NonMember.objects.bulk_create(
        NonMember(
            organization=body.organization,
            name=name,
            sort_key=sort_key("王"),
            sex=sex,
            birth_month=dt.date(today().year - age, 1, 1),
            education=education,
        )
        for name, (sex, age, education, _years) in zip(names, rows, strict=True)
    )
    seats = Seat.objects.bulk_create(
        Seat(body=body, kind=kind, number=100 + number, starts_on=body.starts_on)
        for number in range(len(rows))
    )
    SeatHolding.objects.bulk_create(
        SeatHolding(
            seat=seat,
            non_member=other,
            starts_on=SINCE,
            channel=Filling.ELECTION,
            is_long_term=years,
        )
        for seat, other, (*_, years) in zip(seats, others, rows, strict=True)
    )


def people(count, *, women=0, ages=(40,), schooled=0, for_years=0):
    """Yield people: the first are women, schooled, or here for years."""
    for number, age in zip(range(count), cycle(ages), strict=False):
        yield (
            "2" if number < women else "1",
            age,
            "31" if number < schooled else "61",
            number < for_years,
        )


def composition_on_page(enter, person, body):
    """Return the composition that the body's page shows to a person, by label."""
    page = enter(person).get(reverse("communities:body", args=[body.pk]))
    return {str(row.label): str(row.value) for row in page.context["composition"].rows}


@pytest.mark.mission("S1-08")
def test_thirty_people_of_a_county_are_twenty_one_women_and_four_nineteen_seven(
    enter, secretary, east
):
    kind = BodyKind.objects.get(code="residents_committee")
    body = set_up_body(east, kind=kind, by=None, starts_on=SINCE)
    ages = [30] * 3 + [35] + [36] + [45] * 17 + [54] + [55] + [60] * 6

    fill(body, people(30, women=21, ages=ages))

    shown = composition_on_page(enter, secretary, body)
    assert shown["人数"] == "30"
    assert shown["女性"] == "21（70.00%）"
    assert shown["年龄"] == (
        "35岁及以下4（13.33%）、36至54岁19（63.33%）、55岁及以上7（23.33%）"
    )


@pytest.mark.mission("S2-12")
def test_the_shares_of_schooled_and_young_cadres_come_out_as_published(
    enter, secretary, east
):
    body = BodyFactory(organization=east)

    fill(body, people(215, schooled=105, ages=[30] * 36 + [50] * 179))

    shown = composition_on_page(enter, secretary, body)
    assert shown["大专及以上"] == "105（48.84%）"
    assert shown["年龄"].startswith("35岁及以下36（16.74%）")


@pytest.mark.mission("S0-10")
def test_twelve_of_fifty_six_workers_stay_for_years_and_share_the_members(
    enter, secretary, east, branch
):
    kind = BodyKind.objects.get(code="party_workers")
    body = set_up_body(east, kind=kind, by=None, starts_on=SINCE)
    MemberFactory.create_batch(18, organization=branch)

    fill(body, people(56, for_years=12))

    shown = composition_on_page(enter, secretary, body)
    assert shown["长年坚持工作"] == "12（21.43%）"
    assert shown["每名长年坚持工作人员对应党员"] == "1.5"


@pytest.mark.mission("S0-30")
def test_an_assembly_shows_what_share_of_it_is_in_the_party(
    enter, secretary, east, branch
):
    body = set_up_body(
        east,
        kind=BodyKind.objects.get(code="residents_assembly"),
        by=None,
        starts_on=SINCE,
    )
    fill(body, people(3))
    seat = Seat.objects.create(
        body=body, kind=body.kind.seat_kinds.last(), number=1, starts_on=SINCE
    )
    SeatHoldingFactory(seat=seat, member=MemberFactory(organization=branch))

    assert composition_on_page(enter, secretary, body)["党员"] == "1（25.00%）"


def test_whoever_holds_two_seats_is_one_person(east, li):
    council = BodyFactory(organization=east)
    for seat in council.seats.order_by("kind__position", "number")[:2]:
        SeatHoldingFactory(seat=seat, member=li)
    rows = SeatHolding.objects.filter(seat__body=council)

    lines = describe_composition(rows)

    shown = {str(line.label): line.value for line in lines}
    assert (shown["人数"], shown["兼任其他职务"]) == (1, "1（100.00%）")


def test_nobody_is_made_up_of_nothing(east):
    BodyFactory(organization=east)
    rows = SeatHolding.objects.all()

    assert describe_composition(rows) == []


@pytest.mark.mission("S0-14")
def test_the_list_of_holders_says_how_those_it_found_came_by_their_seats(
    enter, secretary, east, li, han
):
    body = BodyFactory(organization=east)
    seats = body.seats.order_by("kind__position", "number")
    SeatHoldingFactory(seat=seats[0], member=li)
    SeatHoldingFactory(seat=seats[1], member=han, channel=Filling.RECRUITMENT)
    browser = enter(secretary)
    address = reverse("communities:holders")

    everybody = browser.get(address).context["composition"].rows
    recruited = browser.get(address, {"channel": Filling.RECRUITMENT})

    assert "选举1、公开招聘1" in [row.value for row in everybody]
    assert recruited.context["composition"].rows[0].value == 1


@pytest.mark.mission("S0-04")
def test_secretaries_who_hold_other_posts_are_listed_and_counted(
    enter, secretary, east, li, han
):
    committee = BodyFactory(
        organization=east, kind=BodyKindFactory(group=BodyGroup.PARTY), name="党委"
    )
    council = BodyFactory(organization=east, name="居委会")
    for body in (committee, council):
        seat = body.seats.order_by("kind__position").first()
        take_seat(seat, by=None, member=li, channel=Filling.ELECTION, starts_on=SINCE)
    SeatHoldingFactory(seat=committee.seats.vacant().first(), member=han)
    month = month_of(today())

    page = enter(secretary).get(
        reverse("communities:holders"), {"which": "leads_several"}
    )

    rows = {
        (r.record.seat.body.name, *r.record.other_posts)
        for r in page.context["table"].rows
    }
    assert rows == {("党委", "居委会主任"), ("居委会", "党委主任")}
    figures = {
        key: indicators.get(key).rows(month).count()
        for key in ("leaders", "leaders_concurrent", "seats_vacant", "workers")
    }
    assert figures == {
        "leaders": 1,
        "leaders_concurrent": 1,
        "seats_vacant": 3,
        "workers": 0,
    }


def test_women_and_workers_who_stay_are_figures(east):
    body = BodyFactory(organization=east, kind=BodyKindFactory(group=BodyGroup.WORKERS))
    fill(body, people(5, women=3, for_years=2))
    month = month_of(today())

    figures = {
        key: indicators.get(key).rows(month).count()
        for key in ("seats_of_women", "workers", "workers_long_term")
    }

    assert figures == {"seats_of_women": 3, "workers": 5, "workers_long_term": 2}


def test_who_is_counted_with_several_seats_is_whom_the_list_finds(east, li, han):
    council, team = BodyFactory(organization=east), BodyFactory(organization=east)
    for body in (council, team):
        SeatHoldingFactory(seat=body.seats.first(), member=li)
    SeatHoldingFactory(seat=council.seats.last(), member=han)
    rows = SeatHolding.objects.filter(seat__body=council)

    shown = {str(line.label): line.value for line in describe_composition(rows)}

    assert [row.member for row in rows.held_with_others()] == [li]
    assert shown["兼任其他职务"] == "1（50.00%）"
