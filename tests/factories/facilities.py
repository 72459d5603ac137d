"""Facilities, made by the action that users call."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from communities.actions import record_facility
from communities.models import Facility
from tests.factories.organizations import CommunityFactory


def founded_on(organization):
    """Return the first day of an organization."""
    return organization.versions.order_by("starts_on").first().starts_on


class FacilityFactory(DjangoModelFactory):
    """A room of a new community, in use since March or its founding."""

    class Meta:
        model = Facility

    organization = factory.SubFactory(CommunityFactory)
    kind = "party_room"
    name = factory.Sequence(lambda n: f"党群活动室{n}")
    starts_on = factory.LazyAttribute(
        lambda row: max(dt.date(2026, 3, 1), founded_on(row.organization))
    )

    @classmethod
    def _create(cls, model_class, *args, organization, **kwargs):
        return record_facility(organization, by=None, **kwargs)
