"""Actions on the register of resident units."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.identity import fold_text, is_credit_code
from core.months import today
from core.names import fold_name
from core.pinyin import search_key
from organizations.closing_blockers import blockers_for
from organizations.errors import StillInUse, UnitEnded, WrongCreditCode
from organizations.models import Organization, Unit
from organizations.naming import name_key
from organizations.unit_closers import UnitEnd, unit_closers

COLUMNS = ("name", "credit_code", "sector", "host", "address")


@action(label=_("Unit entered"))
def record_unit(
    name: str,
    *,
    host: Organization,
    by: Actor | None,
    credit_code: str | None = None,
    sector: str = "",
    address: str = "",
) -> Unit:
    """Enter a unit into the register of the community where it is."""
    unit = Unit(
        name=name,
        host=host,
        credit_code=_credit_code(credit_code),
        sector=sector,
        address=address,
    )
    _clean_name(unit)
    validate(unit)
    unit.save()
    audit.record(
        unit,
        by=by,
        organization_id=host.pk,
        after=audit.snapshot(unit, *COLUMNS),
    )
    return unit


@action(label=_("Unit's entry corrected"))
def change_unit(unit: Unit, *, by: Actor | None, **values: object) -> Unit:
    """Correct the register's entry of a unit."""
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    before = audit.snapshot(unit, *values)
    for name, value in values.items():
        setattr(unit, name, value)
    changed = {*values}
    if changed & {"name", "host"}:
        _clean_name(unit)
        changed |= {"name", "name_key", "sound"}
    if "credit_code" in values:
        unit.credit_code = _credit_code(unit.credit_code)
    validate(unit)
    unit.save(update_fields=changed)
    audit.record(
        unit,
        by=by,
        organization_id=unit.host_id,
        before=before,
        after=audit.snapshot(unit, *values),
    )
    return unit


@action(label=_("Unit taken off the register"))
def end_unit(
    unit: Unit, *, by: Actor | None, reason: str, on: dt.date | None = None
) -> Unit:
    """Take a unit off the register from a day on; its records remain.

    What is open for it, as the roles of its liaisons, is closed with it. Refuses while
    agreements or projects with it would go on.
    """
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if unit.ended_on is not None:
        raise UnitEnded(name=unit.name, day=unit.ended_on)
    day = on or today()
    if left := blockers_for(unit, day):
        raise StillInUse(name=unit.name, day=day, left="；".join(left))
    unit.ended_on = day
    unit.save(update_fields=["ended_on"])
    audit.record(
        unit,
        by=by,
        organization_id=unit.host_id,
        after={"ended_on": unit.ended_on.isoformat()},
        reason=reason,
    )
    unit_closers.close_rows(unit, UnitEnd(unit, reason, day, by))
    return unit


def _clean_name(unit: Unit) -> None:
    """Normalize the name, and set the key that must differ within a community."""
    unit.name = fold_name(unit.name)
    unit.name_key = name_key(unit.name)
    unit.sound = search_key(unit.name)


def _credit_code(text: str | None) -> str | None:
    """Return the normalized code, or none; refuse an invalid one (GB 32100)."""
    code = fold_text(text or "")
    if code and not is_credit_code(code):
        raise WrongCreditCode(code=code)
    return code or None
