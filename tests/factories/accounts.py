"""People who sign in."""

from functools import cache

import factory
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.actions import assign_role, create_account
from accounts.models import RoleAssignment, User
from core.db.digests import digesting
from organizations.roles import Role
from tests.factories.organizations import LONG_AGO, CommunityFactory

PASSWORD = "correct-horse-battery"


@cache
def hashed_by(_hashers: tuple[str, ...]) -> str:
    """Return the shared password's hash while these hashers are in force."""
    return make_password(PASSWORD)


def hashed_password() -> str:
    """Return the hash of the password that all people of the tests share.

    A test may put other hashers in force, and those of the next cannot read its hash.
    """
    return hashed_by(tuple(settings.PASSWORD_HASHERS))


class UserFactory(DjangoModelFactory):
    """A person who can sign in and holds no role.

    Their password is stored without being judged: that takes four queries about what
    surrounds them, thousands of tests need somebody, and few are about passwords.
    """

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"person{n}")
    display_name = factory.Sequence(lambda n: f"人员{n}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with transaction.atomic(), digesting(create_account.key):
            user = create_account(by=None, **kwargs)
            user.password, user.password_set_at = hashed_password(), timezone.now()
            user.save(update_fields=["password", "password_set_at"])
        return user


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
