"""Record and void dated facts of places."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import refuse_future_day
from organizations.actions.recounts import request_recount
from organizations.actions.refusals import refuse_ended
from organizations.models import Organization, PlaceFact


@action(label=_("Fact of a place recorded"))
def record_fact(
    organization: Organization,
    *,
    kind: str,
    value: Decimal,
    taken_on: dt.date,
    source: str,
    by: Actor | None,
    is_estimate: bool = False,
    is_minimum: bool = False,
) -> PlaceFact:
    """Record what was so of a place on a day; earlier numbers stay as they are."""
    refuse_ended(organization)
    refuse_future_day(taken_on)
    fact = PlaceFact(
        organization=organization,
        kind=kind,
        value=value,
        taken_on=taken_on,
        source=source,
        is_estimate=is_estimate,
        is_minimum=is_minimum,
    )
    validate(fact)
    fact.save()
    request_recount([(organization.pk, taken_on)])
    audit.record(
        fact, by=by, organization_id=organization.pk, after=audit.snapshot(fact)
    )
    return fact


@action(label=_("Fact of a place voided"))
def void_fact(fact: PlaceFact, *, by: Actor | None, reason: str) -> PlaceFact:
    """Void a number recorded by mistake; the one before it holds again."""
    fact = PlaceFact.objects.select_for_update(of=("self",)).get(pk=fact.pk)
    fact.save(update_fields=fact.void(reason))
    request_recount([(fact.organization_id, fact.taken_on)])
    audit.record_void(fact, by=by, organization_id=fact.organization_id, reason=reason)
    return fact
