"""Events reach their handlers after the commit, and never before."""

from dataclasses import dataclass

import pytest
from django.db import transaction

from core.registries.after_commit import (
    AfterCommit,
    after_commit,
    dispatch_after_commit,
)


@dataclass(frozen=True)
class SomethingHappened:
    """An event for these tests."""

    number: int


@pytest.fixture
def received():
    """The numbers with which the test's handler was called."""
    before, numbers = dict(after_commit._items), []
    after_commit.add(
        AfterCommit(
            "tests.received", SomethingHappened, lambda e: numbers.append(e.number)
        )
    )
    yield numbers
    after_commit._items = before


@pytest.mark.django_db(transaction=True)
def test_an_event_is_handled_once_the_transaction_commits(received):
    with transaction.atomic():
        dispatch_after_commit(SomethingHappened(1))
        before = list(received)

    assert (before, received) == ([], [1])


@pytest.mark.django_db(transaction=True)
def test_an_event_of_a_rolled_back_transaction_is_not_handled(received):
    with transaction.atomic():
        dispatch_after_commit(SomethingHappened(1))
        transaction.set_rollback(True)

    assert received == []


@pytest.mark.django_db(transaction=True)
def test_a_handler_that_fails_does_not_stop_the_next(received, caplog):
    def fail(_event):
        raise RuntimeError

    failing = AfterCommit("tests.fails", SomethingHappened, fail)
    after_commit._items = {failing.key: failing, **after_commit._items}

    with transaction.atomic():
        dispatch_after_commit(SomethingHappened(2))

    assert received == [2]
    assert "Error calling" in caplog.text
