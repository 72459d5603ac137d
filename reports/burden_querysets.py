"""Queries of tasks from above and of feedback."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from core.actors import Actor
from core.db.querysets import ScopedQuerySet
from organizations.roles import READERS, RECORD_KEEPERS, Role

if TYPE_CHECKING:
    from reports.models import Feedback, SuperiorRequest


class SuperiorRequestQuerySet(ScopedQuerySet["SuperiorRequest"]):
    """Tasks from above: recorded where they are done, read by who reads returns."""

    managed_with = RECORD_KEEPERS
    seen_with = READERS

    def received_in(self, first: dt.date, last: dt.date) -> Self:
        """Tasks that came from a day to another, both included."""
        return self.filter(received_on__range=(first, last))

    def open(self) -> Self:
        """Not done."""
        return self.filter(done_on=None)

    def overdue(self, day: dt.date) -> Self:
        """Not done, and their day has passed."""
        return self.open().filter(due_on__lt=day)


class FeedbackQuerySet(ScopedQuerySet["Feedback"]):
    """Feedback: for the street that answers, and for whoever wrote it."""

    managed_with = frozenset({Role.STREET_STAFF})
    seen_with = managed_with

    def seen_by(self, user: Actor) -> Q:
        """Return the condition for one's own words and those to be answered."""
        return super().seen_by(user) | Q(written_by=user.pk or 0)

    def open(self) -> Self:
        """Not answered."""
        return self.filter(answered_at=None)
