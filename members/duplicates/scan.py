"""Search the whole register for records that may be one person's.

Candidates are met in the database, by columns that both share, so that a million
records make a few thousand pairs and not half a billion. What decides is the rule of
forms and rosters (`likeness.py`), for which numbers are read only of candidates;
besides, a phone with a birth date tells one person under two names.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from django.db import connection

from core.chunks import chunked
from members.duplicates.likeness import ALIKE, is_near
from members.enums import EndReason, Likeness
from members.models import Member

Pair = tuple[int, int]
Progress = Callable[[int], None]

SHARED: Sequence[Sequence[str]] = (
    ("{row}.name", "{row}.birth_date"),
    ("{row}.name", "{row}.phone_index"),
    ("{row}.birth_date", "{row}.phone_index"),
    # A digit of the birth date mistyped: the rest of it is the same.
    *(
        ("{row}.name", "{row}.join_date", f"substr({BORN}, {start}, {length})")
        for BORN in ("CAST({row}.birth_date AS varchar(10))",)
        for start, length in ((1, 7), (6, 5))
    ),
)
"""The columns by each of which records meet; a constant in every row meets nobody."""

STANDING = "{row}.voided_at IS NULL AND {row}.end_reason <> %s"
READ = ("name", "birth_date", "join_date", "phone_index", "id_number")
BATCH_SIZE = 2_000


def find_pairs(progress: Progress) -> dict[Pair, list[str]]:
    """Return the pairs of records that may be one person's, with what they share."""
    candidates: set[Pair] = set()
    for number, columns in enumerate(SHARED, start=1):
        candidates.update(_read_pairs(columns))
        progress(80 * number // len(SHARED))
    return {
        pair: why for pair, why in _compare(sorted(candidates)) if is_one_person(why)
    }


def _read_pairs(columns: Iterable[str]) -> Iterator[Pair]:
    """Yield the pairs of standing records that share the columns."""
    one, other = ([c.format(row=row) for c in columns] for row in ("one", "other"))
    shared = " AND ".join(f"{a} = {b}" for a, b in zip(one, other, strict=True))
    standing = " AND ".join(STANDING.format(row=row) for row in ("one", "other"))
    table = Member._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT one.id, other.id FROM {table} one JOIN {table} other"  # noqa: S608 -- constants alone
            f" ON {shared} WHERE one.id < other.id AND {standing}",
            [EndReason.WITHDRAWN, EndReason.WITHDRAWN],
        )
        while rows := cursor.fetchmany(BATCH_SIZE):
            yield from rows


def _compare(pairs: Sequence[Pair]) -> Iterator[tuple[Pair, list[str]]]:
    """Yield each pair with what its records share, read a batch at a time."""
    for part in chunked(pairs, BATCH_SIZE):
        batch = list(part)
        keys = {key for pair in batch for key in pair}
        members = Member.objects.only(*READ).in_bulk(keys)
        for one, other in batch:
            if one in members and other in members:
                yield (one, other), list_likeness(members[one], members[other])


def list_likeness(one: Member, other: Member) -> list[str]:
    """Return the codes of what two records share."""
    same: Mapping[str, bool] = {
        Likeness.NAME: one.name == other.name,
        Likeness.NUMBER: is_near(str(one.id_number), str(other.id_number)),
        Likeness.BIRTH: one.birth_date == other.birth_date,
        Likeness.JOINED: one.join_date is not None and one.join_date == other.join_date,
        Likeness.PHONE: bool(one.phone_index) and one.phone_index == other.phone_index,
    }
    return [str(code) for code, shared in same.items() if shared]


def is_one_person(why: Iterable[str]) -> bool:
    """Whether records that share this may be one person's: the rule of forms.

    Under one name a number that is nearly the same, or two of birth date, day of
    joining and phone; under two names the phone with the birth date.
    """
    shared = {*why}
    if Likeness.NAME in shared:
        others = shared & {Likeness.BIRTH, Likeness.JOINED, Likeness.PHONE}
        return Likeness.NUMBER in shared or len(others) >= ALIKE
    return {Likeness.BIRTH, Likeness.PHONE} <= shared
