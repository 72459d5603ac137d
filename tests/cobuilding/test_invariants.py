"""What `verify` says of agreements and targets."""

import datetime as dt

import pytest
from django.db import connection

from cobuilding.actions import measure_targets
from cobuilding.models import Target, TargetProgress
from communities.enums import MeetingKind
from core.db.triggers import suspend_triggers
from core.registries.invariants import invariants
from organizations.models import RecountRequest
from tests.factories.cobuilding import signed
from tests.factories.communities import MeetingFactory, ProjectFactory
from tests.factories.members import MemberFactory
from tests.factories.organizations import UnitFactory

JUNE = dt.date(2026, 6, 1)


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

    assert found("progress") == [f"target {target.pk}: 3.00 / 1"]


def test_what_waits_to_be_recounted_is_left_for_later(target, branch):
    TargetProgress.objects.filter(target=target, month=JUNE).update(value=3)
    RecountRequest.objects.create(organization=branch, month=JUNE)

    assert found("progress") == []
