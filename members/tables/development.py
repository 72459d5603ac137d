"""Columns of the lists of people on the way to membership, and of probations."""

from functools import cached_property

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.months import today
from core.text import StrOrPromise
from core.web.tables import ON_ONE_LINE, OrderedTable
from members.development.probation import Probation
from members.development.steps import (
    Terms,
    development_terms,
    find_next_steps,
    is_ready_to_admit,
)
from members.models import Development, Member


class DevelopmentTable(OrderedTable):
    """People on the way to membership: how far they have come, and what is next."""

    name = tables.Column(
        verbose_name=_("Name"), linkify=True, order_by=("sort_key", "pk")
    )
    organization = tables.Column(
        verbose_name=_("Party organization"), order_by=("organization__path", "pk")
    )
    stage = tables.Column(verbose_name=_("Stage"), orderable=False)
    stage_since = tables.DateColumn(
        verbose_name=_("In this stage since"),
        short=False,
        orderable=False,
        attrs=ON_ONE_LINE,
    )
    applied_on = tables.DateColumn(
        verbose_name=_("Applied on"), short=False, attrs=ON_ONE_LINE
    )
    next = tables.Column(
        verbose_name=_("What is next"), empty_values=(), orderable=False
    )
    state = tables.Column(verbose_name=_("State"), orderable=False)

    class Meta:
        model = Development
        fields = (
            *("name", "organization", "stage", "stage_since"),
            *("applied_on", "next", "state"),
        )

    @cached_property
    def terms(self) -> Terms:
        """The numbers of the rules, read once for all rows."""
        return development_terms()

    def render_stage(self, record: Development) -> StrOrPromise:
        """Return the stage in words."""
        return record.stage.label

    def render_next(self, record: Development) -> str:
        """Return what can be recorded next, and by when it is due."""
        if is_ready_to_admit(record):
            return str(_("Enter as a member"))
        day = today()
        steps = find_next_steps(record, self.terms)
        return "；".join(str(step.describe(day)) for step in steps) or "—"


class ProbationTable(OrderedTable):
    """Probationary members, the probation that ends first above."""

    name = tables.Column(
        verbose_name=_("Name"),
        accessor="member__name",
        linkify=lambda record: record.member.get_absolute_url(),
    )
    organization = tables.Column(
        verbose_name=_("Party organization"), accessor="member__organization"
    )
    joined = tables.Column(
        verbose_name=_("Joined the Party on"), accessor="member__joined"
    )
    extended = tables.Column(verbose_name=_("Extended by (months)"))
    due_on = tables.DateColumn(
        verbose_name=_("Probation ends on"), short=False, attrs=ON_ONE_LINE
    )
    state = tables.Column(verbose_name=_("State"), empty_values=())

    class Meta:
        model = Member
        fields: tuple[str, ...] = ()
        orderable = False

    def render_extended(self, value: int) -> str:
        """Return the months, or a dash where it was not extended."""
        return str(value or "—")

    def render_state(self, record: Probation) -> StrOrPromise:
        """Say whether it runs, ends soon or is over."""
        return record.describe(today())
