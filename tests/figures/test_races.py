"""Recounting while actions or another worker run."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction

from core.registries.invariants import invariants
from figures.actions import recount, recount_requested
from figures.models import Figure
from organizations.actions import close_month
from organizations.models import RecountRequest
from reports.invariants import find_wrong_figures
from tests.factories.figures import recount_all
from tests.factories.members import MemberFactory
from tests.factories.reports import JUNE
from tests.stage import on_its_own_connection, race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_a_request_made_while_figures_are_counted_is_served_next(east, branch):
    MemberFactory(organization=branch, starts_on=JUNE)

    with ThreadPoolExecutor() as pool:
        with transaction.atomic():
            MemberFactory(organization=branch, starts_on=JUNE)
            pool.submit(on_its_own_connection, recount_requested).result()
            assert Figure.objects.get(month=JUNE, indicator="members_in").value == 1
        assert RecountRequest.objects.count() == 1

    recount_all()
    assert Figure.objects.get(month=JUNE, indicator="members_in").value == 2
    assert list(find_wrong_figures()) == []


def test_two_workers_count_one_organization_one_after_the_other(branch):
    MemberFactory(organization=branch, starts_on=JUNE)

    counting = race(recount_requested, recount_requested)

    assert (counting.waited, counting.refusal) == (True, None)
    assert RecountRequest.objects.count() == 0
    assert list(find_wrong_figures()) == []


def test_a_month_that_closes_waits_for_the_count_that_saw_it_open(east, branch):
    MemberFactory(organization=branch, starts_on=JUNE)

    closing = race(
        lambda: recount([branch.pk], JUNE), lambda: close_month(east, JUNE, by=None)
    )

    assert (closing.waited, closing.refusal) == (True, None)
    assert Figure.objects.filter(organization=branch, month=JUNE).exists()
    assert list(invariants.get("figures.closed").broken()) == []
