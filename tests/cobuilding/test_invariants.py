"""What `verify` says of agreements and targets."""

import datetime as dt

import pytest
from django.db import connection

from cobuilding.actions import measure_targets
from cobuilding.models import Target, TargetProgress
from communities.actions import change_project
from communities.enums import MeetingKind
from core.db.triggers import suspend_triggers
from core.registries.invariants import invariants
from figures.actions import recount, recount_requested
from members.actions import change_member
from organizations.models import RecountRequest
from tests.factories.cobuilding import TargetFactory, signed
from tests.factories.communities import MeetingFactory, ProjectFactory
from tests.factories.members import MemberFactory
from tests.factories.organizations import UnitFactory, closed
from tests.factories.volunteering import (
    ClaimFactory,
    PostFactory,
    ServiceRecordFactory,
    ShiftFactory,
    at,
)
from tests.tampering import Target as Tampered
from tests.tampering import owner_of_the_tables, write

JANUARY, MARCH, JUNE = (dt.date(2026, month, 1) for month in (1, 3, 6))


@pytest.fixture
def target(agreement, branch, east):
    """A target of an agreement in force, measured in June, with no recount pending."""
    target = agreement.targets.get()
    MeetingFactory(
        organization=branch,
        chair=MemberFactory(organization=branch),
        kind=MeetingKind.THEME_DAY,
        held_on=dt.date(2026, 6, 5),
        project=target.project,
    )
    signed(agreement)
    measure_targets(JUNE, [east.pk])
    RecountRequest.objects.all().delete()
    return target


def recount_all():
    """Serve every request, as the worker does."""
    while RecountRequest.objects.exists():
        recount_requested()


def found(key):
    return list(invariants.get(f"cobuilding.{key}").broken())


def move_as_owner(target, project):
    """Give a signed target another project, as only the tables' owner can."""
    connection.check_constraints()  # PostgreSQL alters no table with open checks
    with suspend_triggers(Target):
        Target.objects.filter(pk=target.pk).update(project=project)
        connection.check_constraints()


def test_sound_data_breaks_nothing(target):
    assert (found("projects"), found("progress")) == ([], [])


def test_a_project_of_another_community_is_found(target, west):
    strange = ProjectFactory(organization=west)
    move_as_owner(target, strange)

    assert found("projects") == [f"target {target.pk}"]


def test_a_project_of_another_unit_is_found(target, east):
    strange = ProjectFactory(organization=east, unit=UnitFactory(host=east))
    move_as_owner(target, strange)

    assert found("projects") == [f"target {target.pk}"]


def test_progress_that_its_rows_do_not_bear_out_is_found(target):
    TargetProgress.objects.filter(target=target, month=JUNE).update(value=3)

    assert found("progress") == [f"target {target.pk} 2026-06: value 3.00 / 1"]


@pytest.mark.both
@pytest.mark.parametrize("month", [JANUARY, MARCH, JUNE])
@pytest.mark.parametrize("column", ["month_value", "value", "expected"])
def test_every_figure_of_every_month_is_counted_again(target, month, column):
    row = target.progress.get(month=month)
    before = getattr(row, column)
    setattr(row, column, before + 1)
    row.on_course = row.value >= row.expected  # the table's own check stays in place

    with owner_of_the_tables():
        row.save()
        named = found("progress")

    about = f"target {target.pk} {month:%Y-%m}: {column} {before + 1}"
    assert [line.partition(" / ")[0] for line in named] == [about]


@pytest.mark.both
@pytest.mark.parametrize("month", [JANUARY, MARCH, JUNE])
def test_a_turned_verdict_is_found_where_the_database_lets_it(target, month):
    row = target.progress.get(month=month)
    verdict = Tampered(TargetProgress, "on_course")

    with owner_of_the_tables():
        turned = write(verdict, row.pk, not row.on_course)
        named = found("progress")

    line = f"target {target.pk} {month:%Y-%m}: on course {not row.on_course}"
    assert named == ([line] if turned else [])
    assert turned == (connection.vendor == "sqlite")


@pytest.mark.both
@pytest.mark.parametrize(
    "month", [dt.date(2025, 12, 1), dt.date(2026, 8, 1), dt.date(2027, 1, 1)]
)
def test_progress_invented_for_a_month_that_is_not_measured_is_found(target, month):
    with owner_of_the_tables():
        target.progress.create(
            month=month, month_value=9, value=9, expected=1, on_course=True
        )
        named = found("progress")

    assert f"target {target.pk} {month:%Y-%m}: no month to be measured" in named


@pytest.mark.both
@pytest.mark.parametrize("month", [dt.date(2025, 12, 1), dt.date(2026, 8, 1)])
def test_an_invented_row_that_is_the_only_one_is_found(target, month):
    with owner_of_the_tables():
        target.progress.all().delete()
        target.progress.create(
            month=month, month_value=9, value=9, expected=1, on_course=True
        )
        named = found("progress")

    assert named == [f"target {target.pk} {month:%Y-%m}: no month to be measured"]


@pytest.mark.both
@pytest.mark.parametrize("months", [[JANUARY], [MARCH], [JUNE], "all"])
def test_progress_that_was_deleted_is_found(target, east, branch, months):
    recount([east.pk, branch.pk], JUNE)
    RecountRequest.objects.all().delete()
    before = found("progress")
    rows = target.progress.all()
    gone = rows if months == "all" else rows.filter(month__in=months)
    expected = [
        f"target {target.pk} {month:%Y-%m}: missing"
        for month in gone.order_by("month").values_list("month", flat=True)
    ]

    with owner_of_the_tables():
        gone.delete()
        named = found("progress")

    assert (before, named) == ([], expected)
    assert expected != []


def test_a_closed_month_keeps_what_was_counted_while_it_was_open(east):
    hours = TargetFactory(agreement__organization=east, indicator="service_hours")
    signed(hours.agreement)
    post = PostFactory(organization=east, project=hours.project)
    shift = ShiftFactory(post=post, day=dt.date(2026, 3, 10))
    claim = ClaimFactory(shift=shift, at=at(dt.date(2026, 3, 2)))
    ServiceRecordFactory(claim=claim, confirmed=True)
    recount_all()
    closed(east, MARCH)

    change_member(claim.member, by=None, employer=hours.agreement.unit)
    recount_all()

    kept = hours.progress.get(month=MARCH).value
    now = hours.progress.latest("month").value
    assert (kept, now > 0, found("progress")) == (0, True, [])


def test_what_waits_to_be_recounted_is_left_for_later(target, branch):
    TargetProgress.objects.filter(target=target, month=JUNE).update(value=3)
    RecountRequest.objects.create(organization=branch, month=JUNE)

    assert found("progress") == []


@pytest.mark.parametrize("first", [dt.date(2025, 11, 3), dt.date(2026, 4, 9)])
def test_a_project_that_begins_on_another_day_has_its_progress_measured_anew(
    target, first
):
    before = [*target.progress.values_list("month", "expected")]

    change_project(target.project, by=None, starts_on=first)
    asked = RecountRequest.objects.count()
    recount_all()

    after = [*target.progress.values_list("month", "expected")]
    assert (asked, found("progress")) == (1, [])
    assert (after[: len(before)] != before) == (first > dt.date(2026, 1, 1))
