"""Open a case, take it, hand it over, and record what was done."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.notices import settle_notices
from cases.errors import CannotOwnCase, CaseClosed
from cases.models import Case, CaseKind, CaseStep
from cases.notices import notify_owner
from cases.owners import possible_owners
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import refuse_future_day, today
from organizations.models import Organization
from organizations.workdays import workdays_after


@action(label=_("Case opened"))
def open_case(
    kind: CaseKind,
    organization: Organization,
    *,
    title: str,
    by: Actor | None,
    owner: User | None = None,
    due_on: dt.date | None = None,
    on: dt.date | None = None,
) -> Case:
    """Open a case; it is due after the working days of its kind, if nothing else."""
    day = on or today()
    case = Case(
        kind=kind,
        organization=organization,
        title=title,
        opened_on=day,
        opened_by_id=by.pk if by is not None else None,
        due_on=due_on or workdays_after(day, kind.workdays),
    )
    if owner is not None:
        _set_owner(case, owner)
    validate(case)
    case.save()
    notify_owner(case, by=by)
    audit.record(
        case, by=by, organization_id=organization.pk, after=audit.snapshot(case)
    )
    return case


def lock_case(case: Case) -> Case:
    """Lock a case; refuse one that was closed."""
    rows = Case.objects.select_for_update(of=("self",))
    case = rows.select_related("kind", "organization").get(pk=case.pk)
    if not case.is_open:
        raise CaseClosed(title=case.title, day=case.closed_on)
    return case


@action(label=_("Case taken"))
def take_case(case: Case, *, by: User) -> Case:
    """Make the person who takes a case its owner."""
    return _give(lock_case(case), by, by=by)


@action(label=_("Case handed over"))
def hand_over_case(case: Case, *, owner: User, by: Actor | None) -> Case:
    """Hand a case to somebody else who keeps the records of its place."""
    case = _give(lock_case(case), owner, by=by)
    notify_owner(case, by=by)
    return case


def _give(case: Case, owner: User, *, by: Actor | None) -> Case:
    with audit.recording(case, "owner", by=by, organization_id=case.organization_id):
        _set_owner(case, owner)
        case.save(update_fields=["owner"])
        settle_notices(case)
    return case


def _set_owner(case: Case, owner: User) -> None:
    """Set the owner; refuse somebody who does not keep the records of the place."""
    if not possible_owners(case.organization).filter(pk=owner.pk).exists():
        raise CannotOwnCase(name=str(owner), organization=case.organization)
    case.owner = owner


@action(label=_("Case moved to another place"))
def move_case(case: Case, to: Organization, *, by: Actor | None) -> Case:
    """Let another place deal with a case; its owner keeps it if they may there."""
    case = lock_case(case)
    columns = ("organization", "owner")
    with audit.recording(case, *columns, by=by, organization_id=to.pk):
        case.organization = to
        owner = case.owner_id or 0
        if not possible_owners(to).filter(pk=owner).exists():
            case.owner = None
        case.save(update_fields=columns)
    return case


@action(label=_("Deadline of a case changed"))
def change_deadline(case: Case, *, due_on: dt.date, by: Actor | None) -> Case:
    """Set the day by which a case is due; it may be reported upwards anew."""
    case = lock_case(case)
    with audit.recording(case, "due_on", by=by, organization_id=case.organization_id):
        case.due_on = max(due_on, case.opened_on)
        case.escalated_on = case.escalated_to = None
        validate(case)
        case.save(update_fields=["due_on", "escalated_on", "escalated_to"])
    return case


@action(label=_("Step of a case recorded"))
def record_step(
    case: Case,
    *,
    name: str,
    by: Actor | None,
    note: str = "",
    on: dt.date | None = None,
) -> CaseStep:
    """Record what was done about an open case on a day; refuse days to come."""
    case, day = lock_case(case), on or today()
    refuse_future_day(day)
    step = CaseStep(
        case=case,
        taken_on=day,
        name=name,
        note=note,
        taken_by_id=by.pk if by is not None else None,
    )
    validate(step)
    step.save()
    audit.record(
        step, by=by, organization_id=case.organization_id, after=audit.snapshot(step)
    )
    return step
