"""Search the register for duplicates, and tell two people apart."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.db.digests import digested
from core.db.locks import lock_exclusive
from core.months import today
from exchange.actions import queue_job
from exchange.models import Job
from members.duplicates.scan import Pair, Progress, find_pairs
from members.enums import PairState
from members.errors import MergedAlready, OpenAlready
from members.models import DuplicatePair, Member

SCAN = "members.find_duplicates"


@action(label=_("Search for duplicates asked for"))
def ask_for_scan(*, by: Actor | None) -> Job:
    """Queue the search of the whole register."""
    job = queue_job(SCAN, owner=by)
    audit.record(job, by=by, after={"kind": job.kind})
    return job


def queue_scan() -> int:
    """Queue the search for the night, unless one waits already."""
    waiting = Job.objects.unfinished().filter(kind=SCAN).exists()
    if not waiting:
        with transaction.atomic():
            queue_job(SCAN, owner=None)
    return int(not waiting)


def scan_register(progress: Progress) -> int:
    """Search the register and save what was found; return how many wait open."""
    found = find_pairs(progress)
    return save_pairs(found)


@digested
def save_pairs(found: Mapping[Pair, list[str]]) -> int:
    """List what was found; forget open pairs that are no longer alike.

    What somebody decided stays. Returns how many pairs are open.
    """
    lock_exclusive(SCAN, [0])  # two searches at once find the same
    known = {(row.first_id, row.second_id): row for row in DuplicatePair.objects.all()}
    gone = [
        row.pk
        for pair, row in known.items()
        if row.state == PairState.OPEN and pair not in found
    ]
    DuplicatePair.objects.filter(pk__in=gone, state=PairState.OPEN).delete()
    new = [
        DuplicatePair(first_id=one, second_id=other, why=why, found_on=today())
        for (one, other), why in found.items()
        if (one, other) not in known
    ]
    DuplicatePair.objects.bulk_create(new, batch_size=500)
    return DuplicatePair.objects.open().count()


def lock_pair(pair: DuplicatePair) -> DuplicatePair:
    """Lock a pair; refuse one that was settled."""
    rows = DuplicatePair.objects.select_for_update(of=("self",))
    pair = rows.select_related("first", "second").get(pk=pair.pk)
    gone = [member for member in (pair.first, pair.second) if member.voided_at]
    if pair.state != PairState.OPEN or gone:
        raise MergedAlready(name=(gone or [pair.first])[0].name)
    return pair


@action(label=_("Two records told apart"))
def keep_apart(pair: DuplicatePair, *, reason: str, by: Actor | None) -> DuplicatePair:
    """Record that two records are of two people; the search does not ask again."""
    return settle(lock_pair(pair), PairState.APART, reason, by=by)


@action(label=_("Two records compared again"))
def compare_again(
    pair: DuplicatePair, *, reason: str, by: Actor | None
) -> DuplicatePair:
    """Open a pair again that was told apart by mistake; its history keeps both."""
    rows = DuplicatePair.objects.select_for_update(of=("self",))
    pair = rows.select_related("first", "second").get(pk=pair.pk)
    gone = [member for member in (pair.first, pair.second) if member.voided_at]
    if gone:
        raise MergedAlready(name=gone[0].name)
    if pair.state != PairState.APART:
        raise OpenAlready(name=pair.first.name)
    return settle(pair, PairState.OPEN, reason, by=by)


def settle_pairs(
    one: Member, other: Member, state: PairState, note: str, *, by: Actor | None
) -> None:
    """Record what was decided about two records, if the search had found them."""
    first, second = sorted((one.pk, other.pk))
    pairs = DuplicatePair.objects.filter(first=first, second=second)
    for pair in pairs.select_related("first", "second"):
        settle(pair, state, note, by=by)


def settle(
    pair: DuplicatePair, state: PairState, note: str, *, by: Actor | None
) -> DuplicatePair:
    """Record what was decided about a pair, or that it is to be decided again."""
    place = pair.first.organization_id or pair.first.community_id
    with audit.recording(pair, "state", by=by, organization_id=place, reason=note):
        is_open = state == PairState.OPEN
        pair.state = state
        pair.note, pair.settled_on = ("", None) if is_open else (note, today())
        pair.settled_by_id = None if is_open or by is None else by.pk
        validate(pair)
        pair.save(update_fields=["state", "note", "settled_on", "settled_by"])
    return pair
