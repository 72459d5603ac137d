"""Opinions that are asked for, made by the action that users call."""

import factory
from factory.django import DjangoModelFactory

from cases.models import CaseKind
from members.actions import PersonNamed, ask_opinion
from members.models import OpinionRequest
from tests.factories.members import MemberFactory

COMMENDATION = "opinion_commendation"
DISPATCHED_HEAD = "opinion_dispatched_head"


def opinion_kind(code):
    """Return a kind of question by its code."""
    return CaseKind.objects.get(code=code)


class OpinionRequestFactory(DjangoModelFactory):
    """A unit's letter asked the community about a member today."""

    class Meta:
        model = OpinionRequest

    about = factory.SubFactory(MemberFactory)
    code = COMMENDATION
    question = "拟推荐为优秀共产党员，请答复其报到、服务情况"
    asker = "第一中学"
    by = None

    @classmethod
    def _create(cls, model_class, *args, about, code, **kwargs):
        if kwargs.get("unit") or kwargs.get("organization"):
            kwargs["asker"] = ""
        return ask_opinion(about, opinion_kind(code), **kwargs)


def head_of_station(street, **kwargs):
    """A district office asks a street about the head of its local station."""
    person = PersonNamed("周建国", "派出所所长（拟任）", "城关派出所")
    return OpinionRequestFactory(
        about=person,
        code=DISPATCHED_HEAD,
        place=street,
        asker="市公安局",
        question="拟任派出所所长，请对其日常工作表现提出意见",
        **kwargs,
    )
