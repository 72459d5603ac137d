"""The entries that make up the adjustment of a month's opening, each with its reason.

The balance is counted over rows: those of the opening, of gains, of losses and of the
closing. A row that all but one of these explain is part of the adjustment. A member who
only moved between branches of the place leaves and comes at once and is none.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from core.months import last_day, shift_month
from core.numbers import sign_number
from figures.definitions import indicators
from members.enums import StartReason
from members.models import Affiliation
from organizations.enums import ChangeKind
from organizations.models import Organization
from organizations.month_tree import OrganizationAt, get_organization_at, ids_within
from reports.models import ReturnLine
from reports.returns.balance import CLOSING, GAINS, LOSSES, OPENING
from reports.returns.line_values import published_opening

MAX_EXPLANATION = ReturnLine._meta.get_field("reason").max_length


@dataclass(frozen=True, slots=True)
class AdjustedEntry:
    """One entry of the adjustment: one member more or less, on which day, and why.

    `typed` is what somebody wrote about it.
    """

    row: Affiliation
    change: int
    day: dt.date
    reason: str
    typed: str = ""

    @property
    def pk(self) -> int:
        """The key of the entry's row."""
        return self.row.pk

    @property
    def full_reason(self) -> str:
        """The reason, with what was typed when the entry was voided."""
        return f"{self.reason}：{self.typed}" if self.typed else self.reason

    @property
    def change_text(self) -> str:
        """The change as it is added up: +1 or −1."""
        return _signed(self.change)


@dataclass(frozen=True, slots=True)
class _Trees:
    """Where the opening and the closing of a month were counted."""

    month: dt.date
    before: OrganizationAt
    before_month: dt.date
    after: OrganizationAt
    opening: str


def list_adjusted_entries(
    organization: Organization, month: dt.date
) -> list[AdjustedEntry]:
    """Return the entries that make up the adjustment of a place's month."""
    trees = _find_trees(organization, month)
    if trees is None:
        return []
    changes = _changes_by_row(trees)
    rows = list(
        Affiliation.all_objects.filter(pk__in=changes)
        .select_related("member", "organization")
        .order_by("starts_on", "pk")
    )
    by_member: dict[int, int] = defaultdict(int)
    for row in rows:
        by_member[row.member_id] += changes[row.pk]
    kept = [row for row in rows if by_member[row.member_id]]
    here = set(ids_within(trees.after, month))
    were_here = set(ids_within(trees.before, trees.before_month))
    return [
        _describe(row, changes[row.pk], month, here=here, were_here=were_here)
        for row in kept
    ]


def explain_adjustment(
    organization: Organization, month: dt.date, value: Decimal
) -> str:
    """Return the known causes of an adjustment, as a return explains it.

    "" if the entries do not add up to it, so that somebody has to say why. No person is
    named: an explanation is printed and published.
    """
    entries = list_adjusted_entries(organization, month)
    if not entries or sum(entry.change for entry in entries) != value:
        return ""
    causes = Counter[str]()
    for entry in entries:
        causes[entry.reason] += entry.change
    texts = (f"{reason}（{_signed(change)}）" for reason, change in causes.items())
    return "；".join(texts)[:MAX_EXPLANATION]


def _signed(change: int) -> str:
    return f"+{change}" if change > 0 else sign_number(f"{change}")


def _find_trees(organization: Organization, month: dt.date) -> _Trees | None:
    """Return where to count; an opening that was published is that month's closing."""
    after = get_organization_at(organization.pk, month)
    if after is None:
        return None
    earlier = shift_month(month, -1)
    before = get_organization_at(organization.pk, earlier)
    if before is None or published_opening(organization.pk, month) is None:
        return _Trees(month, after, month, after, OPENING)
    return _Trees(month, before, earlier, after, CLOSING)


def _changes_by_row(trees: _Trees) -> dict[int, int]:
    """Return by how many each row is in the closing more than the others explain."""
    changes = Counter[int]()
    changes.update(_keys(trees.after, trees.month, CLOSING))
    changes.subtract(_keys(trees.before, trees.before_month, trees.opening))
    for key in GAINS:
        changes.subtract(_keys(trees.after, trees.month, key))
    for key in LOSSES:
        changes.update(_keys(trees.after, trees.month, key))
    return {pk: change for pk, change in changes.items() if change}


def _keys(organization: OrganizationAt, month: dt.date, key: str) -> Iterator[int]:
    rows: QuerySet[Affiliation] = indicators.get(key).rows_within(organization, month)
    yield from rows.order_by().values_list("pk", flat=True)


def _describe(
    row: Affiliation,
    change: int,
    month: dt.date,
    *,
    here: set[int],
    were_here: set[int],
) -> AdjustedEntry:
    name = row.organization.name
    if change < 0 and row.voided_at and row.void_month and row.void_month <= month:
        reason, day = _("Recorded by mistake and voided"), localdate(row.voided_at)
        return AdjustedEntry(row, change, day, reason, row.void_reason)
    if change > 0 and row.start_reason == StartReason.CONTINUED:
        reason = _("An end recorded by mistake was voided: the member goes on counting")
        return AdjustedEntry(row, change, row.starts_on, reason)
    if change < 0 and row.organization_id not in here:
        reason = _("%s was placed under another organization") % name
    elif change > 0 and row.organization_id not in were_here:
        reason = _("%s was placed here from another organization") % name
    elif change < 0:
        reason = _("Moved on with a branch that was placed elsewhere")
        return AdjustedEntry(row, change, row.ends_on or month, reason)
    else:
        reason = _("Came with a branch that was placed here")
        return AdjustedEntry(row, change, row.starts_on, reason)
    document = _document_of_change(row, month)
    reason += _(" (by %s)") % document if document else ""
    return AdjustedEntry(row, change, _day_of_change(row, month), reason)


def _document_of_change(row: Affiliation, month: dt.date) -> str:
    """Return the document that put a row's organization where it is in the month."""
    moves = row.organization.changes.filter(
        kind=ChangeKind.MOVED, happened_on__gte=month, happened_on__lte=last_day(month)
    )
    move = moves.order_by("-happened_on", "-pk").first()
    return (move.basis_number or move.basis) if move else ""


def _day_of_change(row: Affiliation, month: dt.date) -> dt.date:
    """Return since when the organization has had the place that it has in the month."""
    versions = row.organization.versions.filter(starts_on__gte=month)
    first = versions.order_by("starts_on").values_list("starts_on", flat=True).first()
    return first or month
