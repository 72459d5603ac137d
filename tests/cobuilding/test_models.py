"""The rules of co-building's tables: by name in the database, by word in a form."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from cobuilding.enums import AgreementState
from cobuilding.models import Agreement, Target, TargetProgress
from communities.models import Project
from tests.factories.accounts import UserFactory
from tests.factories.cobuilding import (
    FROM,
    AgreementFactory,
    TargetFactory,
    TargetProgressFactory,
)
from tests.factories.communities import ProjectFactory
from tests.messages import rule_message

S = AgreementState


def words_of(row):
    """What a form says of a row that breaks a rule."""
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    return refused.value.messages


def refused_by_name(name, rows, **values):
    """Whether the database refuses values written past every check."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        rows.update(**values)
    return True


def test_a_community_has_one_project_of_a_name_and_beginning(east):
    first = ProjectFactory(organization=east, name="义诊")
    twin = Project(organization=east, name="义诊", tag=first.tag, starts_on=FROM)

    assert words_of(twin) == [rule_message("project_name_once_per_start")]
    with pytest.raises(IntegrityError, match=r"project_name_once_per_start|name"):
        twin.save()


@pytest.mark.parametrize(
    ("name", "values"),
    [
        (
            "agreement_ends_after_start",
            {"ends_on": FROM},
        ),
        (
            "agreement_unit_signature_is_whole",
            {"signed_by_unit_at": timezone.now(), "state": S.SIGNED_BY_UNIT},
        ),
        (
            "agreement_community_signature_is_whole",
            {"signed_by_community_at": timezone.now(), "state": S.SIGNED_BY_COMMUNITY},
        ),
        (
            "agreement_state_fits_signatures",
            {"state": S.IN_FORCE},
        ),
        (
            "agreement_in_force_when_both_signed",
            {"in_force_on": FROM},
        ),
        (
            "agreement_ended_says_why",
            {"state": S.ENDED},
        ),
    ],
)
def test_an_agreement_refuses(db, name, values):
    agreement = AgreementFactory()
    rows = Agreement.objects.filter(pk=agreement.pk)

    refused_by_name(name, rows, **values)

    for column, value in values.items():
        setattr(agreement, column, value)
    assert words_of(agreement) == [rule_message(name)]


def test_one_person_cannot_sign_for_both_sides(db):
    agreement, one = AgreementFactory(), UserFactory()
    both = {
        "signed_by_unit": one,
        "signed_by_unit_at": timezone.now(),
        "signed_by_community": one,
        "signed_by_community_at": timezone.now(),
        "state": S.IN_FORCE,
    }

    refused_by_name(
        "agreement_signed_by_two_people",
        Agreement.objects.filter(pk=agreement.pk),
        **both,
    )

    for column, value in both.items():
        setattr(agreement, column, value)
    assert words_of(agreement) == [rule_message("agreement_signed_by_two_people")]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        (
            "target_goal_is_positive",
            {"goal": Decimal(0)},
        ),
        (
            "target_goal_lies_above_baseline",
            {"baseline": Decimal(12)},
        ),
    ],
)
def test_a_target_refuses(db, name, values):
    target = TargetFactory()

    refused_by_name(name, Target.objects.filter(pk=target.pk), **values)

    for column, value in values.items():
        setattr(target, column, value)
    assert rule_message(name) in words_of(target)


def test_an_agreement_measures_a_project_once_by_an_indicator(db):
    first = TargetFactory()
    twin = Target(
        agreement=first.agreement,
        project=first.project,
        indicator=first.indicator,
        goal=Decimal(3),
        due_on=first.due_on,
        owner_name="孙丽",
        work_of=first.work_of,
    )

    assert words_of(twin) == [rule_message("target_once")]
    with pytest.raises(IntegrityError, match=r"target_once|agreement_id"):
        twin.save()


@pytest.mark.parametrize(
    ("name", "values"),
    [
        (
            "targetprogress_is_of_a_month",
            {"month": dt.date(2026, 6, 2)},
        ),
        (
            "targetprogress_verdict_follows_from_figures",
            {"on_course": True},
        ),
    ],
)
def test_progress_refuses(db, name, values):
    progress = TargetProgressFactory()

    refused_by_name(name, TargetProgress.objects.filter(pk=progress.pk), **values)

    for column, value in values.items():
        setattr(progress, column, value)
    assert words_of(progress) == [rule_message(name)]


def test_a_month_is_measured_once(db):
    first = TargetProgressFactory()
    twin = TargetProgress(
        target=first.target,
        month=first.month,
        month_value=first.month_value,
        value=first.value,
        expected=first.expected,
        on_course=first.on_course,
    )

    assert words_of(twin) == [rule_message("targetprogress_once_per_month")]
    with pytest.raises(IntegrityError, match=r"targetprogress_once_per_month|month"):
        twin.save()


def test_a_project_ends_after_it_begins(db):
    project = ProjectFactory()
    rows = Project.objects.filter(pk=project.pk)

    refused_by_name("project_ends_after_start", rows, ends_on=FROM)

    project.ends_on = FROM
    assert words_of(project) == [rule_message("project_ends_after_start")]
