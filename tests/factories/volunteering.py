"""Posts, shifts, claims and service, made by the actions that users run."""

import datetime as dt
from decimal import Decimal

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from core.months import today
from organizations.models import CodeItem
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.members import MemberFactory
from tests.factories.organizations import CommunityFactory
from volunteering.actions import (
    add_shift,
    claim_shift,
    confirm_service,
    offer_post,
    record_service,
)
from volunteering.enums import CodeList
from volunteering.models import Claim, Post, ServiceRecord, Shift

HOUR = dt.timedelta(hours=1)


def at(day, hour=9):
    """Return an hour of a day by the office's clock."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


def listed_skill(code):
    """Return the code after making sure that it is on the list of skills."""
    CodeItem.objects.get_or_create(
        code_list=CodeList.SKILLS, code=code, defaults={"label": code}
    )
    return code


class PostFactory(DjangoModelFactory):
    """An open post of a new community, unless one is given."""

    class Meta:
        model = Post

    organization = factory.SubFactory(CommunityFactory)
    title = factory.Sequence(lambda n: f"文明劝导{n}")
    category = "community_governance"
    description = "在路口劝导文明出行。"
    contact_name = "刘洋"
    contact_phone = "13700001111"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return offer_post(by=None, **kwargs)


class ShiftFactory(DjangoModelFactory):
    """Two hours in a week's time, with two places."""

    class Meta:
        model = Shift

    class Params:
        day = factory.LazyFunction(lambda: today() + dt.timedelta(days=7))
        hour = 9

    post = factory.SubFactory(PostFactory)
    starts_at = factory.LazyAttribute(lambda o: at(o.day, o.hour))
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + 2 * HOUR)
    meeting_point = "党群服务中心"
    capacity = 2

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return add_shift(by=None, **kwargs)


class ClaimFactory(DjangoModelFactory):
    """A new member's claim on a new shift; `past` for one whose day has gone by."""

    class Meta:
        model = Claim

    class Params:
        past = factory.Trait(
            shift=factory.SubFactory(ShiftFactory, day=dt.date(2026, 3, 10)),
            at=at(dt.date(2026, 3, 2)),
        )

    shift = factory.SubFactory(ShiftFactory)
    member = factory.SubFactory(MemberFactory)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return claim_shift(by=None, **kwargs)


class ServiceRecordFactory(DjangoModelFactory):
    """Two hours that a clerk of the community recorded, waiting for confirmation."""

    class Meta:
        model = ServiceRecord

    class Params:
        confirmed = factory.Trait(second_hand=True)

    second_hand = False
    claim = factory.SubFactory(ClaimFactory, past=True)
    hours = Decimal("2.0")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        second_hand = kwargs.pop("second_hand")
        community = kwargs["claim"].shift.post.organization
        kwargs.setdefault("by", holder(Role.CLERK, community))
        record = record_service(**kwargs)
        if second_hand:
            other = holder(Role.SECRETARY, community)
            return confirm_service(record, by=other)
        return record
