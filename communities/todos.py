"""Meetings not held yet (R-40), terms that end soon (R-06), and vacant leaders."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.enums import MeetingKind
from communities.models import (
    Election,
    Recruitment,
    Resolution,
    Seat,
    TermOfOffice,
)
from communities.owed_meetings import (
    MEETING_REGULARLY,
    branches_with_committee,
    first_of_quarter,
    has_met,
)
from core.actors import Actor
from core.months import last_day, month_of, shift_month
from core.registries.todos import Todo, TodoSource, todo_sources
from organizations.models import Organization
from organizations.roles import MEETING_KEEPERS

LABELS = {
    MeetingKind.MEMBERS: _("Branches without a members' meeting this quarter"),
    MeetingKind.COMMITTEE: _("Branches without a committee meeting this month"),
}


@dataclass(frozen=True, slots=True)
class OwedMeeting:
    """A meeting that a branch has not held yet, and the last day for it."""

    organization: Organization
    kind: MeetingKind
    due_on: dt.date


def list_owed_meetings(user: Actor, day: dt.date) -> list[OwedMeeting]:
    """List the meetings owed by the reader's branches for this month and quarter."""
    month = month_of(day)
    quarter = first_of_quarter(day)
    branches = branches_kept_by(user)
    owed = (
        (
            MeetingKind.COMMITTEE,
            branches_with_committee(branches),
            month,
            last_day(month),
        ),
        (MeetingKind.MEMBERS, branches, quarter, last_day(shift_month(quarter, 2))),
    )
    return [
        OwedMeeting(branch, kind, due_on)
        for kind, branches, since, due_on in owed
        for branch in branches_without_meeting(branches, kind, since)
    ]


def branches_kept_by(user: Actor) -> QuerySet[Organization]:
    """Return the branches whose meetings the reader records."""
    branches = Organization.objects.in_scope_of(user, MEETING_KEEPERS)
    return branches.open().filter(kind__in=MEETING_REGULARLY)


def branches_without_meeting(
    branches: QuerySet[Organization], kind: MeetingKind, since: dt.date
) -> QuerySet[Organization]:
    """Return the branches that have held no meeting of the kind since the day."""
    return branches.exclude(has_met(kind, since)).order_by("path")


def owed_meeting_todos(user: Actor, day: dt.date) -> Iterable[Todo]:
    """Yield one todo for each kind of owed meeting."""
    owed = list_owed_meetings(user, day)
    due = {each.kind: each.due_on for each in owed}
    for kind, count in Counter(each.kind for each in owed).items():
        url = f"{reverse('communities:owed')}?kind={kind.value}"
        yield Todo(LABELS[kind], url, count, due[kind])


def term_todos(user: Actor, day: dt.date) -> Iterable[Todo]:
    """Yield the terms that run out within six months, or have run out (R-06)."""
    rows = TermOfOffice.objects.managed_by(user).to_be_renewed(day)
    found = [term.last_day for term in rows.order_by("ends_on")]
    if found:
        label = _("Terms of office that end within six months or have run out")
        url = f"{reverse('communities:bodies')}?term=ending&sort=term_ends"
        yield Todo(label, url, len(found), found[0])


def vacancy_todos(user: Actor, _day: dt.date) -> Iterable[Todo]:
    """Yield the bodies in which a seat of a leader is vacant (R-09)."""
    rows = Seat.objects.managed_by(user).vacant().filter(kind__leads=True)
    if count := rows.order_by().values("body").distinct().count():
        url = f"{reverse('communities:bodies')}?seats=lead"
        yield Todo(_("Bodies without a leader"), url, count)


def decision_todos(user: Actor, day: dt.date) -> Iterable[Todo]:
    """Yield the decisions that are not carried out though their day has passed."""
    rows = Resolution.objects.managed_by(user).that_hold().overdue(day)
    found = [*rows.order_by("due_on").values_list("due_on", flat=True)]
    if found:
        url = f"{reverse('communities:resolutions')}?state=overdue"
        yield Todo(_("Decisions that are overdue"), url, len(found), found[0])


def election_todos(user: Actor, day: dt.date) -> Iterable[Todo]:
    """Yield the elections whose votes are to be entered, or whose result approved."""
    rows = Election.objects.managed_by(user)
    for state, label, found in (
        ("count", _("Elections to be counted"), rows.to_be_counted(day)),
        ("approve", _("Results of elections to be approved"), rows.to_be_approved()),
    ):
        if count := found.count():
            yield Todo(
                label, f"{reverse('communities:elections')}?state={state}", count
            )


def recruitment_todos(user: Actor, _day: dt.date) -> Iterable[Todo]:
    """Yield the recruitments whose last day has passed and whose seats are vacant."""
    if count := Recruitment.objects.managed_by(user).past_their_day().count():
        url = f"{reverse('communities:recruitments')}?state=due"
        yield Todo(_("Recruitments to be decided"), url, count)


todo_sources.add(
    TodoSource("communities.decisions", decision_todos),
    TodoSource("communities.elections", election_todos),
    TodoSource("communities.owed", owed_meeting_todos),
    TodoSource("communities.recruitments", recruitment_todos),
    TodoSource("communities.terms", term_todos),
    TodoSource("communities.vacancies", vacancy_todos),
)
