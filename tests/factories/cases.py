"""Cases, made by the actions that users call."""

import factory
from factory.django import DjangoModelFactory

from cases.actions import open_case, record_step
from cases.models import Case, CaseKind, CaseStep
from tests.factories.organizations import CommunityFactory


class CaseKindFactory(DjangoModelFactory):
    """A kind without details of its own, dealt with in ten working days."""

    class Meta:
        model = CaseKind

    code = factory.Sequence(lambda n: f"kind-{n}")
    name = factory.Sequence(lambda n: f"事项类别{n}")
    role = "secretary"
    workdays = 10


class CaseFactory(DjangoModelFactory):
    """A case of a new community that nobody has taken."""

    class Meta:
        model = Case

    kind = factory.SubFactory(CaseKindFactory)
    organization = factory.SubFactory(CommunityFactory)
    title = factory.Sequence(lambda n: f"事项{n}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return open_case(by=None, **kwargs)


class CaseStepFactory(DjangoModelFactory):
    """Something that was done today about a new case."""

    class Meta:
        model = CaseStep

    case = factory.SubFactory(CaseFactory)
    name = "电话联系"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return record_step(by=None, **kwargs)
