"""From applicant to member: steps in order and in time, the record they lead to."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import AccessEntry
from communities.enums import MeetingKind
from core.errors import ConstraintViolated
from core.identity import identity_columns
from core.months import today
from core.registries.invariants import invariants
from core.registries.timeline import timeline_of
from core.registries.todos import todos_for
from figures.definitions import indicators
from members.actions import (
    admit_developed,
    record_development_step,
    start_development,
    stop_development,
    take_back_step,
)
from members.development.steps import find_next_steps
from members.enums import (
    Category,
    DevelopmentStage,
    DevelopmentState,
    DevelopmentStepKind,
    Standing,
)
from members.errors import (
    ApplicantTooYoung,
    DevelopmentIsOver,
    IsMemberAlready,
    NotFullMember,
    StepComesLater,
    StepsMissing,
    StepTooEarly,
    StepTooLate,
    TooLittleTraining,
)
from members.models import Development, DevelopmentStep, Member
from organizations.enums import ThresholdKey
from organizations.models import Threshold
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.communities import MeetingFactory
from tests.factories.members import DevelopmentFactory, MemberFactory, identity_number
from tests.factories.organizations import BranchFactory

BACKEND = "accounts.backends.UsernameOrPhone"
K = DevelopmentStepKind
pytestmark = pytest.mark.django_db


def step(row, kind, day, **values):
    """One step of somebody on a day."""
    return record_development_step(
        row, kind=kind, happened_on=dt.date.fromisoformat(day), by=None, **values
    )


def kinds(row):
    """What can be recorded next."""
    return [one.kind for one in find_next_steps(row)]


@pytest.mark.mission("S1-42")
def test_a_person_goes_from_applicant_to_member_on_pages(branch, secretary, client):
    client.force_login(secretary, backend=BACKEND)
    one, two = MemberFactory.create_batch(2, organization=branch)
    number = identity_number(77)

    def send(name, /, *args, **values):
        page = client.post(reverse(f"members:{name}", args=args), values)
        assert page.status_code == 302, page.context["form"].errors
        return page

    send(
        "start_development",
        name="王申请",
        id_number=number,
        phone="13912345678",
        organization=branch.pk,
        applied_on="2024-01-10",
    )
    row = Development.objects.get()
    pair = {"first_person": one.pk, "second_person": two.pk}
    for kind, day, extra in (
        (K.TALKED, "2024-02-01", {}),
        (K.ACTIVIST, "2024-03-01", pair),
        (K.REVIEWED, "2024-09-01", {}),
        (K.CANDIDATE, "2025-03-05", {}),
        (K.TRAINED, "2025-04-01", {"hours": 24}),
        (K.SCREENED, "2025-04-20", {}),
        (K.PRE_APPROVED, "2025-05-10", {"number": "预审3号"}),
        (K.MEETING, "2025-06-01", {**pair, "voters": 9, "in_favour": 5}),
        (K.APPROVED, "2025-07-20", {"number": "批复8号"}),
    ):
        send("record_step", row.pk, kind.value, happened_on=day, **extra)
    send("admit_developed", row.pk, category="resident")

    member = Member.objects.get(name="王申请")
    row.refresh_from_db()
    home = member.affiliations.get()
    assert (member.standing, member.join_date, member.id_number) == (
        Standing.PROBATIONARY,
        dt.date(2025, 6, 1),
        number,
    )
    assert (home.approved_on, home.start_month) == (
        dt.date(2025, 7, 20),
        dt.date(2025, 7, 1),
    )
    assert (row.member, row.state) == (member, DevelopmentState.ADMITTED)
    told = [str(event.label) for event in timeline_of(member, secretary)]
    assert {"递交入党申请书", "支部大会讨论通过接收"} <= {*told}


@pytest.mark.mission("S2-30")
def test_people_on_the_way_are_counted_by_stage_and_listed(
    branch, secretary, client, officer
):
    for until in (None, "activist", "candidate", "screened"):
        DevelopmentFactory(organization=branch, until=until)
    count = Member.objects.filter(organization=branch).count()
    client.force_login(secretary, backend=BACKEND)

    def figure(key, month):
        one = indicators.get(f"members_{key}")
        return one.measure(one.rows_within(branch, month))

    def figures(month):
        return [figure(f"{stage}s", month) for stage in DevelopmentStage]

    page = client.get(reverse("members:developments"), {"stage": "candidate"})

    assert figures(dt.date(2025, 12, 1)) == [1, 1, 2]
    assert figures(dt.date(2024, 2, 1)) == [4, 0, 0]
    assert len(page.context["table"].rows) == 2
    # The six cultivators alone: nobody on the way counts as a member.
    assert Member.objects.filter(organization=branch).count() == count == 6


def test_steps_come_one_after_the_other(branch):
    row = DevelopmentFactory(organization=branch)

    assert kinds(row) == [K.TALKED]
    with pytest.raises(StepComesLater):
        step(row, K.CANDIDATE, "2025-06-01")
    step(row, K.TALKED, "2024-02-01")
    assert kinds(row) == [K.ACTIVIST]
    with pytest.raises(ConstraintViolated, match="已登记过"):
        step(row, K.TALKED, "2024-02-02")


def test_screening_and_training_come_in_either_order(branch):
    row = DevelopmentFactory(organization=branch, until="candidate")

    assert kinds(row) == [K.SCREENED, K.TRAINED]
    step(row, K.TRAINED, "2025-04-01", hours=30)
    with pytest.raises(StepComesLater):
        step(row, K.PRE_APPROVED, "2025-05-01", number="1")
    step(row, K.SCREENED, "2025-04-20")
    assert kinds(row) == [K.PRE_APPROVED]


def test_a_step_is_no_earlier_than_the_one_before(branch):
    row = DevelopmentFactory(organization=branch, until="screened")

    with pytest.raises(ConstraintViolated):
        step(row, K.TRAINED, "2025-03-01", hours=24)
    with pytest.raises(IntegrityError), transaction.atomic():
        DevelopmentStep.objects.filter(kind=K.SCREENED).update(
            happened_on=dt.date(2020, 1, 1)
        )


def test_an_activist_is_cultivated_for_a_year(branch):
    row = DevelopmentFactory(organization=branch, until="reviewed")

    with pytest.raises(StepTooEarly, match="2025年3月1日"):
        step(row, K.CANDIDATE, "2025-02-28")
    step(row, K.CANDIDATE, "2025-03-01")
    row.refresh_from_db()
    assert row.stage == DevelopmentStage.CANDIDATE


def test_the_year_is_data(branch):
    row = DevelopmentFactory(organization=branch, until="reviewed")
    Threshold.objects.filter(key=ThresholdKey.CULTIVATION_MONTHS).update(value=18)

    with pytest.raises(StepTooEarly, match="2025年9月1日"):
        step(row, K.CANDIDATE, "2025-03-05")


def test_the_superior_approves_within_half_a_year_at_most(branch):
    row = DevelopmentFactory(organization=branch, until="meeting")
    due = find_next_steps(row)[0].due_on

    with pytest.raises(StepTooLate):
        step(row, K.APPROVED, "2025-12-02", number="1")
    step(row, K.APPROVED, "2025-12-01", number="1")
    assert due == dt.date(2025, 9, 1)


def test_training_is_long_enough(branch):
    row = DevelopmentFactory(organization=branch, until="screened")

    with pytest.raises(TooLittleTraining):
        step(row, K.TRAINED, "2025-05-01", hours=23)


@pytest.mark.parametrize(
    ("voters", "in_favour"), [(10, 5), (9, 4), (5, 6), (None, 5), (9, None)]
)
def test_over_half_of_all_voters_admit(branch, voters, in_favour):
    row = DevelopmentFactory(organization=branch, until="pre_approved")
    one, two = MemberFactory.create_batch(2, organization=branch)

    with pytest.raises(ConstraintViolated):
        step(
            row,
            K.MEETING,
            "2025-06-01",
            first_person=one,
            second_person=two,
            voters=voters,
            in_favour=in_favour,
        )


def test_two_full_members_introduce(branch):
    row = DevelopmentFactory(organization=branch, until="talked")
    one = MemberFactory(organization=branch)
    new = MemberFactory(organization=branch, standing=Standing.PROBATIONARY)

    with pytest.raises(NotFullMember):
        step(row, K.ACTIVIST, "2024-03-01", first_person=one, second_person=new)
    with pytest.raises(ConstraintViolated):
        step(row, K.ACTIVIST, "2024-03-01", first_person=one, second_person=one)
    with pytest.raises(ConstraintViolated):
        step(row, K.ACTIVIST, "2024-03-01")


def test_members_minors_and_people_already_on_the_way_are_refused(branch):
    row = DevelopmentFactory(organization=branch)
    member = MemberFactory(organization=branch)

    def apply(number, day="2024-01-10"):
        start_development(
            branch,
            name="张三",
            applied_on=dt.date.fromisoformat(day),
            by=None,
            **identity_columns(number),
        )

    with pytest.raises(IsMemberAlready):
        apply(member.id_number)
    with pytest.raises(ConstraintViolated):
        apply(row.id_number)
    with pytest.raises(ApplicantTooYoung):
        apply(identity_number(5, born=dt.date(2008, 5, 1)), "2026-04-30")
    apply(identity_number(5, born=dt.date(2008, 4, 30)), "2026-04-30")
    assert Development.objects.count() == 2


def test_the_last_step_is_taken_back(branch):
    row = DevelopmentFactory(organization=branch, until="candidate")

    take_back_step(row, reason="登记错误", by=None)

    row.refresh_from_db()
    assert (row.stage, row.candidate_on) == (DevelopmentStage.ACTIVIST, None)
    assert K.CANDIDATE in kinds(row)
    voided = DevelopmentStep.all_objects.get(kind=K.CANDIDATE)
    assert voided.void_reason == "登记错误"


def test_a_stopped_development_stays_and_another_may_begin(branch):
    row = DevelopmentFactory(organization=branch)

    stop_development(row, on=dt.date(2024, 5, 1), reason="本人撤回申请", by=None)
    again = DevelopmentFactory(organization=branch, number=row.id_number)

    row.refresh_from_db()
    assert (row.state, again.state) == (
        DevelopmentState.STOPPED,
        DevelopmentState.OPEN,
    )
    with pytest.raises(DevelopmentIsOver):
        step(row, K.TALKED, "2024-06-01")


def test_nobody_is_admitted_before_the_approval(branch):
    row = DevelopmentFactory(organization=branch, until="meeting")

    with pytest.raises(StepsMissing):
        admit_developed(row, category=Category.RESIDENT, by=None)


def test_the_desk_tells_what_is_due_and_who_is_to_be_entered(branch, secretary):
    DevelopmentFactory(organization=branch)
    DevelopmentFactory(organization=branch, until="approved")
    elsewhere = holder(Role.SECRETARY, BranchFactory().parent)

    def told(user):
        found = [t for t in todos_for(user, today()) if "developments" in t.url]
        return [(str(t.label), t.count, t.due_on) for t in found]

    assert told(secretary) == [
        ("发展党员应办环节", 1, dt.date(2024, 2, 10)),
        ("已审批同意接收，请登记为预备党员", 1, None),
    ]
    assert told(elsewhere) == []


def test_the_page_says_what_is_next_and_shows_the_minutes(branch, secretary, client):
    client.force_login(secretary, backend=BACKEND)
    row = DevelopmentFactory(organization=branch, until="activist")
    meeting = MeetingFactory(
        organization=branch,
        kind=MeetingKind.COMMITTEE,
        held_on=dt.date(2024, 3, 1),
        topic="研究确定积极分子",
    )

    page = client.get(row.get_absolute_url()).content.decode()
    sheet = client.get(reverse("members:development_sheet", args=[row.pk]))

    assert "积极分子定期考察：已超过期限（2024年9月1日）" in page
    assert meeting.topic in page
    assert row.id_number not in page + sheet.content.decode()
    assert row.id_number[-4:] not in sheet.content.decode()
    assert AccessEntry.objects.filter(subject_id=str(row.pk), actor=secretary).exists()


def test_the_list_asks_as_much_for_many_as_for_few(
    branch, secretary, client, django_assert_max_num_queries
):
    client.force_login(secretary, backend=BACKEND)
    url = reverse("members:developments")
    DevelopmentFactory(organization=branch)
    client.get(url)
    with django_assert_max_num_queries(60) as few:
        client.get(url)
    for until in ("talked", "activist", "candidate"):
        DevelopmentFactory(organization=branch, until=until)
    with django_assert_max_num_queries(60) as many:
        client.get(url)
    assert len(few) == len(many)


def test_verify_finds_steps_out_of_order(branch):
    row = DevelopmentFactory(organization=branch, until="candidate")
    prove = invariants.get("members.developments").broken
    before = list(prove())

    Development.objects.filter(pk=row.pk).update(activist_on=dt.date(2024, 2, 2))

    assert (before, list(prove())) == ([], [f"development {row.pk}: days of stages"])
