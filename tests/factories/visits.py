"""Visits of people who are named."""

import datetime as dt

import factory

from tests.factories.communities import VisitFactory
from tests.factories.organizations import CommunityFactory


class LeaderVisitFactory(VisitFactory):
    """A visit of a leader to a new community, or to the unit that is given."""

    place = factory.SubFactory(CommunityFactory)
    visitor = "县委组织部部长王立"
    due_on = dt.date(2026, 5, 31)
