"""Void terms of bodies and their extensions, entered by mistake."""

from django.utils.translation import gettext_lazy as _

from communities.actions.holdings import lock_members
from communities.actions.leavings import reopen_holding
from communities.actions.seats import lock_body
from communities.actions.terms import lock_term, names_of
from communities.correction_errors import NeverExtended, SeatClosedSince, TermInUse
from communities.election_errors import TermOfElection
from communities.enums import ENDED_WITH_THE_TERM
from communities.errors import AnotherTermBegan
from communities.models import Body, Election, SeatHolding, TermOfOffice
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from members.models import Member
from organizations.actions import request_recount


def refuse_void_extension(term: TermOfOffice) -> None:
    """Refuse to void an extension that there is not, or of a term that is over."""
    if term.ended_on is not None:
        raise AnotherTermBegan
    if term.regular_ends_on is None:
        raise NeverExtended


@action(label=_("Extension voided"))
def void_extension(
    term: TermOfOffice, *, by: Actor | None, reason: str
) -> TermOfOffice:
    """Void an extension entered by mistake; the term ends again when it began to."""
    body = lock_body(term.body)
    term = lock_term(term)
    refuse_void_extension(term)
    changed = [
        *("regular_ends_on", "ends_on", "extension_basis"),
        "extension_approved_on",
    ]
    before = audit.snapshot(term, *changed)
    term.ends_on, term.regular_ends_on = term.regular_ends_on, None
    term.extension_basis, term.extension_approved_on = "", None
    validate(term)
    term.save(update_fields=changed)
    audit.record(
        term,
        by=by,
        organization_id=body.organization_id,
        before=before,
        after=audit.snapshot(term, *changed),
        reason=reason,
    )
    return term


@action(label=_("Term voided"))
def void_term(term: TermOfOffice, *, by: Actor | None, reason: str) -> TermOfOffice:
    """Void a body's last term as a mistake: the one before it goes on.

    Whoever left because it began holds their seat again, and whoever took one in it
    belongs to the term before. Refuses while somebody else took a seat that it emptied,
    or such a seat was closed. The members concerned are locked before the body, as
    where a membership ends: nobody leaves while their seat is given back.
    """
    _lock_members_of(term.body)
    body = lock_body(term.body)
    refuse_void_of_elected(term)
    return void_latest_term(body, term, by=by, reason=reason)


def refuse_void_of_elected(term: TermOfOffice) -> None:
    """Refuse to void a term without the election that began it, or one that is over."""
    if (election := Election.objects.filter(term=term).first()) is not None:
        raise TermOfElection(day=election.held_on)
    if term.ended_on is not None:
        raise AnotherTermBegan


def void_latest_term(
    body: Body, term: TermOfOffice, *, by: Actor | None, reason: str
) -> TermOfOffice:
    """Void the last term of a body that is locked, with the members concerned."""
    term = lock_term(term)
    if term.ended_on is not None:
        raise AnotherTermBegan
    emptied = list(
        SeatHolding.objects.filter(
            seat__body=body,
            end_reason__in=ENDED_WITH_THE_TERM,
            ends_on__gte=term.starts_on,
        ).select_related("seat", "member", "non_member", "unit")
    )
    _refuse_seats_in_use(term, emptied)
    last = body.terms.filter(starts_on__lt=term.starts_on).order_by("-starts_on")
    term.save(update_fields=term.void(reason))
    _reopen_term(last.first(), term)
    for holding in emptied:
        reopen_holding(holding, by=by, reason=reason)
    request_recount([(body.organization_id, term.starts_on)])
    audit.record_void(term, by=by, organization_id=body.organization_id, reason=reason)
    return term


def _refuse_seats_in_use(term: TermOfOffice, emptied: list[SeatHolding]) -> None:
    """Refuse while somebody else took a seat that the term emptied, or it closed."""
    seats = [holding.seat_id for holding in emptied]
    later = SeatHolding.objects.filter(seat__in=seats, starts_on__gte=term.starts_on)
    later = later.exclude(pk__in=[holding.pk for holding in emptied])
    if names := names_of(later):
        raise TermInUse(names=names)
    closed = [each.holder_name for each in emptied if each.seat.ends_on is not None]
    if closed:
        raise SeatClosedSince(names="、".join(closed))


def _lock_members_of(body: Body) -> None:
    """Lock the members whose seats in a body ended with a term."""
    held = SeatHolding.objects.filter(
        seat__body=body, end_reason__in=ENDED_WITH_THE_TERM
    )
    lock_members(Member.all_objects.filter(pk__in=held.values("member")))


def _reopen_term(last: TermOfOffice | None, voided: TermOfOffice) -> None:
    """Let the term before a voided one go on, with whoever took a seat meanwhile."""
    if last is not None:
        last.ends_on, last.planned_ends_on = last.agreed_ends_on, None
        last.ended_on = None
        validate(last)
        last.save(update_fields=["ends_on", "planned_ends_on", "ended_on"])
    SeatHolding.objects.filter(term=voided).update(term=last)
