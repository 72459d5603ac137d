"""Step 4, decisions: people answer, confirm or discard what a preview shows."""

import datetime as dt
from collections.abc import Mapping
from itertools import islice
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.actions import action
from core.actors import Actor
from core.months import today
from core.registries.after_commit import dispatch_after_commit
from exchange.actions.jobs import queue_job
from exchange.enums import BatchState
from exchange.errors import (
    AnswersMissing,
    DoubtsUnseen,
    NothingToEnter,
    NotWaiting,
    StartsInFuture,
)
from exchange.events import ImportDiscarded
from exchange.imports.batches import lock_batch, record_batch
from exchange.imports.upload import PLAN
from exchange.models import ImportBatch

COMMIT = "exchange.commit_batch"
SHOWN_DOUBTS = 3


@action(label=_("Import confirmed"))
def confirm_batch(
    batch: ImportBatch, *, by: Actor | None, starts_on: dt.date | None = None
) -> ImportBatch:
    """Confirm the preview; a worker enters it if the plan is still the same.

    Refuses a batch that does not wait for confirmation, and a start in the future.
    """
    batch = lock_batch(batch)
    if batch.state == BatchState.NOTHING:
        raise NothingToEnter
    if not batch.can_be_confirmed:
        raise NotWaiting(state=batch.get_state_display())
    refuse_open_questions(batch)
    mark_confirmed(batch, by, starts_on)
    batch.job = queue_job(COMMIT, owner=by, subject=batch.pk)
    batch.save(update_fields=["job"])
    record_batch(batch, by)
    return batch


def refuse_open_questions(batch: ImportBatch) -> None:
    """Refuse to continue while a question is open or a doubt was not looked at."""
    if batch.open_questions:
        labels = (str(question.label) for question in batch.open_questions)
        raise AnswersMissing(questions="、".join(labels))
    if batch.unseen_doubts:
        texts = (doubt.words for doubt in batch.unseen_doubts)
        raise DoubtsUnseen(texts="、".join(islice(texts, SHOWN_DOUBTS)))


@action(label=_("Questions about the sheet answered"))
def answer_batch(
    batch: ImportBatch, answers: Mapping[str, Any], *, by: Actor | None
) -> ImportBatch:
    """Save the person's answers about a sheet; a worker plans it again.

    Refuses a batch that is confirmed or discarded.
    """
    batch = lock_batch(batch)
    if not batch.can_be_answered:
        raise NotWaiting(state=batch.get_state_display())
    batch.answers = {**batch.answers, **answers}
    batch.state, batch.message = BatchState.UPLOADED, ""
    batch.job = queue_job(PLAN, owner=by, subject=batch.pk)
    batch.save(update_fields=["answers", "state", "message", "job"])
    record_batch(batch, by)
    return batch


def mark_confirmed(
    batch: ImportBatch, by: Actor | None, starts_on: dt.date | None
) -> None:
    """Set who confirmed the plan and from which day memberships begin."""
    if starts_on is not None and starts_on > today():
        raise StartsInFuture
    batch.state, batch.message = BatchState.CONFIRMED, ""
    batch.starts_on = starts_on
    batch.confirmed_by_id = getattr(by, "pk", None)
    batch.confirmed_at = timezone.now()
    batch.save(
        update_fields=["state", "message", "starts_on", "confirmed_by", "confirmed_at"]
    )


@action(label=_("Import discarded"))
def discard_batch(batch: ImportBatch, *, by: Actor | None) -> ImportBatch:
    """Discard an upload that was not entered; its file is erased at once."""
    batch = lock_batch(batch)
    if not batch.can_be_discarded:
        raise NotWaiting(state=batch.get_state_display())
    batch.state = BatchState.DISCARDED
    batch.save(update_fields=["state"])
    dispatch_after_commit(ImportDiscarded(batch.file_id))
    record_batch(batch, by)
    return batch
