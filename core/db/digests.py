"""Keyed digests of stored rows, by which `verify` sees what no action wrote.

Every action runs inside `digesting`, and so does each function that is `digested`. The
compilers of `core.db.compilers` note each row that the ORM inserts, updates or deletes
meanwhile. When the outermost block ends, the noted rows are read as the database stores
them and digested with a key that is not in the database; the port writes the digests in
the same transaction. A row that was changed, inserted or deleted by other means does
not match its last digest.

Before a statement changes or deletes rows, they are digested as they stand, and the
digests of before are kept with those of after. A row that was changed by other means
stays found by them, although an action has written it since.

Before that, what was written is checked as a whole (`written_checks`): a rule between
rows that no lock of one row keeps is asked when everything has been written.

Every model of ours is digested. A model opts out by `without_digest`: the names of some
columns, or `EVERY_COLUMN`.
"""

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any, ParamSpec, TypeAlias, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction

from core import crypto
from core.chunks import chunked
from core.registries.port import Port
from core.registries.registry import Registry

EVERY_COLUMN = ("*",)
DIGEST_BYTES = 16
BATCH_SIZE = 2000
BEFORE = "before"  # among the models' labels, which have a dot
BEFORE_LENGTH = 8

LOCKS = {False: " FOR NO KEY UPDATE", True: " FOR UPDATE"}
"""How PostgreSQL locks rows that are about to be changed, and deleted."""

P = ParamSpec("P")
R = TypeVar("R")
Model: TypeAlias = type[models.Model]
RowDigests: TypeAlias = dict[str, str | None]
"""The digest of each row by its key; None for a row that is gone."""
RowsBefore: TypeAlias = dict[str, dict[str, str]]
"""The beginning of the digest of each row before it was written, by model and key."""
Writer: TypeAlias = Callable[[str, Mapping[str, RowDigests], RowsBefore], None]

written_rows: ContextVar[dict[Model, set[Any]] | None] = ContextVar(
    "written_rows", default=None
)
rows_before: ContextVar[dict[Model, dict[Any, str]] | None] = ContextVar(
    "rows_before_writing", default=None
)
digest_store: Port[Writer] = Port("Digests of written rows")
WrittenRows: TypeAlias = Mapping[Model, set[Any]]
"""The keys of rows by their model."""


@dataclass(frozen=True, slots=True)
class WrittenCheck:
    """A check of everything that a block wrote, in its transaction, before it ends.

    `refuse` gets the rows that were written, and those of them that are new; it raises
    what the user is told.
    """

    key: str
    refuse: Callable[[WrittenRows, WrittenRows], None]


written_checks: Registry[WrittenCheck] = Registry("Check of written rows")
digests_begun: Port[Callable[[], bool]] = Port("Whether digests have begun")


@cache
def is_digested(model: Model) -> bool:
    """Whether rows of the model carry digests."""
    meta = model._meta
    return (
        meta.app_label in settings.OUR_APPS
        and getattr(model, "without_digest", ()) != EVERY_COLUMN
    )


def digested_models() -> list[Model]:
    """Return the models whose rows carry digests."""
    return [model for model in apps.get_models() if is_digested(model)]


def is_noting(model: Model) -> bool:
    """Whether rows of the model that are written now have to be noted."""
    return written_rows.get() is not None and is_digested(model)


def note_written(model: Model, keys: Iterable[Any]) -> None:
    """Note rows that the running block has written."""
    written = written_rows.get()
    if written is not None:
        written.setdefault(model, set()).update(keys)


def note_before(model: Model, keys: Iterable[Any], *, deleting: bool) -> None:
    """Note rows that the running block is about to write, as they stand.

    They are locked as the write will lock them. What the block has written itself is
    known.
    """
    written, before = written_rows.get(), rows_before.get()
    if written is None or before is None:
        return
    known = {*written.get(model, ()), *before.get(model, ())}
    asked = sorted({*keys} - known)
    lock = "" if connection.vendor == "sqlite" else LOCKS[deleting]
    for part in chunked(asked, BATCH_SIZE):
        found = dict(iter_digests(model, part, lock))
        notes = before.setdefault(model, {})
        notes |= {k: found[str(k)][:BEFORE_LENGTH] for k in part if str(k) in found}


@contextmanager
def digesting(name: str) -> Iterator[None]:
    """Digest the rows that the block writes; a block inside another adds to that one.

    A block must be inside a transaction. If it fails, the transaction is rolled back
    and nothing is digested.
    """
    if written_rows.get() is not None:
        yield
        return
    written: dict[Model, set[Any]] = {}
    before: dict[Model, dict[Any, str]] = {}
    token, second = written_rows.set(written), rows_before.set(before)
    try:
        yield
    finally:
        written_rows.reset(token)
        rows_before.reset(second)
    if written:
        check_written(written, before)
        write_digests(name, written, before)


def check_written(
    written: Mapping[Model, set[Any]], before: Mapping[Model, Mapping[Any, str]]
) -> None:
    """Check what a block wrote as a whole; `before` has the rows that are not new."""
    new = {m: keys - before.get(m, {}).keys() for m, keys in written.items()}
    for check in written_checks:
        check.refuse(written, new)


def name_in_app(function: Callable[..., Any]) -> str:
    """Return the name under which digests and audit log know a function of an app."""
    app = function.__module__.partition(".")[0]
    return f"{app}.{function.__name__.lstrip('_')}"


def digested(function: Callable[P, R]) -> Callable[P, R]:
    """Run a function in a transaction and digest what it writes, under its own name.

    For writes that are no action of a person: chores, notices, what an action does to
    many rows by another function.
    """

    @wraps(function)
    def write(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic(), digesting(name_in_app(function)):
            return function(*args, **kwargs)

    return write


def write_digests(
    name: str,
    written: Mapping[Model, Iterable[Any]],
    before: Mapping[Model, Mapping[Any, str]],
) -> None:
    """Digest rows as they stand and store the digests under the name."""
    store = digest_store.get()
    pending: dict[str, RowDigests] = {}
    earlier: RowsBefore = {}
    for model, keys in written.items():
        for part in chunked(sorted(keys), BATCH_SIZE):
            gone: RowDigests = dict.fromkeys(map(str, part))
            pending.setdefault(model._meta.label, {}).update(gone)
            pending[model._meta.label].update(iter_digests(model, part))
            notes = before.get(model, {})
            if known := {str(key): notes[key] for key in part if key in notes}:
                earlier.setdefault(model._meta.label, {}).update(known)
            if sum(map(len, pending.values())) >= BATCH_SIZE:
                store(name, pending, earlier)
                pending, earlier = {}, {}
    if pending:
        store(name, pending, earlier)


def iter_digests(
    model: Model, keys: list[Any] | None = None, lock: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield key and digest of the stored rows with these keys, or of all rows.

    Rows are read past the model's fields: what counts is what the database stores, and
    a migration has to read tables that the models no longer describe.
    """
    quote, meta = connection.ops.quote_name, model._meta
    key = quote(str(meta.pk.column))
    columns, booleans = _unconverted(model)
    sql = f"SELECT {columns} FROM {quote(meta.db_table)}"  # noqa: S608 -- names of ours
    if keys is not None:
        sql += f" WHERE {key} IN ({', '.join(['%s'] * len(keys))}){lock}"
    open_cursor = connection.cursor if keys is not None else connection.chunked_cursor
    with open_cursor() as cursor:
        cursor.execute(sql, keys or [])
        row_digest: Callable[[Any], tuple[str, str]] | None = None
        while rows := cursor.fetchmany(BATCH_SIZE):
            if row_digest is None:
                names = [str(column[0]) for column in cursor.description]
                row_digest = _digester(model, names, booleans)
            yield from map(row_digest, rows)


def _unconverted(model: Model) -> tuple[str, set[str]]:
    """Return what to select to get what is stored, and the columns that hold booleans.

    SQLite stores anything in any column; its driver reads what is no day as no value
    and all but 1 as false. The driver converts columns, but not expressions.
    """
    if connection.vendor != "sqlite":
        return "*", set()
    quote, table = connection.ops.quote_name, model._meta.db_table
    connection.ensure_connection()  # asked past the log of queries: it is none of ours
    described = connection.connection.execute(f"PRAGMA table_info({quote(table)})")
    kinds = {str(name): str(kind) for _number, name, kind, *_rest in described}
    booleans = {name for name, kind in kinds.items() if kind == "bool"}
    return ", ".join(f"+{quote(n)} AS {quote(n)}" for n in kinds), booleans


def _digester(
    model: Model, names: list[str], booleans: set[str]
) -> Callable[[Any], tuple[str, str]]:
    """Return a function that takes a stored row and returns its key and digest.

    Empty values are left out, so that a new column changes no digest until it is used.
    """
    omitted = {*getattr(model, "without_digest", ())}
    at = names.index(str(model._meta.pk.column))
    columns = sorted((n, i) for i, n in enumerate(names) if n not in omitted)
    label, secret = model._meta.label, crypto.digest_key()

    def digest(row: Any) -> tuple[str, str]:
        body: list[Any] = [label]
        for name, index in columns:
            value = row[index]
            if name in booleans and value in (0, 1):
                value = bool(value)
            if value is not None and value is not False and value != "":
                body += (name, value)
        text = json.dumps(body, ensure_ascii=False, default=_plain)
        full = hmac.digest(secret, text.encode(), "sha256")
        return str(row[at]), urlsafe_b64encode(full[:DIGEST_BYTES])[:-2].decode()

    return digest


def _plain(value: Any) -> str:
    """Return a value that JSON does not know in one form, whatever the driver."""
    return bytes(value).hex() if isinstance(value, (bytes, memoryview)) else str(value)
