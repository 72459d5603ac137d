"""What happens to cases by itself: reporting upwards, and losing an owner."""

from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.notices import notify_overdue, notify_released
from cases.owners import keepers_above, possible_owners
from core import audit
from core.actions import action
from core.months import today
from organizations.models import Organization


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
    owned = Case.objects.open().exclude(owner=None).select_related("organization")
    lost = [case.pk for case in owned if not _keeps_records_of(case)]
    rows = Case.objects.select_for_update(of=("self",)).filter(pk__in=lost)
    return sum(_release(case) for case in rows.select_related("organization"))


def _keeps_records_of(case: Case) -> bool:
    people = possible_owners(case.organization)
    return people.filter(pk=case.owner_id or 0).exists()


def _release(case: Case) -> bool:
    if not case.is_open or case.owner is None or _keeps_records_of(case):
        return False  # settled or handed over meanwhile
    with audit.recording(case, "owner", by=None, organization_id=case.organization_id):
        case.owner = None
        case.save(update_fields=["owner"])
        notify_released(case, possible_owners(case.organization))
    return True
