"""Stored figures, and recounting them all."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from figures.actions import recount_requested
from figures.models import ClosedFigures, Figure
from tests.factories.organizations import CommunityFactory


class FigureFactory(DjangoModelFactory):
    """A stored figure without rows."""

    class Meta:
        model = Figure

    organization = factory.SubFactory(CommunityFactory)
    path = factory.SelfAttribute("organization.path")
    month = dt.date(2026, 6, 1)
    indicator = "members_closing"
    tier = "own"
    value = 1


class ClosedFiguresFactory(DjangoModelFactory):
    """The digest of an organization's figures of a month, here of none that were."""

    class Meta:
        model = ClosedFigures

    organization = factory.SubFactory(CommunityFactory)
    month = dt.date(2026, 5, 1)
    digest = "0" * 64


def recount_all():
    """Recount every figure for which an action requested it."""
    while recount_requested():
        pass
