"""A branch at a glance, and the two sides of bodies of one place."""

import datetime as dt

import pytest

from communities.models import BodyKind
from tests.factories.communities import (
    BodyFactory,
    MeetingFactory,
    ProjectFactory,
    SeatHoldingFactory,
    UnitCoverFactory,
)
from tests.factories.figures import FigureFactory
from tests.factories.organizations import BranchFactory

pytestmark = pytest.mark.django_db
MARCH = dt.date(2026, 3, 1)


def seat(place, code, member, **kwargs):
    body = BodyFactory(
        organization=place, kind=BodyKind.objects.get(code=code), starts_on=MARCH
    )
    return SeatHoldingFactory(
        seat=body.seats.get(kind__leads=True), member=member, starts_on=MARCH, **kwargs
    )


def sections(page):
    return {
        str(section.title): {str(row.label): str(row.value) for row in section.rows}
        for section in page.context["sections"]
    }


def grow(place, month, value):
    FigureFactory(
        organization=place, month=month, indicator="members_closing", value=value
    )


@pytest.mark.mission("S0-13")
def test_a_place_shows_how_it_grew_who_runs_it_and_what_it_carries(
    enter, secretary, east, branch, li
):
    for year, value in ((2024, 12), (2025, 30)):
        grow(east, dt.date(year, 12, 1), value)
    grow(east, dt.date(2026, 7, 1), 45)
    seat(east, "community_committee", li, is_full_time=True)
    seat(east, "residents_committee", li)
    MeetingFactory(organization=branch, held_on=dt.date(2026, 6, 10))
    UnitCoverFactory(unit__host=east)

    page = enter(secretary).get(east.get_absolute_url())

    shown = sections(page)
    grew, runs, carries = shown["发展情况"], shown["负责人员"], shown["承担的工作"]
    assert grew["统计数字始于"] == "2024年12月"
    assert grew["2025年末"] == "30（+18）"
    assert grew["本月"] == "2（−28）"  # as many as the page counts, not the figure
    assert grew["近十二个月"] == "−28（2025年12月为30）"
    assert grew["增幅"] == "-83.3 %"
    assert "李明" in runs["书记"]
    assert "兼任" in runs["书记"]
    assert (carries["党支部"], carries["近十二个月的会议"]) == ("1", "1")
    assert carries["覆盖的两新组织"] == "1"


@pytest.mark.mission("S0-29")
def test_bodies_of_the_party_and_of_residents_stand_side_by_side_with_who_is_in_both(
    enter, secretary, east, li, han
):
    seat(east, "community_committee", li)
    seat(east, "residents_committee", li)
    seat(east, "supervisory_committee", han)

    page = enter(secretary).get(east.get_absolute_url())

    section = next(
        added.context
        for added in page.context["page_sections"]
        if added.template == "communities/_two_sides.html"
    )
    assert len(section["party"]) == 1
    assert len(section["residents"]) == 2
    assert [name for name, _party, _residents in section["both"]] == ["李明"]
    assert "两边都任职的人员" in page.content.decode()


@pytest.mark.mission("S0-29")
def test_a_city_officer_sees_the_bodies_and_not_the_names(enter, officer, east, li):
    seat(east, "community_committee", li)
    seat(east, "residents_committee", li)

    page = enter(officer).get(east.get_absolute_url())

    text = page.content.decode()
    assert "1人，您不能查看姓名" in text
    assert "没有。" not in text
    assert "李明" not in text
    assert sections(page)["负责人员"]["班子成员"] == "1人（您不能查看姓名）"


@pytest.mark.mission("S0-13")
def test_a_new_branch_says_that_nothing_was_counted_yet(enter, secretary, east):
    new = BranchFactory(name="新支部", parent=east)

    shown = sections(enter(secretary).get(new.get_absolute_url()))

    assert shown["发展情况"]["统计数字始于"] == "还没有统计过的月份"
    assert shown["发展情况"]["本月"] == "0"


@pytest.mark.mission("S0-29")
def test_reserves_and_police_are_no_committee_of_the_party(enter, secretary, east, li):
    seat(east, "community_committee", li)
    seat(east, "residents_committee", li)
    for code in ("police_commissioners", "reserve_cadres"):
        kind = BodyKind.objects.get(code=code)
        BodyFactory(organization=east, kind=kind, starts_on=MARCH)

    page = enter(secretary).get(east.get_absolute_url())

    section = next(
        added.context
        for added in page.context["page_sections"]
        if added.template == "communities/_two_sides.html"
    )
    assert [body.kind.code for body, _held in section["party"]] == [
        "community_committee"
    ]


@pytest.mark.mission("S0-13")
def test_the_numbers_on_the_card_open_what_they_count(
    enter, secretary, east, branch, li
):
    running = ProjectFactory(organization=east)
    ProjectFactory(
        organization=east, starts_on=MARCH, ends_on=MARCH + dt.timedelta(days=9)
    )
    kind = BodyKind.objects.get(code="party_workers")
    team = BodyFactory(organization=east, kind=kind, starts_on=MARCH)
    SeatHoldingFactory(seat=team.seats.first(), member=li, starts_on=MARCH)
    seat(east, "community_committee", li)
    browser = enter(secretary)
    page = browser.get(east.get_absolute_url())
    urls = {
        str(row.label): row.url
        for section in page.context["sections"]
        for row in section.rows
    }

    projects = browser.get(urls["项目"]).context["table"].rows
    workers = browser.get(urls["工作队伍"]).context["table"].rows

    assert [row.record for row in projects] == [running]
    assert [row.record.seat.body.kind.code for row in workers] == ["party_workers"]
