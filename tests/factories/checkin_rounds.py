"""Rounds of checking in, made by the action that users call."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from members.actions import open_round
from members.models import CheckInRound
from tests.factories.organizations import StreetFactory


class CheckInRoundFactory(DjangoModelFactory):
    """The round of 2026 of a new street."""

    class Meta:
        model = CheckInRound

    organization = factory.SubFactory(StreetFactory)
    title = "2026年双报到"
    basis = "关于在职党员到社区报到的通知（组发〔2026〕1号）"
    starts_on = dt.date(2026, 1, 1)
    ends_on = dt.date(2027, 1, 1)
    expected = "报到、承诺、服务"

    @classmethod
    def _create(cls, model_class, *args, organization, **kwargs):
        return open_round(organization, by=None, **kwargs)
