"""Facilities, made by the action that users call."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from communities.actions import record_facility
from communities.models import Facility
from tests.factories.organizations import CommunityFactory


class FacilityFactory(DjangoModelFactory):
    """A room of a new community, in use since March."""

    class Meta:
        model = Facility

    organization = factory.SubFactory(CommunityFactory)
    kind = "party_room"
    name = factory.Sequence(lambda n: f"党群活动室{n}")
    starts_on = dt.date(2026, 3, 1)

    @classmethod
    def _create(cls, model_class, *args, organization, **kwargs):
        return record_facility(organization, by=None, **kwargs)
