"""What members promise, made by the actions that users call."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from members.actions import make_pledge
from members.models import Pledge
from tests.factories.members import MemberFactory


class PledgeFactory(DjangoModelFactory):
    """A new member promises four hours of tidying in 2026; accepted where asked."""

    class Meta:
        model = Pledge

    class Params:
        accepted = factory.Trait(is_accepted=True)

    member = factory.SubFactory(MemberFactory)
    kind = "service"
    text = factory.Sequence(lambda n: f"整理楼道{n}")
    amount = 4
    measure = "小时"
    starts_on = dt.date(2026, 1, 1)
    ends_on = dt.date(2027, 1, 1)

    @classmethod
    def _create(cls, model_class, *args, member, **kwargs):
        return make_pledge(member, by=None, **kwargs)
