"""From agreement to service: promises are kept by rows of other apps."""

import datetime as dt
from decimal import Decimal

import pytest

from cobuilding.actions import measure_targets
from tests.factories.cobuilding import TargetFactory, signed
from tests.factories.volunteering import (
    ClaimFactory,
    PostFactory,
    ServiceRecordFactory,
    ShiftFactory,
    at,
)

MARCH = dt.date(2026, 3, 1)


@pytest.fixture
def promise(east):
    """Promise a figure over a new project of 东社区, and let both sides sign."""

    def made(indicator, **values):
        target = TargetFactory(
            agreement__organization=east, indicator=indicator, **values
        )
        signed(target.agreement)
        return target

    return made


def serve(post):
    """One member serves two confirmed hours on the post in March."""
    shift = ShiftFactory(post=post, day=dt.date(2026, 3, 10))
    claim = ClaimFactory(shift=shift, at=at(dt.date(2026, 3, 2)))
    return ServiceRecordFactory(claim=claim, confirmed=True)


def in_march(target):
    row = target.progress.get(month=MARCH)
    return row.month_value, row.value, row.expected


def test_confirmed_hours_on_the_projects_posts_keep_a_promise_of_service(east, promise):
    target = promise("service_hours", goal=Decimal(24))
    serve(PostFactory(organization=east, project=target.project))
    serve(PostFactory(organization=east))

    measure_targets(MARCH, [east.pk])

    assert in_march(target) == (2, 2, 6)


def test_a_stock_is_held_against_the_way_from_its_baseline(east, promise):
    target = promise("posts_open", goal=Decimal(13), baseline=Decimal(1))
    PostFactory.create_batch(2, organization=east, project=target.project)

    measure_targets(dt.date(2026, 7, 1), [east.pk])

    july = target.progress.get(month=dt.date(2026, 7, 1))
    assert (july.month_value, july.value, july.expected) == (2, 2, 8)
