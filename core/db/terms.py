"""Terms that a person may end before they run out; the agreed end stays known."""

import datetime as dt

from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from core.months import today


class Term(models.Model):
    """A row that holds from `starts_on` to `ends_on` (exclusive), if that is known.

    Once somebody has ended it, `ended_on` is the day that they chose, `ends_on` the day
    from which it no longer holds, and `planned_ends_on` what had been agreed.
    """

    ended_on = models.DateField(_("ended on"), null=True, editable=False)
    planned_ends_on = models.DateField(
        _("agreed until (exclusive)"), null=True, editable=False
    )

    starts_on: dt.date
    ends_on: dt.date | None

    class Meta:
        abstract = True

    def end_today(self) -> list[str]:
        """End the unsaved row, at the earliest after its first day.

        Returns the names of the changed columns.
        """
        earliest = max(today(), self.starts_on + dt.timedelta(days=1))
        self.planned_ends_on = self.ends_on
        self.ends_on = min(self.ends_on or earliest, earliest)
        self.ended_on = today()
        return ["ended_on", "ends_on", "planned_ends_on"]

    @property
    def is_over(self) -> bool:
        """Whether somebody has ended it, or its time has run out."""
        return self.ended_on is not None or (
            self.ends_on is not None and self.ends_on <= today()
        )

    @property
    def agreed_ends_on(self) -> dt.date | None:
        """The day after the last one that was agreed, whatever became of it."""
        return self.ends_on if self.ended_on is None else self.planned_ends_on

    @property
    def last_day(self) -> dt.date | None:
        """The last day that was agreed, as people write it."""
        end = self.agreed_ends_on
        return end - dt.timedelta(days=1) if end else None

    @property
    def until(self) -> dt.date | None:
        """The last day that was agreed or, if it was ended earlier, the day of that."""
        is_shorter = self.ended_on is not None and self.ends_on != self.planned_ends_on
        return self.ended_on if is_shorter else self.last_day


def planned_end_is_kept(name: str) -> CheckConstraint:
    """Require that only an ended row has an agreed end beside its actual one."""
    return CheckConstraint(
        condition=Q(planned_ends_on=None) | Q(ended_on__isnull=False),
        name=name,
        violation_error_message=_(
            "Only what was ended has an agreed end beside the actual one."
        ),
    )
