"""Corrections that members propose of their own record."""

import factory
from factory.django import DjangoModelFactory

from members.actions import propose_corrections
from members.models import ProposedCorrection
from tests.factories.members import MemberFactory


class ProposedCorrectionFactory(DjangoModelFactory):
    """A new member proposes another address: they have moved."""

    class Meta:
        model = ProposedCorrection

    member = factory.SubFactory(MemberFactory)
    field = "address"
    value = factory.Sequence(lambda n: f"丹桂路{n + 1}号")
    reason = "已搬家"

    @classmethod
    def _create(cls, model_class, *args, member, field, value, reason):
        (row,) = propose_corrections(member, {field: value}, reason=reason, by=None)
        return row
