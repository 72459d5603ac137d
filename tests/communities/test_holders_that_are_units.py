"""Units that hold seats and name nobody are no people on the list of seat-holders."""

import pytest
from django.urls import reverse

from communities.enums import Eligibility
from tests.factories.communities import (
    BodyFactory,
    BodyKindFactory,
    SeatHoldingFactory,
)
from tests.factories.organizations import UnitFactory


@pytest.fixture
def page(enter, secretary, east, li):
    """The list of a council in which a member and a unit each hold a seat."""
    kind = BodyKindFactory(open_to=Eligibility.UNITS)
    seats = BodyFactory(organization=east, kind=kind).seats.order_by("pk")
    SeatHoldingFactory(seat=seats[0], member=li)
    unit = UnitFactory(name="区医院", host=east)
    SeatHoldingFactory(seat=seats[1], member=None, unit=unit)

    def at(query=""):
        return enter(secretary).get(reverse("communities:holders") + query)

    return at


def lines_of(page):
    """Who is on the list: the name, Party member or not, how they work."""
    rows = page.context["table"].rows
    columns = ("holder", "party", "working")
    return {tuple(str(row.get_cell(column)) for column in columns) for row in rows}


def test_a_unit_is_called_a_unit(page):
    unit = next(line for line in lines_of(page()) if "区医院" in line[0])

    assert unit[1:] == ("单位", "—")


def test_the_page_says_why_there_are_fewer_people_than_rows(page):
    shown = {str(r.label): str(r.value) for r in page().context["composition"].rows}

    assert shown["人数"] == "1"
    assert "2，其中1个由单位担任" in shown["任职职务数"]


def test_a_unit_is_not_among_those_who_are_no_members(page):
    assert lines_of(page("?party=no")) == set()
