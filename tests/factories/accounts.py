"""People who sign in."""

import factory
from factory.django import DjangoModelFactory

from accounts.actions import assign_role, create_account, set_password
from accounts.models import RoleAssignment, User
from organizations.roles import Role
from tests.factories.organizations import LONG_AGO, CommunityFactory

PASSWORD = "correct-horse-battery"


class UserFactory(DjangoModelFactory):
    """A person who can sign in and holds no role."""

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"person{n}")
    display_name = factory.Sequence(lambda n: f"人员{n}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return set_password(create_account(by=None, **kwargs), password=PASSWORD)


class RoleAssignmentFactory(DjangoModelFactory):
    """A role that a person has held for long."""

    class Meta:
        model = RoleAssignment

    user = factory.SubFactory(UserFactory)
    role = Role.SECRETARY
    organization = factory.SubFactory(CommunityFactory)
    starts_on = LONG_AGO

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return assign_role(by=None, **kwargs)


def holder(code, organization=None, *, unit=None, name=None):
    """Return a person who holds one role."""
    extra = {"display_name": name} if name else {}
    assignment = RoleAssignmentFactory(
        user=UserFactory(**extra), role=code, organization=organization, unit=unit
    )
    return assignment.user
