"""Honours, made by the action that users call."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from communities.actions import record_honour
from communities.models import Honour
from tests.factories.organizations import BranchFactory


class HonourFactory(DjangoModelFactory):
    """A new branch was honoured by the city in July 2026."""

    class Meta:
        model = Honour

    honoured = factory.SubFactory(BranchFactory)
    name = "先进基层党组织"
    level = "city"
    issuer = "市委"
    document = "关于表彰先进的决定"
    awarded_on = dt.date(2026, 7, 1)

    @classmethod
    def _create(cls, model_class, *args, honoured, **kwargs):
        return record_honour(honoured, by=None, **kwargs)
