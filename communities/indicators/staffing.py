"""Figures about reserves, and about who came in by an election."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.enums import GRADUATE, ReserveOutcome
from communities.models import CandidateTrait, Reserve
from core.db.querysets import ScopedQuerySet
from core.months import last_day
from figures.breakdowns import by_code_list
from figures.definitions import Column, Indicator, Kind, Source, indicators
from organizations.roles import MEETING_KEEPERS, RECORD_KEEPERS


def _reserves_at_month_end(month: dt.date) -> ScopedQuerySet[Reserve]:
    return Reserve.objects.listed_on(last_day(month)).with_people()


def _reserves_in_office(month: dt.date) -> ScopedQuerySet[Reserve]:
    rows = Reserve.objects.valid().with_people()
    return rows.filter(
        outcome=ReserveOutcome.TOOK_OFFICE,
        holding__ends_on__range=(month, last_day(month)),
    )


PERSONS = _("persons")
RESERVE_COLUMNS = (
    Column(_("Name"), "name", opens="self", names_person=True),
    Column(_("Post that they could take over"), "for_post"),
    Column(_("Party organization"), "holding.seat.body.organization.name"),
    Column(_("On the list since"), "holding.starts_on"),
)
RESERVE_BREAKDOWNS = (
    by_code_list("level", _("Level of reserve"), "reserve_levels", "level"),
    by_code_list(
        "from", _("From which group"), "recruited_from", "holding__recruited_from"
    ),
)
ON_THE_LIST = Source(
    "communities.reserves",
    _("Reserves at month end"),
    _reserves_at_month_end,
    RESERVE_COLUMNS,
    organization="holding__seat__body__organization",
    names_read_by=RECORD_KEEPERS,
    breakdowns=RESERVE_BREAKDOWNS,
)
TOOK_OFFICE = Source(
    "communities.reserves_in_office",
    _("Reserves who took over an office within the month"),
    _reserves_in_office,
    RESERVE_COLUMNS,
    organization="holding__seat__body__organization",
    day="holding__ends_on",
    names_read_by=RECORD_KEEPERS,
    breakdowns=RESERVE_BREAKDOWNS,
)


def _traits_that_came_in(month: dt.date) -> ScopedQuerySet[CandidateTrait]:
    rows = CandidateTrait.objects.who_came_in(month, last_day(month))
    return rows.select_related(
        *("candidate__member", "candidate__non_member", "candidate__kind"),
        "candidate__election__body__organization",
    ).defer("candidate__member__id_number", "candidate__member__phone")


CAME_IN = Source(
    "communities.traits",
    _("Traits of whom voters elected into terms that began within the month"),
    _traits_that_came_in,
    (
        Column(_("Name"), "candidate.name", names_person=True),
        Column(_("Body"), "candidate.election.body.name", opens="candidate.election"),
        Column(_("Party organization"), "candidate.election.body.organization.name"),
        Column(_("Day of the election"), "candidate.election.held_on"),
    ),
    organization="candidate__election__body__organization",
    day="candidate__election__term__starts_on",
    names_read_by=MEETING_KEEPERS,
    breakdowns=(by_code_list("trait", _("Traits"), "candidate_traits", "trait"),),
)


def is_graduate(_month: dt.date) -> Q:
    """Return a condition on reserves who are graduates (S2-11)."""
    return Q(holding__recruited_from=GRADUATE)


indicators.add(
    Indicator(
        "traits_elected",
        _("Traits of those who were elected"),
        _("person-times"),
        Kind.FLOW,
        CAME_IN,
    ),
    Indicator("reserves", _("Reserves"), PERSONS, Kind.STOCK, ON_THE_LIST),
    Indicator(
        "reserves_graduates",
        _("Graduates among the reserves"),
        PERSONS,
        Kind.STOCK,
        ON_THE_LIST,
        is_graduate,
    ),
    Indicator(
        "reserves_in_office",
        _("Reserves who took over an office"),
        PERSONS,
        Kind.FLOW,
        TOOK_OFFICE,
    ),
)
