"""Large decisions about organizations: worked out, looked at, carried out."""

from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.digests import digested
from exchange.actions.jobs import queue_job
from exchange.errors import DecisionEnded, DecisionUnderWay, NotLookedAt
from exchange.job_kinds import JobResult, Progress
from exchange.models import Job, OrderedDecision
from exchange.ordered_decisions import open_decision
from organizations.large_decisions import reporting

LOOK_AT_DECISION = "exchange.look_at_decision"
CARRY_OUT_DECISION = "exchange.carry_out_decision"


@action(label=_("Large decision handed over"))
def order_decision(address: str, typed: str, title: str, by: Actor) -> str:
    """Let a worker work out what a decision changes; return the page that shows it."""
    order = OrderedDecision.objects.create(
        owner_id=by.pk,  # type: ignore[misc] # somebody who is signed in
        address=address,
        typed=typed,
        title=title,
        language=translation.get_language() or "",
    )
    _queue(order, LOOK_AT_DECISION)
    audit.record(order, by=by, after={"title": title})
    return order.get_absolute_url()


@action(label=_("Large decision looked at anew"))
def look_again(order: OrderedDecision, *, by: User) -> None:
    """Let a worker work out again what the decision changes."""
    order = _lock(order)
    order.shown, order.token = None, ""
    _queue(order, LOOK_AT_DECISION)
    audit.record(order, by=by)


@action(label=_("Large decision to be carried out"))
def confirm_decision(order: OrderedDecision, *, by: User) -> None:
    """Let a worker carry out what the page showed."""
    order = _lock(order)
    if order.shown is None:
        raise NotLookedAt
    _queue(order, CARRY_OUT_DECISION)
    audit.record(order, by=by)


@action(label=_("Large decision given up"))
def drop_decision(order: OrderedDecision, *, by: User) -> None:
    """Give a decision up that nobody has carried out."""
    order = _lock(order)
    order.dropped_at, order.shown = timezone.now(), None
    order.save(update_fields=["dropped_at", "shown"])
    audit.record(order, by=by)


def _lock(order: OrderedDecision) -> OrderedDecision:
    """Lock a decision that is open and at which no worker is."""
    rows = OrderedDecision.objects.select_for_update(of=("self",))
    order = rows.get(pk=order.pk)
    if not order.is_open:
        raise DecisionEnded
    if order.is_worked_on:
        raise DecisionUnderWay
    return order


def _queue(order: OrderedDecision, kind: str) -> None:
    order.job = queue_job(kind, owner=order.owner, subject=order.pk)
    order.save(update_fields=["job", "shown", "token"])


def _order_of(job: Job, *, lock: bool = False) -> OrderedDecision:
    rows = OrderedDecision.objects.select_related("owner")
    rows = rows.select_for_update(of=("self",)) if lock else rows
    return rows.get(pk=job.subject)


def work_out(job: Job, progress: Progress) -> JobResult:
    """Work out what a decision would change; nothing is changed."""
    order = _order_of(job)
    with translation.override(order.language), reporting(progress):
        view, form = open_decision(order)
        _keep(order, *view.look(form))
        return JobResult(gettext("Nothing was changed yet. Look at what would."))


@digested
def _keep(order: OrderedDecision, shown: dict[str, Any], token: str) -> None:
    order.shown, order.token = shown, token
    order.save(update_fields=["shown", "token"])


def carry_out(job: Job, progress: Progress) -> JobResult:
    """Carry a decision out if it does what was looked at; all of it or nothing.

    A worker that died after it was done does nothing a second time.
    """
    with transaction.atomic():
        order = _order_of(job, lock=True)
        with translation.override(order.language), reporting(progress):
            if order.decided_at is None:
                view, form = open_decision(order, {"previewed": order.token})
                _end(order, view.carry_out(form))
            return JobResult(gettext("It was carried out."))


@digested
def _end(order: OrderedDecision, result: str) -> None:
    order.result, order.decided_at, order.shown = result, timezone.now(), None
    order.save(update_fields=["result", "decided_at", "shown"])
