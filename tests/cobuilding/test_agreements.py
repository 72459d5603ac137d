"""Drafting, signing and ending agreements, and the projects they are about."""

import datetime as dt
from decimal import Decimal

import pytest

from accounts.models import AuditEntry
from cobuilding.actions import (
    add_target,
    change_agreement,
    end_agreement,
    remove_target,
    sign_agreement,
)
from cobuilding.enums import AgreementState, Side
from cobuilding.errors import (
    AlreadyEnded,
    AlreadySigned,
    CountedInWholeNumbers,
    DueOutsideTerm,
    NoTargets,
    NotOpenToSigning,
    NotTheirProject,
    SideHasSigned,
)
from cobuilding.models import Agreement, Target
from communities.actions import change_project, end_project, start_project
from communities.enums import ProjectTag
from communities.errors import ProjectEnded
from communities.models import Project
from core.errors import ConstraintViolated
from core.months import today
from organizations.actions import end_organization
from organizations.errors import NotACommunity, OrganizationEnded
from organizations.models import RecountRequest
from tests.factories.accounts import UserFactory
from tests.factories.cobuilding import FROM, AgreementFactory, TargetFactory, signed
from tests.factories.communities import ProjectFactory
from tests.factories.organizations import UnitFactory


def last_actions(count):
    return [entry.action for entry in AuditEntry.objects.order_by("-pk")[:count]]


def test_a_community_starts_a_project_with_a_unit(east, school, staff):
    project = start_project(
        "校园开放", organization=east, unit=school, tag=ProjectTag.RESOURCES, by=staff
    )

    assert (project.organization, project.unit) == (east, school)
    assert (project.starts_on, project.last_day) == (today(), None)
    assert last_actions(1) == ["communities.start_project"]


def test_a_street_runs_no_project(street):
    with pytest.raises(NotACommunity):
        ProjectFactory(organization=street)


def test_an_ended_community_starts_nothing(east):
    end_organization(east, by=None, reason="撤并")
    east.refresh_from_db()

    with pytest.raises(OrganizationEnded):
        ProjectFactory(organization=east)


def test_a_project_is_corrected(east, staff):
    project = ProjectFactory(organization=east)

    change_project(project, by=staff, name="义诊")

    assert Project.objects.get(pk=project.pk).name == "义诊"
    assert last_actions(1) == ["communities.change_project"]


def test_a_project_ends_once(east):
    project = ProjectFactory(organization=east)

    ended = end_project(project, by=None, reason="完成")

    assert ended.ends_on == today()
    with pytest.raises(ProjectEnded):
        end_project(project, by=None, reason="完成")


def test_a_project_that_began_today_has_had_one_day(east):
    project = ProjectFactory(organization=east, starts_on=today())

    assert end_project(project, by=None, reason="取消").until == today()


def test_each_side_signs_for_itself(agreement):
    head, secretary = UserFactory(), UserFactory()

    half = sign_agreement(agreement, Side.UNIT, by=head)
    whole = sign_agreement(agreement, Side.COMMUNITY, by=secretary)

    assert half.state == AgreementState.SIGNED_BY_UNIT
    assert whole.state == AgreementState.IN_FORCE
    assert (whole.signed_by_unit, whole.signed_by_community) == (head, secretary)
    assert whole.in_force_on == today()


def test_the_community_may_sign_first(agreement):
    half = sign_agreement(agreement, Side.COMMUNITY, by=UserFactory())

    assert (half.state, half.in_force_on) == (AgreementState.SIGNED_BY_COMMUNITY, None)


def test_figures_are_marked_when_the_second_side_signs(agreement, east):
    before = RecountRequest.objects.count()

    sign_agreement(agreement, Side.UNIT, by=UserFactory())
    half = RecountRequest.objects.count() - before
    sign_agreement(agreement, Side.COMMUNITY, by=UserFactory())

    request = RecountRequest.objects.order_by("-pk")[0]
    assert (half, RecountRequest.objects.count() - before) == (0, 1)
    assert (request.organization, request.month) == (east, FROM)


def test_a_side_signs_once(agreement):
    sign_agreement(agreement, Side.UNIT, by=UserFactory())

    with pytest.raises(SideHasSigned):
        sign_agreement(agreement, Side.UNIT, by=UserFactory())


def test_one_person_does_not_sign_for_both_sides(agreement):
    one = UserFactory()
    sign_agreement(agreement, Side.UNIT, by=one)

    with pytest.raises(ConstraintViolated):
        sign_agreement(agreement, Side.COMMUNITY, by=one)

    agreement.refresh_from_db()
    assert agreement.state == AgreementState.SIGNED_BY_UNIT


def test_an_agreement_without_targets_is_not_signed(east, school):
    empty = AgreementFactory(organization=east, unit=school)

    with pytest.raises(NoTargets):
        sign_agreement(empty, Side.UNIT, by=UserFactory())


def test_nothing_changes_after_the_first_signature(agreement):
    sign_agreement(agreement, Side.UNIT, by=UserFactory())

    with pytest.raises(AlreadySigned):
        change_agreement(agreement, by=None, title="改名")
    with pytest.raises(AlreadySigned):
        TargetFactory(agreement=agreement)
    with pytest.raises(AlreadySigned):
        remove_target(agreement.targets.get(), by=None)


def test_a_draft_is_corrected(agreement):
    change_agreement(agreement, by=None, title="校社共建协议")

    assert Agreement.objects.get(pk=agreement.pk).title == "校社共建协议"


def test_a_draft_does_not_shrink_below_its_targets(agreement):
    with pytest.raises(DueOutsideTerm):
        change_agreement(agreement, by=None, ends_on=dt.date(2026, 12, 31))


def test_a_target_falls_due_while_the_agreement_lasts(agreement):
    with pytest.raises(DueOutsideTerm):
        TargetFactory(agreement=agreement, due_on=dt.date(2027, 1, 1))


def test_what_is_counted_is_promised_in_whole_numbers(agreement):
    with pytest.raises(CountedInWholeNumbers):
        TargetFactory(agreement=agreement, goal=Decimal("2.5"))


def test_hours_are_promised_to_the_half(agreement):
    target = TargetFactory(
        agreement=agreement, indicator="service_hours", goal=Decimal("2.5")
    )

    assert target.goal == Decimal("2.5")


def test_a_target_measures_a_project_of_the_two_sides(agreement, east, west):
    elsewhere = ProjectFactory(organization=west)
    of_others = ProjectFactory(organization=east, unit=UnitFactory(host=east))

    for project in (elsewhere, of_others):
        with pytest.raises(NotTheirProject, match=project.name):
            TargetFactory(agreement=agreement, project=project)


@pytest.mark.parametrize("key", ["members_closing", "no_such_figure"])
def test_a_target_needs_a_figure_that_knows_projects(agreement, east, key):
    with pytest.raises(ConstraintViolated):
        TargetFactory(agreement=agreement, indicator=key)


def test_a_target_is_taken_out_of_a_draft_and_stays_in_the_audit_log(agreement, staff):
    remove_target(agreement.targets.get(), by=staff)

    entry = AuditEntry.objects.order_by("-pk")[0]
    assert Target.objects.count() == 0
    assert (entry.action, entry.before["goal"]) == ("cobuilding.remove_target", "12.00")


def test_an_agreement_ends_today_with_a_reason(agreement, staff):
    signed(agreement)

    ended = end_agreement(agreement, by=staff, reason="单位搬迁")

    assert (ended.state, ended.ends_on) == (AgreementState.ENDED, today())
    assert AuditEntry.objects.order_by("-pk")[0].reason == "单位搬迁"
    with pytest.raises(AlreadyEnded):
        end_agreement(agreement, by=staff, reason="再次")


def test_a_dropped_draft_can_no_longer_be_signed(agreement):
    end_agreement(agreement, by=None, reason="不签了")

    with pytest.raises(NotOpenToSigning):
        sign_agreement(agreement, Side.UNIT, by=UserFactory())


def test_what_has_run_out_keeps_its_last_day(east, school):
    old = AgreementFactory(
        organization=east,
        unit=school,
        starts_on=dt.date(2024, 1, 1),
        ends_on=dt.date(2025, 1, 1),
    )

    ended = end_agreement(old, by=None, reason="到期")

    assert ended.last_day == dt.date(2024, 12, 31)


def test_every_action_on_an_agreement_leaves_one_entry(agreement, east, staff):
    before = AuditEntry.objects.count()

    add_target(
        agreement,
        project=ProjectFactory(organization=east),
        indicator="meetings_lessons",
        goal=Decimal(4),
        due_on=dt.date(2026, 6, 30),
        owner_name="孙丽",
        by=staff,
    )
    change_agreement(agreement, by=staff, title="新标题")
    sign_agreement(agreement, Side.UNIT, by=staff)
    end_agreement(agreement, by=staff, reason="作废")

    assert last_actions(AuditEntry.objects.count() - before) == [
        "cobuilding.end_agreement",
        "cobuilding.sign_agreement",
        "cobuilding.change_agreement",
        "cobuilding.add_target",
        "communities.start_project",
    ]
