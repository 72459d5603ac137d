"""What communities show of an organization at a glance, and its two sides of bodies."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.coverage import COMMITTEES
from communities.enums import BodyGroup, Filling
from communities.models import (
    Body,
    Meeting,
    Project,
    SeatFiling,
    SeatHolding,
    UnitCover,
)
from communities.permissions import (
    can_see_bodies,
    can_see_holders,
    can_see_meetings,
    can_see_projects,
)
from communities.queries import with_other_posts
from core.actors import Actor
from core.db.tree import path_range
from core.months import months_before, today
from core.registries.page_sections import PageSection
from core.web.components import DetailRow
from organizations.enums import GlanceHeading
from organizations.glance import GlanceLines
from organizations.models import Organization
from organizations.queries import code_items


def people_who_run(place: Organization, reader: Actor) -> Iterator[DetailRow]:
    """Yield who sits in the committee, with their other posts, and who works for it.

    Of those whose names the reader may not see, it is said how many there are.
    """
    seen = SeatHolding.objects.visible_to(reader)
    committee = Q(
        seat__body__organization=place,
        seat__body__voided_at=None,
        seat__body__kind__code__in=COMMITTEES,
    )
    rows = seen.current().filter(committee)
    held = SeatHolding.objects.current().filter(committee).count()
    if can_see_bodies(reader) and (hidden := held - rows.count()):
        yield DetailRow(
            _("Seats held in the committee"),
            gettext("%(count)s (names are not shown to you)") % {"count": hidden},
            _bodies_of(place),
        )
    rows = with_other_posts(rows.with_holders(), seen)
    for row in rows.order_by("seat__kind__position", "seat__number", "pk"):
        yield DetailRow(
            row.seat.kind.name, describe_holder(row), row.seat.body.get_absolute_url()
        )
    workers = SeatHolding.objects.current().filter(
        path_range("seat__body__organization", place.path),
        seat__body__voided_at=None,
        seat__body__kind__group=BodyGroup.WORKERS,
    )
    if can_see_bodies(reader) and (count := workers.paid_seats().count()):
        full_time = workers.paid_seats().filter(is_full_time=True).count()
        words = gettext("%(count)s, of them %(full)s full time")
        query = urlencode({"organization": f"{place.pk}", "which": "workers"})
        url = f"{reverse('communities:holders')}?{query}"
        yield DetailRow(
            _("Workers"),
            words % {"count": count, "full": full_time},
            url if can_see_holders(reader) else _bodies_of(place),
        )
    if can_see_bodies(reader):
        yield from filed_by_level(place)


def filed_by_level(place: Organization) -> Iterator[DetailRow]:
    """Yield how many people are on file at each level, here and below (S0-39)."""
    rows = SeatFiling.objects.current().filter(
        path_range("holding__seat__body__organization", place.path),
        holding__in=SeatHolding.objects.current().order_by().values("pk"),
    )
    counts = dict(rows.order_by().values_list("level").annotate(count=Count("pk")))
    for level, label in code_items("filing_levels"):
        if counts.get(level):
            yield DetailRow(label, counts[level])


def describe_holder(row: SeatHolding) -> str:
    """Name a seat-holder with what else they hold and how they work."""
    remarks = [gettext("full time") if row.is_full_time else gettext("part time")]
    if row.is_actual_lead:
        remarks.append(gettext("really leads the work"))
    if row.other_posts:
        others = "、".join(row.other_posts)
        remarks.append(gettext("holds as well: %(posts)s") % {"posts": others})
    return f"{row.holder_name}（{'，'.join(remarks)}）"


def _bodies_of(place: Organization) -> str:
    return f"{reverse('communities:bodies')}?{urlencode({'organization': place.pk})}"


def work_carried(place: Organization, reader: Actor) -> Iterator[DetailRow]:
    """Yield meetings of a year, projects that go on and units that it covers."""
    query = urlencode({"organization": place.pk})
    if can_see_meetings(reader):
        since = months_before(today(), 12)
        held = Meeting.objects.held().filter(held_on__gt=since)
        count = held.filter(path_range("organization", place.path)).count()
        first = (since + dt.timedelta(days=1)).isoformat()
        url = f"{reverse('communities:list')}?{query}&since={first}"
        yield DetailRow(_("Meetings within twelve months"), count, url)
    if can_see_projects(reader):
        rows = Project.objects.visible_to(reader).running()
        count = rows.filter(path_range("organization", place.path)).count()
        url = f"{reverse('communities:projects')}?{query}&state=running"
        yield DetailRow(_("Projects"), count, url)
    if can_see_bodies(reader):
        covers = UnitCover.objects.visible_to(reader).current()
        count = covers.filter(path_range("organization", place.path)).count()
        url = f"{reverse('communities:covers')}?{urlencode({'by': place.pk})}"
        yield DetailRow(_("New organizations that it covers"), count, url)


LINES = (
    GlanceLines("communities.people", GlanceHeading.PEOPLE, people_who_run, rank=10),
    GlanceLines("communities.work", GlanceHeading.LOAD, work_carried, rank=20),
)


def describe_two_sides(place: Any, reader: Actor) -> Mapping[str, Any]:
    """Return the bodies of the Party and of the residents, and who sits in both."""
    bodies = Body.objects.visible_to(reader).running().filter(organization=place.pk)
    groups = (BodyGroup.PARTY, BodyGroup.GOVERNANCE)
    committees = Q(kind__group=BodyGroup.PARTY, kind__filled_by=Filling.ELECTION)
    either_side = committees | Q(kind__group=BodyGroup.GOVERNANCE)
    rows = [*bodies.filter(either_side).select_related("kind")]
    keys = [row.pk for row in rows]
    seen = SeatHolding.objects.visible_to(reader).current()
    held = seen.filter(seat__body__in=keys).with_holders()
    every = SeatHolding.objects.current().filter(seat__body__in=keys).with_holders()
    both = [*_in_both(held)]
    by_body: dict[int, list[SeatHolding]] = {}
    for holding in held.order_by("seat__kind__position", "seat__number", "pk"):
        by_body.setdefault(holding.seat.body_id, []).append(holding)
    sides = {
        group: [
            (body, by_body.get(body.pk, []))
            for body in rows
            if body.kind.group == group
        ]
        for group in groups
    }
    return {
        "place": place,
        "party": sides[BodyGroup.PARTY],
        "residents": sides[BodyGroup.GOVERNANCE],
        "both": both,
        "hidden": len([*_in_both(every)]) - len(both),
    }


def _in_both(held: Iterable[SeatHolding]) -> Iterator[tuple[str, str, str]]:
    """Yield the name of each who sits on both sides, with the seats on each."""
    people: dict[tuple[int | None, int | None], dict[str, list[str]]] = {}
    names: dict[tuple[int | None, int | None], str] = {}
    for row in held:
        if row.person is None:
            continue
        key = (row.member_id, row.non_member_id)
        names[key] = row.holder_name
        seat = f"{row.seat.body.name}{row.seat.kind.name}"
        sides = people.setdefault(key, {})
        sides.setdefault(row.seat.body.kind.group, []).append(seat)
    for key, sides in people.items():
        if len(sides) == 2:
            yield (
                names[key],
                "、".join(sides[BodyGroup.PARTY]),
                "、".join(sides[BodyGroup.GOVERNANCE]),
            )


SIDES_SECTION = PageSection(
    "communities.two_sides",
    "organizations.Organization",
    "communities/_two_sides.html",
    describe_two_sides,
)
