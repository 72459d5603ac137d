"""Projects, agreements and targets, made by the actions that users run."""

import datetime as dt
from decimal import Decimal

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from cobuilding.actions import (
    add_target,
    draft_agreement,
    measure_targets,
    sign_agreement,
)
from cobuilding.enums import Side
from cobuilding.models import Agreement, Target, TargetProgress
from tests.factories.accounts import UserFactory
from tests.factories.communities import ProjectFactory
from tests.factories.organizations import CommunityFactory, UnitFactory

FROM = dt.date(2026, 1, 1)
UNTIL = dt.date(2027, 1, 1)


class AgreementFactory(DjangoModelFactory):
    """A year's draft between a unit and the community it lies in."""

    class Meta:
        model = Agreement

    title = factory.Sequence(lambda n: f"共建协议{n}")
    organization = factory.SubFactory(CommunityFactory)
    unit = factory.SubFactory(UnitFactory, host=factory.SelfAttribute("..organization"))
    starts_on = FROM
    ends_on = UNTIL

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return draft_agreement(by=None, **kwargs)


class TargetFactory(DjangoModelFactory):
    """Twelve joint Party days in a year, over a new project of the two sides."""

    class Meta:
        model = Target

    agreement = factory.SubFactory(AgreementFactory)
    project = factory.SubFactory(
        ProjectFactory, organization=factory.SelfAttribute("..agreement.organization")
    )
    indicator = "meetings_theme_days"
    goal = Decimal(12)
    due_on = dt.date(2026, 12, 31)
    owner_name = "孙丽"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return add_target(by=None, **kwargs)


class TargetProgressFactory(DjangoModelFactory):
    """What was measured of a target of an agreement in force, for a month."""

    class Meta:
        model = TargetProgress

    target = factory.SubFactory(TargetFactory)
    month = dt.date(2026, 6, 1)

    @classmethod
    def _create(cls, model_class, *args, target, month):
        signed(target.agreement)
        measure_targets(month, [target.agreement.organization_id])
        return model_class.objects.get(target=target, month=month)


def signed(agreement, on=None):
    """Let somebody of each side sign, on its first day unless another is given."""
    at = timezone.make_aware(dt.datetime.combine(on or agreement.starts_on, dt.time(9)))
    sign_agreement(agreement, Side.UNIT, by=UserFactory(), at=at)
    return sign_agreement(agreement, Side.COMMUNITY, by=UserFactory(), at=at)
