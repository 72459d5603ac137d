"""The backend: whoever is about to write waits for their turn."""

from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base

from core.db.queued_sqlite3.write_queue import WriteQueue

WRITING = (
    *("INSERT", "UPDATE", "DELETE", "REPLACE"),
    *("CREATE", "ALTER", "DROP", "REINDEX", "ANALYZE", "VACUUM"),
)


class QueuedCursor(base.SQLiteCursorWrapper):
    """A cursor whose writes outside a transaction wait for their turn, too."""

    queue: WriteQueue

    def execute(self, query: Any, params: Any = None) -> Any:
        """Run one statement."""
        if self._is_free(query):
            return super().execute(query, params)
        self.queue.enter()
        try:
            return super().execute(query, params)
        finally:
            self._leave()

    def executemany(self, query: Any, param_list: Any) -> Any:
        """Run one statement for each of many rows."""
        if self._is_free(query):
            return super().executemany(query, param_list)
        self.queue.enter()
        try:
            return super().executemany(query, param_list)
        finally:
            self._leave()

    def _is_free(self, query: Any) -> bool:
        is_ours = self.queue.is_held or self.connection.in_transaction
        return is_ours or not str(query).lstrip()[:8].upper().startswith(WRITING)

    def _leave(self) -> None:
        if not self.connection.in_transaction:  # which a commit ends
            self.queue.leave()


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that holds its place in the queue from BEGIN to the end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._queue: WriteQueue | None = None

    def get_new_connection(self, conn_params: Any) -> Any:
        """Open the file, and find the queue beside it."""
        connection = super().get_new_connection(conn_params)
        if not self.is_in_memory_db():
            self._queue = WriteQueue(Path(conn_params["database"]))
        return connection

    def create_cursor(self, name: Any = None) -> Any:
        """Return a cursor that knows the queue."""
        if self._queue is None:
            return super().create_cursor(name)
        cursor = self.connection.cursor(factory=QueuedCursor)
        cursor.queue = self._queue
        return cursor

    def _start_transaction_under_autocommit(self) -> None:
        if self._queue is not None:
            self._queue.enter()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc] # not in the stubs
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc] # not in the stubs
        self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc] # not in the stubs
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc] # not in the stubs
        finally:
            self._leave()

    def _leave(self) -> None:
        if self._queue is not None:
            self._queue.leave()
