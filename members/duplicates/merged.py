"""Find what stands with a second record of a person, merged into the one that stays."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.db.models.lookups import In

from core.actors import Actor
from core.registries.timeline import Event, timeline_of
from members.models import Member

PERSON = Coalesce("member__merged_into", "member")
"""Whose a row is: of the record that stays."""


def whose_person_has(rows: QuerySet[Any]) -> Q:
    """Return the condition that a row's person has other rows, whatever their record.

    The other rows are read once, not once for each row that is asked about.
    """
    people = rows.order_by().annotate(person=PERSON).values("person")
    return Q(In(PERSON, people))


def own_or_merged(member_ids: Iterable[int]) -> Q:
    """Return the condition that a row is of a member, or of a record merged into it.

    It names the records, so that the database finds the rows of each by its index.
    """
    keys = list(member_ids)
    return _of_records(Q(pk__in=keys) | Q(merged_into__in=keys))


def own_or_merged_in_subquery() -> Q:
    """Return the same condition for the member of the query around a subquery."""
    outer = OuterRef(OuterRef("pk"))
    return _of_records(Q(pk=outer) | Q(merged_into=outer))


def _of_records(condition: Q) -> Q:
    records = Member.all_objects.filter(condition).order_by()
    return Q(member__in=records.values("pk"))


def life_of(member: Member, reader: Actor) -> list[Event]:
    """Return the events of a member and of the records merged into theirs."""
    events = timeline_of(member, reader)
    for record in member.merged_records.order_by("pk"):
        events += timeline_of(record, reader)
    return sorted(events, key=lambda event: event.day, reverse=True)


def owners_of_rows(member_ids: Iterable[int]) -> dict[int, int]:
    """Return for each record whose rows concern the members whom they concern."""
    owners = {key: key for key in member_ids}
    merged = Member.all_objects.filter(merged_into__in=list(owners)).order_by()
    for key, owner in merged.values_list("pk", "merged_into"):
        owners[key] = owner or key
    return owners


def members_by_former_number(
    indexes: Iterable[str],
) -> Iterator[tuple[str, Member]]:
    """Yield the numbers of merged records, each with the member who is meant.

    A sheet that still names the number of the second record means the same person.
    """
    merged = Member.all_objects.filter(id_index__in=list(indexes))
    rows = merged.exclude(merged_into=None).select_related(
        "merged_into__organization", "merged_into__community", "merged_into__employer"
    )
    for row in rows.order_by("pk"):
        if row.merged_into is not None:
            yield row.id_index, row.merged_into
