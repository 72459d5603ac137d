"""Keeping the register of resident units."""

from django.db import transaction

from core import trail
from core.constraints import checked
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
        credit_code=credit_code or None,
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
    unit.credit_code = unit.credit_code or None
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
