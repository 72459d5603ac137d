"""Tasks from above and feedback, made by the actions that users call."""

import factory
from factory.django import DjangoModelFactory

from core.months import today
from organizations.roles import Role
from reports.actions import record_request, write_feedback
from reports.models import Feedback, SuperiorRequest
from tests.factories.accounts import holder
from tests.factories.organizations import CommunityFactory


class SuperiorRequestFactory(DjangoModelFactory):
    """Civil affairs ask a new community for a ledger, today."""

    class Meta:
        model = SuperiorRequest

    organization = factory.SubFactory(CommunityFactory)
    source = "civil"
    kind = "sheet"
    title = "报送困难群众台账"
    received_on = factory.LazyFunction(today)

    @classmethod
    def _create(cls, model_class, *args, organization, **kwargs):
        [row] = record_request([organization], by=None, **kwargs)
        return row


class FeedbackFactory(DjangoModelFactory):
    """The secretary of a new community misses something."""

    class Meta:
        model = Feedback

    organization = factory.SubFactory(CommunityFactory)
    text = "名册导出后还要再填一遍台账"
    page = "/members/"
    by = None

    @classmethod
    def _create(cls, model_class, *args, organization, by, **kwargs):
        by = by or holder(Role.SECRETARY, organization)
        return write_feedback(organization, by=by, **kwargs)
