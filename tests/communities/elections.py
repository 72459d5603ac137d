"""What the tests of elections share: a committee, and counts of its election."""

import datetime as dt

from django.urls import reverse

from communities.actions import count_votes

DAY = dt.date(2026, 3, 1)


def address(name, *args):
    """The address of a page of elections."""
    return reverse(f"communities:{name}", args=args)


def count(election, first=(3, 1, 0), second=(1, 3, 0), **values):
    """Count the votes for the first two who stand; four of five are there."""
    one, two = election.candidates.order_by("pk")[:2]
    numbers = {"present": 4, "valid_ballots": 4, **values}
    votes = {one.pk: first, two.pk: second}
    return count_votes(election, votes=votes, by=None, **numbers)


def elected(election):
    """The names of who was elected, in the order in which they stand."""
    rows = election.candidates.elected().order_by("pk")
    return [row.name for row in rows]
