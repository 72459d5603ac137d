"""Add and remove targets while nobody has signed."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from cobuilding.actions.agreements import lock_draft, refuse_due_outside
from cobuilding.enums import WorkOf
from cobuilding.errors import (
    CountedInWholeNumbers,
    NotCountedByPerson,
    NotTheirProject,
)
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
    work_of: WorkOf | None = None,
) -> Target:
    """Add a target: a figure over a project of the two sides, to be reached by a day.

    By default a figure over people's work counts that of the unit's own people.
    """
    agreement = lock_draft(agreement)
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
        work_of=work_of or default_work_of(indicator),
        due_on=due_on,
        owner_name=owner_name,
    )
    validate(target)
    _refuse_fractions(indicator, goal, baseline)
    if target.work_of == WorkOf.UNIT and target.measure.source.member is None:
        raise NotCountedByPerson(label=target.measure.label)
    target.save()
    audit.record(
        target,
        by=by,
        organization_id=agreement.organization_id,
        after=audit.snapshot(target),
    )
    return target


def default_work_of(indicator: str) -> WorkOf:
    """Return whose work counts by default."""
    known = (measure for measure in indicators if measure.key == indicator)
    by_person = any(measure.source.member for measure in known)
    return WorkOf.UNIT if by_person else WorkOf.ANYONE


@action(label=_("Target removed"))
def remove_target(target: Target, *, by: Actor | None) -> None:
    """Remove a target from a draft; the audit log keeps its values."""
    agreement = lock_draft(target.agreement)
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
