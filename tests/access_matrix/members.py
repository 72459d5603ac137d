"""Who may open the pages of the members app."""

import datetime as dt

from core.months import today
from members.actions import (
    check_in,
    close_appraisal,
    enter_grades,
    keep_apart,
    receive_transfer,
    record_letter,
    record_mobile,
    refuse_transfer,
)
from members.enums import MobileKind
from members.models import AppraisalRound, DuplicatePair, LostContact
from tests.access_matrix.base import CANARY, Access, answers
from tests.factories.members import (
    AppraisalRoundFactory,
    DevelopmentFactory,
    DuplicatePairFactory,
    LostContactFactory,
    MemberFactory,
    MemberMergeFactory,
    PocketMemberFactory,
    RecordAfterEndFactory,
    TransferFactory,
)
from tests.factories.organizations import (
    BranchFactory,
    CommunityFactory,
    StreetFactory,
)

LONG_AGO = dt.date(2026, 1, 5)


def members(world):
    """A member of one's own street, and one of the other."""
    return [world.member.pk], [world.other_member.pk]


def pairs(world):
    """A pair of records of each street."""
    rows = [
        DuplicatePairFactory(member=member)
        for member in (world.member, world.other_member)
    ]
    return [rows[0].pk], [rows[1].pk]


def pairs_apart(world):
    """The same, told apart."""
    keys = pairs(world)
    for pair in DuplicatePair.objects.filter(pk__in=[*keys[0], *keys[1]]):
        keep_apart(pair, reason="同名的两个人", by=None)
    return keys


def merged(world):
    """A second record of a member of each street, merged into the first."""
    rows = [
        MemberMergeFactory(pair__member=member).duplicate
        for member in (world.member, world.other_member)
    ]
    return [rows[0].pk], [rows[1].pk]


def pocket(world):
    """The matter of a member of each street of whom no other record says anything."""
    rows = [
        PocketMemberFactory(member__organization=member.organization)
        for member in (world.member, world.other_member)
    ]
    return [rows[0].pk], [rows[1].pk]


def appraisals(world, *, is_closed=False):
    """The appraisal of the branch of a member of each street; one world has each."""
    rows = [
        AppraisalRound.objects.filter(organization=member.organization).first()
        or AppraisalRoundFactory(of=member)
        for member in (world.member, world.other_member)
    ]
    for row in rows if is_closed else ():
        grades = {entry.pk: "qualified" for entry in row.appraisals.to_grade()}
        close_appraisal(enter_grades(row, grades, by=None), by=None)
    return [rows[0].pk], [rows[1].pk]


def closed_appraisals(world):
    """The same, closed."""
    return appraisals(world, is_closed=True)


def developments(world, until=None):
    """Somebody on the way to membership in a branch of each street."""
    rows = [
        DevelopmentFactory(name=name, organization=branch, until=until)
        for name, branch in (
            ("申请甲", world.branch),
            (f"{CANARY}申", world.other_branch),
        )
    ]
    return [rows[0].pk], [rows[1].pk]


def approved_developments(world):
    """The same, with the approval on record."""
    return developments(world, until="approved")


def next_step(world):
    """The same, and the step that comes next."""
    own, other = developments(world)
    return [*own, "talked"], [*other, "talked"]


def on_probation(world):
    """A probationary member of a branch of each street."""
    rows = [
        MemberFactory(
            name=name,
            organization=branch,
            standing="probationary",
            join_date=dt.date(2025, 1, 5),
            starts_on=dt.date(2025, 1, 5),
        )
        for name, branch in (
            ("预备甲", world.branch),
            (f"{CANARY}预", world.other_branch),
        )
    ]
    return [rows[0].pk], [rows[1].pk]


MEETING_KEEPERS = answers(
    {
        200: "secretary clerk_elsewhere branch_secretary staff staff_elsewhere",
        302: "nobody",
    },
    otherwise=403,
)
BRANCH = (
    answers({200: "secretary branch_secretary staff", 302: "nobody"}, otherwise=404),
    answers({200: "clerk_elsewhere staff_elsewhere", 302: "nobody"}, otherwise=404),
)
PAIR = (
    answers({200: "secretary staff", 302: "nobody"}, otherwise=404),
    answers({200: "clerk_elsewhere staff_elsewhere", 302: "nobody"}, otherwise=404),
)
LOST = answers(
    {200: "secretary staff", 302: "nobody", 403: "branch_secretary"}, otherwise=404
)
LOST_ELSEWHERE = answers(
    {200: "clerk_elsewhere staff_elsewhere", 302: "nobody"}, otherwise=404
)


def lost(world):
    """The searches for both, who paid dues long ago; one world has each once."""
    own, other = (
        LostContact.objects.filter(member=member).first()
        or LostContactFactory(member=member)
        for member in (world.member, world.other_member)
    )
    return [own.pk], [other.pk]


def away(world):
    """Both, recorded as away; one world has each once."""
    for member in (world.member, world.other_member):
        if not member.mobile_records.exists():
            record_mobile(member, kind=MobileKind.WORKING_AWAY, by=None, on=LONG_AGO)
    return members(world)


def checked_in(world):
    """Both, checked in with their own communities."""
    check_in(world.member, world.community, by=None, on=LONG_AGO)
    check_in(world.other_member, world.other_community, by=None, on=LONG_AGO)
    return members(world)


def records_after_ends(world):
    """A record after an end of one's own street, and one of the other."""
    rows = [
        RecordAfterEndFactory(member=member)
        for member in (world.member, world.other_member)
    ]
    return [rows[0].pk], [rows[1].pk]


def settled(world):
    """Nothing in the address; the member who reads is checked in."""
    check_in(world.member, world.community, by=None, on=LONG_AGO)
    return [], []


def third_street(world):
    """A branch of a street of which neither of the two has anybody."""

    def build():
        street = StreetFactory(name="碧水街道", parent=world.city)
        community = CommunityFactory(name="碧水社区", parent=street)
        return BranchFactory(name="碧水支部", parent=community)

    return world.once("third street", build)


def transfers_out(world, **values):
    """Transfers to the third street of a member of each street."""
    to = third_street(world).parent.parent
    homes = {"张强": world.branch, f"{CANARY}某": world.other_branch}
    return [
        TransferFactory(
            member=MemberFactory(name=name, organization=home), to=to, **values
        )
        for name, home in homes.items()
    ]


def proposed(world):
    """Transfers whose letters wait to be issued."""
    own, foreign = transfers_out(world)
    return [own.pk], [foreign.pk]


def issued(world):
    """Transfers whose letters are on their way to the third street."""
    own, foreign = transfers_out(world, issued=True)
    return [own.pk], [foreign.pk]


def refused(world):
    """Transfers that the third street has refused."""
    letters = transfers_out(world, issued=True)
    own, foreign = (refuse_transfer(one, by=None, reason="抬头写错") for one in letters)
    return [own.pk], [foreign.pk]


def issued_to_outside(world):
    """Transfers whose letters are on their way out of the city."""
    own, foreign = transfers_out(world, to_text="省委组织部", issued=True)
    return [own.pk], [foreign.pk]


def coming_to(world):
    """Transfers on their way from the third street into each of the two."""
    third = third_street(world)
    names = {"周慧": world.street, f"{CANARY}慧": world.other_street}
    return [
        TransferFactory(
            member=MemberFactory(name=name, organization=third), to=to, issued=True
        )
        for name, to in names.items()
    ]


def coming(world):
    """The keys of transfers on their way into each street."""
    own, foreign = coming_to(world)
    return [own.pk], [foreign.pk]


def received(world):
    """Transfers that each street has received."""
    own, foreign = coming_to(world)
    receive_transfer(own, by=None, branch=world.branch)
    receive_transfer(foreign, by=None, branch=world.other_branch)
    return [own.pk], [foreign.pk]


def coming_from_outside(world):
    """Letters from outside the city, recorded for a community of each street."""
    names = {"吴刚": world.community, f"{CANARY}刚": world.other_community}
    letters = [
        record_letter(
            community,
            by=None,
            person_name=name,
            cause="retired",
            from_text="中共武汉市洪山区委组织部",
            foreign_number="0012345",
            issued_on=today(),
            valid_days=30,
        )
        for name, community in names.items()
    ]
    return [letters[0].pk], [letters[1].pk]


ISSUER = (
    answers(
        {200: "staff", 302: "nobody", 403: "secretary branch_secretary"}, otherwise=404
    ),
    answers(
        {200: "staff_elsewhere", 302: "nobody", 403: "clerk_elsewhere"}, otherwise=404
    ),
)
ORIGIN = (
    answers(
        {200: "secretary staff", 302: "nobody", 403: "branch_secretary"}, otherwise=404
    ),
    answers({200: "staff_elsewhere clerk_elsewhere", 302: "nobody"}, otherwise=404),
)
ADDRESSEE = (
    answers({200: "staff", 302: "nobody"}, otherwise=404),
    answers({200: "staff_elsewhere", 302: "nobody"}, otherwise=404),
)
RECEIVER = (
    answers({200: "staff", 302: "nobody", 403: "secretary"}, otherwise=404),
    answers(
        {200: "staff_elsewhere", 302: "nobody", 403: "clerk_elsewhere"}, otherwise=404
    ),
)
KEEPERS = answers(
    {200: "secretary clerk_elsewhere staff staff_elsewhere", 302: "nobody"},
    otherwise=403,
)
OWN = answers(
    {200: "secretary staff", 302: "nobody", 403: "member branch_secretary"},
    otherwise=404,
)
FOREIGN = answers(
    {200: "clerk_elsewhere staff_elsewhere", 302: "nobody"}, otherwise=404
)
ONESELF = answers({200: "member", 302: "nobody"}, otherwise=404)
ACCESS = {
    "members:list": Access(
        "get",
        answers(
            {
                200: "secretary clerk_elsewhere branch_secretary staff staff_elsewhere",
                302: "nobody",
            },
            otherwise=403,
        ),
    ),
    "members:admit": Access("get", KEEPERS),
    "members:find": Access("get", KEEPERS),
    "members:papers": Access("get", MEETING_KEEPERS),
    "members:helpers": Access("get", MEETING_KEEPERS),
    "members:appraisals": Access("get", MEETING_KEEPERS),
    "members:owed_appraisals": Access("get", MEETING_KEEPERS),
    "members:open_appraisal": Access("get", MEETING_KEEPERS),
    "members:appraisal": Access("get", *BRANCH, args=appraisals),
    "members:grades": Access("get", *BRANCH, args=appraisals),
    "members:close_appraisal": Access("get", *BRANCH, args=appraisals),
    "members:reopen_appraisal": Access("get", *BRANCH, args=closed_appraisals),
    "members:void_appraisal": Access("get", *BRANCH, args=appraisals),
    "members:appraisal_sheet": Access("get", *BRANCH, args=appraisals),
    "members:developments": Access(
        "get", MEETING_KEEPERS, args=lambda world: developments(world) and ([], [])
    ),
    "members:probations": Access(
        "get", MEETING_KEEPERS, args=lambda world: on_probation(world) and ([], [])
    ),
    "members:start_development": Access("get", MEETING_KEEPERS),
    "members:development": Access("get", *BRANCH, args=developments),
    "members:change_development": Access("get", *BRANCH, args=developments),
    "members:record_step": Access("get", *BRANCH, args=next_step),
    "members:take_back_step": Access("get", *BRANCH, args=developments),
    "members:stop_development": Access("get", *BRANCH, args=developments),
    "members:development_sheet": Access("get", *BRANCH, args=developments),
    "members:admit_developed": Access("get", LOST, FOREIGN, args=approved_developments),
    "members:decide_probation": Access("get", LOST, FOREIGN, args=on_probation),
    "members:pocket": Access("get", KEEPERS),
    "members:take_pocket": Access("get", OWN, FOREIGN, args=members),
    "members:settle_pocket": Access("get", LOST, LOST_ELSEWHERE, args=pocket),
    "members:duplicates": Access("get", KEEPERS),
    "members:scan": Access("get", KEEPERS),
    "members:duplicate": Access("get", *PAIR, args=pairs),
    "members:keep_apart": Access("get", *PAIR, args=pairs),
    "members:compare_again": Access("get", *PAIR, args=pairs_apart),
    "members:keep_first": Access("get", *PAIR, args=pairs),
    "members:keep_second": Access("get", *PAIR, args=pairs),
    "members:undo_merge": Access(
        "get",
        answers(
            {200: "secretary staff", 302: "nobody", 403: "branch_secretary"},
            otherwise=404,
        ),
        FOREIGN,
        args=merged,
    ),
    "members:slips": Access("get", KEEPERS),
    "members:after_ends": Access(
        "get",
        answers(
            {
                200: "secretary clerk_elsewhere staff staff_elsewhere branch_secretary",
                302: "nobody",
            },
            otherwise=403,
        ),
    ),
    "members:keep_after_end": Access(
        "get",
        answers(
            {200: "secretary branch_secretary staff", 302: "nobody"}, otherwise=404
        ),
        FOREIGN,
        args=records_after_ends,
    ),
    "members:detail": Access(
        "get",
        answers(
            {200: "secretary branch_secretary staff", 302: "nobody", 403: "member"},
            otherwise=404,
        ),
        FOREIGN,
        args=members,
    ),
    "members:change": Access("get", OWN, FOREIGN, args=members),
    "members:move": Access("get", OWN, FOREIGN, args=members),
    "members:affiliate": Access("get", OWN, FOREIGN, args=members),
    "members:end": Access("get", OWN, FOREIGN, args=members),
    "members:away": Access("get", OWN, FOREIGN, args=members),
    "members:report_lost": Access("get", OWN, FOREIGN, args=members),
    "members:record_contact": Access("get", LOST, LOST_ELSEWHERE, args=lost),
    "members:suspend": Access("get", LOST, LOST_ELSEWHERE, args=lost),
    "members:remove_lost": Access("get", LOST, LOST_ELSEWHERE, args=lost),
    "members:void_lost": Access("get", LOST, LOST_ELSEWHERE, args=lost),
    "members:back": Access("get", OWN, FOREIGN, args=away),
    "members:void": Access("get", OWN, FOREIGN, args=members),
    "members:unmask": Access("get", OWN, FOREIGN, args=members),
    "members:slip": Access("post", OWN, FOREIGN, args=members),
    "members:check_out": Access(
        "get",
        answers(
            {200: "secretary staff", 302: "nobody", 403: "member branch_secretary"},
            otherwise=404,
        ),
        answers({200: "clerk_elsewhere staff_elsewhere", 302: "nobody"}, otherwise=404),
        args=checked_in,
    ),
    "members:me": Access("get", ONESELF),
    "members:check_in": Access("get", ONESELF, names_all=True),
    "members:skills": Access("get", ONESELF),
    "members:own_looks": Access("get", ONESELF),
    "members:leave": Access(
        "post",
        answers({302: "nobody member"}, otherwise=404),
        args=settled,
    ),
    "members:propose_transfer": Access(
        "get", OWN, FOREIGN, args=members, names_all=True
    ),
    "members:transfers": Access(
        "get",
        answers(
            {
                200: "secretary clerk_elsewhere branch_secretary staff staff_elsewhere",
                302: "nobody",
            },
            otherwise=403,
        ),
        args=lambda world: issued(world) and ([], []),
    ),
    "members:record_letter": Access(
        "get",
        answers({200: "staff staff_elsewhere", 302: "nobody"}, otherwise=403),
    ),
    "members:transfer": Access(
        "get",
        answers(
            {200: "secretary branch_secretary staff", 302: "nobody"}, otherwise=404
        ),
        FOREIGN,
        args=issued,
    ),
    "members:issue_letter": Access("get", *ISSUER, args=proposed),
    "members:print_letter": Access("get", *ISSUER, args=issued),
    "members:reissue_letter": Access("get", *ISSUER, args=issued),
    "members:void_transfer": Access("get", *ISSUER, args=issued),
    "members:let_transfer_rest": Access("get", *ORIGIN, args=refused),
    "members:record_receipt": Access("get", *ISSUER, args=issued_to_outside),
    "members:hand_on_transfer": Access("get", *ADDRESSEE, args=coming),
    "members:confirm_arrival": Access("get", *ADDRESSEE, args=coming),
    "members:receive_transfer": Access("get", *ADDRESSEE, args=coming),
    "members:refuse_transfer": Access("get", *ADDRESSEE, args=coming),
    "members:print_receipt": Access("get", *RECEIVER, args=received),
    "members:admit_transferred": Access(
        "get",
        answers({200: "secretary staff", 302: "nobody"}, otherwise=404),
        FOREIGN,
        args=coming_from_outside,
    ),
}
