"""Promising targets, while nobody has signed."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from cobuilding.actions.agreements import locked_draft, refuse_due_outside
from cobuilding.errors import CountedInWholeNumbers, NotTheirProject
from cobuilding.models import Agreement, Project, Target
from core import trail
from core.constraints import checked
from core.indicators import indicators


@transaction.atomic
def add_target(
    agreement: Agreement,
    *,
    project: Project,
    indicator: str,
    goal: Decimal,
    due_on: dt.date,
    owner_name: str,
    by: object | None,
    baseline: Decimal = Decimal(0),
) -> Target:
    """Promise a figure over a project of the two sides, by a day."""
    agreement = locked_draft(agreement)
    if not Project.objects.open_to(agreement).filter(pk=project.pk).exists():
        raise NotTheirProject(project=project.name)
    refuse_due_outside(agreement, due_on)
    target = Target(
        agreement=agreement,
        project=project,
        indicator=indicator,
        goal=goal,
        baseline=baseline,
        due_on=due_on,
        owner_name=owner_name,
    )
    checked(target)
    _refuse_fractions(indicator, goal, baseline)
    target.save()
    trail.record(
        "cobuilding.add_target",
        target,
        by=by,
        organization_id=agreement.organization_id,
        after=trail.snapshot(target),
    )
    return target


@transaction.atomic
def remove_target(target: Target, *, by: object | None) -> None:
    """Take a target out of a draft; the trail keeps what it was."""
    agreement = locked_draft(target.agreement)
    trail.record(
        "cobuilding.remove_target",
        target,
        by=by,
        organization_id=agreement.organization_id,
        before=trail.snapshot(target),
    )
    target.delete()


def _refuse_fractions(indicator: str, *numbers: Decimal) -> None:
    measure = indicators.get(indicator)
    if not measure.total and any(number % 1 for number in numbers):
        raise CountedInWholeNumbers(label=measure.label)
