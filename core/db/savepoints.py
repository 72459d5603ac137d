"""Parts of an action that may fail, or be taken back, on their own.

`digests` notes what a block writes, but not what the database then rolls back to a
savepoint: here the notes go back with it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from core.db.digests import Model, check_written, rows_before, written_rows


@contextmanager
def savepoint(*, undo: bool = False) -> Iterator[None]:
    """Write a part that may fail on its own; with `undo` all of it is taken back.

    What the part wrote is checked as a whole when it ends, so that it alone is refused.
    What was taken back was never written: the block around it does not digest it.
    """
    outer, outer_before = written_rows.get(), rows_before.get()
    if outer is None or outer_before is None:
        with transaction.atomic():
            yield
            transaction.set_rollback(undo)
        return
    written: dict[Model, set[Any]] = {}
    before: dict[Model, dict[Any, str]] = {}
    token, second = written_rows.set(written), rows_before.set(before)
    try:
        with transaction.atomic():
            yield
            if written and not undo:
                check_written(written, before)
            transaction.set_rollback(undo)
    finally:
        written_rows.reset(token)
        rows_before.reset(second)
    if undo:
        return
    for model, notes in before.items():
        known = {*outer.get(model, ()), *outer_before.get(model, ())}
        fresh = {key: note for key, note in notes.items() if key not in known}
        outer_before.setdefault(model, {}).update(fresh)
    for model, keys in written.items():
        outer.setdefault(model, set()).update(keys)
