"""Meetings, made by the action that users call."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from communities.actions import Roll, record_meeting, start_project
from communities.enums import MeetingKind, ProjectTag
from communities.models import Attendance, Meeting, Project
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory, CommunityFactory

HELD_ON = dt.date(2026, 6, 10)


def roll(present=(), absent=(), guests=()):
    """Return an attendance list of members; the absent were at work."""
    return Roll(
        present=frozenset(member.pk for member in present),
        absent={member.pk: "work" for member in absent},
        guests=frozenset(member.pk for member in guests),
    )


class MeetingFactory(DjangoModelFactory):
    """A members' meeting of a new branch, held by the one member who chaired it.

    `present`, `absent` and `guests` call others; the chair is there in any case.
    """

    class Meta:
        model = Meeting

    organization = factory.SubFactory(BranchFactory)
    kind = MeetingKind.MEMBERS
    topic = factory.Sequence(lambda n: f"议题{n}")
    held_on = HELD_ON
    chair = factory.SubFactory(
        MemberFactory, organization=factory.SelfAttribute("..organization")
    )
    recorder = factory.SelfAttribute("chair")

    @classmethod
    def _create(
        cls, model_class, *args, chair, present=(), absent=(), guests=(), **kwargs
    ):
        called = roll([chair, *present], absent, guests)
        return record_meeting(chair=chair, roll=called, by=None, **kwargs)


class AttendanceFactory(DjangoModelFactory):
    """One line of the list of a new meeting: its chair, who was present."""

    class Meta:
        model = Attendance

    meeting = factory.SubFactory(MeetingFactory)

    @classmethod
    def _create(cls, model_class, *args, meeting):
        return meeting.attendances.get(member=meeting.chair)


class ProjectFactory(DjangoModelFactory):
    """A project of a new community, with no unit unless one is given."""

    class Meta:
        model = Project

    name = factory.Sequence(lambda n: f"项目{n}")
    organization = factory.SubFactory(CommunityFactory)
    tag = ProjectTag.ACTIVITIES
    starts_on = dt.date(2026, 1, 1)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return start_project(by=None, **kwargs)
