"""Nobody is on record after a membership ended, unless somebody said so knowingly."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from cobuilding.actions import sign_agreement
from cobuilding.enums import Side
from communities.actions import change_meeting, void_meeting
from core.dates import format_day
from core.months import today
from core.registries.invariants import invariants
from figures.definitions import indicators
from members.actions import (
    answer_opinion,
    check_in,
    end_membership,
    log_contact,
    move_member,
    note_records_after_ends,
    open_appraisal,
    propose_transfer,
    record_mobile,
)
from members.ends.dated_records import dated_records
from members.enums import (
    Category,
    ContactWay,
    EndReason,
    LeaveReason,
    MobileKind,
    StartReason,
)
from members.models import Affiliation, Member, MonthlyReview, RecordAfterEnd
from organizations.actions import change_organization
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.cobuilding import TargetFactory
from tests.factories.communities import MeetingFactory, roll
from tests.factories.members import (
    ActivityCertificateFactory,
    MemberFactory,
    TransferFactory,
    account_of,
)
from tests.factories.opinions import OpinionRequestFactory
from tests.factories.organizations import BranchFactory, StreetFactory
from tests.factories.volunteering import ClaimFactory, ServiceRecordFactory, at
from tests.walk.people import Refused, Visitor

pytestmark = pytest.mark.django_db

EARLIER = today() - dt.timedelta(days=40)
ENDED_ON = today() - dt.timedelta(days=20)
LATER = today() - dt.timedelta(days=10)
INVARIANT = "members.dated_records"
CALLED = "communities.attendance"


@pytest.fixture
def member(branch):
    """A member of the branch, who also serves in a community."""
    return MemberFactory(organization=branch, category=Category.IN_SERVICE)


@pytest.fixture
def guest(east):
    """A member of another organization, who has been checked in for long."""
    guest = MemberFactory(in_service=True)
    check_in(guest, east, by=None, on=dt.date(2026, 1, 10))
    return guest


def call(member, day=LATER, **lists):
    """Return a meeting of the member's organization to which they were called."""
    home = member.organization
    return MeetingFactory(
        organization=home,
        held_on=day,
        chair=MemberFactory(organization=home),
        **(lists or {"present": [member]}),
    )


def sign(member, side):
    agreement = TargetFactory().agreement
    sign_agreement(agreement, side, by=account_of(member), at=at(LATER))


def certify(member):
    """Issue a certificate to a member who has been away for long."""
    record_mobile(member, kind=MobileKind.WORKING_AWAY, by=None, on=EARLIER)
    until = LATER + dt.timedelta(days=90)
    ActivityCertificateFactory(member=member, on=LATER, valid_until=until)


def give_opinion(member):
    """Answer a question about the member ten days ago."""
    with time_machine.travel(at(LATER), tick=True):
        row = OpinionRequestFactory(about=member)
        answer_opinion(row, opinion="agrees", reasons="按时报到、服务", by=None)


RECORDS = {
    "members.opinions": lambda member, _east: give_opinion(member),
    CALLED: lambda member, _east: call(member),
    "communities.guests": lambda member, east: MeetingFactory(
        organization=east, held_on=LATER, chair=home_of(east), guests=[member]
    ),
    "members.affiliations": lambda member, east: Affiliation.objects.create(
        member=member,
        organization=east,
        starts_on=LATER,
        start_month=LATER.replace(day=1),
        start_reason=StartReason.RECORDED,
        ends_on=LATER + dt.timedelta(days=1),
        end_month=LATER.replace(day=1),
        end_reason=EndReason.TRANSFERRED_OUT,
    ),
    "members.check_ins": lambda member, east: check_in(member, east, by=None, on=LATER),
    "members.absences": lambda member, _east: record_mobile(
        member, kind=MobileKind.WORKING_AWAY, by=None, on=LATER
    ),
    "members.appraisals": lambda member, _east: open_appraisal(
        member.organization, year=LATER.year, held_on=LATER, basis="通知", by=None
    ),
    "members.certificates": lambda member, _east: certify(member),
    "members.reviews": lambda member, _east: MonthlyReview.objects.create(
        member=member,
        organization=member.organization,
        reviewed_on=LATER,
        finding="still",
        month=LATER.replace(day=1),
    ),
    "members.contacts": lambda member, _east: log_contact(
        member, way=ContactWay.PHONE, on=LATER, note="", by=None
    ),
    "members.transfers": lambda member, _east: propose_transfer(
        member, to=StreetFactory(), cause="residence_changed", by=None, on=LATER
    ),
    "volunteering.claims": lambda member, _east: ClaimFactory(
        member=member, at=at(LATER)
    ),
    "volunteering.service": lambda member, _east: ServiceRecordFactory(
        claim=ClaimFactory(member=member, past=True, shift__day=LATER, at=at(EARLIER))
    ),
    "cobuilding.signatures_of_the_unit": lambda member, _east: sign(member, Side.UNIT),
    "cobuilding.signatures_of_the_community": lambda member, _east: sign(
        member, Side.COMMUNITY
    ),
}
# An open affiliation ends after it began, so this takes somebody only checked in.
OF_GUESTS = {"members.affiliations"}
ASKED = sorted(set(RECORDS) - OF_GUESTS)
# Who belongs nowhere is called to nothing, and has no branch to ask.
OF_MEMBERS = {
    CALLED,
    "members.appraisals",
    "members.certificates",
    "members.contacts",
    "members.reviews",
    "members.transfers",
}
SETTLED_BY_THE_END = {"members.transfers", "volunteering.claims"}


def home_of(organization):
    return MemberFactory(organization=BranchFactory(parent=organization))


def test_every_kind_of_record_has_its_case():
    assert {kind.key for kind in dated_records} == set(RECORDS)


def end_page(member, reason):
    url = reverse("members:end", args=[member.pk])
    return url, {"reason": reason, "on": ENDED_ON}


def admin_end(member, reason):
    url = reverse("admin:members_member_end", args=[member.pk])
    return url, {"reason": reason, "on": ENDED_ON}


def move(member, _reason=None):
    to = BranchFactory(parent=member.organization.parent)
    url = reverse("members:move", args=[member.pk])
    return url, {"organization": to.pk, "on": ENDED_ON}


def receive(member, _reason=None):
    city = member.organization.parent.parent.parent
    to = StreetFactory(parent=city)
    day = ENDED_ON - dt.timedelta(days=5)
    transfer = TransferFactory(member=member, to=to, issued=True, on=day)
    branch = BranchFactory(parent=transfer.addressee)
    url = reverse("members:receive_transfer", args=[transfer.pk])
    return url, {"branch": branch.pk, "on": ENDED_ON}


def receipt(member, _reason=None):
    transfer = TransferFactory(
        member=member, to_text="南京市某街道", issued=True, on=EARLIER
    )
    return reverse("members:record_receipt", args=[transfer.pk]), {"on": ENDED_ON}


ENDS_OF_MEMBERSHIP = [
    *((page, EndReason.DIED, key) for page in (end_page, admin_end) for key in ASKED),
    (end_page, EndReason.STRUCK_OFF, "volunteering.service"),
    (end_page, EndReason.EXPELLED, "volunteering.service"),
]
LEAVING = [
    (end_page, EndReason.TRANSFERRED_OUT),
    (admin_end, EndReason.TRANSFERRED_OUT),
    (move, None),
    (receive, None),
    (receipt, None),
]


@pytest.fixture
def clerk(city):
    """Somebody who may send each of the forms."""
    return Visitor(holder(Role.STREET_STAFF, city))


@pytest.mark.parametrize(("page", "reason", "key"), ENDS_OF_MEMBERSHIP)
def test_an_end_before_any_record_is_asked_about_once(
    member, east, clerk, key, page, reason
):
    RECORDS[key](member, east)
    url, values = page(member, reason)

    with pytest.raises(Refused) as asked:
        clerk.fill(url, **values)

    member.refresh_from_db()
    assert format_day(LATER) in str(asked.value)
    assert member.organization is not None
    clerk.fill(url, **values, confirmed="on")
    member.refresh_from_db()
    assert (member.ended_on, member.end_reason) == (ENDED_ON, reason)
    assert_marked(member, clerk, key, unless=key in SETTLED_BY_THE_END)


def assert_marked(member, clerk, key, *, unless):
    """Assert that the member's page and `verify` name the record, or none does."""
    page = clerk.get(member.get_absolute_url())
    found = [line for line in invariants.get(INVARIANT).broken() if key in line]
    assert len(found) == len(page.context["contradictions"]) == (not unless)


@pytest.mark.parametrize("key", sorted(set(RECORDS) - OF_MEMBERS))
def test_the_death_of_a_guest_is_asked_about(guest, east, clerk, key):
    if key == "members.check_ins":
        guest.check_ins.filter(ends_on=None).update(ends_on=EARLIER)
        type(guest).objects.filter(pk=guest.pk).update(community=None)
    RECORDS[key](guest, east)
    url = reverse("members:check_out", args=[guest.pk])
    values = {"reason": LeaveReason.DIED, "on": ENDED_ON}

    with pytest.raises(Refused, match=format_day(LATER)):
        clerk.fill(url, **values)

    clerk.fill(url, **values, confirmed="on")
    guest.refresh_from_db()
    assert guest.ended_on == ENDED_ON
    assert_marked(guest, clerk, key, unless=key in SETTLED_BY_THE_END)


def test_moving_away_ends_no_membership_and_is_not_asked_about(guest, east, clerk):
    RECORDS["volunteering.service"](guest, east)
    url = reverse("members:check_out", args=[guest.pk])

    clerk.fill(url, reason=LeaveReason.MOVED_AWAY, on=ENDED_ON)

    assert guest.check_ins.filter(ends_on=ENDED_ON).exists()


@pytest.mark.parametrize(("page", "reason"), LEAVING)
def test_leaving_before_a_meeting_is_asked_about_once(member, clerk, page, reason):
    branch = member.organization
    meeting = call(member)
    url, values = page(member, reason)

    with pytest.raises(Refused, match=format_day(LATER)):
        clerk.fill(url, **values)

    clerk.fill(url, **values, confirmed="on")
    member.refresh_from_db()
    assert member.organization != branch
    assert_marked(member, clerk, CALLED, unless=False)
    minutes = clerk.get(meeting.get_absolute_url()).content.decode()
    paper = clerk.get(reverse("communities:print", args=[meeting.pk])).content.decode()
    assert format_day(ENDED_ON) in minutes
    assert format_day(ENDED_ON) in paper


@pytest.mark.parametrize(("page", "reason"), LEAVING)
@pytest.mark.parametrize("key", ["communities.guests", "volunteering.service"])
def test_who_leaves_remains_a_member_and_goes_on_serving(
    member, east, clerk, key, page, reason
):
    RECORDS[key](member, east)
    url, values = page(member, reason)

    clerk.fill(url, **values)

    assert list(invariants.get(INVARIANT).broken()) == []


def test_a_move_within_the_community_contradicts_no_meeting_of_the_community(
    member, east, clerk
):
    MeetingFactory(organization=east, held_on=LATER, chair=member)
    url, values = move(member)

    clerk.fill(url, **values)

    assert list(invariants.get(INVARIANT).broken()) == []


@pytest.mark.parametrize("day", [EARLIER, ENDED_ON])
def test_what_was_before_the_end_is_not_asked_about(member, clerk, day):
    call(member, day)
    url, values = end_page(member, EndReason.DIED)

    clerk.fill(url, **values)

    assert list(invariants.get(INVARIANT).broken()) == []


def test_many_days_are_counted(member, clerk):
    for days in range(1, 8):
        call(member, ENDED_ON + dt.timedelta(days=days))
    url, values = end_page(member, EndReason.DIED)

    with pytest.raises(Refused, match="等7天"):
        clerk.fill(url, **values)


def test_a_voided_meeting_is_not_asked_about(member, clerk):
    void_meeting(call(member), by=None, reason="误录")
    url, values = end_page(member, EndReason.DIED)

    clerk.fill(url, **values)

    assert list(invariants.get(INVARIANT).broken()) == []


@pytest.mark.parametrize("entry", ["affiliation", "member"])
def test_voiding_what_a_meeting_rests_on_is_asked_about_once(
    member, east, clerk, entry
):
    move_member(member, BranchFactory(parent=east), by=None, on=ENDED_ON)
    member.refresh_from_db()
    meeting = call(member)
    url = reverse("members:void", args=[member.pk])
    values = {"entry": entry, "reason": "误录"}

    with pytest.raises(Refused, match=format_day(LATER)):
        clerk.fill(url, **values)

    clerk.fill(url, **values, confirmed="on")
    assert_marked(member, clerk, CALLED, unless=False)
    minutes = clerk.get(meeting.get_absolute_url()).content.decode()
    assert "这一天不属于本组织" in minutes


def test_voiding_a_move_explains_meetings_of_the_community_all_the_same(
    member, east, clerk
):
    move_member(member, BranchFactory(parent=east), by=None, on=ENDED_ON)
    MeetingFactory(organization=east, held_on=LATER, chair=member)
    url = reverse("members:void", args=[member.pk])

    clerk.fill(url, entry="affiliation", reason="误录")

    assert list(invariants.get(INVARIANT).broken()) == []


def test_a_branch_that_was_regrouped_since_met_with_its_community_of_then(
    member, east, west
):
    MeetingFactory(organization=east, held_on=LATER, chair=member)

    change_organization(member.organization, by=None, parent=west)

    assert list(invariants.get(INVARIANT).broken()) == []


def test_what_was_recorded_counts_until_it_is_corrected(member, east, clerk):
    chair = MemberFactory(organization=member.organization)
    other = MemberFactory(organization=member.organization)
    meeting = MeetingFactory(
        organization=member.organization,
        held_on=LATER,
        chair=chair,
        present=[member],
        absent=[other],
    )
    figure = indicators.get("meetings_members")
    month = meeting.month

    end_membership(member, reason=EndReason.DIED, by=None, on=ENDED_ON)

    assert figure.rows_within(east, month).count() == 1
    change_meeting(meeting, by=None, roll=roll([chair], [other]))
    assert figure.rows_within(east, month).count() == 0
    assert list(invariants.get(INVARIANT).broken()) == []


@pytest.mark.parametrize("key", sorted(RECORDS))
def test_every_kind_of_record_has_a_desk_and_a_page_to_correct_it(member, east, key):
    if key in OF_GUESTS:
        member.affiliations.update(ends_on=EARLIER, end_month=EARLIER.replace(day=1))
    RECORDS[key](member, east)
    if key in OF_GUESTS | SETTLED_BY_THE_END:  # left by a system of before
        Member.objects.filter(pk=member.pk).update(
            organization=None,
            community=None,
            ended_on=ENDED_ON,
            end_reason=EndReason.DIED,
        )
    else:
        end_membership(member, reason=EndReason.DIED, by=None, on=ENDED_ON)

    note_records_after_ends()

    row = RecordAfterEnd.objects.get(kind=key)
    staff = Visitor(holder(Role.STREET_STAFF, row.organization))
    page = staff.get(reverse("members:keep_after_end", args=[row.pk]))
    listed = staff.get(reverse("members:after_ends")).context["table"].data
    assert row in list(listed)
    assert all(staff.get(link.url) for link in page.context["corrections"])
