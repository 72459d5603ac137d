"""People who sign in."""

import factory
from factory.django import DjangoModelFactory

from accounts.actions import charge_with_duty, create_account, let_in
from accounts.models import Duty, User
from core.duties import DutyCode
from tests.factories.organizations import LONG_AGO, CommunityFactory

PASSWORD = "correct-horse-battery"


class UserFactory(DjangoModelFactory):
    """A person who can sign in and holds no duty."""

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"person{n}")
    display_name = factory.Sequence(lambda n: f"人员{n}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return let_in(create_account(by=None, **kwargs), password=PASSWORD)


class DutyFactory(DjangoModelFactory):
    """A duty that a person has held for long."""

    class Meta:
        model = Duty

    user = factory.SubFactory(UserFactory)
    code = DutyCode.SECRETARY
    organization = factory.SubFactory(CommunityFactory)
    starts_on = LONG_AGO

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return charge_with_duty(by=None, **kwargs)


def holder(code, organization=None, *, unit=None, name=None):
    """Return a person who holds one duty."""
    extra = {"display_name": name} if name else {}
    duty = DutyFactory(
        user=UserFactory(**extra), code=code, organization=organization, unit=unit
    )
    return duty.user
