"""Searches for what was changed in the database without an action.

The chain of seals proves the digest entries; the digest entries prove the rows, the
audit log and the access log among them.
"""

from collections.abc import Iterator

from accounts.chain import entry_mac, seal_digest
from accounts.models import AuditEntry, DigestEntry, Seal
from core.chunks import chunked
from core.db.digests import BEFORE, Model, digested_models, iter_digests

RETRIES = 3
PART = 500


def broken_chain() -> Iterator[str]:
    """Yield seals that do not match the previous seal or their own entries."""
    previous, number, keyed_after = "", 0, _keyed_after()
    if keyed_after is None:
        yield "the entry that began the digests is missing"
    for seal in Seal.objects.order_by("number").iterator():
        number += 1
        if (seal.number, seal.previous) != (number, previous):
            yield f"seal {seal.number} does not follow seal {number - 1}"
        yield from _unlike_its_entries(seal)
        if keyed_after is not None:
            yield from _unlike_the_beginning(seal, *keyed_after)
        previous, number = seal.digest, seal.number


def _keyed_after() -> tuple[int, str] | None:
    """Return number and digest of the last seal from before the digests began."""
    beginning = DigestEntry.objects.exclude(after_seal="").order_by("pk").first()
    if beginning is None or entry_mac(beginning) != beginning.mac:
        return None
    number, _blank, digest = beginning.after_seal.partition(" ")
    return int(number), digest


def _unlike_its_entries(seal: Seal) -> Iterator[str]:
    entries = list(AuditEntry.objects.filter(seal_line__seal=seal).order_by("pk"))
    digests = list(DigestEntry.objects.filter(seal_line__seal=seal).order_by("pk"))
    covered = len(entries), len(digests)
    if covered != (seal.entries, seal.digest_entries):
        expected = seal.entries, seal.digest_entries
        yield f"seal {seal.number} holds {covered} of {expected} entries"
    elif seal_digest(seal, entries, digests) != seal.digest:
        first = entries[0].pk if entries else 0
        yield f"seal {seal.number}: an entry from {first} on was changed"


def _unlike_the_beginning(seal: Seal, number: int, digest: str) -> Iterator[str]:
    if seal.number > number and not seal.keyed:
        yield f"seal {seal.number} has no key"
    if seal.number == number and seal.digest != digest:
        yield f"seal {seal.number} is not the one on which keyed seals began"


def find_rows_without_action() -> Iterator[str]:
    """Yield rows that differ from the last digest of an action, and forged digests.

    A row that an action is writing at this moment is looked at again. Rows that were
    changed or deleted come first: one forged digest makes many look inserted.
    """
    latest, inserted = LatestDigests(), []
    yield from latest.read_on()
    for model in digested_models():
        differing = set(differing_keys(model, latest.of(model)))
        for _attempt in range(RETRIES if differing else 0):
            yield from latest.read_on()
            known = latest.of(model)
            stored = dict(_stored(model, differing))
            differing = {key for key in differing if stored.get(key) != known.get(key)}
        for key in sorted(differing, key=lambda text: (len(text), text)):
            line = f"{model._meta.label} {key}: {_difference(model, key, latest)}"
            if latest.of(model).get(key):
                yield line
            else:
                inserted.append(line)
    yield from inserted


class LatestDigests:
    """The last digest of every row, read from the digest entries in their order."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, str | None]] = {}
        self._macs: set[str] = set()
        self._read_up_to = 0

    def read_on(self) -> Iterator[str]:
        """Read the entries that came since; yield those that were forged or repeated.

        A copy of an older entry is genuine but for its place: it would put rows back
        to what they were then.
        """
        newer = DigestEntry.objects.filter(pk__gt=self._read_up_to).order_by("pk")
        for entry in newer.iterator(PART):
            self._read_up_to = entry.pk
            if entry_mac(entry) != entry.mac:
                yield f"digest entry {entry.pk} was changed or forged"
                continue
            if entry.mac in self._macs:
                yield f"digest entry {entry.pk} repeats an earlier one"
                continue
            self._macs.add(entry.mac)
            yield from self._unlike_before(entry)
            for label, rows in entry.rows.items():
                if label != BEFORE:
                    self._rows.setdefault(label, {}).update(rows)

    def _unlike_before(self, entry: DigestEntry) -> Iterator[str]:
        """Yield rows that an action met otherwise than the last one had left them.

        They stay found: what an action writes over them does not mend them.
        """
        for label, rows in entry.rows.get(BEFORE, {}).items():
            known = self._rows.get(label, {})
            for key, beginning in rows.items():
                last = known.get(key)
                if last is None or not last.startswith(beginning):
                    how = "changed" if last else "inserted"
                    action = f"{entry.action} (digest entry {entry.pk})"
                    yield f"{label} {key}: {how} without an action before {action}"

    def of(self, model: Model) -> dict[str, str | None]:
        """Return the last digests of a model's rows by their keys."""
        return self._rows.get(model._meta.label, {})


def differing_keys(model: Model, latest: dict[str, str | None]) -> Iterator[str]:
    """Yield the keys of rows that are not as their last digest says, or are gone."""
    seen = set()
    for key, digest in iter_digests(model):
        seen.add(key)
        if latest.get(key) != digest:
            yield key
    yield from (key for key, digest in latest.items() if digest and key not in seen)


def _stored(model: Model, keys: set[str]) -> Iterator[tuple[str, str]]:
    to_key = model._meta.pk.to_python
    ordered = sorted(to_key(key) for key in keys)
    for part in chunked(ordered, PART):
        yield from iter_digests(model, part)


def _difference(model: Model, key: str, latest: LatestDigests) -> str:
    """Say what happened to a row past the actions."""
    if not latest.of(model).get(key):
        return "inserted without an action"
    exists = any(_stored(model, {key}))
    return "changed without an action" if exists else "deleted without an action"
