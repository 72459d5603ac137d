"""Deeds on duties: charging a person, and relieving him."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from accounts.errors import GrantsMoreThanHeld, MoneyHandsAreTwo, NotToOneself
from accounts.models import Duty, User
from core import trail
from core.constraints import checked
from core.duties import MONEY_KEEPERS, RECORD_KEEPERS, DutyCode, scope_of
from core.months import today
from organizations.models import Organization, Unit


@transaction.atomic
def charge_with_duty(
    user: User,
    code: DutyCode,
    *,
    by: User | None,
    organization: Organization | None = None,
    unit: Unit | None = None,
    starts_on: dt.date | None = None,
) -> Duty:
    """Charge a person with a duty from a day on, today unless said."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    duty = Duty(
        user=user,
        code=code,
        organization=organization,
        unit=unit,
        starts_on=starts_on or today(),
        delegated_by=by,
    )
    if by is not None:
        _refuse_beyond_own(by, duty)
    _refuse_both_money_hands(duty)
    checked(duty)
    duty.save()
    trail.record(
        "accounts.charge_with_duty",
        duty,
        by=by,
        organization_id=duty.organization_id,
        after=trail.snapshot(duty),
    )
    return duty


def _refuse_beyond_own(by: User, duty: Duty) -> None:
    """Let nobody give more than lies within his own duties, nor anything to himself.

    Security administrators give any duty, street staff those within their street, and
    whoever keeps the register of units makes their liaisons.
    """
    if by.pk == duty.user_id:
        raise NotToOneself
    scope = scope_of(by)
    if scope.holds({DutyCode.SECURITY_ADMIN}) or duty.code == DutyCode.MEMBER:
        return
    if duty.unit is not None:
        allowed = scope.reaches(duty.unit.host.path, RECORD_KEEPERS)
    elif duty.organization is not None:
        allowed = scope.reaches(duty.organization.path, {DutyCode.STREET_STAFF})
    else:
        allowed = False
    if not allowed:
        raise GrantsMoreThanHeld


def _refuse_both_money_hands(duty: Duty) -> None:
    """Hold accountant and cashier apart along the whole line of the tree (R-61)."""
    if duty.code not in MONEY_KEEPERS or duty.organization is None:
        return
    later = Q(ends_on=None) | Q(ends_on__gt=duty.starts_on)
    held = Duty.objects.of_codes(MONEY_KEEPERS - {duty.code}).filter(
        later, user=duty.user
    )
    own = duty.organization.path
    for path in held.values_list("organization__path", flat=True):
        if path.startswith(own) or own.startswith(path):
            raise MoneyHandsAreTwo(name=duty.user)


@transaction.atomic
def end_duty(
    duty: Duty, *, by: User | None, reason: str, on: dt.date | None = None
) -> Duty:
    """End a duty, today unless said; one begun today is ended with tomorrow."""
    duty = Duty.objects.select_for_update(of=("self",)).get(pk=duty.pk)
    duty.ends_on = max(on or today(), duty.starts_on + dt.timedelta(days=1))
    duty.save(update_fields=["ends_on"])
    trail.record(
        "accounts.end_duty",
        duty,
        by=by,
        organization_id=duty.organization_id,
        after={"ends_on": duty.ends_on.isoformat()},
        reason=reason,
    )
    return duty
