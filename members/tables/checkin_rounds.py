"""Columns of rounds of checking in, of their funnel, and of the people behind it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.web.tables import ON_ONE_LINE, OrderedTable
from members.funnels import FunnelStep, funnel_steps
from members.models import CheckInRound, Member


class RoundTable(OrderedTable):
    """Rounds of checking in: of which street, on which document, from when to when."""

    title = tables.Column(
        verbose_name=pgettext_lazy("round", "Name of the round"),
        linkify=True,
        orderable=False,
    )
    organization = tables.Column(verbose_name=_("Street"), orderable=False)
    basis_text = tables.Column(verbose_name=_("Document it rests on"), orderable=False)
    starts_on = tables.DateColumn(
        verbose_name=_("From"), short=False, attrs=ON_ONE_LINE
    )
    last_day = tables.DateColumn(
        verbose_name=_("Until (last day)"),
        order_by=("ends_on",),
        short=False,
        attrs=ON_ONE_LINE,
    )

    class Meta:
        model = CheckInRound
        fields = ("title", "organization", "basis_text", "starts_on", "last_day")


def _count_of(key: str, label: Any) -> Any:
    """Return a column that counts who took a step, and opens who they are."""
    return tables.Column(
        verbose_name=label,
        accessor=f"counts__{key}",
        linkify=lambda record: record.url_of(key),
    )


class ShareColumn(tables.Column):
    """A step in percent of another; a dash where nobody could take it."""

    def __init__(self, step: FunnelStep) -> None:
        super().__init__(
            verbose_name=step.share_label,
            accessor=f"shares__{step.key}",
            default="—",
        )

    def render(self, value: Decimal) -> str:
        return f"{value}%"

    def value(self, value: Decimal) -> Decimal:
        """Return the number itself, for a file."""
        return value


def _columns_of(step: FunnelStep) -> Iterator[tuple[str, tables.Column]]:
    """Yield the column that counts a step, and that of its share where it has one."""
    yield step.key, _count_of(step.key, step.label)
    if step.share_of:
        yield f"share_{step.key}", ShareColumn(step)


class FunnelTable(OrderedTable):
    """Communities or units: how many checked in, pledged and served, and in percent."""

    label = tables.Column(verbose_name=_("Community or unit"))

    class Meta:
        model = Member
        fields: tuple[str, ...] = ()
        orderable = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        steps = [pair for step in funnel_steps for pair in _columns_of(step)]
        super().__init__(*args, extra_columns=steps, **kwargs)


class StreetFunnelTable(FunnelTable):
    """Streets: the round that began last, and how far its people have come."""

    label = tables.Column(verbose_name=_("Street"))
    round = tables.Column(
        verbose_name=pgettext_lazy("round", "Name of the round"),
        accessor="round__title",
        linkify=lambda record: record.round and record.round.get_absolute_url(),
    )

    class Meta(FunnelTable.Meta):
        sequence = ("label", "round", "...")


class RoundPeopleTable(OrderedTable):
    """The people behind a number, by name: unit, community, and which steps."""

    name = tables.Column(
        verbose_name=_("Name"),
        order_by=("sort_key",),
        linkify=lambda record: record.get_absolute_url(),
    )
    employer = tables.Column(verbose_name=_("Unit"), orderable=False)
    community = tables.Column(verbose_name=_("Checked in at"), orderable=False)

    class Meta:
        model = Member
        fields = ("name", "employer", "community")

    def __init__(self, *args: Any, taken: Any = None, **kwargs: Any) -> None:
        self.taken = taken or {}
        steps = [
            (
                one.key,
                tables.Column(verbose_name=one.label, empty_values=(), orderable=False),
            )
            for one in funnel_steps
        ]
        for key, _column in steps:
            setattr(self, f"render_{key}", self._mark(key))
        super().__init__(*args, extra_columns=steps, **kwargs)

    def _mark(self, key: str) -> Any:
        """Return what marks somebody who took a step."""
        return lambda record: "√" if record.pk in self.taken.get(key, ()) else "—"
