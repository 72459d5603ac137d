"""Secretaries who are old or little schooled stand out, by thresholds with dates."""

import datetime as dt

import pytest
from django.urls import reverse

from communities.enums import BodyGroup
from communities.indicators import indicators
from core.months import month_of, today
from organizations.models import Threshold
from tests.factories.communities import (
    BodyFactory,
    BodyKindFactory,
    SeatHoldingFactory,
)
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretaries(east, branch):
    """Three secretaries, 69, 45 and 45 years old, the last of middle school alone."""
    kind = BodyKindFactory(group=BodyGroup.PARTY)
    people = (
        ("李明", dt.date(1957, 7, 15), "31"),
        ("韩雪", dt.date(1981, 1, 1), "31"),
        ("丁一", dt.date(1981, 1, 1), "71"),
    )
    for name, born, education in people:
        member = MemberFactory(
            name=name,
            organization=branch,
            birth_date=born,
            education=education,
            join_date=dt.date(2005, 7, 1),
        )
        body = BodyFactory(organization=east, kind=kind, name=f"{name}支部")
        SeatHoldingFactory(seat=body.seats.earliest("pk"), member=member)


def remarks_on(page):
    return {
        row.record.holder_name: {
            column.name: str(value) for column, value in row.items()
        }["remark"]
        for row in page.context["table"].rows
    }


@pytest.mark.mission("S3-03")
@pytest.mark.usefixtures("secretaries")
def test_old_and_little_schooled_secretaries_stand_out_and_are_counted(
    enter, secretary
):
    browser = enter(secretary)
    url = reverse("communities:holders")

    everybody = remarks_on(browser.get(url))
    chosen = remarks_on(browser.get(url, {"which": "stands_out"}))

    assert everybody == {"李明": "69岁", "韩雪": "—", "丁一": "初中毕业"}
    assert {*chosen} == {"李明", "丁一"}
    month = month_of(today())
    counts = {
        key: indicators.get(key).rows(month).count()
        for key in ("leaders", "leaders_old", "leaders_little_schooled")
    }
    assert counts == {"leaders": 3, "leaders_old": 1, "leaders_little_schooled": 1}


@pytest.mark.usefixtures("secretaries")
def test_an_office_changes_from_which_age_a_secretary_stands_out(enter, secretary):
    Threshold.objects.filter(key="leader_age").update(value=70)

    page = enter(secretary).get(reverse("communities:holders"))

    assert remarks_on(page)["李明"] == "—"


def test_who_leads_no_party_committee_does_not_stand_out(enter, secretary, east):
    old = MemberFactory(birth_date=dt.date(1950, 1, 1), education="81")
    seat = BodyFactory(organization=east).seats.earliest("pk")
    SeatHoldingFactory(seat=seat, member=old)

    page = enter(secretary).get(reverse("communities:holders"))

    assert list(remarks_on(page).values()) == ["—"]
