"""Steps made through the pages, in any order: every number equals the rows behind it.

A seeded walk lets the people of two streets do what they do, for four months, through
the real addresses alone. Afterwards the worker counts what is marked, `verify` recounts
everything by queries of its own, and every number of every return and dashboard is
opened and its rows are counted. Each form is also sent with fields that it does not
show (`tests/walk/extra_fields.py`).
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import cache
from random import Random
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from core.months import month_of, months_between, today
from figures.counting import count_figures
from figures.definitions import indicators
from figures.sums import sum_figures
from organizations.month_tree import get_organization_at
from reports.enums import ReturnState
from reports.models import MonthlyReturn
from tests.walk.actions import Diary, Hands, walk
from tests.walk.clock import (
    BEGINNING,
    Clock,
    list_broken_invariants,
    run_waiting_chores,
)
from tests.walk.extra_fields import ExtraFields
from tests.walk.membership import Membership
from tests.walk.money import Cobuilding, Money, Returns
from tests.walk.people import Visitor, World, build_world
from tests.walk.reading import Listed, Shown, indicator_of, read_list, read_numbers
from tests.walk.service import Meetings, Service
from tests.walk.transfers import Transfers

TRADES: tuple[type[Hands], ...] = (
    Membership,
    Transfers,
    Meetings,
    Service,
    Money,
    Cobuilding,
    Returns,
)
# What must really have been done in every walk, or it proves nothing.
AT_LEAST = {
    "admit": 2,
    "admit_in_the_admin": 2,
    "move": 2,
    "propose": 2,
    "issue": 1,
    "check_in": 1,
    "meet": 5,
    "offer": 3,
    "claim": 2,
    "record_hours": 1,
    "confirm": 1,
    "enter_income": 2,
    "enter_expenditure": 2,
    "approve": 3,
    "sign_for_unit": 1,
    "sign_for_community": 1,
    "submit": 3,
    "accept": 2,
}
LEAST = 120
# Figures of a closed month whose rows may be corrected, or noted late, after it was
# published: what a member is, whether they were away, and which receipt came late. The
# page says both numbers.
CORRECTED_LATER = {
    "members_women",
    "members_young",
    "members_mobile",
    "members_in_transit",
    "members_letters_expired",
}


def live(seed: int, traveller: Any, *, least: int) -> tuple[World, Clock, Diary]:
    """Let a small world take so many steps; time stays where they end."""
    chance, world = Random(seed), build_world()
    clock = Clock(chance, traveller)
    trades = [trade(world, chance) for trade in TRADES]
    steps = [step for trade in trades for step in trade.steps()]
    diary = Diary(lambda: list_drift(world.city.pk))
    walk(steps, clock, diary, least=least, of_each=AT_LEAST)
    return world, clock, diary


def list_drift(city: int) -> list[str]:
    """Figures of the city that are not what its rows make at this moment."""
    keys = [i.key for i in indicators if i.key not in CORRECTED_LATER]
    lines = []
    for month in months_walked():
        organization = get_organization_at(city, month)
        figures, rows = (
            sum_figures(organization, month, keys),
            count_figures(organization, month, keys),
        )
        lines += [
            f"{month:%Y-%m} {key}: figure {figures[key]}, rows {rows[key]}"
            for key in keys
            if figures[key] != rows[key]
        ]
    return lines


def months_walked() -> Iterable[dt.date]:
    """The months from the beginning of the walk to the running one."""
    return months_between(month_of(BEGINNING.date()), month_of(today()))


class Proof:
    """Opens numbers and counts their rows; each page behind a number is read once.

    Every number that is not zero is opened, and of the zeros this share.
    """

    def __init__(self, world: World, chance: Random, *, zero_share: float) -> None:
        self.world, self.chance, self.zero_share = world, chance, zero_share
        self.opened = 0
        self.read = cache(read_list)

    def faults(self) -> Iterator[str]:
        """Numbers on returns and dashboards that their rows belie."""
        for cast in self.world.casts:
            for row in MonthlyReturn.objects.filter(organization=cast.community):
                yield from self.of_return(cast.staff, row)
        for month in months_walked():
            yield from self.of_dashboard(self.world.officer, self.world.city.pk, month)
            for pk, staff in self.world.streets.items():
                yield from self.of_dashboard(staff, pk, month)
            for cast in self.world.casts:
                pk = cast.community.pk
                yield from self.of_dashboard(cast.staff, pk, month)

    def of_return(self, visitor: Visitor, row: MonthlyReturn) -> Iterator[str]:
        """The cells of a return; what waits for a decision stands as it was sent."""
        lines = row.round.form.lines.all()
        divisors = {line.indicator: line.divisor for line in lines}
        shown = read_numbers(visitor.get(row.get_absolute_url()))
        if len(shown) < len(divisors) - 1:  # the adjustment is an explanation
            yield f"{row}: only {len(shown)} cells lead to their rows"
        for number in shown:
            divisor = divisors[indicator_of(number.url).key]
            whole = Shown(number.url, number.value * divisor, divisor)
            if row.state != ReturnState.SUBMITTED and self.opens(whole):
                yield from self.of_number(visitor, whole, f"{row}")

    def of_dashboard(self, visitor: Visitor, pk: int, month: dt.date) -> Iterator[str]:
        """The cards of a dashboard, and the table of what lies below."""
        url = f"{reverse('reports:dashboard_of', args=[pk])}?month={month:%Y-%m}"
        for number in dict.fromkeys(read_numbers(visitor.get(url))):
            if self.opens(number):
                yield from self.of_number(visitor, number, url)

    def opens(self, shown: Shown) -> bool:
        """Whether the number is opened: always, unless it is one of many zeros."""
        return shown.value != 0 or self.chance.random() < self.zero_share

    def of_number(self, visitor: Visitor, shown: Shown, where: str) -> Iterator[str]:
        """One number: the page behind it says the same, and so do its rows."""
        indicator = indicator_of(shown.url)
        behind: Listed = self.read(visitor, shown.url)
        self.opened += 1
        said = behind.value
        if indicator.key in CORRECTED_LATER and behind.published is not None:
            said = behind.published
        if not shown.is_of(said):
            yield f"{where} shows {shown}, the page behind it {said}"
        if behind.hidden:
            parts = sum(part.value for part in behind.parts)
            if parts != behind.value:
                yield f"{where}: {shown}, but its parts make {parts}"
        elif behind.count_rows(indicator) != behind.value:
            yield f"{where}: {shown}, but its rows make {behind.count_rows(indicator)}"


def check_walk(seed: int, *, zero_share: float) -> None:
    """Walk, count what is marked, and see that everything agrees."""
    with time_machine.travel(BEGINNING, tick=False) as traveller:
        world, clock, diary = live(seed, traveller, least=LEAST)
        run_waiting_chores()
        story = "\n".join(
            [*diary.lines, f"{dict(diary.refused)}", f"{dict(diary.done)}"]
        )

        assert clock.faults + list_broken_invariants() == [], story
        proof = Proof(world, clock.chance, zero_share=zero_share)
        assert list(proof.faults()) == [], story
        assert proof.opened > 120
        scarce = {k: diary.done[k] for k, n in AT_LEAST.items() if diary.done[k] < n}
        assert scarce == {}, story


@pytest.fixture(autouse=True)
def _nobody_is_signed_out_by_the_clock(settings):
    settings.SESSION_COOKIE_AGE = settings.SESSION_IDLE_AGE = 400 * 24 * 60 * 60


@pytest.mark.slow
@pytest.mark.django_db
def test_every_number_equals_its_rows_and_no_form_takes_what_it_does_not_show(
    monkeypatch,
):
    extra = ExtraFields(monkeypatch)

    check_walk(1, zero_share=0.1)

    assert extra.list_faults() == []


@pytest.mark.drill
@pytest.mark.parametrize("seed", [2, *range(100, 112)])
@pytest.mark.django_db
def test_every_number_equals_its_rows_in_many_more_lives(seed):
    check_walk(seed, zero_share=1)
