"""Secretaries kept on file like the street's cadres."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.urls import reverse

from communities.actions import file_holding, vacate_seat, void_filing
from communities.enums import VacatingReason
from communities.models import BodyKind, SeatFiling
from communities.staffing_errors import (
    BeforeTheSeat,
    EntryVoided,
    FileNumberTaken,
)
from core.errors import ConstraintViolated
from members.enums import Grade
from tests.factories.communities import (
    BodyFactory,
    PayStandardFactory,
    SeatFilingFactory,
    SeatHoldingFactory,
    SeatPayFactory,
)
from tests.factories.honours import HonourFactory
from tests.factories.members import AppraisalRoundFactory

pytestmark = pytest.mark.django_db
MARCH, JUNE = dt.date(2026, 3, 1), dt.date(2026, 6, 1)
FORM = {"level": "street", "number": "街干〔2026〕12号", "starts_on": "2026-06-01"}


def address(name, *args):
    return reverse(f"communities:{name}", args=args)


def secretary_of(place, member):
    """Let a member lead the Party committee of a place since March."""
    kind = BodyKind.objects.get(code="community_committee")
    body = BodyFactory(organization=place, kind=kind, starts_on=MARCH)
    seat = body.seats.get(kind__leads=True)
    return SeatHoldingFactory(seat=seat, member=member, starts_on=MARCH)


def names(answer):
    return [row.record.holder_name for row in answer.context["table"].rows]


@pytest.fixture
def holding(east, li):
    return secretary_of(east, li)


@pytest.mark.mission("S0-39")
def test_a_secretary_who_is_not_on_file_stands_out_until_the_street_files_them(
    enter, staff, holding
):
    browser = enter(staff)
    listed = browser.get(address("holders"), {"which": "unfiled"})
    before = (names(listed), "未备案" in listed.content.decode())

    browser.post(address("file_holding", holding.pk), FORM)

    page = browser.get(address("holders"), {"which": "filed"})
    file = browser.get(address("filing", holding.pk)).content.decode()
    assert before == (["李明"], True)
    assert names(browser.get(address("holders"), {"which": "unfiled"})) == []
    assert names(page) == ["李明"]
    assert "街道党工委备案 街干〔2026〕12号" in page.content.decode()
    assert "街干〔2026〕12号" in file


@pytest.mark.mission("S0-39")
def test_a_filing_follows_the_former_and_ends_with_the_seat(holding):
    first = file_holding(holding, level="street", number="1", starts_on=MARCH, by=None)
    second = file_holding(holding, level="city", number="2", starts_on=JUNE, by=None)

    first.refresh_from_db()
    assert first.ends_on == JUNE
    with pytest.raises(ConstraintViolated, match="备案"):
        file_holding(holding, level="city", number="3", starts_on=JUNE, by=None)
    vacate_seat(
        holding, by=None, reason=VacatingReason.RESIGNED, on=dt.date(2026, 7, 1)
    )
    second.refresh_from_db()
    assert second.ends_on == dt.date(2026, 7, 1)


def test_nobody_is_on_file_before_they_hold_the_seat(holding):
    with pytest.raises(BeforeTheSeat):
        file_holding(
            holding, level="street", number="1", starts_on=dt.date(2026, 2, 1), by=None
        )


def test_a_voided_filing_lets_the_former_go_on(holding):
    first = file_holding(holding, level="street", number="1", starts_on=MARCH, by=None)
    second = file_holding(holding, level="city", number="2", starts_on=JUNE, by=None)
    void_filing(second, by=None, reason="误录")

    first.refresh_from_db()
    assert first.ends_on is None
    with pytest.raises(EntryVoided):
        void_filing(second, by=None, reason="误录")


def test_a_community_reads_the_file_and_leaves_it_to_the_street(
    enter, secretary, holding
):
    filing = SeatFilingFactory(holding=holding)
    browser = enter(secretary)

    browser.post(address("file_holding", holding.pk), {**FORM, "level": "city"})
    page = browser.get(address("filing", holding.pk)).content.decode()

    assert [*SeatFiling.objects.all()] == [filing]
    assert filing.number in page


def test_a_file_number_is_one_persons_in_an_organization(east, holding, han):
    file_holding(holding, level="street", number="7", starts_on=MARCH, by=None)
    kind = BodyKind.objects.get(code="branch_committee")
    body = BodyFactory(organization=east, kind=kind, starts_on=MARCH)
    other, same = (
        SeatHoldingFactory(seat=seat, member=member, starts_on=MARCH)
        for seat, member in zip(
            body.seats.order_by("pk"), (han, holding.member), strict=False
        )
    )

    with pytest.raises(FileNumberTaken, match="李明"):
        file_holding(other, level="street", number="7", starts_on=MARCH, by=None)

    again = file_holding(same, level="street", number="7", starts_on=MARCH, by=None)
    assert again.number == "7"

    again.pk, again.holding = None, other
    with pytest.raises(IntegrityError, match="seatfiling_number_of_one_person"):
        again.save(force_insert=True)


@pytest.mark.mission("S0-39")
def test_who_heads_a_leading_group_is_no_secretary_to_be_filed(
    enter, staff, east, holding, han
):
    kind = BodyKind.objects.get(code="leading_group")
    body = BodyFactory(organization=east, kind=kind, starts_on=MARCH)
    seat = body.seats.get(kind__leads=True)
    SeatHoldingFactory(seat=seat, member=han, starts_on=MARCH)

    page = enter(staff).get(address("holders"), {"which": "unfiled"})

    assert names(page) == ["李明"]


@pytest.mark.mission("S0-39")
def test_one_page_has_what_the_street_keeps_of_a_cadre(
    enter, staff, secretary, east, holding
):
    SeatPayFactory(holding=holding, amount=2800, starts_on=MARCH)
    PayStandardFactory(
        organization=east.parent, seat_kind=holding.seat.kind, amount=3000
    )
    HonourFactory(honoured=holding.member, name="优秀党务工作者")
    graded = AppraisalRoundFactory(of=holding.member)
    graded.appraisals.filter(member=holding.member).update(grade=Grade.EXCELLENT)
    form = {**FORM, "standing": "institution"}
    enter(staff).post(address("file_holding", holding.pk), form)

    page = enter(staff).get(address("filing", holding.pk)).content.decode()
    theirs = enter(secretary).get(address("filing", holding.pk)).content.decode()

    assert "干部档案：李明" in page
    for words in ("事业编制", "2,800.00", "3,000.00", "优秀党务工作者", "优秀</"):
        assert words in page
    assert "任职经历" in theirs
    assert "2,800.00" not in theirs


@pytest.mark.mission("S0-39")
def test_the_city_sees_how_many_are_on_file_at_each_level(
    enter, officer, east, holding
):
    SeatFilingFactory(holding=holding, level="city")

    page = enter(officer).get(east.get_absolute_url())

    rows = [row for part in page.context["sections"] for row in part.rows]
    assert ("市级（地级市）组织部备案", 1) in [(str(r.label), r.value) for r in rows]
