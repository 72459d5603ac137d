"""New organizations (两新组织) and which Party organization covers each of them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.actions.covers import close_cover, reopen_cover
from communities.models import UnitCover
from communities.permissions import can_keep_cover
from core.actors import Actor
from core.months import today
from core.registries.closers import Closer
from core.registries.page_sections import PageSection
from core.registries.todos import Todo, TodoSource
from figures.coverage import Coverage
from organizations.closing_blockers import ClosingBlocker
from organizations.enums import NEW_SECTORS
from organizations.mergers import Merge, Merger
from organizations.models import Unit
from organizations.queries import code_items
from organizations.querysets import UnitQuerySet
from organizations.unit_closers import UnitEnd


def new_organizations(_day: dt.date) -> QuerySet[Unit]:
    """Return every private firm and association on the register."""
    rows = Unit.objects.open().filter(sector__in=NEW_SECTORS)
    return rows.select_related("host")


def is_covered(day: dt.date) -> Q:
    """Return the condition that a Party organization covers a unit."""
    return Q(Exists(UnitCover.objects.current(day).filter(unit=OuterRef("pk"))))


def has_branch_over_it(day: dt.date) -> Q:
    """Return the condition that a branch covers a unit, its own or a joint one."""
    rows = UnitCover.objects.current(day).filter(unit=OuterRef("pk"))
    return Q(Exists(rows.exclude(organization__kind="community")))


def page_of_unit(row: Unit) -> str:
    """Return the page of a unit, on which its cover is entered."""
    return row.get_absolute_url()


COVERAGES = (
    Coverage(
        "new_organizations_covered",
        _("New organizations that a Party organization covers"),
        _("New organizations that none covers"),
        new_organizations,
        is_covered,
        page_of_unit,
        organization="host",
    ),
    Coverage(
        "new_organizations_branch",
        _("New organizations with a branch, their own or a joint one"),
        _("New organizations without a branch"),
        new_organizations,
        has_branch_over_it,
        page_of_unit,
        organization="host",
    ),
)


def cover_todos(user: Actor, day: dt.date) -> Iterable[Todo]:
    """Yield the private firms and associations that no organization covers (S4-26)."""
    kept = Unit.objects.managed_by(user).order_by().values("pk")
    rows = new_organizations(day).filter(~is_covered(day), pk__in=kept)
    if count := rows.count():
        url = f"{reverse('communities:covers')}?cover=none"
        label = _("Firms and associations that nobody covers: say who looks after them")
        yield Todo(label, url, count)


TODOS = TodoSource("communities.covers", cover_todos)


def with_cover(rows: UnitQuerySet, day: dt.date) -> UnitQuerySet:
    """Annotate how each unit is covered on a day, by whom, and who is there for it."""
    cover = UnitCover.objects.current(day).filter(unit=OuterRef("pk"))
    columns = {
        "cover_kind": "kind",
        "cover_name": "organization__name",
        "cover_by": "organization",
        "cover_path": "organization__path",
        "cover_since": "starts_on",
        "cover_contact": "contact",
    }
    return rows.annotate(
        **{name: Subquery(cover.values(column)[:1]) for name, column in columns.items()}
    )


def describe_covers(record: Any, reader: Actor) -> Mapping[str, Any]:
    """Return how a unit is and was covered, for its page."""
    kinds = dict(code_items("cover_kinds"))
    rows = UnitCover.objects.visible_to(reader).filter(unit=record)
    covers = [*rows.select_related("organization").order_by("-starts_on", "-pk")]
    day = today()
    current = next(
        (
            row
            for row in covers
            if row.starts_on <= day and (row.ends_on is None or row.ends_on > day)
        ),
        None,
    )
    return {
        "unit": record,
        "is_new": record.sector in NEW_SECTORS,
        "lines": [(row, kinds.get(row.kind, row.kind)) for row in covers],
        "current": current,
        "keeps": record.ended_on is None and can_keep_cover(reader, record),
        "list_url": reverse("communities:covers"),
    }


COVER_SECTION = PageSection(
    "communities.cover",
    "organizations.Unit",
    "communities/_unit_cover.html",
    describe_covers,
)


def open_covers() -> QuerySet[UnitCover]:
    """Return the covers that go on."""
    rows: QuerySet[UnitCover] = UnitCover.objects.filter(ends_on=None)
    return rows.select_related("unit")


def end_with_unit(cover: UnitCover, end: UnitEnd) -> None:
    """End the cover of a unit that leaves the register."""
    close_cover(cover, on=end.on, by=end.by, reason=end.reason)


def end_with_organization(cover: UnitCover, merge: Merge) -> None:
    """End what an organization covers that is dissolved into another one.

    Whether the other one covers the unit, and as what, is for the keeper to say: until
    then the unit is on the list of those that none covers.
    """
    close_cover(cover, on=merge.on, by=merge.by, reason=merge.reason)


def cover_again(cover: UnitCover, merge: Merge, _note: object) -> None:
    """Let an organization cover again what it did, dissolved by mistake."""
    reopen_cover(cover, on=merge.on, by=merge.by)


CLOSER = Closer(
    "communities.covers",
    _("covers by a Party organization ended: %(count)s"),
    open_covers,
    end_with_unit,
    owner="unit",
)
MERGER = Merger(
    "communities.covers",
    _("units whose cover ends, to be entered anew: %(count)s"),
    open_covers,
    end_with_organization,
    take_back=cover_again,
    revives=True,
)
BLOCKER = ClosingBlocker(
    "communities.covers",
    _("units that it covers: %(count)s (enter who covers them)"),
    UnitCover.objects.all,
    until="ends_on",
)
