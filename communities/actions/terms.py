"""Begin and extend the terms of bodies (R-05)."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.actions.holdings import end_holdings
from communities.actions.seats import lock_body
from communities.correction_errors import (
    FullyExtended,
    HeldIntoTerm,
    TermVoided,
)
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
    is_elected: bool = False,
) -> TermOfOffice:
    """Begin a body's next term; the last one ends, and with it who sat in it.

    Whoever took a seat on its first day or later belongs to it. Its length is that of
    the kind unless another end is given. Refuses days before the body or its last term
    began, an early term without approval (R-05), and a day on which somebody sat who
    left later.
    """
    body = lock_body(body)
    if body.kind.term_years is None:
        raise NoTerms(name=body.name)
    if starts_on < body.starts_on:
        raise OutsideBody(name=body.name, first=body.starts_on, day=starts_on)
    last = body.terms.order_by("-starts_on").first()
    if last is not None:
        is_approved = bool(approved_by and approved_on)
        left = end_reason_of(last, on=starts_on, is_elected=is_elected)
        _end_term(last, on=starts_on, is_approved=is_approved, left=left, by=by)
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
    rows = SeatHolding.objects.filter(seat__body=body, starts_on__gte=starts_on)
    rows.update(term=term)
    request_recount([(body.organization_id, starts_on)])
    audit.record(
        term, by=by, organization_id=body.organization_id, after=audit.snapshot(term)
    )
    return term


def end_reason_of(
    term: TermOfOffice, *, on: dt.date, is_elected: bool
) -> VacatingReason:
    """Return why people leave with a term: for a new committee, or as it ran out."""
    ran_out = term.ends_on is not None and on >= term.ends_on
    if ran_out and not is_elected:
        return VacatingReason.TERM_ENDED
    return VacatingReason.NEW_TERM


def _end_term(
    term: TermOfOffice,
    *,
    on: dt.date,
    is_approved: bool,
    left: VacatingReason,
    by: Actor | None,
) -> None:
    """End the last term because the next one begins; vacate its seats."""
    if on <= term.starts_on:
        raise TermNotAfter(first=term.starts_on)
    rows = SeatHolding.objects.filter(seat__body=term.body_id, starts_on__lt=on)
    if names := names_of(rows.filter(ends_on__gt=on)):
        raise HeldIntoTerm(names=names, day=on)
    if term.ends_on is not None and on < term.ends_on:
        if not is_approved:
            raise EarlyTermNotApproved(last=term.last_day)
        term.planned_ends_on, term.ends_on = term.ends_on, on
    else:
        term.planned_ends_on = term.ends_on
    term.ended_on = on
    validate(term)
    term.save(update_fields=["planned_ends_on", "ends_on", "ended_on"])
    end_holdings(rows, on=on, reason=left, by=by)


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
    term = lock_term(term)
    refuse_extension(term)
    regular = term.regular_ends_on or term.ends_on
    most = term.extended_until
    if most is not None and ends_on - dt.timedelta(days=1) > most:
        raise ExtendedTooFar(most=most)
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


def refuse_extension(term: TermOfOffice) -> None:
    """Refuse to extend a term that is over, or was extended as far as it may be."""
    if term.ended_on is not None or term.ends_on is None:
        raise AnotherTermBegan
    if not term.is_extendable:
        raise FullyExtended(last=term.last_day)


def lock_term(term: TermOfOffice) -> TermOfOffice:
    """Lock a term; refuse one that was voided."""
    rows = TermOfOffice.all_objects.select_for_update(of=("self",))
    term = rows.get(pk=term.pk)
    if term.voided_at is not None:
        raise TermVoided(day=timezone.localdate(term.voided_at))
    return term


def names_of(rows: QuerySet[SeatHolding]) -> str:
    """Return the names of seat-holders as a sentence lists them."""
    found = rows.select_related("member", "non_member", "unit").order_by("pk")
    return "、".join(holding.holder_name for holding in found)
