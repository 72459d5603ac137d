"""What happens to cases by itself: reporting upwards, and losing an owner."""

from django.utils.translation import gettext_lazy as _

from accounts.models import RoleAssignment
from cases.models import Case
from cases.notices import notify_overdue, notify_released
from cases.owners import keepers_above, possible_owners
from core import audit
from core.actions import action
from core.months import today
from organizations.models import Organization
from organizations.roles import RECORD_KEEPERS


@action(label=_("Overdue cases reported upwards"))
def escalate_cases() -> int:
    """Report overdue cases to the nearest record keepers above; each case once."""
    rows = Case.objects.overdue(today()).filter(escalated_on=None)
    found = list(rows.select_for_update(of=("self",)).select_related("organization"))
    return sum(_escalate(case) for case in found)


def _escalate(case: Case) -> bool:
    above = keepers_above(case.organization.path)
    if above is None:
        return False
    path, people = above
    case.escalated_on = today()
    case.escalated_to = Organization.objects.get(path=path)
    case.save(update_fields=["escalated_on", "escalated_to"])
    notify_overdue(case, people)
    audit.record(
        case,
        by=None,
        organization_id=case.organization_id,
        after=audit.snapshot(case, "escalated_to"),
    )
    return True


@action(label=_("Cases of former owners released"))
def release_cases() -> int:
    """Take open cases from owners who no longer keep the records of their place."""
    rows = Case.objects.open().exclude(owner=None)
    owned = list(rows.select_for_update(of=("self",)).select_related("organization"))
    kept: dict[int, list[str]] = {}
    assignments = RoleAssignment.objects.current().of_roles(RECORD_KEEPERS)
    held = assignments.filter(
        user__is_active=True, user__in=[c.owner_id for c in owned]
    )
    for user_id, path in held.values_list("user", "organization__path"):
        kept.setdefault(user_id, []).append(path)
    lost = [
        case
        for case in owned
        if not case.organization.path.startswith(
            tuple(kept.get(case.owner_id or 0, []))
        )
    ]
    for case in lost:
        _release(case)
    return len(lost)


def _release(case: Case) -> None:
    before = audit.snapshot(case, "owner")
    case.owner = None
    case.save(update_fields=["owner"])
    notify_released(case, possible_owners(case.organization))
    audit.record(
        case,
        by=None,
        organization_id=case.organization_id,
        before=before,
        after=audit.snapshot(case, "owner"),
    )
