"""The funnel of a round: known here, checked in, pledged, served, again (S4-11).

Every step is a set of people from rows that exist; nobody is counted twice, and from
checking in on, each step is of those who checked in. Apps above add their steps.

Who lives here without having checked in is known of a few alone, so that nothing is
said in percent of the people known here. A round that has not begun counts nobody.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from core.actors import Actor, scope_of
from core.db.tree import path_range
from core.numbers import percent_of
from core.registries.registry import Registry
from core.text import StrOrPromise
from members.duplicates.merged import PERSON, own_or_merged, own_or_merged_in_subquery
from members.enums import Category, LeaveReason
from members.models import CheckIn, CheckInRound, Member, Pledge
from organizations.models import Organization, Unit
from organizations.queries import filing_organizations
from organizations.roles import MEETING_KEEPERS

LIVING, CHECKED_IN = "living", "checked_in"
TOGETHER = _("Together")
NOT_HERE = (LeaveReason.MOVED_AWAY, LeaveReason.DIED, LeaveReason.OUT_OF_SERVICE)


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """A step: its label, and which of some members took it in the round.

    `share_of` is the step of whose people this one's are told in percent, if that
    says something: of whom it could be expected.
    """

    key: str
    label: StrOrPromise
    taken_by: Callable[[CheckInRound, Iterable[int]], set[int]]
    share_of: str = ""
    share_label: StrOrPromise = ""


funnel_steps: Registry[FunnelStep] = Registry("Funnel step")


def during(row: CheckInRound) -> Q:
    """Return the condition on periods that share a day with the round."""
    goes_on = Q(ends_on=None) | Q(ends_on__gt=row.starts_on)
    return goes_on & Q(starts_on__lt=row.ends_on)


def find_checked_in(row: CheckInRound, keys: Iterable[int]) -> set[int]:
    """Return who is or was checked in in the street during the round."""
    here = path_range("community", row.organization.path)
    rows = CheckIn.objects.filter(during(row), here, own_or_merged(keys))
    return _people_of(rows)


def find_new(row: CheckInRound, keys: Iterable[int]) -> set[int]:
    """Return who checked in within the days of the round: its own check-ins.

    A check-in that goes on with another unit is no new one.
    """
    here = path_range("community", row.organization.path)
    before = CheckIn.objects.filter(
        member=OuterRef("member"),
        ends_on=OuterRef("starts_on"),
        end_reason=LeaveReason.UNIT_CHANGED,
    )
    rows = CheckIn.objects.filter(
        here,
        own_or_merged(keys),
        starts_on__gte=row.starts_on,
        starts_on__lt=row.ends_on,
    ).exclude(Exists(before))
    return _people_of(rows)


def find_pledged(row: CheckInRound, keys: Iterable[int]) -> set[int]:
    """Return who has an accepted pledge for days of the round."""
    rows = Pledge.objects.counted().overlapping(row.starts_on, row.ends_on)
    return _people_of(rows.filter(own_or_merged(keys)))


def _people_of(rows: QuerySet[Any]) -> set[int]:
    """Return whose rows they are, by the record that stays."""
    found: Any = rows.order_by().annotate(whose=PERSON)
    return set(found.values_list("whose", flat=True))


funnel_steps.add(
    FunnelStep(LIVING, _("Known to live here"), lambda _row, keys: set(keys)),
    FunnelStep(CHECKED_IN, _("Checked in"), find_checked_in),
    FunnelStep("new", _("Of these, in this round"), find_new),
    FunnelStep(
        "pledged",
        _("Pledged"),
        find_pledged,
        share_of=CHECKED_IN,
        share_label=_("Pledged, in percent of checked in"),
    ),
)


@dataclass(frozen=True, slots=True)
class Resident:
    """An in-service member who lives in the street, their community and unit."""

    key: int
    community: int
    unit: int


@dataclass(frozen=True, slots=True)
class FunnelLine:
    """A community or a unit, and how many people took each step there."""

    label: StrOrPromise
    counts: Mapping[str, int]
    round: CheckInRound | None
    query: Mapping[str, int]
    opens: bool = True

    @property
    def shares(self) -> dict[str, Decimal | None]:
        """Each step in percent of the step whose people could take it."""
        return {
            step.key: percent_of(
                Decimal(self.counts[step.key]), Decimal(self.counts[step.share_of])
            )
            for step in funnel_steps
            if step.share_of and self.counts
        }

    def url_of(self, step: str) -> str | None:
        """Return the list of the people behind a number, if the reader may read it."""
        if self.round is None or not self.opens:
            return None
        url = reverse("members:round_people", args=[self.round.pk])
        return f"{url}?{urlencode([('step', step), *self.query.items()])}"


def find_residents(row: CheckInRound, user: Actor) -> list[Resident]:
    """Return the in-service members who are known to live in the street.

    They are checked in there, were so last and did not move away, or belong to a
    branch there.
    """
    if row.has_not_begun:
        return []
    path = row.organization.path
    last = CheckIn.objects.filter(
        path_range("community", path), own_or_merged_in_subquery()
    )
    stayed = last.exclude(end_reason__in=NOT_HERE)
    known = Q(community=None, organization=None) & Exists(stayed)
    here = path_range("community", path) | path_range("organization", path)
    rows = _readable(row, user).current().filter(here | known)
    rows = rows.filter(category=Category.IN_SERVICE).order_by("pk")
    found: list[Any] = list(
        rows.values_list("pk", "community", "organization", "employer").distinct()
    )
    homes = _communities_of_branches(one[2] for one in found if one[1] is None)
    former = _last_communities(path, [one[0] for one in found if not any(one[1:3])])
    return [
        Resident(
            pk,
            community or homes.get(branch or 0, 0) or former.get(pk, 0),
            employer or 0,
        )
        for pk, community, branch, employer in found
    ]


def opens_people(row: CheckInRound, user: Actor) -> bool:
    """Whether the reader may read who the people are: the city reads numbers alone."""
    return scope_of(user).has_role(MEETING_KEEPERS)


def _readable(row: CheckInRound, user: Actor) -> Any:
    """Return the members who count for the reader."""
    if opens_people(row, user):
        return Member.objects.visible_to(user)
    return Member.objects.known_at(row.organization)


def _communities_of_branches(keys: Iterable[int | None]) -> Mapping[int, int]:
    branches = Organization.objects.filter(pk__in={key for key in keys if key})
    return {key: place.pk for key, place in filing_organizations(branches).items()}


def _last_communities(path: str, keys: Sequence[int]) -> Mapping[int, int]:
    rows = CheckIn.objects.filter(path_range("community", path), own_or_merged(keys))
    found: Any = rows.annotate(whose=PERSON).order_by("starts_on", "pk")
    ordered = found.values_list("whose", "community")
    return dict(ordered)


def take_steps(row: CheckInRound, residents: Sequence[Resident]) -> dict[str, set[int]]:
    """Return who took each step; those after checking in are of who checked in."""
    keys = {one.key for one in residents}
    taken: dict[str, set[int]] = {}
    for step in funnel_steps:
        taken[step.key] = step.taken_by(row, keys) & keys
        if step.key == CHECKED_IN:
            keys = taken[step.key]
    return taken


def build_funnel(
    row: CheckInRound, user: Actor, *, by_unit: bool
) -> tuple[list[FunnelLine], FunnelLine]:
    """Return a line for each community or unit, and that of all together."""
    residents = find_residents(row, user)
    taken = take_steps(row, residents)
    groups: dict[int, set[int]] = defaultdict(set)
    for one in residents:
        groups[one.unit if by_unit else one.community].add(one.key)
    labels = _labels_of(groups, by_unit=by_unit)
    name = "unit" if by_unit else "community"
    opens = opens_people(row, user)
    lines = [
        _line(row, label, taken, groups[key], {name: key}, opens=opens)
        for key, label in labels.items()
        if key in groups
    ]
    everybody = {one.key for one in residents}
    return lines, _line(row, TOGETHER, taken, everybody, {}, opens=opens)


def _labels_of(keys: Iterable[int], *, by_unit: bool) -> dict[int, StrOrPromise]:
    """Return what each group is called, in the order of the tree or of the names."""
    model = Unit if by_unit else Organization
    order = ("name", "pk") if by_unit else ("path",)
    rows = model.objects.filter(pk__in=list(keys)).order_by(*order)
    labels: dict[int, StrOrPromise] = {row.pk: row.name for row in rows}
    return {**labels, 0: _("unit not on record") if by_unit else _("not known where")}


def _line(
    row: CheckInRound,
    label: StrOrPromise,
    taken: Mapping[str, set[int]],
    people: set[int],
    query: Mapping[str, int],
    *,
    opens: bool = True,
) -> FunnelLine:
    counts = {key: len(keys & people) for key, keys in taken.items()}
    return FunnelLine(label, counts, row, query, opens)
