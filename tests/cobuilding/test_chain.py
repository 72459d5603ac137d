"""From agreement to service: promises are kept by rows of other apps."""

import datetime as dt
from decimal import Decimal

import pytest

from cobuilding.actions import measure_targets
from cobuilding.enums import WorkOf
from cobuilding.errors import NotCountedByPerson
from cobuilding.invariants import find_wrong_progress
from cobuilding.queries import rows_of_target
from figures.definitions import indicators
from members.actions import change_member
from organizations.models import RecountRequest
from tests.factories.cobuilding import TargetFactory, signed
from tests.factories.members import MemberFactory
from tests.factories.organizations import UnitFactory
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


def serve(post, employer=None):
    """One member serves two confirmed hours on the post in March."""
    shift = ShiftFactory(post=post, day=dt.date(2026, 3, 10))
    member = MemberFactory(employer=employer)
    claim = ClaimFactory(shift=shift, member=member, at=at(dt.date(2026, 3, 2)))
    return ServiceRecordFactory(claim=claim, confirmed=True)


def in_march(target):
    row = target.progress.get(month=MARCH)
    return row.month_value, row.value, row.expected


def test_confirmed_hours_on_the_projects_posts_keep_a_promise_of_service(east, promise):
    target = promise("service_hours", goal=Decimal(24))
    unit = target.agreement.unit
    serve(PostFactory(organization=east, project=target.project), unit)
    serve(PostFactory(organization=east), unit)

    measure_targets(MARCH, [east.pk])

    assert in_march(target) == (2, 2, 6)


BY_PERSON = sorted(i.key for i in indicators if i.source.member and i.source.project)
WHOLE = sorted(i.key for i in indicators if i.source.project and not i.source.member)


@pytest.mark.parametrize("key", BY_PERSON)
def test_a_promise_counts_the_work_of_the_units_own_people_unless_it_says_anyones(
    east, promise, key
):
    own = promise(key, goal=Decimal(24))
    unit, project = own.agreement.unit, own.project
    anyones = promise(
        key,
        goal=Decimal(24),
        agreement__unit=unit,
        project=project,
        work_of=WorkOf.ANYONE,
    )
    post = PostFactory(organization=east, project=project)
    for employer in (unit, UnitFactory(host=east), None):
        serve(post, employer)

    measure_targets(MARCH, [east.pk])

    values = {t: t.progress.get(month=MARCH).value for t in (own, anyones)}
    rows = {t: rows_of_target(t, MARCH).count() for t in (own, anyones)}
    assert values[anyones] == 3 * values[own] > 0
    assert rows == {own: 1, anyones: 3}
    assert list(find_wrong_progress()) == []


@pytest.mark.parametrize("key", WHOLE)
def test_what_is_nobodys_own_work_counts_whole(promise, key):
    with pytest.raises(NotCountedByPerson):
        promise(key, work_of=WorkOf.UNIT)

    assert promise(key).work_of == WorkOf.ANYONE


@pytest.mark.parametrize("key", BY_PERSON)
def test_a_change_of_employer_moves_the_promise(east, promise, key):
    target = promise(key, goal=Decimal(24))
    record = serve(PostFactory(organization=east, project=target.project))
    measure_targets(MARCH, [east.pk])
    before = target.progress.get(month=MARCH).value
    RecountRequest.objects.all().delete()

    change_member(record.member, by=None, employer=target.agreement.unit)
    asked = RecountRequest.objects.values_list("organization", "month")
    measure_targets(MARCH, {organization for organization, _month in asked})

    after = target.progress.get(month=MARCH).value
    assert (set(asked), before, after > 0) == ({(east.pk, MARCH)}, 0, True)


def test_a_stock_is_compared_with_the_way_from_its_baseline(east, promise):
    target = promise("posts_open", goal=Decimal(13), baseline=Decimal(1))
    PostFactory.create_batch(2, organization=east, project=target.project)

    measure_targets(dt.date(2026, 7, 1), [east.pk])

    july = target.progress.get(month=dt.date(2026, 7, 1))
    assert (july.month_value, july.value, july.expected) == (2, 2, 7)
