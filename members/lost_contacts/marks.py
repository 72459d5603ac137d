"""Members who are lost or suspended: the mark beside a name, and what is refused."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.dates import format_day
from core.text import StrOrPromise
from members.enums import LostState
from members.errors import MembershipSuspended
from members.models import LostContact, Member

MARKS: dict[str, StrOrPromise] = {
    LostState.SEARCHING: pgettext_lazy("mark", "contact lost"),
    LostState.ABROAD: pgettext_lazy("mark", "abroad"),
    LostState.SUSPENDED: pgettext_lazy("mark", "membership suspended"),
}
LOST_BUT_MOVES = _(
    "Contact with %(name)s has been lost since %(day)s. If it is found again, record"
    " that first, on the page of the search. If this is right as it is, tick below and"
    " save again; the search then goes on where the member belongs."
)
ABROAD_BUT_MOVES = _(
    "%(name)s has been abroad since %(day)s, and the membership is to be decided on. If"
    " this is right as it is, tick below and save again; the matter then goes on where"
    " the member belongs."
)
SUSPENDED_BUT_MOVES = _(
    "The membership of %(name)s has been suspended since %(day)s. Within the street the"
    " member can be moved and stays suspended. If this is right, tick below and save"
    " again."
)


def search_for(member: Member) -> LostContact | None:
    """Return the search for a member that goes on, if there is one."""
    rows = LostContact.objects.open().filter(member=member.pk)
    return rows.select_related("case").first()


def with_search_state(rows: Any, member: str = "pk") -> Any:
    """Annotate rows with the state of the search for their member (`search_state`)."""
    open_search = LostContact.objects.open().filter(member=OuterRef(member))
    states: QuerySet[Any] = open_search.order_by().values("state")[:1]
    return rows.annotate(search_state=Subquery(states))


def mark_of(state: str | None) -> StrOrPromise:
    """Return the mark of an open search, or nothing."""
    return MARKS[state] if state else ""


def mark_name(name: str, state: str | None) -> str:
    """Return a name with the mark of an open search behind it, as lists show it."""
    if not state:
        return name
    values = {"name": name, "mark": mark_of(state)}
    return gettext("%(name)s (%(mark)s)") % values


def marked_name(member: Member) -> str:
    """Return a member's name, marked if contact is lost or the membership suspended."""
    row = search_for(member)
    return mark_name(member.name, row.state if row is not None else None)


def refuse_suspended(member: Member) -> None:
    """Refuse to transfer a suspended member: the suspension is lifted first (R-22)."""
    row = search_for(member)
    if row is not None and row.suspended_on is not None:
        raise MembershipSuspended(name=member.name, day=row.suspended_on)


def ask_about_search(member: Member) -> Iterator[StrOrPromise]:
    """Yield the question before a lost or suspended member is moved or transferred."""
    row = search_for(member)
    if row is None:
        return
    suspended = row.suspended_on is not None
    text = ABROAD_BUT_MOVES if row.is_abroad else LOST_BUT_MOVES
    text = SUSPENDED_BUT_MOVES if suspended else text
    since = row.suspended_on or row.lost_on
    yield text % {"name": member.name, "day": format_day(since)}


def states_on(member_ids: Iterable[int], day: dt.date) -> dict[int, str]:
    """Return who was lost or suspended on a day, by the days on record.

    A member is lost from the day after the last contact until the next one; suspended
    from the day of the decision until the one that lifts it (R-22, R-23).
    """
    rows = LostContact.objects.exclude(state=LostState.VOIDED).filter(
        Q(contacted_on=None) | Q(contacted_on__gt=day),
        Q(decided_on=None) | Q(decided_on__gt=day),
        member__in=list(member_ids),
        lost_on__lt=day,
    )
    rows = rows.exclude(state=LostState.CLOSED)
    return {
        row.member_id: LostState.SUSPENDED
        if row.suspended_on is not None and row.suspended_on <= day
        else LostState.ABROAD
        if row.is_abroad
        else LostState.SEARCHING
        for row in rows
    }
