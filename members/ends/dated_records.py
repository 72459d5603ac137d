"""What is on record of members on single days: nothing after a membership ended.

Apps register their rows. A form that ends or moves a membership asks once about those
of later days; the rows that contradict an end are marked on pages, and `verify` names
them.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
)
from django.utils.translation import gettext as _

from core.dates import format_day
from core.db.querysets import any_of
from core.db.tree import ancestor_paths
from core.registries.registry import Registry
from core.text import StrOrPromise
from members.models import Affiliation, Member, RecordAfterEnd
from organizations.models import Organization

MOST_DAYS = 5
"""How many days a sentence names."""


@dataclass(frozen=True, slots=True)
class DatedRecords:
    """Rows of an app that say what a member did, or was called to, on a day.

    `words` names them in a sentence, with their days (`%(days)s`). `day` is the lookup
    from a row to its day, `owner` the one to its member. Rows of what only members of
    an organization are called to have an `organization_lookup`: they contradict a move
    to another organization, others the end of the membership alone.

    `keeper` is the lookup to the organization whose keepers settle a contradiction, by
    default where the member belonged last; `page` gives the address on which the row is
    corrected, by default the member's.
    """

    key: str
    words: StrOrPromise
    rows: Callable[[], QuerySet[Any]]
    day: str
    owner: str = "member"
    organization_lookup: str = ""
    keeper: str = ""
    page: Callable[[Any], str] | None = None

    def after(self, member: Member, day: dt.date) -> QuerySet[Any]:
        """Return the member's rows of days after the day."""
        return self.rows().filter(**{self.owner: member.pk, f"{self.day}__gt": day})

    def contradicting(self) -> QuerySet[Any]:
        """Return the rows of days on which the member no longer was one, or not there.

        The day of the end itself is not one of them, nor is what was kept as right.
        """
        ended = Q(**{f"{self.owner}__ended_on__lt": F(self.day)})
        rows = self.rows().exclude(Exists(self._kept()))
        if not self.organization_lookup:
            return rows.filter(ended)
        belonged = any_of(Q(Exists(found)) for found in self._affiliations())
        return rows.filter(ended | ~belonged)

    def _kept(self) -> QuerySet[RecordAfterEnd]:
        """Return what says that a row is right although its member had ended."""
        kept: QuerySet[RecordAfterEnd] = RecordAfterEnd.objects.kept().filter(
            kind=self.key, record=OuterRef("pk"), day=OuterRef(self.day)
        )
        return kept

    def _affiliations(self) -> Iterator[QuerySet[Affiliation]]:
        """Return the affiliations by which a row's member belonged to its organization.

        A branch may have been below another organization on the day than it is today.
        Of one person with two records, now merged, either may say so; each is asked by
        a query of its own, since no index serves an alternative of three.
        """
        path = OuterRef(f"{self.organization_lookup}__path")
        day = OuterRef(self.day)
        owner, kept = OuterRef(self.owner), OuterRef(f"{self.owner}__merged_into")
        below = Q(organization__path__startswith=path) | Q(
            Q(organization__versions__ends_on=None)
            | Q(organization__versions__ends_on__gt=day),
            organization__versions__path__startswith=path,
            organization__versions__starts_on__lte=day,
        )
        for record in (Q(member=owner), Q(member=kept), Q(member__merged_into=owner)):
            yield Affiliation.objects.filter(
                record,
                below,
                Q(ends_on=None) | Q(ends_on__gte=day),
                starts_on__lte=day,
            )


dated_records: Registry[DatedRecords] = Registry("Dated records")


def describe_records_after(
    member: Member,
    day: dt.date,
    *,
    ends_membership: bool,
    to: Organization | None = None,
) -> list[str]:
    """Return in words what is on record after a day on which a member ends or moves.

    Without the end of the membership this is what the member was called to by
    organizations to which they do not belong in the new one either.
    """
    found = ((kind, kind.after(member, day)) for kind in dated_records)
    if not ends_membership:
        found = ((kind, _called_elsewhere(kind, rows, to)) for kind, rows in found)
    return _describe(found)


def describe_called(
    member: Member, since: dt.date, *, to: Organization | None = None
) -> list[str]:
    """Return in words to what a member was called from a day on, but for the new place.

    This is what nothing explains any more if they did not belong there after all.
    """
    last_day_before = since - dt.timedelta(days=1)
    return describe_records_after(member, last_day_before, ends_membership=False, to=to)


def describe_contradictions(member: Member) -> list[str]:
    """Return in words what is on record of a member though they had ended or left."""
    return _describe(
        (kind, kind.contradicting().filter(**{kind.owner: member.pk}))
        for kind in dated_records
    )


def _called_elsewhere(
    kind: DatedRecords, rows: QuerySet[Any], to: Organization | None
) -> QuerySet[Any]:
    if not kind.organization_lookup:
        return rows.none()
    above = [*ancestor_paths(to.path), to.path] if to is not None else []
    return rows.exclude(**{f"{kind.organization_lookup}__path__in": above})


def _describe(found: Iterable[tuple[DatedRecords, QuerySet[Any]]]) -> list[str]:
    sentences = []
    for kind, rows in found:
        if days := sorted({*rows.order_by().values_list(kind.day, flat=True)}):
            sentences.append(str(kind.words) % {"days": _list_days(days)})
    return sentences


def _list_days(days: list[dt.date]) -> str:
    named = "、".join(format_day(day) for day in days[:MOST_DAYS])
    if len(days) <= MOST_DAYS:
        return named
    values = {"days": named, "count": len(days)}
    return _("%(days)s and other days, %(count)s in all") % values


def whether_contradicting(*keys: str) -> ExpressionWrapper:
    """Return an annotation of an app's rows: whether they contradict an end.

    It asks row by row: a page shows a few dozen of many thousands.
    """
    found = any_of(
        Q(Exists(dated_records.get(key).contradicting().filter(pk=OuterRef("pk"))))
        for key in keys
    )
    return ExpressionWrapper(found, BooleanField())


def describe_end_before(member: Member, day: dt.date) -> str:
    """Say why a member did not belong any more on the day of something on record."""
    if member.ended_on is not None and member.ended_on < day:
        reason = member.get_end_reason_display()
        values = {"day": format_day(member.ended_on), "reason": reason}
        return _("membership ended before this, on %(day)s: %(reason)s") % values
    rows = Affiliation.objects.filter(member=member, ends_on__lt=day)
    left = rows.exclude(Affiliation.objects.end_undone())
    last = left.order_by("ends_on", "pk").last()
    if last is None or last.ends_on is None:
        return _("did not belong here on this day")
    reason = last.get_end_reason_display()
    values = {"day": format_day(last.ends_on), "reason": reason}
    return _("left before this, on %(day)s: %(reason)s") % values


def find_contradictions() -> Iterator[str]:
    """Find what is on record on days after a membership, or belonging there, ended."""
    for kind in dated_records:
        rows = kind.contradicting().order_by("pk")
        for pk, owner, day in rows.values_list("pk", kind.owner, kind.day).iterator():
            yield f"{kind.key} {pk}: member {owner}, {day}"
