"""Holding agreements to their word."""

import datetime as dt
from decimal import Decimal
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.urls import reverse

from cobuilding.actions import end_agreement, measure_targets
from cobuilding.expectations import expected_by
from cobuilding.models import Agreement, Target, TargetProgress
from communities.enums import MeetingKind
from figures.definitions import indicators, preparations
from organizations.actions import change_organization
from organizations.models import RecountRequest
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.cobuilding import AgreementFactory, TargetFactory, signed
from tests.factories.communities import MeetingFactory, ProjectFactory
from tests.factories.members import MemberFactory
from tests.factories.organizations import CommunityFactory
from tests.factories.volunteering import at

MARCH, APRIL = dt.date(2026, 3, 1), dt.date(2026, 4, 1)


@pytest.fixture
def target(east):
    """Twelve joint Party days of 东社区 in 2026, signed by both."""
    target = TargetFactory(agreement__organization=east)
    signed(target.agreement)
    return target


@pytest.fixture
def chair(branch):
    """李明 of the branch, who chairs every meeting."""
    return MemberFactory(organization=branch)


@pytest.fixture
def party_day(branch, chair):
    """Record Party days for a project."""

    def held(project, *days):
        for day in days:
            MeetingFactory(
                organization=branch,
                chair=chair,
                kind=MeetingKind.THEME_DAY,
                held_on=day,
                project=project,
            )

    return held


def figures(target):
    rows = target.progress.order_by("month").values_list(
        "month__month", "month_value", "value", "expected", "on_course"
    )
    return [(m, int(own), int(value), int(e), ok) for m, own, value, e, ok in rows]


def test_a_flow_adds_up_from_the_beginning_of_the_agreement(target, east, party_day):
    party_day(target.project, dt.date(2026, 1, 9), dt.date(2026, 1, 23))
    party_day(target.project, dt.date(2026, 3, 6))

    measure_targets(MARCH, [east.pk])

    assert figures(target) == [
        (1, 2, 2, 1, True),
        (2, 0, 2, 2, True),
        (3, 1, 3, 3, True),
    ]


def test_what_comes_late_falls_off_course(target, east, party_day):
    party_day(target.project, dt.date(2026, 1, 9))

    measure_targets(MARCH, [east.pk])

    assert figures(target)[-1] == (3, 0, 1, 3, False)


def test_measuring_twice_is_measuring_once(target, east, party_day):
    party_day(target.project, dt.date(2026, 3, 6))

    measure_targets(MARCH, [east.pk])
    first = figures(target)
    measure_targets(MARCH, [east.pk])

    assert (figures(target), TargetProgress.objects.count()) == (first, 3)


def test_measuring_again_sees_what_came_since(target, east, party_day):
    measure_targets(MARCH, [east.pk])
    party_day(target.project, dt.date(2026, 3, 6))

    measure_targets(MARCH, [east.pk])

    assert figures(target)[-1] == (3, 1, 1, 3, False)


def test_only_rows_of_the_targets_own_project_count(target, east, party_day):
    party_day(None, dt.date(2026, 3, 5))
    party_day(ProjectFactory(organization=east), dt.date(2026, 3, 6))

    measure_targets(MARCH, [east.pk])

    assert figures(target)[-1] == (3, 0, 0, 3, False)


def test_rows_count_where_the_branch_stood_in_the_month(
    target, east, west, branch, party_day
):
    party_day(target.project, dt.date(2026, 3, 6), dt.date(2026, 4, 1))
    change_organization(branch, by=None, on=dt.date(2026, 4, 2), parent=west)

    measure_targets(APRIL, [east.pk])

    assert figures(target)[2:] == [(3, 1, 1, 3, False), (4, 0, 1, 4, False)]


def test_after_the_due_day_the_whole_goal_is_expected(east):
    target = TargetFactory(
        agreement__organization=east, goal=Decimal(6), due_on=dt.date(2026, 2, 27)
    )

    expected = [expected_by(target, dt.date(2026, n, 1)) for n in (1, 2, 3)]

    assert expected == [Decimal(3), Decimal(6), Decimal(6)]


def test_the_expectation_is_written_in_hundredths(east):
    target = TargetFactory(agreement__organization=east, goal=Decimal(100))

    assert expected_by(target, dt.date(2026, 1, 1)) == Decimal("8.33")


@pytest.mark.parametrize("late", ["agreement", "signing", "project"])
@pytest.mark.parametrize("day", [1, 2, 15, 30])
@pytest.mark.parametrize("kind", ["meetings_theme_days", "posts_open"])
def test_nothing_is_late_on_the_day_on_which_everything_has_begun(
    east, late, day, kind
):
    began = dt.date(2026, 6, day)
    first = dt.date(2026, 1, 1)
    target = TargetFactory(
        agreement__organization=east,
        agreement__starts_on=began if late == "agreement" else first,
        project__starts_on=began if late == "project" else first,
        indicator=kind,
    )
    with time_machine.travel(at(began)):
        signed(target.agreement, on=began if late == "signing" else None)
        measure_targets(dt.date(2026, 6, 1), [east.pk])
        verdicts = [row.on_course for row in target.progress.order_by("month")]

    assert (set(verdicts), expected_by(target, dt.date(2026, 12, 1))) == ({True}, 12)


def test_the_running_month_is_compared_with_the_one_before(target, east):
    measure_targets(dt.date(2026, 7, 1), [east.pk])

    assert [row[3] for row in figures(target)][-2:] == [6, 6]


def test_what_was_due_this_month_is_late_on_the_next_day(east):
    target = TargetFactory(agreement__organization=east, due_on=dt.date(2026, 7, 14))
    signed(target.agreement)

    measure_targets(dt.date(2026, 7, 1), [east.pk])

    assert [row[3] for row in figures(target)][-1] == 12


def test_drafts_are_not_measured(east):
    TargetFactory(agreement__organization=east)

    measure_targets(MARCH, [east.pk])

    assert TargetProgress.objects.count() == 0


def test_months_before_and_after_the_agreement_are_not_measured(target, east):
    measure_targets(dt.date(2025, 12, 1), [east.pk])
    measure_targets(dt.date(2027, 1, 1), [east.pk])

    assert TargetProgress.objects.count() == 0


def test_before_the_community_was_founded_nothing_counts(street):
    young = CommunityFactory(parent=street, starts_on=dt.date(2026, 3, 10))
    target = TargetFactory(agreement__organization=young)
    signed(target.agreement)

    measure_targets(MARCH, [young.pk])

    assert [row[:3] for row in figures(target)] == [(1, 0, 0), (2, 0, 0), (3, 0, 0)]


def test_other_communities_are_left_alone(target, west):
    measure_targets(MARCH, [west.pk])

    assert TargetProgress.objects.count() == 0


def test_a_figure_of_a_branch_marks_the_community_whose_verdict_turns(
    target, east, branch, party_day
):
    measure_targets(dt.date(2026, 1, 1), [east.pk])
    party_day(target.project, dt.date(2026, 1, 9))
    before = RecountRequest.objects.count()

    measure_targets(dt.date(2026, 1, 1), [branch.pk])
    measure_targets(dt.date(2026, 1, 1), [branch.pk])

    requests = RecountRequest.objects.order_by("pk")[before:]
    assert figures(target) == [(1, 1, 1, 1, True)]
    assert [(r.organization, r.month) for r in requests] == [
        (east, dt.date(2026, 1, 1))
    ]


def test_a_missing_month_is_filled_in_and_an_older_one_left(target, east, party_day):
    measure_targets(dt.date(2026, 1, 1), [east.pk])
    party_day(target.project, dt.date(2026, 1, 9))

    measure_targets(MARCH, [east.pk])

    assert figures(target) == [
        (1, 0, 0, 1, False),
        (2, 0, 1, 2, False),
        (3, 0, 1, 3, False),
    ]


def test_the_figure_counts_targets_on_course_of_agreements_in_force(east, party_day):
    month = dt.date(2026, 7, 1)
    agreement = AgreementFactory(organization=east, starts_on=dt.date(2026, 6, 1))
    TargetFactory(agreement=agreement)
    kept = TargetFactory(agreement=agreement, goal=Decimal(2))
    signed(agreement)
    party_day(kept.project, dt.date(2026, 7, 10))
    on_course = indicators.get("targets_on_course")

    measure_targets(month, [east.pk])
    before = [row.target for row in on_course.rows_within(east, month)]
    end_agreement(agreement, by=None, reason="提前结束")

    assert before == [kept]
    assert on_course.rows_within(east, month).count() == 0


def test_signing_later_does_not_reach_back(east):
    target = TargetFactory(agreement__organization=east)
    signed(target.agreement, on=dt.date(2026, 4, 1))

    measure_targets(MARCH, [east.pk])

    assert indicators.get("targets_on_course").source.rows(MARCH).count() == 0


def test_measuring_is_among_the_preparations():
    assert preparations.get("cobuilding.targets").run is measure_targets


@pytest.mark.parametrize("targets", [1, 5])
def test_more_targets_cost_no_more_queries(east, targets, django_assert_num_queries):
    agreement = AgreementFactory(organization=east)
    TargetFactory.create_batch(targets, agreement=agreement)
    signed(agreement)

    with django_assert_num_queries(18):
        measure_targets(MARCH, [east.pk])

    assert Target.objects.count() == targets


JUNE = dt.date(2026, 6, 1)
SIGNED_ON = dt.date(2026, 6, 12)


@pytest.fixture
def young(east):
    """A target since January, signed in the middle of June: nothing is due in June."""
    target = TargetFactory(agreement__organization=east)
    with time_machine.travel(at(dt.date(2026, 6, 20))):
        signed(target.agreement, on=SIGNED_ON)
        measure_targets(JUNE, [east.pk])
    return target


@pytest.mark.parametrize("done", [0, 1])
@pytest.mark.parametrize(
    ("indicator", "baseline"), [("meetings_theme_days", 5), ("posts_open", 5)]
)
def test_what_is_not_due_yet_is_neither_met_nor_missed(
    east, party_day, done, indicator, baseline
):
    target = TargetFactory(
        agreement__organization=east, indicator=indicator, baseline=Decimal(baseline)
    )
    party_day(target.project, *[dt.date(2026, 6, 13)] * done)
    with time_machine.travel(at(dt.date(2026, 6, 20))):
        signed(target.agreement, on=SIGNED_ON)
        measure_targets(JUNE, [east.pk])
    figure = indicators.get("targets_on_course")
    agreement = Agreement.objects.with_target_counts(JUNE).get()

    assert not target.progress.get(month=JUNE).is_due
    assert figure.source.rows(JUNE).count() == 0
    assert figure.rows_within(east, JUNE).count() == 0
    assert (agreement.due_count, agreement.on_course_count) == (0, 0)


def test_a_stock_is_due_once_more_than_its_baseline_is_expected(east):
    target = TargetFactory(
        agreement__organization=east, indicator="posts_open", baseline=Decimal(5)
    )
    signed(target.agreement)

    measure_targets(MARCH, [east.pk])

    assert target.progress.get(month=MARCH).is_due
    assert indicators.get("targets_on_course").source.rows(MARCH).count() == 1


def test_months_before_the_agreement_was_in_force_have_no_progress(
    young, east, party_day
):
    party_day(young.project, dt.date(2026, 2, 6))

    measure_targets(dt.date(2026, 5, 1), [east.pk])
    measure_targets(JUNE, [east.pk])

    assert [row[:3] for row in figures(young)] == [(6, 0, 1)]


def test_progress_of_months_before_that_is_removed_from_old_rows(young):
    for month in (5, 6, 7):
        TargetProgress.objects.get_or_create(
            target=young,
            month=dt.date(2026, month, 1),
            defaults={
                "month_value": 0,
                "value": 0,
                "expected": 0,
                "on_course": True,
            },
        )

    import_module("cobuilding.migrations.0007_progress_in_force").remove(apps, None)

    assert [row[0] for row in figures(young)] == [6, 7]


def test_pages_say_that_nothing_is_due_yet(young, east, client):
    reader = holder(Role.SECRETARY, east)
    client.force_login(reader, backend="accounts.backends.UsernameOrPhone")
    agreement = young.agreement

    with time_machine.travel(at(dt.date(2026, 6, 20))):
        pages = [
            client.get(url).content.decode()
            for url in (
                reverse("cobuilding:list"),
                agreement.get_absolute_url(),
                young.get_absolute_url(),
            )
        ]

    assert [("未到考核时间" in page, "1/1" in page) for page in pages] == [
        (True, False)
    ] * 3


@pytest.mark.parametrize(
    ("both", "says"), [(False, "双方签署后"), (True, "双方已签署")]
)
def test_a_target_not_measured_yet_says_what_it_waits_for(
    enter, secretary, agreement, both, says
):
    (target,) = agreement.targets.all()
    if both:
        signed(agreement)

    page = enter(secretary).get(reverse("cobuilding:target", args=[target.pk]))

    assert says in page.content.decode()
