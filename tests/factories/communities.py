"""Meetings, projects and bodies, made by the actions that users call."""

import datetime as dt
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from communities.actions import (
    Roll,
    add_applicant,
    add_body_kind,
    add_reserve,
    add_seat_kind,
    announce_recruitment,
    begin_term,
    call_election,
    count_votes,
    cover_unit,
    decide,
    file_holding,
    nominate,
    record_meeting,
    record_pay,
    record_sitting,
    record_visit,
    serve_place,
    set_standard,
    set_up_body,
    start_project,
    take_seat,
)
from communities.enums import (
    BodyGroup,
    Eligibility,
    Filling,
    MeetingKind,
    ProjectTag,
)
from communities.models import (
    Applicant,
    Attendance,
    Ballot,
    BallotVotes,
    Body,
    BodyKind,
    Candidate,
    CandidateTrait,
    Election,
    ElectionPost,
    Meeting,
    PayStandard,
    Project,
    Recruitment,
    Reserve,
    Resolution,
    SeatFiling,
    SeatHolding,
    SeatPay,
    ServedPlace,
    Sitting,
    SittingAttendance,
    TermOfOffice,
    UnitCover,
    Visit,
)
from tests.factories.members import MemberFactory
from tests.factories.organizations import (
    BranchFactory,
    CommunityFactory,
    UnitFactory,
)

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


class BodyKindFactory(DjangoModelFactory):
    """A kind of council with one leader and two members, open to anybody."""

    class Meta:
        model = BodyKind

    code = factory.Sequence(lambda n: f"council-{n}")
    name = factory.Sequence(lambda n: f"议事会{n}")
    group = BodyGroup.GOVERNANCE
    filled_by = Filling.ELECTION
    term_years = 5
    open_to = Eligibility.ANYBODY
    starts_on = dt.date(2000, 1, 1)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        kind = add_body_kind(by=None, **kwargs)
        add_seat_kind(kind, by=None, name="主任", leads=True, seats=1, most_seats=1)
        add_seat_kind(kind, by=None, name="委员", position=2, seats=2, most_seats=4)
        return kind


class BodyFactory(DjangoModelFactory):
    """A council of a new community, set up at the start of 2026, all seats vacant."""

    class Meta:
        model = Body

    organization = factory.SubFactory(CommunityFactory)
    kind = factory.SubFactory(BodyKindFactory)
    starts_on = dt.date(2026, 1, 1)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return set_up_body(by=None, **kwargs)


class TermOfOfficeFactory(DjangoModelFactory):
    """The first term of a new body, begun with it."""

    class Meta:
        model = TermOfOffice

    body = factory.SubFactory(BodyFactory)
    starts_on = factory.SelfAttribute("body.starts_on")
    begun_by = Filling.ELECTION

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return begin_term(by=None, **kwargs)


class SeatHoldingFactory(DjangoModelFactory):
    """A new member holds the leader's seat of a new body."""

    class Meta:
        model = SeatHolding

    seat = factory.LazyFunction(lambda: BodyFactory().seats.earliest("pk"))
    member = factory.SubFactory(MemberFactory)
    channel = Filling.ELECTION
    starts_on = dt.date(2026, 3, 1)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return take_seat(by=None, **kwargs)


class ElectionFactory(DjangoModelFactory):
    """An election of a new council, called for a day in March 2026."""

    class Meta:
        model = Election

    body = factory.SubFactory(BodyFactory)
    held_on = dt.date(2026, 3, 1)
    seats = 1

    @classmethod
    def _create(cls, model_class, *args, seats, **kwargs):
        if isinstance(seats, int):
            leader = kwargs["body"].kind.seat_kinds.earliest("position")
            seats = {leader: seats}
        return call_election(by=None, seats=seats, **kwargs)


class ElectionPostFactory(DjangoModelFactory):
    """The one seat that a new election fills."""

    class Meta:
        model = ElectionPost

    election = factory.SubFactory(ElectionFactory)

    @classmethod
    def _create(cls, model_class, *args, election):
        return election.posts.get()


class CandidateFactory(DjangoModelFactory):
    """A new member stands for the leader's seat of a new council."""

    class Meta:
        model = Candidate

    election = factory.SubFactory(ElectionFactory)
    kind = factory.LazyAttribute(
        lambda row: row.election.body.kind.seat_kinds.earliest("position")
    )
    member = factory.SubFactory(MemberFactory)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return nominate(by=None, **kwargs)


class BallotFactory(DjangoModelFactory):
    """The count of a new election: its one candidate has all four votes."""

    class Meta:
        model = Ballot

    election = factory.LazyFunction(lambda: CandidateFactory().election)

    @classmethod
    def _create(cls, model_class, *args, election):
        votes = {one.pk: (4, 0, 0) for one in election.candidates.all()}
        numbers = {"voters": 5, "present": 4, "valid_ballots": 4}
        return count_votes(election, votes=votes, by=None, **numbers)


class BallotVotesFactory(DjangoModelFactory):
    """The votes of the one candidate of a new count."""

    class Meta:
        model = BallotVotes

    ballot = factory.SubFactory(BallotFactory)

    @classmethod
    def _create(cls, model_class, *args, ballot):
        return ballot.votes.get()


class RecruitmentFactory(DjangoModelFactory):
    """A call for one leader of a new council, announced in April 2026."""

    class Meta:
        model = Recruitment

    body = factory.SubFactory(BodyFactory)
    kind = factory.LazyAttribute(
        lambda row: row.body.kind.seat_kinds.earliest("position")
    )
    seats = 1
    announced_on = dt.date(2026, 4, 1)
    apply_until = dt.date(2026, 4, 20)
    conditions = "45岁以下，大专以上，有群众工作经验"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return announce_recruitment(by=None, **kwargs)


class ApplicantFactory(DjangoModelFactory):
    """A new member, a graduate, applied under a new call."""

    class Meta:
        model = Applicant

    recruitment = factory.SubFactory(RecruitmentFactory)
    member = factory.SubFactory(MemberFactory)
    recruited_from = "graduate"
    applied_on = dt.date(2026, 4, 10)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return add_applicant(by=None, **kwargs)


class ReserveFactory(DjangoModelFactory):
    """A new member, a graduate, is on the list of a new community as its secretary."""

    class Meta:
        model = Reserve

    organization = factory.SubFactory(CommunityFactory)
    member = factory.SubFactory(MemberFactory)
    level = "street"
    for_post = "社区书记"
    mentor = "赵敏"
    recruited_from = "graduate"
    starts_on = dt.date(2026, 3, 1)

    @classmethod
    def _create(cls, model_class, *args, organization, **kwargs):
        return add_reserve(organization, by=None, **kwargs)


class CandidateTraitFactory(DjangoModelFactory):
    """A new candidate is a veteran."""

    class Meta:
        model = CandidateTrait

    candidate = factory.SubFactory(CandidateFactory, traits=["veteran"])

    @classmethod
    def _create(cls, model_class, *args, candidate):
        return candidate.traits.get()


class SeatPayFactory(DjangoModelFactory):
    """A new holder of a seat is paid by the street since March 2026."""

    class Meta:
        model = SeatPay

    holding = factory.SubFactory(SeatHoldingFactory)
    starts_on = dt.date(2026, 3, 1)
    amount = Decimal("2500.00")
    payer = factory.LazyAttribute(lambda row: "街道" if row.amount else "")
    source = factory.LazyAttribute(lambda row: "finance" if row.amount else "")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return record_pay(by=None, **kwargs)


class PayStandardFactory(DjangoModelFactory):
    """What leaders of a new kind of council ought to be paid in a new community."""

    class Meta:
        model = PayStandard

    organization = factory.SubFactory(CommunityFactory)
    seat_kind = factory.LazyFunction(
        lambda: BodyKindFactory().seat_kinds.earliest("position")
    )
    amount = Decimal("3200.00")
    starts_on = dt.date(2026, 1, 1)

    @classmethod
    def _create(cls, model_class, *args, organization, **kwargs):
        return set_standard(organization, by=None, **kwargs)


class ServedPlaceFactory(DjangoModelFactory):
    """Somebody in a new seat is there for a new branch since March 2026."""

    class Meta:
        model = ServedPlace

    server = factory.SubFactory(SeatHoldingFactory)
    organization = factory.SubFactory(BranchFactory)
    starts_on = dt.date(2026, 3, 1)

    @classmethod
    def _create(cls, model_class, *args, server, **kwargs):
        return serve_place(server, by=None, **kwargs)


class SeatFilingFactory(DjangoModelFactory):
    """Somebody in a new seat is on file with the street since June 2026."""

    class Meta:
        model = SeatFiling

    holding = factory.SubFactory(SeatHoldingFactory)
    level = "street"
    number = "街干〔2026〕12号"
    basis = "关于社区党组织书记备案的通知"
    starts_on = dt.date(2026, 6, 1)

    @classmethod
    def _create(cls, model_class, *args, holding, **kwargs):
        return file_holding(holding, by=None, **kwargs)


class SittingFactory(DjangoModelFactory):
    """A sitting in June 2026 of a new body, at which who holds its seat was there."""

    class Meta:
        model = Sitting

    body = None
    held_on = dt.date(2026, 6, 10)
    topic = "讨论小区加装充电桩"

    @classmethod
    def _create(cls, model_class, *args, body, **kwargs):
        if body is None:
            body = SeatHoldingFactory().seat.body
        present = SeatHolding.objects.current(kwargs["held_on"])
        present = kwargs.pop("present", [*present.filter(seat__body=body)])
        return record_sitting(body, present=present, by=None, **kwargs)


class SittingAttendanceFactory(DjangoModelFactory):
    """Who was at a new sitting."""

    class Meta:
        model = SittingAttendance

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return SittingFactory(**kwargs).attendances.first()


class ResolutionFactory(DjangoModelFactory):
    """What a new sitting decided with one vote, to be done by the end of June."""

    class Meta:
        model = Resolution

    sitting = factory.SubFactory(SittingFactory)
    title = "加装充电桩"
    in_favour = 1
    carried_by = "居委会副主任"
    due_on = dt.date(2026, 6, 30)

    @classmethod
    def _create(cls, model_class, *args, sitting, **kwargs):
        return decide(sitting, by=None, **kwargs)


class UnitCoverFactory(DjangoModelFactory):
    """A new association that its community looks after since March 2026."""

    class Meta:
        model = UnitCover

    unit = factory.SubFactory(UnitFactory, sector="8")
    kind = "catch_all"
    contact = "周敏"
    starts_on = dt.date(2026, 3, 1)

    @classmethod
    def _create(cls, model_class, *args, unit, **kwargs):
        organization = kwargs.pop("organization", unit.host)
        return cover_unit(unit, organization=organization, by=None, **kwargs)


class VisitFactory(DjangoModelFactory):
    """A visit to a new place that found a problem."""

    class Meta:
        model = Visit

    place = factory.SubFactory(ServedPlaceFactory)
    visited_on = dt.date(2026, 5, 10)
    seen = "党员活动室开放正常"
    problem = "三楼漏水"

    @classmethod
    def _create(cls, model_class, *args, place, **kwargs):
        return record_visit(place, by=None, **kwargs)
