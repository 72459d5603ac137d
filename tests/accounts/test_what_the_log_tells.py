"""Every entry of the log of changes says who, about what, and what changed.

Asked of all entries that the building of two streets left behind, of every row of every
model, and of every kind of row that can be voided, as street staff and as an auditor.
"""

import copy
from contextlib import suppress

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.actions import end_role_assignment
from accounts.log_rows import LogReader, describe_subject, is_about_people
from accounts.models import AuditEntry
from communities.actions import (
    leave_place,
    void_applicant,
    void_body,
    void_count,
    void_cover,
    void_election,
    void_facility,
    void_filing,
    void_holding,
    void_honour,
    void_meeting,
    void_pay,
    void_project,
    void_recruitment,
    void_resolution,
    void_sitting,
    void_standard,
    void_term,
    void_visit,
)
from core import audit
from core.audit.presentation import present_changes
from core.db.voidable import Voidable
from core.errors import DomainError
from core.months import today
from core.web.idempotency import KEY
from exchange.actions import link_document, void_document, void_link
from exchange.document_links import document_targets
from members.actions import (
    check_in,
    move_member,
    record_mobile,
    take_back_step,
    void_absence,
    void_affiliation,
    void_certificate,
    void_check_in,
    void_contact,
    void_member,
    void_pledge,
    void_probation_decision,
    void_review,
    void_round,
)
from members.enums import MobileKind
from members.models import DevelopmentStep, Member
from organizations.actions import void_decision, void_fact
from organizations.roles import Role
from reports.actions import void_extension, void_form, void_request
from tests.accounts.voids import void_one_of
from tests.factories.accounts import RoleAssignmentFactory, holder
from tests.factories.burden import SuperiorRequestFactory
from tests.factories.checkin_rounds import CheckInRoundFactory
from tests.factories.communities import (
    ApplicantFactory,
    BallotFactory,
    BodyFactory,
    CandidateFactory,
    ElectionFactory,
    MeetingFactory,
    PayStandardFactory,
    ProjectFactory,
    RecruitmentFactory,
    ResolutionFactory,
    SeatFilingFactory,
    SeatHoldingFactory,
    SeatPayFactory,
    ServedPlaceFactory,
    SittingFactory,
    TermOfOfficeFactory,
    UnitCoverFactory,
    VisitFactory,
)
from tests.factories.documents import DocumentFactory
from tests.factories.facilities import FacilityFactory
from tests.factories.honours import HonourFactory
from tests.factories.members import (
    ActivityCertificateFactory,
    DevelopmentFactory,
    LostContactFactory,
    MemberContactFactory,
    MemberFactory,
    MonthlyReviewFactory,
    PocketMemberFactory,
    ProbationDecisionFactory,
    account_of,
)
from tests.factories.organizations import (
    BranchFactory,
    OrganizationChangeFactory,
    PlaceFactFactory,
)
from tests.factories.pledges import PledgeFactory
from tests.factories.reports import DeadlineExtensionFactory, SuperiorFormFactory
from tests.factories.volunteering import ClaimFactory
from tests.test_access_matrix import ACCESS
from tests.test_every_write import doing_doors, fill, first_who_may

pytestmark = pytest.mark.django_db
LANGUAGES = ("zh-hans", "en")
LIMIT = 40
"""So many rows of a model: more of a kind say nothing new."""


OUR_MODELS = [
    model
    for config in apps.get_app_configs()
    if config.path.startswith(str(settings.BASE_DIR)) and ".venv" not in config.path
    for model in config.get_models()
]


def rows_of(model):
    return models.QuerySet(model).order_by("pk")[:LIMIT]


def send_all(world, name):
    access = ACCESS[name]
    address, sent = reverse(name, args=access.args(world)[0]), access.data(world)
    client = Client()
    person = world.people[first_who_may(access)]
    client.force_login(person, "accounts.backends.UsernameOrPhone")
    client.post(address, {**sent, KEY: "one"})


def names_of_people():
    return {*Member.all_objects.values_list("name", flat=True)}


@pytest.fixture
def auditor(db):
    return holder(Role.AUDITOR, name="郑实")


def shown(entry, language, **kwargs):
    with translation.override(language):
        return present_changes(entry.subject_type, entry.before, entry.after, **kwargs)


def silent(entries):
    """Return the actions of entries that name nothing, or show none of their values."""
    return {
        (entry.action, language)
        for entry in entries
        for language in LANGUAGES
        if not entry.subject_name
        or bool(entry.before or entry.after) > bool(shown(entry, language))
    }


def told_by_key():
    """Return the rows named by other rows whose name is but their key."""
    return {
        (f"{column}", value)
        for model in OUR_MODELS
        for column in model._meta.concrete_fields
        if column.is_relation and column.related_model in OUR_MODELS
        for row in rows_of(model)
        for value in audit.snapshot(row, column.name).values()
        for line in present_changes(model._meta.label, {}, {column.name: value})
        if value and line.after == f"{value}"
    }


def told_to(auditor, entries):
    """Return the names of members that an auditor reads, and what is kept from them."""
    reader, people = LogReader(auditor), names_of_people()
    named, kept = set(), set()
    for entry in entries:
        if reader.may_read_name(entry):
            continue
        lines = shown(entry, "zh-hans", is_personal=is_about_people)
        text = [describe_subject(entry, reader), *(x.before + x.after for x in lines)]
        named |= {(entry.action, name) for name in people for t in text if name in t}
        if len(lines) != len(shown(entry, "zh-hans")):
            kept.add(entry.action)
    return named, kept


def test_every_entry_says_about_what_it_is_and_what_changed(world, auditor):
    actions, wrong = set(), {}
    for name in doing_doors():
        before = transaction.savepoint()
        with suppress(DomainError):
            send_all(copy.deepcopy(world), name)
        entries = list(AuditEntry.objects.all())
        actions |= {entry.action for entry in entries}
        faults = (silent(entries), *told_to(auditor, entries))
        if any(faults):
            wrong[name] = faults
        transaction.savepoint_rollback(before)

    assert len(actions) > 40
    assert wrong == {}


def test_every_row_that_another_one_names_is_told_by_its_name(world):
    fill(world)

    assert told_by_key() == set()


def test_an_auditor_reads_whose_office_account_and_role_it_is(auditor, secretary):
    held = secretary.role_assignments.get()
    entries = AuditEntry.objects
    reader = LogReader(auditor)

    told = {
        entry.action: describe_subject(entry, reader)
        for entry in entries.about(secretary) | entries.about(held)
    }

    assert {"accounts.create_account", "accounts.assign_role"} <= {*told}
    assert all(str(secretary) in text for text in told.values())


def test_the_account_of_a_member_is_not_named_to_the_auditor(auditor, branch):
    member = MemberFactory(organization=branch)
    account_of(member)
    reader = LogReader(auditor)

    told = [describe_subject(entry, reader) for entry in AuditEntry.objects.all()]

    assert len(told) > 3
    assert [text for text in told if member.name in text] == []


@pytest.mark.parametrize("open_matter", [LostContactFactory, PocketMemberFactory])
def test_a_matter_about_a_member_does_not_name_them_to_the_auditor(
    client, auditor, branch, open_matter
):
    member = MemberFactory(organization=branch, name="欧阳查无")
    open_matter(member=member)
    client.force_login(auditor)

    page = client.get(reverse("accounts:change_log"))

    assert len(page.context["table"].rows) > 2
    assert member.name not in page.content.decode()


@pytest.mark.parametrize("reader", ["staff", "auditor"])
def test_what_the_system_did_is_said_to_be_the_system_s(
    client, staff, auditor, branch, reader
):
    MemberFactory(organization=branch)
    client.force_login({"staff": staff, "auditor": auditor}[reader])

    table = client.get(reverse("accounts:change_log")).context["table"]

    assert {str(row.get_cell("actor_name")) for row in table.rows} >= {"系统"}


def void_role(east, _branch, by):
    assignment = RoleAssignmentFactory(organization=east)
    return end_role_assignment(
        assignment, by=by, reason="录错了", on=assignment.starts_on
    )


def moved(east, branch):
    member = MemberFactory(organization=branch)
    move_member(member, BranchFactory(parent=east), by=None)
    return member.affiliations.get(ends_on=None)


def checked_in(east, branch):
    return check_in(MemberFactory(organization=branch), east, by=None)


def absent(_east, branch):
    member = MemberFactory(organization=branch)
    return record_mobile(member, kind=MobileKind.WORKING_AWAY, by=None, on=today())


def taken_back(_east, branch, by):
    person = DevelopmentFactory(organization=branch, until="talked")
    take_back_step(person, by=by, reason="录错了")
    return DevelopmentStep.all_objects.get(kind="talked")


def body_document(east, _branch):
    rules = DocumentFactory(organization=east)
    body = BodyFactory(organization=east)
    return link_document(rules, body, target=document_targets.get("body"), by=None)


def document_of_decision(east, branch):
    paper = DocumentFactory(organization=east)
    change = OrganizationChangeFactory(organization=branch)
    target = document_targets.get("decision")
    return link_document(paper, change, target=target, by=None)


def body_with_a_holder(branch):
    member = MemberFactory(organization=branch)
    return SeatHoldingFactory(member=member).seat.body


VOIDS = {
    "accounts.RoleAssignment": void_role,
    "communities.Body": void_one_of(
        lambda east, _branch: BodyFactory(organization=east), void_body
    ),
    "communities.Election": void_one_of(
        lambda east, _branch: ElectionFactory(body__organization=east), void_election
    ),
    "communities.Recruitment": void_one_of(
        lambda east, _branch: RecruitmentFactory(body__organization=east),
        void_recruitment,
    ),
    "communities.Applicant": void_one_of(
        lambda east, _branch: ApplicantFactory(recruitment__body__organization=east),
        void_applicant,
    ),
    "communities.SeatPay": void_one_of(
        lambda _east, branch: SeatPayFactory(
            holding__member=MemberFactory(organization=branch)
        ),
        void_pay,
    ),
    "communities.PayStandard": void_one_of(
        lambda east, _branch: PayStandardFactory(organization=east), void_standard
    ),
    "communities.ServedPlace": void_one_of(
        lambda _east, branch: ServedPlaceFactory(
            organization=branch, starts_on=today()
        ),
        leave_place,
    ),
    "communities.SeatFiling": void_one_of(
        lambda _east, branch: SeatFilingFactory(
            holding__member=MemberFactory(organization=branch)
        ),
        void_filing,
    ),
    "communities.Sitting": void_one_of(
        lambda _east, branch: SittingFactory(body=body_with_a_holder(branch)),
        void_sitting,
    ),
    "communities.Resolution": void_one_of(
        lambda _east, branch: ResolutionFactory(
            sitting__body=body_with_a_holder(branch)
        ),
        void_resolution,
    ),
    "reports.SuperiorRequest": void_one_of(
        lambda east, _branch: SuperiorRequestFactory(organization=east), void_request
    ),
    "communities.Honour": void_one_of(
        lambda _east, branch: HonourFactory(honoured=branch), void_honour
    ),
    "communities.UnitCover": void_one_of(
        lambda east, _branch: UnitCoverFactory(unit__host=east), void_cover
    ),
    "communities.Visit": void_one_of(
        lambda _east, branch: VisitFactory(place__organization=branch), void_visit
    ),
    "communities.Facility": void_one_of(
        lambda east, _branch: FacilityFactory(organization=east), void_facility
    ),
    "communities.Ballot": void_one_of(
        lambda east, _branch: BallotFactory(
            election=CandidateFactory(election__body__organization=east).election
        ),
        void_count,
    ),
    "communities.TermOfOffice": void_one_of(
        lambda east, _branch: TermOfOfficeFactory(body__organization=east), void_term
    ),
    "communities.SeatHolding": void_one_of(
        lambda _east, branch: SeatHoldingFactory(
            member=MemberFactory(organization=branch)
        ),
        void_holding,
    ),
    "communities.Meeting": void_one_of(
        lambda _east, branch: MeetingFactory(organization=branch), void_meeting
    ),
    "communities.Project": void_one_of(
        lambda east, _branch: ProjectFactory(organization=east), void_project
    ),
    "communities.BodyDocument": void_one_of(body_document, void_link),
    "exchange.DecisionDocument": void_one_of(document_of_decision, void_link),
    "exchange.Document": void_one_of(
        lambda east, _branch: DocumentFactory(organization=east), void_document
    ),
    "reports.SuperiorForm": void_one_of(
        lambda east, _branch: SuperiorFormFactory(organization=east.parent), void_form
    ),
    "reports.DeadlineExtension": void_one_of(
        lambda east, _branch: DeadlineExtensionFactory(
            monthly_return__organization=east
        ),
        void_extension,
    ),
    "organizations.OrganizationChange": void_one_of(
        lambda _east, branch: OrganizationChangeFactory(organization=branch),
        void_decision,
    ),
    "organizations.PlaceFact": void_one_of(
        lambda east, _branch: PlaceFactFactory(organization=east), void_fact
    ),
    "members.CheckInRound": void_one_of(
        lambda east, _branch: CheckInRoundFactory(organization=east.parent), void_round
    ),
    "members.Pledge": void_one_of(
        lambda _east, branch: PledgeFactory(member__organization=branch), void_pledge
    ),
    "members.Affiliation": void_one_of(moved, void_affiliation),
    "members.CheckIn": void_one_of(checked_in, void_check_in),
    "members.MobileRecord": void_one_of(absent, void_absence),
    "members.ActivityCertificate": void_one_of(
        lambda _east, branch: ActivityCertificateFactory(member__organization=branch),
        void_certificate,
    ),
    "members.MemberContact": void_one_of(
        lambda _east, branch: MemberContactFactory(member__organization=branch),
        void_contact,
    ),
    "members.MonthlyReview": void_one_of(
        lambda _east, branch: MonthlyReviewFactory(member__organization=branch),
        void_review,
    ),
    "members.DevelopmentStep": taken_back,
    "members.ProbationDecision": void_one_of(
        lambda _east, branch: ProbationDecisionFactory(member__organization=branch),
        void_probation_decision,
    ),
    "members.Member": void_one_of(
        lambda _east, branch: MemberFactory(organization=branch), void_member
    ),
}
WITHOUT_ENTRY = {"members.Ending", "members.GuardedRemark"}
"""Told by the entry of the member's end, or without what they said."""


def test_every_kind_of_row_that_can_be_voided_is_asked_about():
    kinds = {m._meta.label for m in apps.get_models() if issubclass(m, Voidable)}

    assert kinds - WITHOUT_ENTRY == {*VOIDS}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", VOIDS)
def test_a_voided_row_is_told_with_what_it_said(kind, language, east, branch, staff):
    row = VOIDS[kind](east, branch, staff)

    entry = AuditEntry.objects.about(row).order_by("pk").last()
    lines = shown(entry, language)

    assert sum(bool(line.before) for line in lines) >= 2
    assert [line.before for line in lines if line.after] == [""]
    assert entry.subject_name


def test_a_voided_row_that_another_one_names_is_still_named(east, branch, staff):
    project = ProjectFactory(organization=east)
    void_project(project, by=staff, reason="录错了")

    lines = present_changes("communities.Meeting", {}, {"project": project.pk})

    assert [line.after for line in lines] == [str(project)]


def test_a_claim_is_told_by_its_shift():
    claim = ClaimFactory()

    lines = present_changes(
        "volunteering.Claim",
        {},
        audit.snapshot(claim, "shift", "member"),
        is_personal=is_about_people,
    )

    assert [line.after for line in lines] == [str(claim.shift), "******"]
