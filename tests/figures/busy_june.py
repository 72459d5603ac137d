"""A June in which every figure that can be split counts something, in two bands.

What happens, happens twice: to a young woman and to an old man, in two kinds, at two
units, from two sources. A comparison over these rows has no side that is empty.
"""

import datetime as dt
import itertools
from decimal import Decimal

import time_machine

from cobuilding.actions import measure_targets
from communities.actions import (
    approve_election,
    count_votes,
    end_reserve,
    take_seat,
    vacate_seat,
)
from communities.enums import (
    BodyGroup,
    Filling,
    MeetingKind,
    ProjectTag,
    ReserveOutcome,
    VacatingReason,
)
from finance.enums import FundKind, IncomeSource
from finance.models import FundUse
from members.actions import check_in, end_membership, record_mobile
from members.enums import Category, EndReason, MobileKind, Sex, StartReason
from tests.factories.cobuilding import TargetFactory, signed
from tests.factories.communities import (
    BodyFactory,
    BodyKindFactory,
    CandidateFactory,
    ElectionFactory,
    MeetingFactory,
    ProjectFactory,
    ReserveFactory,
    TermOfOfficeFactory,
    VisitFactory,
)
from tests.factories.facilities import FacilityFactory
from tests.factories.finance import (
    ExpenditureFactory,
    FundFactory,
    IncomeFactory,
    posted,
)
from tests.factories.members import (
    DevelopmentFactory,
    MemberFactory,
    ProbationDecisionFactory,
    identity_number,
)
from tests.factories.organizations import UnitFactory
from tests.factories.volunteering import (
    ClaimFactory,
    PostFactory,
    ServiceRecordFactory,
)

APRIL, IN_JUNE = dt.date(2026, 4, 10), dt.date(2026, 6, 10)
JUNE = dt.date(2026, 6, 1)
TAGS = (ProjectTag.ACTIVITIES, ProjectTag.RESOURCES)
CATEGORIES = ("legal_aid", "community_governance")


SERIALS = itertools.count(430_000)


def young(unit):
    """The particulars of a probationary member, a young woman with an employer."""
    return {
        "sex": Sex.FEMALE,
        "birth_date": dt.date(2000, 1, 1),
        "join_date": dt.date(2026, 1, 5),
        "standing": "probationary",
        "education": "20",
        "employer": unit,
    }


def old(unit):
    """The particulars of a full member, an old man of whom less is recorded."""
    return {
        "sex": Sex.MALE,
        "birth_date": dt.date(1950, 1, 1),
        "join_date": dt.date(1975, 7, 1),
        "category": Category.RETIRED,
        "employer": unit,
    }


def happen(east, branch):
    """Let everything happen that a figure counts, in June, at 东社区."""
    units = [UnitFactory(host=east, sector=sector) for sector in ("5", "8")]
    people = [
        membership(branch, east, particulars)
        for particulars in (young(units[0]), old(units[1]))
    ]
    way_to_membership(branch)
    meetings(branch, chair=people[1])
    bodies(east)
    reserves(east)
    elected(east)
    VisitFactory(place__organization=branch, visited_on=IN_JUNE)
    FacilityFactory(organization=branch)
    cobuilding(east, units)
    volunteering(east, people)
    money(east)


def membership(branch, east, particulars):
    """Let members come, go, be away, and check in; return one who stays."""
    recorded = {
        "organization": branch,
        "starts_on": APRIL,
        "reason": StartReason.RECORDED,
        **particulars,
    }
    for reason in (
        StartReason.DEVELOPED,
        StartReason.TRANSFERRED_IN,
        StartReason.RESTORED,
    ):
        MemberFactory(**{**recorded, "starts_on": IN_JUNE, "reason": reason})
    for reason in (EndReason.TRANSFERRED_OUT, EndReason.DIED, EndReason.STRUCK_OFF):
        end_membership(MemberFactory(**recorded), reason=reason, by=None, on=IN_JUNE)
    for kind in MobileKind:
        one = MemberFactory(**recorded)
        record_mobile(one, kind=kind, by=None, on=IN_JUNE)
    guest = {**particulars, "category": Category.IN_SERVICE, "starts_on": APRIL}
    check_in(MemberFactory(in_service=True, **guest), east, by=None, on=IN_JUNE)
    return one


def way_to_membership(branch):
    """Let people stand in each stage, and probations be decided."""
    for sex, born in ((Sex.FEMALE, 2000), (Sex.MALE, 1950)):
        birth_date = dt.date(born, 1, 1)
        sex_digit = "2" if sex == Sex.FEMALE else "1"
        for stage in (None, "activist", "candidate"):
            serial = next(SERIALS)
            number = identity_number(serial, born=birth_date, sex=sex_digit)
            DevelopmentFactory(organization=branch, number=number, until=stage)
        for outcome, months in (("extended", 6), ("passed", None), ("cancelled", None)):
            member = MemberFactory(
                organization=branch,
                standing="probationary",
                join_date=dt.date(2025, 5, 1),
                starts_on=dt.date(2025, 5, 1),
                birth_date=birth_date,
                sex=sex,
            )
            ProbationDecisionFactory(
                member=member,
                outcome=outcome,
                months=months,
                decided_on=dt.date(2026, 6, 5),
                approved_on=IN_JUNE,
            )


def meetings(branch, chair):
    """Let the branch meet in every way that has a figure."""
    for kind in (
        MeetingKind.MEMBERS,
        MeetingKind.COMMITTEE,
        MeetingKind.LESSON,
        MeetingKind.THEME_DAY,
    ):
        MeetingFactory(organization=branch, kind=kind, chair=chair, held_on=IN_JUNE)


def bodies(east):
    """Let an old woman lead the Party committee and work; let two workers leave."""
    committee, roster = (
        BodyFactory(organization=east, kind=BodyKindFactory(group=group))
        for group in (BodyGroup.PARTY, BodyGroup.WORKERS)
    )
    for body in (committee, roster):
        TermOfOfficeFactory(body=body)
    old = {"birth_date": dt.date(1950, 1, 1), "education": "71"}
    leader = MemberFactory(sex=Sex.FEMALE, **old)
    hold(committee, leader, Filling.ELECTION)
    group = {"recruited_from": "graduate"}
    hold(roster, leader, Filling.RECRUITMENT, is_long_term=True, **group)
    for reason in (VacatingReason.RESIGNED, VacatingReason.RETIRED):
        left = hold(roster, MemberFactory(), Filling.RECRUITMENT)
        vacate_seat(left, by=None, reason=reason, on=IN_JUNE)


def reserves(east):
    """Let a graduate and a veteran stand on the list; let two take over an office."""
    for level, group in (("street", "graduate"), ("district", "veteran")):
        listed = {"organization": east, "level": level, "recruited_from": group}
        ReserveFactory(**listed, starts_on=APRIL)
        end_reserve(
            ReserveFactory(**listed, starts_on=APRIL),
            outcome=ReserveOutcome.TOOK_OFFICE,
            on=IN_JUNE,
            by=None,
        )


def elected(east):
    """Let voters elect a veteran and a graduate into a term that begins in June."""
    body = BodyFactory(organization=east)
    plain = body.kind.seat_kinds.latest("position")
    election = ElectionFactory(body=body, held_on=IN_JUNE, seats={plain: 2})
    for trait in ("veteran", "graduate"):
        CandidateFactory(election=election, kind=plain, traits=[trait])
    votes = {row.pk: (4, 0, 0) for row in election.candidates.all()}
    numbers = {"voters": 5, "present": 4, "valid_ballots": 4}
    count_votes(election, votes=votes, by=None, **numbers)
    approve_election(election, approved_by="街道", approved_on=IN_JUNE, by=None)


def hold(body, member, channel, **details):
    """Let a member take the first seat of a body that nobody holds."""
    seat = body.seats.vacant(APRIL).order_by("kind__position", "number").first()
    return take_seat(
        seat, by=None, member=member, channel=channel, starts_on=APRIL, **details
    )


def cobuilding(east, units):
    """Let two units keep what they agreed."""
    for unit, tag in zip(units, TAGS, strict=True):
        target = TargetFactory(
            agreement__unit=unit,
            agreement__organization=east,
            project=ProjectFactory(organization=east, tag=tag),
            goal=Decimal(1),
        )
        signed(target.agreement)
        MeetingFactory(
            organization=east,
            kind=MeetingKind.THEME_DAY,
            project=target.project,
            held_on=IN_JUNE,
        )
    measure_targets(JUNE, [east.pk])


def volunteering(east, people):
    """Let both claim a post of another category, and serve."""
    with time_machine.travel("2026-06-02 10:00 +0800", tick=False):
        claims = [
            ClaimFactory(
                shift__post=PostFactory(organization=east, category=category),
                shift__day=dt.date(2026, 6, 20),
                member=member,
            )
            for member, category in zip(people, CATEGORIES, strict=True)
        ]
    for claim in claims:
        ServiceRecordFactory(claim=claim, confirmed=True)


def money(east):
    """Let two funds take in money and spend some of it, each on a project."""
    kinds = (FundKind.PUBLIC_SERVICE, FundKind.PARTY_BUILDING)
    sources = (IncomeSource.SUPERIOR, IncomeSource.UNIT)
    for kind, tag, source in zip(kinds, TAGS, sources, strict=True):
        fund = FundFactory(organization=east, kind=kind)
        income = {"amount": Decimal(1000), "source": source}
        is_recurring = source == IncomeSource.SUPERIOR
        posted(IncomeFactory(fund=fund, is_recurring=is_recurring, **income))
        project = ProjectFactory(organization=east, tag=tag)
        use = FundUse.objects.of_kind(kind, IN_JUNE).first()
        posted(
            ExpenditureFactory(fund=fund, amount=Decimal(300), project=project, use=use)
        )
