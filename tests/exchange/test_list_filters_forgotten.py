"""By which filter a list was written is forgotten with its file."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from exchange.actions import ask_for_list, forget_list_filters, run_next_job
from exchange.models import Job, ListExport

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(secretary):
    """A list of one name, asked for as a file."""
    address = f"{reverse('members:list')}?q=孙某某"
    return ask_for_list(address, "csv", by=secretary)


def age(days):
    """Let what was asked for be some days old."""
    asked_at = timezone.now() - dt.timedelta(days=days)
    ListExport.objects.update(asked_at=asked_at)


def test_the_filter_is_forgotten_after_a_week(asked):
    run_next_job()
    age(6)
    assert forget_list_filters() == 0
    age(8)

    assert forget_list_filters() == 1

    assert ListExport.objects.get().address == reverse("members:list")
    assert forget_list_filters() == 0


def test_a_list_that_is_not_written_yet_keeps_its_filter(asked):
    age(8)

    assert forget_list_filters() == 0

    assert Job.objects.unfinished().exists()
    assert "孙某某" in ListExport.objects.get().address
