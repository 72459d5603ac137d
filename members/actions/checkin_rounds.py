"""Rounds of checking in: opened by the street, corrected, voided."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from members.errors import NotAStreet, RoundVoided
from members.models import CheckInRound
from organizations.models import Organization


@action(label=_("Round of checking in opened"))
def open_round(
    organization: Organization, *, by: Actor | None, **values: Any
) -> CheckInRound:
    """Open a round of a street, on the document on which it rests."""
    if not Organization.objects.streets().filter(pk=organization.pk).exists():
        raise NotAStreet(organization=organization)
    row = CheckInRound(organization=organization, **values)
    validate(row)
    row.save()
    audit.record(row, by=by, organization_id=organization.pk, after=audit.snapshot(row))
    return row


@action(label=_("Round of checking in corrected"))
def change_round(row: CheckInRound, *, by: Actor | None, **values: Any) -> CheckInRound:
    """Correct a round; check-ins belong to it by its days."""
    row = _lock(row)
    before = audit.snapshot(row, *values)
    for name, value in values.items():
        setattr(row, name, value)
    validate(row)
    row.save(update_fields=list(values))
    audit.record(
        row,
        by=by,
        organization_id=row.organization_id,
        before=before,
        after=audit.snapshot(row, *values),
    )
    return row


@action(label=_("Round of checking in voided"))
def void_round(row: CheckInRound, *, by: Actor | None, reason: str) -> CheckInRound:
    """Void a round that was opened by mistake; check-ins stay as they are."""
    row = _lock(row)
    row.save(update_fields=row.void(reason))
    audit.record_void(row, by=by, organization_id=row.organization_id, reason=reason)
    return row


def refuse_voided_round(row: CheckInRound) -> None:
    """Refuse to correct or to void a round that was voided."""
    if row.voided_at is not None:
        raise RoundVoided(day=timezone.localdate(row.voided_at))


def _lock(row: CheckInRound) -> CheckInRound:
    rows = CheckInRound.all_objects.select_for_update(of=("self",))
    row = rows.select_related("organization").get(pk=row.pk)
    refuse_voided_round(row)
    return row
