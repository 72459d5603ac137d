"""Who asks for opinions, who gives them, and who reads them."""

import datetime as dt

from cases.models import Case
from core.months import today
from members.actions import answer_opinion, check_in
from members.models import Member, OpinionRequest
from tests.access_matrix.base import Access, answers
from tests.access_matrix.members import FOREIGN, OWN, members
from tests.factories.opinions import OpinionRequestFactory

READERS = answers(
    {
        200: "liaison secretary clerk_elsewhere staff staff_elsewhere",
        302: "nobody",
    },
    otherwise=403,
)
LIAISON = answers({200: "liaison", 302: "nobody"}, otherwise=403)
UNIT = answers({200: "liaison", 302: "nobody"}, otherwise=404)
BOTH = answers({200: "liaison secretary staff", 302: "nobody"}, otherwise=404)
BOTH_ELSEWHERE = answers(
    {200: "clerk_elsewhere staff_elsewhere", 302: "nobody"}, otherwise=404
)
PLACE = answers({200: "secretary", 302: "nobody", 403: "liaison staff"}, otherwise=404)
PLACE_ELSEWHERE = answers(
    {200: "clerk_elsewhere", 302: "nobody", 403: "staff_elsewhere"}, otherwise=404
)
ASKER = answers({200: "liaison", 302: "nobody", 403: "secretary staff"}, otherwise=404)
ASKER_ELSEWHERE = answers(
    {302: "nobody", 403: "clerk_elsewhere staff_elsewhere"}, otherwise=404
)
NOBODY_ELSE = answers({302: "nobody"}, otherwise=404)


def opinions(world):
    """What each unit asked about a member it employs; one world has each once."""
    keys = []
    for member, unit in (
        (world.member, world.unit),
        (world.other_member, world.other_unit),
    ):
        row = OpinionRequest.objects.filter(member=member).first()
        keys.append((row or OpinionRequestFactory(about=member, unit=unit)).pk)
    return [keys[0]], [keys[1]]


def unanswered(world):
    """The same, asked so long ago that no answer came in time."""
    keys = opinions(world)
    asked_on = today() - dt.timedelta(days=60)
    rows = OpinionRequest.objects.filter(pk__in=[*keys[0], *keys[1]])
    Case.objects.filter(opinion_request__in=rows).update(
        opened_on=asked_on, due_on=asked_on + dt.timedelta(days=10)
    )
    return keys


def answered(world):
    """The same, with the answers."""
    keys = opinions(world)
    for row in OpinionRequest.objects.open().filter(pk__in=[*keys[0], *keys[1]]):
        answer_opinion(row, opinion="agrees", reasons="表现良好", by=None)
    return keys


def employed(world):
    """The members, each at the unit of their street."""
    for member, unit in (
        (world.member, world.unit),
        (world.other_member, world.other_unit),
    ):
        Member.objects.filter(pk=member.pk).update(employer=unit)
    return members(world)


def people(world):
    """Nothing in the address; the members work at the units and are checked in."""
    employed(world)
    if world.member.community_id is None:
        check_in(world.member, world.community, by=None)
    return [], []


ACCESS = {
    "members:opinions": Access(
        "get", READERS, args=lambda world: opinions(world) and ([], [])
    ),
    "members:ask_about_person": Access("get", READERS, names_all=True),
    "members:ask_opinion": Access("get", OWN, FOREIGN, args=members),
    "members:opinion": Access("get", BOTH, BOTH_ELSEWHERE, args=opinions),
    "members:print_question": Access("get", BOTH, BOTH_ELSEWHERE, args=opinions),
    "members:answer_opinion": Access("get", PLACE, PLACE_ELSEWHERE, args=opinions),
    "members:withdraw_opinion": Access("get", ASKER, ASKER_ELSEWHERE, args=opinions),
    "members:print_reply": Access("get", BOTH, BOTH_ELSEWHERE, args=answered),
    "members:unit_people": Access("get", LIAISON, args=people),
    "members:ask_for_unit": Access("get", UNIT, NOBODY_ELSE, args=employed),
}
