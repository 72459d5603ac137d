"""Promising targets, while nobody has signed."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from cobuilding.actions.agreements import locked_draft, refuse_due_outside
from cobuilding.errors import CountedInWholeNumbers, NotTheirProject
from cobuilding.models import Agreement, Target
from communities.models import Project
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from figures.definitions import indicators


@action(label=_("Target added"))
def add_target(
    agreement: Agreement,
    *,
    project: Project,
    indicator: str,
    goal: Decimal,
    due_on: dt.date,
    owner_name: str,
    by: Actor | None,
    baseline: Decimal = Decimal(0),
) -> Target:
    """Promise a figure over a project of the two sides, by a day."""
    agreement = locked_draft(agreement)
    if (
        not Project.objects.shared_with(
            agreement.unit_id, organization_id=agreement.organization_id
        )
        .filter(pk=project.pk)
        .exists()
    ):
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
    validate(target)
    _refuse_fractions(indicator, goal, baseline)
    target.save()
    audit.record(
        target,
        by=by,
        organization_id=agreement.organization_id,
        after=audit.snapshot(target),
    )
    return target


@action(label=_("Target removed"))
def remove_target(target: Target, *, by: Actor | None) -> None:
    """Remove a target from a draft; the audit log keeps its values."""
    agreement = locked_draft(target.agreement)
    audit.record(
        target,
        by=by,
        organization_id=agreement.organization_id,
        before=audit.snapshot(target),
    )
    target.delete()


def _refuse_fractions(indicator: str, *numbers: Decimal) -> None:
    measure = indicators.get(indicator)
    if not measure.total and any(number % 1 for number in numbers):
        raise CountedInWholeNumbers(label=measure.label)
