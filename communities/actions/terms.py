"""Begin and extend the terms of bodies (R-05)."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from communities.actions.holdings import end_holdings
from communities.actions.seats import lock_body
from communities.enums import Filling, VacatingReason
from communities.errors import (
    AnotherTermBegan,
    EarlyTermNotApproved,
    ExtendedTooFar,
    NoTerms,
    NotExtended,
    OutsideBody,
    TermNotAfter,
)
from communities.models import Body, SeatHolding, TermOfOffice
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import months_after
from organizations.actions import request_recount

EXTENSION_MONTHS = 12
"""No extension is longer by the opinion on terms of office (R-05)."""


@action(label=_("Term begun"))
def begin_term(
    body: Body,
    *,
    starts_on: dt.date,
    begun_by: Filling,
    by: Actor | None,
    ends_on: dt.date | None = None,
    number: int | None = None,
    basis: str = "",
    basis_number: str = "",
    approved_by: str = "",
    approved_on: dt.date | None = None,
) -> TermOfOffice:
    """Begin a body's next term; the last one ends, and with it who sat in it.

    Its length is that of the kind unless another end is given. Refuses days before the
    body or its last term began, and an early term without approval (R-05).
    """
    body = lock_body(body)
    if body.kind.term_years is None:
        raise NoTerms(name=body.name)
    if starts_on < body.starts_on:
        raise OutsideBody(name=body.name, first=body.starts_on, day=starts_on)
    last = body.terms.order_by("-starts_on").first()
    if last is not None:
        _end_term(last, on=starts_on, is_approved=bool(approved_by and approved_on))
    term = TermOfOffice(
        body=body,
        number=number or (last.number + 1 if last else 1),
        starts_on=starts_on,
        ends_on=ends_on or months_after(starts_on, 12 * body.kind.term_years),
        begun_by=begun_by,
        basis=basis,
        basis_number=basis_number,
        approved_by=approved_by,
        approved_on=approved_on,
    )
    validate(term)
    term.save()
    request_recount([(body.organization_id, starts_on)])
    audit.record(
        term, by=by, organization_id=body.organization_id, after=audit.snapshot(term)
    )
    return term


def _end_term(term: TermOfOffice, *, on: dt.date, is_approved: bool) -> None:
    """End the last term because the next one begins; vacate its seats."""
    if on <= term.starts_on:
        raise TermNotAfter(first=term.starts_on)
    if term.ends_on is not None and on < term.ends_on:
        if not is_approved:
            raise EarlyTermNotApproved(last=term.last_day)
        term.planned_ends_on, term.ends_on = term.ends_on, on
    else:
        term.planned_ends_on = term.ends_on
    term.ended_on = on
    validate(term)
    term.save(update_fields=["planned_ends_on", "ends_on", "ended_on"])
    rows = SeatHolding.objects.filter(seat__body=term.body_id)
    end_holdings(rows, on=on, reason=VacatingReason.TERM_ENDED)


@action(label=_("Term extended"))
def extend_term(
    term: TermOfOffice,
    *,
    ends_on: dt.date,
    extension_basis: str,
    extension_approved_on: dt.date,
    by: Actor | None,
) -> TermOfOffice:
    """Extend a body's last term, by a year beyond its regular end at most (R-05)."""
    body = lock_body(term.body)
    term = TermOfOffice.objects.select_for_update(of=("self",)).get(pk=term.pk)
    regular = term.regular_ends_on or term.ends_on
    if term.ended_on is not None or regular is None:
        raise AnotherTermBegan
    most = months_after(regular, EXTENSION_MONTHS)
    if ends_on > most:
        raise ExtendedTooFar(most=most - dt.timedelta(days=1))
    if term.ends_on is not None and ends_on <= term.ends_on:
        raise NotExtended(last=term.last_day)
    before = audit.snapshot(term, "ends_on")
    term.regular_ends_on, term.ends_on = regular, ends_on
    term.extension_basis = extension_basis
    term.extension_approved_on = extension_approved_on
    changed = [
        *("regular_ends_on", "ends_on", "extension_basis"),
        "extension_approved_on",
    ]
    validate(term)
    term.save(update_fields=changed)
    audit.record(
        term,
        by=by,
        organization_id=body.organization_id,
        before=before,
        after=audit.snapshot(term, *changed),
    )
    return term
