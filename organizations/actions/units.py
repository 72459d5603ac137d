"""Keeping the register of resident units."""

import datetime as dt

from django.db import transaction

from core import trail
from core.constraints import checked
from core.identity import folded, is_credit_code
from core.months import today
from organizations.errors import UnitEnded, WrongCreditCode
from organizations.models import Organization, Unit

COLUMNS = ("name", "credit_code", "sector", "host", "address")


@transaction.atomic
def record_unit(
    name: str,
    *,
    host: Organization,
    by: object | None,
    credit_code: str | None = None,
    sector: str = "",
    address: str = "",
) -> Unit:
    """Enter a unit into the register of the community it lies in."""
    unit = Unit(
        name=name,
        host=host,
        credit_code=_credit_code(credit_code),
        sector=sector,
        address=address,
    )
    checked(unit)
    unit.save()
    trail.record(
        "organizations.record_unit",
        unit,
        by=by,
        organization_id=host.pk,
        after=trail.snapshot(unit, *COLUMNS),
    )
    return unit


@transaction.atomic
def change_unit(unit: Unit, *, by: object | None, **values: object) -> Unit:
    """Correct what the register says of a unit."""
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    before = trail.snapshot(unit, *values)
    for name, value in values.items():
        setattr(unit, name, value)
    if "credit_code" in values:
        unit.credit_code = _credit_code(unit.credit_code)
    checked(unit)
    unit.save(update_fields=[*values])
    trail.record(
        "organizations.change_unit",
        unit,
        by=by,
        organization_id=unit.host_id,
        before=before,
        after=trail.snapshot(unit, *values),
    )
    return unit


@transaction.atomic
def end_unit(
    unit: Unit, *, by: object | None, reason: str, on: dt.date | None = None
) -> Unit:
    """Take a unit off the register from a day on; what it did stands."""
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if unit.ended_on is not None:
        raise UnitEnded(name=unit.name, day=unit.ended_on)
    unit.ended_on = on or today()
    unit.save(update_fields=["ended_on"])
    trail.record(
        "organizations.end_unit",
        unit,
        by=by,
        organization_id=unit.host_id,
        after={"ended_on": unit.ended_on.isoformat()},
        reason=reason,
    )
    return unit


def _credit_code(text: str | None) -> str | None:
    """Return the code in its one form, or none; a wrong one is refused (GB 32100)."""
    code = folded(text or "")
    if code and not is_credit_code(code):
        raise WrongCreditCode(code=code)
    return code or None
