"""Do one thing to many rows of a list: tried out first, then all of it or nothing.

A trial runs the app's own action on each row and takes everything back; what it found
is shown. What is confirmed runs in the same way and is kept only if it finds the same.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit
from core.actions import action
from core.db.constraint_errors import translate_integrity_errors
from core.db.savepoints import savepoint
from core.errors import DomainError
from core.registries.search import address_holds_number
from core.web.bulk_actions import BulkAction
from core.web.edit_conflicts import version_token
from core.web.forms import label_choice
from core.web.read_first import lock_row
from exchange.actions.jobs import queue_job
from exchange.enums import BulkState
from exchange.errors import (
    BulkOvertaken,
    NoLongerPermitted,
    NothingChosen,
    NothingPossible,
    NotTriedOut,
    TooManyAtOnce,
)
from exchange.models import BulkRun

TRY_BULK, DO_BULK = "exchange.try_bulk", "exchange.do_bulk"
IMMEDIATE_ROWS = 50
"""So many rows are tried out and done while the reader waits; more by a worker."""
MOST_ROWS = 1000
PROGRESS_EVERY = 10  # rows
LOGGED_KEYS = 50  # rows named in the log's one entry; each row has its own as well

Progress = Callable[[int], None]
Line = dict[str, Any]


def _silent(_percent: int) -> None:
    """Report no progress: the reader waits."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an action does to many rows, and the digest of what it found."""

    lines: list[Line]
    digest: str

    @property
    def done(self) -> int:
        """To how many rows it can be done."""
        return sum(not line["why"] for line in self.lines)


@action(label=_("Action on many rows prepared"))
def ask_bulk(
    kind: BulkAction,
    address: str,
    keys: Sequence[int],
    values: Mapping[str, list[str]],
    *,
    by: User,
) -> BulkRun:
    """Prepare an action on many rows; nothing is done to them yet."""
    if not keys:
        raise NothingChosen
    if len(keys) > MOST_ROWS:
        raise TooManyAtOnce(count=len(keys), most=MOST_ROWS)
    run = BulkRun.objects.create(
        owner=by,
        kind=kind.key,
        address=_without_numbers(address),
        keys=list(keys),
        values=dict(values),
        language=translation.get_language() or "",
    )
    return _look(run)


def _without_numbers(address: str) -> str:
    """Return the way back to the list: unfiltered, if a number of a person is in it."""
    return address.partition("?")[0] if address_holds_number(address) else address


def _look(run: BulkRun) -> BulkRun:
    """Try it out; many rows are left to a worker."""
    if len(run.keys) > IMMEDIATE_ROWS:
        run.job = queue_job(TRY_BULK, owner=run.owner, subject=run.pk)
        run.state = BulkState.ASKED
        run.save(update_fields=["job", "state"])
    else:
        _show(run, try_out(run))
    return run


@action(label=_("Action on many rows looked at anew"))
def look_at_bulk_again(run: BulkRun) -> BulkRun:
    """Try an action out again that a worker could not try out or do."""
    run = _lock(run)
    if not run.is_refused:
        raise NotTriedOut
    return _look(run)


@action(label=_("Action on many rows tried out"))
def try_bulk(run: BulkRun, *, progress: Progress) -> BulkRun:
    """Find out for whom it can be done, and take everything back."""
    run = _lock(run)
    if run.state == BulkState.ASKED:
        _show(run, try_out(run, progress))
    return run


@action(label=_("Action on many rows confirmed"))
def confirm_bulk(run: BulkRun, *, by: User) -> BulkRun:
    """Do what was shown; many rows are left to a worker."""
    run = _lock_ready(run)
    if len(run.keys) > IMMEDIATE_ROWS:
        run.state = BulkState.CONFIRMED
        run.job = queue_job(DO_BULK, owner=by, subject=run.pk)
        run.save(update_fields=["state", "job"])
        return run
    return _do(run, by, _silent)


@action(label=_("Done to many rows"))
def do_bulk(run: BulkRun, *, by: User, progress: Progress) -> BulkRun:
    """Do what was confirmed, once: a worker that died meanwhile left nothing behind."""
    run = _lock(run)
    return run if run.is_done else _do(run, by, progress)


@action(label=_("Action on many rows shown anew"))
def show_anew(run: BulkRun) -> BulkRun:
    """Show what an overtaken action would do now; it is to be confirmed again."""
    run = _lock(run)
    if not run.is_done:
        _show(run, try_out(run))
    return run


def _do(run: BulkRun, by: User, progress: Progress) -> BulkRun:
    """Do it to all rows that were shown, or to none of them."""
    outcome = _run_rows(run, progress)
    if outcome.digest != run.digest:
        raise BulkOvertaken
    run.state, run.done_at = BulkState.DONE, timezone.now()
    run.save(update_fields=["state", "done_at"])
    keys = [str(line["key"]) for line in outcome.lines if not line["why"]]
    named = "、".join(keys[:LOGGED_KEYS]) + ("…" if len(keys) > LOGGED_KEYS else "")
    audit.record(
        run,
        by=by,
        after={"kind": run.kind, "rows": len(keys), "keys": named},
    )
    return run


def try_out(run: BulkRun, progress: Progress = _silent) -> Outcome:
    """Return what the action would do to each row; nothing of it is kept."""
    with savepoint(undo=True):
        return _run_rows(run, progress)


def _run_rows(run: BulkRun, progress: Progress) -> Outcome:
    """Run the action on each row; a refusal of one leaves the others."""
    kind, person = run.action, run.owner
    form = run.bound_form()
    may_do_it = person.is_active and kind.permitted(person)
    if not may_do_it or not form.is_valid():
        raise NoLongerPermitted
    rows = kind.rows(person)
    lines, read = [], [run.kind, str(sorted(run.values.items()))]
    with translation.override(run.language or None):
        for number, key in enumerate(run.keys):
            if number % PROGRESS_EVERY == 0:
                progress(number * 100 // len(run.keys))
            line, token = _run_row(kind, rows, key, form, person)
            lines.append(line)
            read.append(f"{key} {token}")
    return Outcome(lines, hashlib.sha256("\n".join(read).encode()).hexdigest())


def _run_row(
    kind: BulkAction, rows: models.QuerySet[Any], key: int, form: Any, person: User
) -> tuple[Line, str]:
    """Run the action on one row; return its line, and what it was done to.

    The row is read again under its lock: it may have left the person's area meanwhile.
    """
    row = rows.filter(pk=key).first()
    if row is not None:
        lock_row(row)
        row = rows.filter(pk=key).first()
    if row is None:
        return {"key": key, "name": "", "why": str(NOT_YOURS)}, "-"
    name, token = label_choice(row)[:200], version_token(row)
    try:
        with translate_integrity_errors(), savepoint():
            kind.run(row, form, person)
    except DomainError as refusal:
        return {"key": key, "name": name, "why": str(refusal)[:500]}, "-"
    return {"key": key, "name": name, "why": ""}, token


NOT_YOURS = _("This is not yours to do for this row, or it is there no more.")


def _show(run: BulkRun, outcome: Outcome) -> None:
    run.outcome, run.digest, run.state = outcome.lines, outcome.digest, BulkState.READY
    run.save(update_fields=["outcome", "digest", "state"])


def _lock(run: BulkRun) -> BulkRun:
    return BulkRun.objects.select_for_update(of=("self",)).get(pk=run.pk)


def _lock_ready(run: BulkRun) -> BulkRun:
    run = _lock(run)
    if not run.is_ready:
        raise NotTriedOut
    if not run.possible:
        raise NothingPossible
    return run
