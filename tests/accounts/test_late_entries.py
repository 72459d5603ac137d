"""Entries of a transaction that commits after others with higher numbers."""

import datetime as dt

import pytest
from django.db.models import Max
from django.utils import timezone

from accounts.actions import seal_entries
from accounts.chain import MAX_TRANSACTION_TIME
from accounts.invariants import unsealed_too_long
from accounts.models import AuditEntry, Seal

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def enter(pk, **values):
    fields = {"channel": "web", "action": "accounts.assign_role", "subject_id": "1"}
    return AuditEntry.objects.create(pk=pk, **fields, **values)


@pytest.fixture
def after_all():
    """Return a number beyond those of all entries so far."""
    seal_entries()
    return (AuditEntry.objects.aggregate(last=Max("pk"))["last"] or 0) + 10


def test_an_entry_that_comes_late_with_a_lower_number_is_sealed(after_all):
    enter(after_all + 1)
    seal_entries()
    late = enter(after_all)

    seal_entries()

    assert AuditEntry.objects.get(pk=late.pk).seal_line
    assert list(unsealed_too_long()) == []


def test_an_entry_below_what_is_known_to_be_sealed_is_named_at_once(after_all):
    long_ago = timezone.now() - MAX_TRANSACTION_TIME - dt.timedelta(minutes=1)
    enter(after_all + 1, at=long_ago)
    seal_entries()
    assert Seal.objects.order_by("number").last().floor == after_all + 1

    late = enter(after_all)

    assert list(unsealed_too_long()) == [f"audit entry {late.pk}"]
