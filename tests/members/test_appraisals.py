"""The yearly appraisal: who takes part, four grades, one in three excellent."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import AuditEntry
from communities.enums import MeetingKind
from core.errors import ConstraintViolated
from core.months import today
from core.registries.invariants import invariants
from core.registries.timeline import timeline_of
from core.registries.todos import todos_for
from figures.definitions import indicators
from members.actions import (
    close_appraisal,
    enter_grades,
    open_appraisal,
    record_mobile,
    reopen_appraisal,
    void_appraisal,
)
from members.appraisals.due import year_due
from members.enums import (
    AppraisalPart,
    Grade,
    MobileKind,
    NoGrade,
    RoundState,
    Standing,
)
from members.errors import (
    AppraisalMonthClosed,
    AppraisalNotOpen,
    GradesMissing,
    NobodyToAppraise,
    TooManyExcellent,
    WrongAppraisalYear,
)
from members.models import Appraisal, AppraisalRound
from organizations.actions import set_threshold
from organizations.enums import ThresholdKey
from organizations.models import Threshold
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.communities import MeetingFactory
from tests.factories.members import (
    AppraisalRoundFactory,
    LostContactFactory,
    MemberFactory,
    account_of,
)
from tests.factories.organizations import BranchFactory, closed

BACKEND = "accounts.backends.UsernameOrPhone"
DAY = dt.date(2025, 12, 20)
MONTH = dt.date(2025, 12, 1)
BASIS = "组通字〔2025〕40号"
G = Grade
pytestmark = pytest.mark.django_db


def people(branch, count, **values):
    """So many members of a branch, by name."""
    return [
        MemberFactory(organization=branch, name=f"党员{'甲乙丙丁戊己庚'[n]}", **values)
        for n in range(count)
    ]


def opened(branch, **values):
    """The appraisal of a branch, opened."""
    given = {"year": 2025, "held_on": DAY, "basis": BASIS, "by": None}
    return open_appraisal(branch, **{**given, **values})


def graded(row, *grades, by=None):
    """The appraisal with grades in the order of its list."""
    entries = row.appraisals.to_grade().order_by("member__pk")
    return enter_grades(
        row, dict(zip(entries.values_list("pk", flat=True), grades, strict=True)), by=by
    )


def outcomes(row):
    """What each member of an appraisal was graded, by name."""
    return {
        e.member.name: (e.part, e.grade or e.no_grade) for e in row.appraisals.all()
    }


def figure(key, place, month=MONTH):
    """A figure of members at a place in a month."""
    one = indicators.get(f"members_{key}")
    return int(one.measure(one.rows_within(place, month)))


def test_whoever_belonged_to_the_branch_on_the_day_takes_part(branch, secretary):
    full, _two = people(branch, 2)
    MemberFactory(
        organization=branch, name="后来", starts_on=DAY + dt.timedelta(days=9)
    )
    MemberFactory(organization=BranchFactory(), name="别处")
    MemberFactory(
        organization=branch,
        name="预备",
        standing=Standing.PROBATIONARY,
        join_date=dt.date(2025, 3, 3),
        starts_on=dt.date(2025, 3, 3),
    )

    row = opened(branch, by=secretary)

    assert outcomes(row) == {
        full.name: (AppraisalPart.GRADED, ""),
        "党员乙": (AppraisalPart.GRADED, ""),
        "预备": (AppraisalPart.PROBATIONARY, ""),
    }
    assert AuditEntry.objects.filter(action="members.open_appraisal").count() == 1


def test_somebody_who_became_a_full_member_later_was_probationary_on_the_day(branch):
    people(branch, 1)
    MemberFactory(
        organization=branch,
        name="转正",
        join_date=dt.date(2025, 3, 3),
        full_member_date=dt.date(2026, 3, 3),
        starts_on=dt.date(2025, 3, 3),
    )

    assert outcomes(opened(branch))["转正"][0] == AppraisalPart.PROBATIONARY


def test_the_mobile_are_marked_and_the_suspended_do_not_take_part(branch):
    here, away, lost = people(branch, 3)
    record_mobile(away, kind=MobileKind.TALENT, by=None, on=dt.date(2025, 2, 1))
    search = LostContactFactory(member=lost)
    type(search).objects.filter(pk=search.pk).update(
        state="suspended",
        suspended_on=dt.date(2024, 5, 1),
        suspension_number="1号",
        remove_from=dt.date(2026, 5, 1),
    )

    row = opened(branch)

    assert {(e.member, e.away, e.part) for e in row.appraisals.all()} == {
        (here, False, AppraisalPart.GRADED),
        (away, True, AppraisalPart.GRADED),
        (lost, False, AppraisalPart.SUSPENDED),
    }


@pytest.mark.parametrize(
    ("grades", "refused"),
    [
        ((G.EXCELLENT, G.QUALIFIED, G.QUALIFIED), False),
        ((G.EXCELLENT, G.EXCELLENT, G.QUALIFIED), True),
        ((G.BASICALLY_QUALIFIED, G.UNQUALIFIED, NoGrade.ELSEWHERE), False),
    ],
)
def test_one_in_three_is_excellent_at_most(grades, refused, branch, secretary):
    people(branch, 3)
    row = opened(branch)

    if refused:
        with pytest.raises(TooManyExcellent):
            graded(row, *grades, by=secretary)
        assert {value for _part, value in outcomes(row).values()} == {""}
    else:
        graded(row, *grades, by=secretary)
        assert {value for _part, value in outcomes(row).values()} == {*map(str, grades)}


def test_the_share_of_excellent_ones_is_data_with_dates(branch, secretary):
    people(branch, 4)
    row = opened(branch)
    set_threshold(
        key=ThresholdKey.EXCELLENT_SHARE,
        value=2,
        starts_on=row.held_on,
        by=None,
    )

    graded(row, *[G.EXCELLENT] * 2, *[G.QUALIFIED] * 2, by=secretary)
    close_appraisal(row, by=secretary)

    assert [*invariants.get("members.appraisals").broken()] == []
    Threshold.objects.filter(
        key=ThresholdKey.EXCELLENT_SHARE, starts_on=row.held_on
    ).update(value=3)
    (found,) = invariants.get("members.appraisals").broken()
    assert found.startswith(f"appraisal {row.pk}: 2 of 4")


@pytest.mark.parametrize(("share", "most"), [(3, 1), (2, 2), (0, 0)])
def test_the_sheet_says_how_many_may_be_excellent(
    share, most, branch, secretary, client
):
    people(branch, 4)
    row = opened(branch)
    Threshold.objects.filter(key=ThresholdKey.EXCELLENT_SHARE).update(value=share)
    client.force_login(secretary, backend=BACKEND)

    page = client.get(reverse("members:appraisal_sheet", args=[row.pk]))

    assert f"优秀不超过 {most} 名" in page.content.decode()


@pytest.mark.parametrize(
    ("day", "year"),
    [
        ("2026-09-30", None),
        ("2026-10-01", 2026),
        ("2027-01-31", 2026),
        ("2027-02-01", None),
    ],
)
def test_the_months_in_which_an_appraisal_is_due_are_data(db, day, year):
    for key, month in (
        (ThresholdKey.APPRAISAL_DUE_FROM, 10),
        (ThresholdKey.APPRAISAL_DUE_UNTIL, 1),
    ):
        Threshold.objects.filter(key=key).update(value=month)

    assert year_due(dt.date.fromisoformat(day)) == year


def test_a_probationary_member_gets_no_grade_in_the_table_either(branch):
    people(branch, 1)
    MemberFactory(
        organization=branch,
        standing=Standing.PROBATIONARY,
        join_date=dt.date(2025, 3, 3),
        starts_on=dt.date(2025, 3, 3),
    )
    entry = opened(branch).appraisals.get(part=AppraisalPart.PROBATIONARY)

    rows = Appraisal.objects.filter(pk=entry.pk)
    with (
        pytest.raises(IntegrityError, match="appraisal_grade_of_full"),
        transaction.atomic(),
    ):
        rows.update(grade=G.QUALIFIED)


def test_an_appraisal_closes_when_everybody_has_a_grade_or_a_reason(branch, secretary):
    *_others, three = people(branch, 3)
    row = graded(opened(branch), G.EXCELLENT, G.QUALIFIED, "")

    with pytest.raises(GradesMissing, match=three.name):
        close_appraisal(row, by=secretary)
    graded(row, G.EXCELLENT, G.QUALIFIED, NoGrade.ILL)
    row = close_appraisal(row, by=secretary)

    assert (row.state, row.month) == (RoundState.CLOSED, MONTH)
    assert figure("appraised", branch) == 2
    assert figure("appraised_excellent", branch) == 1
    assert not [
        found
        for each in invariants
        if each.key.startswith("members.appraisal")
        for found in each.broken()
    ]
    with pytest.raises(AppraisalNotOpen):
        graded(row, G.QUALIFIED, G.QUALIFIED, G.QUALIFIED)


def test_one_appraisal_a_year_unless_the_first_was_voided(branch, secretary):
    people(branch, 1)
    row = opened(branch)

    with pytest.raises(ConstraintViolated):
        opened(branch)
    void_appraisal(row, reason="年度填错", by=secretary)

    assert opened(branch).year == 2025


@pytest.mark.parametrize(
    ("year", "held_on", "refusal"),
    [
        (2023, DAY, WrongAppraisalYear),
        (2026, DAY, WrongAppraisalYear),
        (2025, dt.date(2019, 1, 1), WrongAppraisalYear),
    ],
)
def test_an_appraisal_is_held_in_its_year_or_the_next(year, held_on, refusal, branch):
    people(branch, 1)

    with pytest.raises(refusal):
        opened(branch, year=year, held_on=held_on)


def test_a_branch_without_full_members_appraises_nobody():
    with pytest.raises(NobodyToAppraise):
        opened(BranchFactory())

    assert AppraisalRound.objects.count() == 0


def test_a_closed_appraisal_opens_again_until_its_month_is_closed(
    east, branch, secretary
):
    people(branch, 1)
    row = close_appraisal(graded(opened(branch), G.QUALIFIED), by=secretary)

    reopened = reopen_appraisal(row, reason="等次抄错", by=secretary)
    assert (reopened.month, figure("appraised", branch)) == (None, 0)

    row = close_appraisal(reopened, by=secretary)
    closed(east, row.month)
    with pytest.raises(AppraisalMonthClosed):
        reopen_appraisal(row, reason="等次抄错", by=secretary)


def test_members_see_their_own_grade_on_their_timeline(branch, secretary):
    one, _other = people(branch, 2)
    row = graded(opened(branch), G.QUALIFIED, G.UNQUALIFIED)
    user = account_of(one)

    before = [e for e in timeline_of(one, user) if "2025" in str(e.label)]
    close_appraisal(row, by=secretary)

    after = [str(e.label) for e in timeline_of(one, user) if "2025" in str(e.label)]
    assert (before, len(after)) == ([], 1)
    assert str(G.QUALIFIED.label) in after[0]
    assert [*Appraisal.objects.visible_to(user)] == [Appraisal.objects.get(member=one)]


@time_machine.travel("2026-11-20 10:00 +0800")
def test_a_branch_owes_its_appraisal_from_november_until_it_is_closed(
    branch, secretary, client
):
    people(branch, 1)

    def owed():
        return [t.count for t in todos_for(secretary, today()) if "appraisals" in t.url]

    before = owed()
    row = opened(branch, year=2026, held_on=dt.date(2026, 11, 18))
    half = owed()
    close_appraisal(graded(row, G.QUALIFIED), by=secretary)

    assert (before, half, owed()) == ([1], [1], [])


def test_a_branch_secretary_appraises_the_branch_on_pages(branch, client):
    client.force_login(holder(Role.BRANCH_SECRETARY, branch), backend=BACKEND)
    one, *_others = people(branch, 3)
    MeetingFactory(organization=branch, kind=MeetingKind.ORGANIZATION_LIFE, held_on=DAY)

    client.post(
        reverse("members:open_appraisal"),
        {
            "organization": branch.pk,
            "year": 2025,
            "held_on": f"{DAY}",
            "basis": BASIS,
        },
    )
    row = AppraisalRound.objects.get()
    form = client.get(reverse("members:grades", args=[row.pk])).context["form"]
    data = {name: form[name].value() for name in form.fields}
    data[f"grade_{row.appraisals.get(member=one).pk}"] = "excellent"
    client.post(reverse("members:grades", args=[row.pk]), data)
    client.post(reverse("members:close_appraisal", args=[row.pk]))

    page = client.get(row.get_absolute_url())
    sheet = client.get(reverse("members:appraisal_sheet", args=[row.pk]))
    row.refresh_from_db()
    assert row.state == RoundState.CLOSED
    assert {value for _part, value in outcomes(row).values()} == {
        "excellent",
        "qualified",
    }
    assert page.context["page_sections"][0].context["meetings"]
    assert sheet.content.decode().count("√") == row.appraisals.count()


def test_whoever_is_away_is_not_proposed_as_qualified(branch, secretary, client):
    client.force_login(secretary, backend=BACKEND)
    here, away = people(branch, 2)
    record_mobile(away, kind=MobileKind.TALENT, by=None, on=dt.date(2025, 2, 1))
    row = opened(branch)

    form = client.get(reverse("members:grades", args=[row.pk])).context["form"]

    proposed = {
        entry.member: form[f"grade_{entry.pk}"].value()
        for entry in row.appraisals.select_related("member")
    }
    assert proposed == {here: "qualified", away: ""}


def test_the_factory_opens_an_appraisal_of_last_year():
    assert AppraisalRoundFactory().appraisals.count() == 1
