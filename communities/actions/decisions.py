"""Record sittings of bodies and what was decided, by whom it is done, and what came."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.actions.seats import lock_body
from communities.decision_errors import (
    BodyDidNotSit,
    DecidedThere,
    DueTooEarly,
    MeetsAsCommittee,
    NobodySeated,
    NobodyWatches,
    NothingToCarryOut,
    NotSeatedThen,
    ResolutionVoided,
    SittingVoided,
    WatchesItself,
)
from communities.enums import COMMITTEES
from communities.errors import AlreadyVoided
from communities.models import (
    Body,
    Meeting,
    Resolution,
    SeatHolding,
    Sitting,
    SittingAttendance,
)
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import refuse_future_day, today


@action(label=_("Sitting of a body recorded"))
def record_sitting(
    body: Body,
    *,
    held_on: dt.date,
    topic: str,
    present: Collection[SeatHolding],
    by: Actor | None,
    place: str = "",
    content: str = "",
) -> Sitting:
    """Record a sitting: who held a seat on the day could vote, some of them came."""
    refuse_future_day(held_on)
    refuse_committee(body)
    body = lock_body(body, corrects=True)
    over = body.ends_on is not None and body.ends_on <= held_on
    if over or held_on < body.starts_on:
        raise BodyDidNotSit(body=body.name, day=held_on)
    seated = {row.pk for row in seats_on(body, held_on)}
    if not seated:
        raise NobodySeated(body=body.name, day=held_on)
    came = _with_other_seats(body, held_on, {row.pk for row in present})
    if strangers := [row.holder_name for row in present if row.pk not in seated]:
        names = "、".join(strangers)
        raise NotSeatedThen(names=names, body=body.name, day=held_on)
    sitting = Sitting(
        body=body, held_on=held_on, topic=topic, place=place, content=content
    )
    validate(sitting)
    sitting.save()
    SittingAttendance.objects.bulk_create(
        SittingAttendance(sitting=sitting, holding_id=pk, was_present=pk in came)
        for pk in sorted(seated)
    )
    counted: Any = Sitting.objects.with_counts().get(pk=sitting.pk)
    there = counted.voters_there
    counts = {"present": there, "absent": counted.voters - there}
    after = {**audit.snapshot(sitting, "body", "held_on", "topic", "place"), **counts}
    audit.record(sitting, by=by, organization_id=body.organization_id, after=after)
    return sitting


def refuse_committee(body: Body) -> None:
    """Refuse sittings of Party committees, whose meetings are those of the branch."""
    if body.kind.code in COMMITTEES:
        raise MeetsAsCommittee(body=body.name)


def seats_on(body: Body, day: dt.date) -> QuerySet[SeatHolding]:
    """Return who held a seat of a body on a day."""
    rows: QuerySet[SeatHolding] = SeatHolding.objects.current(day).filter(
        seat__body=body
    )
    return rows


def _with_other_seats(body: Body, day: dt.date, keys: set[int]) -> set[int]:
    """Return holdings with those of the same people in the body on the day.

    Who came in one seat did not stay away from the other.
    """
    rows = seats_on(body, day)
    came = SeatHolding.objects.filter(pk__in=keys)
    same = rows.filter(
        Q(member__in=came.exclude(member=None).values("member"))
        | Q(non_member__in=came.exclude(non_member=None).values("non_member"))
    )
    return keys | {*same.values_list("pk", flat=True)}


@action(label=_("Sitting of a body voided"))
def void_sitting(sitting: Sitting, *, by: Actor | None, reason: str) -> Sitting:
    """Void a sitting recorded by mistake, after its decisions."""
    sitting = _lock_sitting(sitting)
    refuse_decided(sitting)
    sitting.save(update_fields=sitting.void(reason))
    audit.record_void(
        sitting, by=by, organization_id=sitting.body.organization_id, reason=reason
    )
    return sitting


def refuse_decided(sitting: Sitting) -> None:
    """Refuse to void a sitting that was voided, or at which something was decided."""
    refuse_void_sitting(sitting)
    if count := Resolution.objects.filter(sitting=sitting).count():
        raise DecidedThere(count=count)


def refuse_void_sitting(sitting: Sitting) -> None:
    """Refuse what is done with a sitting that was voided."""
    if sitting.voided_at is not None:
        raise SittingVoided(day=timezone.localdate(sitting.voided_at))


@action(label=_("Decision recorded"))
def decide(source: Sitting | Meeting, *, by: Actor | None, **values: Any) -> Resolution:
    """Record what a sitting or a meeting decided; who could vote is taken from it."""
    resolution = Resolution(**values)
    if isinstance(source, Sitting):
        resolution.sitting = _lock_sitting(source)
        refuse_void_sitting(resolution.sitting)
        rows: Any = Sitting.objects.with_counts()
    else:
        locked = Meeting.all_objects.select_for_update(of=("self",))
        meeting = locked.select_related("organization").get(pk=source.pk)
        if meeting.voided_at is not None:
            raise AlreadyVoided(day=timezone.localdate(meeting.voided_at))
        resolution.meeting = meeting
        rows = Meeting.objects.with_attendance()
    counted = rows.get(pk=source.pk)
    resolution.entitled = counted.voters
    resolution.present = counted.voters_there
    _check_resolution(resolution)
    resolution.save()
    audit.record(
        resolution,
        by=by,
        organization_id=organization_of(resolution),
        after=audit.snapshot(resolution),
    )
    return resolution


def organization_of(resolution: Resolution) -> int:
    """Return the key of the organization that decided."""
    source = resolution.source
    if isinstance(source, Sitting):
        return source.body.organization_id
    return source.organization_id


def _check_resolution(resolution: Resolution) -> None:
    """Refuse a watcher that decided itself, and days before the decision."""
    sitting, watcher = resolution.sitting, resolution.watched_by
    if sitting is not None and watcher is not None and watcher.pk == sitting.body_id:
        raise WatchesItself(body=watcher.name)
    due = resolution.due_on
    if due is not None and due < resolution.decided_on:
        raise DueTooEarly(first=resolution.decided_on, day=due)
    validate(resolution)


@action(label=_("Decision carried out"))
def carry_out(
    resolution: Resolution, *, outcome: str, by: Actor | None, on: dt.date | None = None
) -> Resolution:
    """Record what was done to carry a decision out, and when it was finished."""
    resolution = _lock_resolution(resolution)
    refuse_settled_resolution(resolution)
    day = on or today()
    refuse_future_day(day)
    if day < resolution.decided_on:
        raise DueTooEarly(first=resolution.decided_on, day=day)
    resolution.done_on, resolution.outcome = day, outcome
    validate(resolution)
    resolution.save(update_fields=["done_on", "outcome"])
    audit.record(
        resolution,
        by=by,
        organization_id=organization_of(resolution),
        after=audit.snapshot(resolution, "done_on", "outcome"),
    )
    return resolution


def refuse_settled_resolution(resolution: Resolution) -> None:
    """Refuse to carry out what is not to be carried out, or was."""
    gone = resolution.voided_at or resolution.source.voided_at
    if gone is not None or not resolution.is_open:
        raise NothingToCarryOut


@action(label=_("Finding about a decision recorded"))
def record_finding(
    resolution: Resolution, *, finding: str, by: Actor | None, on: dt.date | None = None
) -> Resolution:
    """Record what the body that watches over a decision found, and on which day.

    A later finding takes the place of the former one, which the log keeps.
    """
    resolution = _lock_resolution(resolution)
    refuse_unwatched(resolution)
    day = on or today()
    refuse_future_day(day)
    if day < resolution.decided_on:
        raise DueTooEarly(first=resolution.decided_on, day=day)
    before = audit.snapshot(resolution, "checked_on", "finding")
    resolution.checked_on, resolution.finding = day, finding
    validate(resolution)
    resolution.save(update_fields=["checked_on", "finding"])
    audit.record(
        resolution,
        by=by,
        organization_id=organization_of(resolution),
        before=before,
        after=audit.snapshot(resolution, "checked_on", "finding"),
    )
    return resolution


def refuse_unwatched(resolution: Resolution) -> None:
    """Refuse a finding about what was voided, or no body watches over."""
    gone = resolution.voided_at or resolution.source.voided_at
    if gone is not None or resolution.watched_by_id is None:
        raise NobodyWatches


@action(label=_("Decision voided"))
def void_resolution(
    resolution: Resolution, *, by: Actor | None, reason: str
) -> Resolution:
    """Void a decision entered by mistake."""
    resolution = _lock_resolution(resolution)
    refuse_void_resolution(resolution)
    resolution.save(update_fields=resolution.void(reason))
    audit.record_void(
        resolution,
        by=by,
        organization_id=organization_of(resolution),
        reason=reason,
    )
    return resolution


def refuse_void_resolution(resolution: Resolution) -> None:
    """Refuse to void a decision twice."""
    if resolution.voided_at is not None:
        raise ResolutionVoided(day=timezone.localdate(resolution.voided_at))


def _lock_sitting(sitting: Sitting) -> Sitting:
    rows = Sitting.all_objects.select_for_update(of=("self",))
    return rows.select_related("body__organization").get(pk=sitting.pk)


def _lock_resolution(resolution: Resolution) -> Resolution:
    rows = Resolution.all_objects.select_for_update(of=("self",))
    return rows.select_related("sitting__body", "meeting__organization").get(
        pk=resolution.pk
    )
