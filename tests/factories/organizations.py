"""Organizations, units and months, made by the actions that users run."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from core.months import today
from organizations.actions import (
    Basis,
    close_month,
    create_organization,
    record_fact,
    record_unit,
    rename_organization,
)
from organizations.enums import OrganizationKind
from organizations.models import Organization, OrganizationChange, PlaceFact, Unit

LONG_AGO = dt.date(2000, 1, 1)


class OrganizationFactory(DjangoModelFactory):
    """A node below its parent; without one, a city."""

    class Meta:
        model = Organization

    code = factory.Sequence(lambda n: f"o{n}")
    name = factory.Sequence(lambda n: f"组织{n}")
    full_name = factory.LazyAttribute(lambda o: f"中共{o.name}委员会")
    kind = OrganizationKind.CITY
    parent = None
    starts_on = LONG_AGO

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return create_organization(by=None, **kwargs)


class StreetFactory(OrganizationFactory):
    """A street of a new city, unless a parent is given."""

    kind = OrganizationKind.STREET
    parent = factory.SubFactory(OrganizationFactory)


class CommunityFactory(OrganizationFactory):
    """A community of a new street, unless a parent is given."""

    kind = OrganizationKind.COMMUNITY
    parent = factory.SubFactory(StreetFactory)


class BranchFactory(OrganizationFactory):
    """A branch of a new community, unless a parent is given."""

    kind = OrganizationKind.BRANCH
    parent = factory.SubFactory(CommunityFactory)


class UnitFactory(DjangoModelFactory):
    """A resident unit of a new community, unless a host is given."""

    class Meta:
        model = Unit

    name = factory.Sequence(lambda n: f"单位{n}")
    host = factory.SubFactory(CommunityFactory)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return record_unit(by=None, **kwargs)


class PlaceFactFactory(DjangoModelFactory):
    """The population of a new community, as the police counted it at New Year 2026."""

    class Meta:
        model = PlaceFact

    organization = factory.SubFactory(CommunityFactory)
    kind = "population"
    value = 8000
    taken_on = dt.date(2026, 1, 1)
    source = "派出所"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return record_fact(by=None, **kwargs)


class OrganizationChangeFactory(DjangoModelFactory):
    """A new name of a new branch, unless an organization is given."""

    class Meta:
        model = OrganizationChange

    organization = factory.SubFactory(BranchFactory)
    name = factory.Sequence(lambda n: f"更名支部{n}")
    basis = "关于支部更名的通知"
    on = factory.LazyFunction(today)

    @classmethod
    def _create(cls, model_class, *args, organization, basis, **kwargs):
        rename_organization(organization, by=None, basis=Basis(basis), **kwargs)
        return organization.changes.first()


def closed(organization, month):
    """Close a month of an organization."""
    return close_month(organization, month, by=None)
