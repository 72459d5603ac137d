"""Store the digests of what actions wrote, and begin them on a database of before."""

from collections.abc import Mapping
from typing import Any

from django.apps import AppConfig
from django.db import connection, transaction
from django.db.models import Model

from accounts.chain import entry_mac
from accounts.models import DigestEntry, Seal
from accounts.proofs import LatestDigests, differing_keys
from core.chunks import chunked
from core.db.digests import (
    BATCH_SIZE,
    BEFORE,
    RowDigests,
    RowsBefore,
    digested_models,
    iter_digests,
)

BEGIN = "accounts.begin_digests"
MIGRATED = "accounts.digest_migrated"
RENEW = "accounts.renew_digests"


def store_digests(
    action: str, rows: Mapping[str, RowDigests], before: RowsBefore | None = None
) -> None:
    """Store the digests of written rows, in the transaction that wrote them."""
    noted = {BEFORE: before} if before else {}
    _save(DigestEntry(action=action, rows={**rows, **noted}))


def _save(entry: DigestEntry) -> None:
    entry.mac = entry_mac(entry)
    entry.save(force_insert=True)


def have_digests_begun() -> bool:
    """Whether there is a digest yet; before, `begin_digests` takes the rows as is."""
    table = DigestEntry._meta.db_table
    if table not in connection.introspection.table_names():
        return False
    return bool(DigestEntry.objects.exists())


@transaction.atomic
def begin_digests() -> None:
    """Digest all rows as they are now, once: what was there before digests began.

    From then on a row without a digest was inserted by other means, and a seal without
    a key was rewritten.
    """
    if DigestEntry.objects.exists():
        return
    head = Seal.objects.order_by("number").last()
    after = f"{head.number} {head.digest}" if head else "0"
    _save(DigestEntry(action=BEGIN, after_seal=after))
    tables = set(connection.introspection.table_names())
    for model in digested_models():
        if model._meta.db_table in tables:
            rows = iter_digests(model)
            for part in chunked(rows, BATCH_SIZE):
                store_digests(BEGIN, {model._meta.label: dict(part)})


@transaction.atomic
def digest_migrated(model: type[Model], keys: list[Any] | None = None) -> None:
    """Digest the rows that a migration has written, all of a table by default.

    A migration is no action, so nobody else notes what it writes. Before digests have
    begun there is nothing to do: `begin_digests` will take the rows as they are.
    """
    if not have_digests_begun():
        return
    rows = iter_digests(model, keys)
    for part in chunked(rows, BATCH_SIZE):
        store_digests(MIGRATED, {model._meta.label: dict(part)})


_unlike_before: dict[str, set[str]] = {}


def note_before_migrate(sender: AppConfig, plan: Any = (), **_kwargs: Any) -> None:
    """Note which rows do not match their digests before tables are migrated.

    A migration changes rows and columns by itself. What matched before is digested
    again afterwards; what did not match stays a finding.
    """
    _unlike_before.clear()
    tables = set(connection.introspection.table_names())
    if not plan or DigestEntry._meta.db_table not in tables:
        return
    latest = LatestDigests()
    list(latest.read_on())
    for model in digested_models():
        if model._meta.db_table in tables and latest.of(model):
            keys = set(differing_keys(model, latest.of(model)))
            _unlike_before[model._meta.label] = keys


@transaction.atomic
def renew_digests() -> None:
    """Digest again what a migration changed and what had matched before it."""
    latest = LatestDigests()
    list(latest.read_on())
    for model in digested_models():
        known, unlike = latest.of(model), _unlike_before.get(model._meta.label, set())
        changed = (
            (key, digest)
            for key, digest in iter_digests(model)
            if key not in unlike and known.get(key) != digest
        )
        for part in chunked(changed, BATCH_SIZE):
            store_digests(RENEW, {model._meta.label: dict(part)})
    _unlike_before.clear()


def begin_digests_after_migrate(sender: AppConfig, **_kwargs: Any) -> None:
    """Begin the digests once all tables are there; renew what a migration changed."""
    begin_digests()
    if _unlike_before:
        renew_digests()
