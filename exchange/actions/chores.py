"""Run chores: each on its own, daily ones once a day, none on a doubtful date."""

import datetime as dt
import logging

from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.digests import digested
from core.months import today
from core.registries.chores import Chore
from exchange.errors import ClockInDoubt
from exchange.models import ChoreRun, KnownDay

log = logging.getLogger(__name__)

RETRY = dt.timedelta(minutes=10)  # after a daily chore broke off or had nothing to do
NOTED_EVERY = dt.timedelta(minutes=1)  # of chores that run every few seconds
ONLY = 1  # the key of the one row


def run_chore(chore: Chore) -> None:
    """Run a chore if it is due; an error of one must not stop the others."""
    if chore.daily_at is not None and not is_daily_chore_due(chore):
        return
    count: int | None
    try:
        count = chore.run()
    except DatabaseError:
        raise
    except Exception:  # an error must not stop the worker
        log.exception("Chore %s broke off.", chore.key)
        count = None
    if chore.daily_at is not None:
        _note_daily_run(chore, is_done=bool(count))
    elif count is not None:
        _note_run(chore)


def is_daily_chore_due(chore: Chore) -> bool:
    """Whether a daily chore's hour has come and no worker has done it today.

    What had nothing to do is not done: an installation that is set up at ten has its
    rounds a few minutes later and not on the next day.
    """
    now = timezone.localtime()
    if (now.hour, now.minute) < (chore.daily_at or (0, 0)) or not note_today():
        return False
    run = ChoreRun.objects.filter(key=chore.key).first()
    if run is None:
        return True
    waited = abs(timezone.now() - run.tried_at) >= RETRY
    return run.done_on != today() and waited


def _note_run(chore: Chore) -> None:
    """Note, at most once a minute, that a chore ran, whether it had anything to do."""
    lately = timezone.now() - NOTED_EVERY
    runs = ChoreRun.objects.filter(key=chore.key)
    if not runs.filter(tried_at__gt=lately).exists():
        ChoreRun.objects.update_or_create(
            key=chore.key, defaults={"tried_at": timezone.now()}
        )


def _note_daily_run(chore: Chore, *, is_done: bool) -> None:
    values = {"tried_at": timezone.now(), **({"done_on": today()} if is_done else {})}
    ChoreRun.objects.update_or_create(key=chore.key, defaults=values)


def refuse_clock_in_doubt() -> None:
    """Refuse to open or close a month while the date is in doubt."""
    if KnownDay.objects.is_clock_in_doubt():
        known = KnownDay.objects.get(pk=ONLY)
        raise ClockInDoubt(today=today(), known=known.day)


@digested
def note_today() -> bool:
    """Note that the installation has seen this day; return False if it is in doubt."""
    if KnownDay.objects.is_clock_in_doubt():
        return False
    day = today()
    known, _is_new = KnownDay.objects.get_or_create(pk=ONLY, defaults={"day": day})
    if known.day < day:
        KnownDay.objects.filter(pk=ONLY, day__lt=day).update(day=day)
    return True


@action(label=_("Date of the server confirmed"))
def confirm_today(known: KnownDay, *, by: Actor) -> KnownDay:
    """Let the installation go on from today, however far it is from the known day."""
    before, known.day = known.day, today()
    known.confirmed_by_id = by.pk
    known.confirmed_at = timezone.now()
    known.save(update_fields=["day", "confirmed_by", "confirmed_at"])
    audit.record(
        known,
        by=by,
        organization_id=None,
        before={"day": f"{before}"},
        after={"day": f"{known.day}"},
    )
    return known
