"""Records of days after an end: note them for their keepers, keep one with a reason."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit
from core.actions import action
from core.db.constraints import validate
from members.ends.after_ends import keys_of_unsettled
from members.ends.dated_records import dated_records
from members.errors import SettledAlready
from members.models import Affiliation, CheckIn, RecordAfterEnd

Noted = tuple[str, int, dt.date]


@transaction.atomic
def note_records_after_ends() -> int:
    """Note what contradicts an end, and forget what was corrected.

    Returns through how many kinds of records it looked. Runs every night: what came
    about otherwise than by a form that asks, as by a voided move, reaches the desks of
    its keepers as well.
    """
    noted = {
        (row.kind, row.record, row.day): row
        for row in RecordAfterEnd.objects.unsettled()
    }
    standing = dict(_find_standing())
    gone = [row.pk for key, row in noted.items() if key not in standing]
    RecordAfterEnd.objects.unsettled().filter(pk__in=gone).delete()
    new = [values for key, values in standing.items() if key not in noted]
    RecordAfterEnd.objects.bulk_create(RecordAfterEnd(**values) for values in new)
    return len([*dated_records])


def _find_standing() -> Iterator[tuple[Noted, dict[str, Any]]]:
    """Yield what contradicts an end now, with the columns that note it."""
    for kind in dated_records:
        keeper = kind.keeper or "pk"
        rows = kind.contradicting().order_by("pk")
        for pk, owner, day, place in rows.values_list(
            "pk", kind.owner, kind.day, keeper
        ):
            yield (
                (kind.key, pk, day),
                {
                    "kind": kind.key,
                    "record": pk,
                    "member_id": owner,
                    "day": day,
                    "organization_id": place if kind.keeper else _last_home(owner),
                },
            )


def _last_home(member_id: int) -> int:
    """Return where a member belonged last, or else was checked in last."""
    homes = Affiliation.all_objects.filter(member=member_id).order_by("starts_on", "pk")
    stays = CheckIn.all_objects.filter(member=member_id).order_by("-starts_on", "-pk")
    last = homes.values_list("organization", flat=True).last()
    return last or stays.values_list("community", flat=True)[0]


@action(label=_("Record after an end kept"))
def keep_record_after_end(
    row: RecordAfterEnd, *, reason: str, by: User
) -> RecordAfterEnd:
    """Keep a record as right although its member had ended before, and say why.

    It goes on counting as it did, is no longer marked, and `verify` does not name it.
    Refuses what was settled meanwhile.
    """
    row = RecordAfterEnd.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.pk not in keys_of_unsettled(RecordAfterEnd.objects.filter(pk=row.pk)):
        raise SettledAlready
    row.kept_at, row.kept_by, row.reason = timezone.now(), by, reason
    validate(row)
    row.save(update_fields=["kept_at", "kept_by", "reason"])
    audit.record(
        row,
        by=by,
        organization_id=row.organization_id,
        after=audit.snapshot(row, "member", "day"),
        reason=reason,
    )
    return row
