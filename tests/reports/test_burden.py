"""What filing and tasks from above cost, and what people say about the system."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AuditEntry, Notice
from core.errors import ConstraintViolated
from core.months import today
from core.registries.todos import todos_for
from organizations.errors import NotFoundedYet
from organizations.roles import Role
from reports.actions import (
    answer_feedback,
    finish_request,
    record_request,
    reopen_request,
    return_for_correction,
    submit_return,
    void_request,
)
from reports.burden.counting import count_by_child, median_minutes
from reports.burden.writers import places_of_writer
from reports.burden_errors import (
    FeedbackAnswered,
    RequestDone,
    RequestNotDone,
    RequestVoided,
)
from reports.models import (
    Feedback,
    MonthlyReturn,
    ReturnSubmission,
    SuperiorRequest,
)
from tests.factories.accounts import RoleAssignmentFactory, holder
from tests.factories.burden import FeedbackFactory, SuperiorRequestFactory
from tests.factories.members import CheckInFactory, account_of
from tests.factories.organizations import CommunityFactory
from tests.factories.reports import JUNE, MonthlyReturnFactory, submit

pytestmark = pytest.mark.django_db
IN_JUNE = dt.date(2026, 6, 15)
FORM = {
    "title": "报送困难群众台账",
    "source": "civil",
    "kind": "sheet",
    "received_on": "2026-06-15",
    "due_on": "2026-06-30",
}


def address(name, *args):
    return reverse(f"reports:{name}", args=args)


def titles(answer):
    return [row.record.title for row in answer.context["table"].rows]


def burden_of(browser, place):
    url = address("burden_of", place.pk)
    return browser.get(url, {"month": "2026-06"}).context


@pytest.mark.mission("S2-29")
def test_a_task_is_recorded_once_for_several_places_and_found_by_who_asks(
    enter, staff, street, east
):
    other = CommunityFactory(parent=street)
    browser = enter(staff)
    places = [east.pk, other.pk]

    browser.post(address("record_request"), {**FORM, "organizations": places})
    SuperiorRequestFactory(organization=east, source="police", title="排查出租房")

    rows = SuperiorRequest.objects.filter(source="civil")
    assert {row.organization_id for row in rows} == {*places}
    url = address("requests")
    assert titles(browser.get(url, {"source": "civil"})) == [FORM["title"]] * 2
    assert titles(browser.get(url, {"source": "police"})) == ["排查出租房"]
    assert len(titles(browser.get(url, {"organization": east.pk}))) == 2
    assert len(titles(browser.get(url, {"month": "2026-06"}))) == 2


@pytest.mark.mission("S2-29")
def test_tasks_are_counted_by_who_asks_and_each_count_opens_to_its_tasks(
    enter, secretary, east
):
    for title in ("台账一", "台账二"):
        SuperiorRequestFactory(
            organization=east, title=title, received_on=IN_JUNE, due_on=IN_JUNE
        )
    SuperiorRequestFactory(
        organization=east, source="police", kind="survey", received_on=IN_JUNE
    )
    SuperiorRequestFactory(organization=east)  # in July
    browser = enter(secretary)

    context = burden_of(browser, east)

    total, [civil, police] = context["total"], context["sources"]
    assert (total.tasks, total.sheets, total.late) == (3, 2, 2)
    assert (civil["name"], civil["count"]) == ("民政部门", 2)
    assert (police["asked"], police["hours"]) == ("入户调查、摸排 1", None)
    assert {*titles(browser.get(civil["url"]))} == {"台账一", "台账二"}
    assert len(titles(browser.get(context["tasks_url"]))) == 3
    assert context["chart"]["series"][0]["values"][-1] == 3


@pytest.mark.mission("S0-05")
def test_the_time_that_tasks_took_is_read_in_sums_by_who_asks(enter, secretary, east):
    rows = [
        SuperiorRequestFactory(organization=east, received_on=IN_JUNE, title=title)
        for title in ("台账一", "台账二", "台账三")
    ]
    browser = enter(secretary)

    for row in rows:
        browser.post(
            address("finish_request", row.pk),
            {"done_on": "2026-06-20", "hours": "2.5"},
        )

    context = burden_of(browser, east)
    assert context["total"].hours == context["sources"][0]["hours"] == 7.5
    page = browser.get(rows[0].get_absolute_url()).content.decode()
    assert "2.5" not in page
    assert "150" not in page


def test_of_few_tasks_no_hours_are_shown(enter, secretary, east):
    for title in ("台账一", "台账二"):
        row = SuperiorRequestFactory(
            organization=east, received_on=IN_JUNE, title=title
        )
        finish_request(row, done_on=IN_JUNE, minutes=437, by=secretary)

    context = burden_of(enter(secretary), east)

    assert (context["total"].hours, context["sources"][0]["hours"]) == (None, None)


def test_the_log_does_not_say_how_long_a_task_took(secretary, east):
    row = SuperiorRequestFactory(organization=east)
    finish_request(row, done_on=row.received_on, minutes=437, by=secretary)
    reopen_request(row, by=secretary, reason="尚未报送")
    void_request(row, by=secretary, reason="登记重复")

    entries = AuditEntry.objects.about(row)
    assert len(entries) == 4
    assert not any("minutes" in {**one.before, **one.after} for one in entries)


def test_whoever_is_checked_in_but_belongs_nowhere_writes_to_the_community(east):
    account = account_of(
        CheckInFactory(community=east, member__organization=None).member
    )

    assert [*places_of_writer(account)] == [east]


def test_whoever_keeps_two_streets_says_to_which_one_they_write(
    enter, secretary, east, west
):
    RoleAssignmentFactory(user=secretary, role=Role.SECRETARY, organization=west)
    form = {"text": "名册导出后还要再填一遍台账", "organization": west.pk}

    enter(secretary).post(address("write_feedback"), form)

    assert Feedback.objects.get().organization == west


@pytest.mark.mission("S0-05")
def test_a_task_to_be_done_waits_on_the_desk_until_it_is_done(secretary, east):
    row = SuperiorRequestFactory(organization=east, due_on=dt.date(2026, 7, 9))
    label = "待办的上级任务"
    waiting = {str(todo.label): todo for todo in todos_for(secretary, today())}
    assert (waiting[label].count, waiting[label].due_on) == (1, row.due_on)

    finish_request(row, done_on=row.received_on, by=secretary)

    assert label not in {str(todo.label) for todo in todos_for(secretary, today())}


def test_a_task_is_done_once_and_taken_back_with_what_it_took(east):
    row = SuperiorRequestFactory(organization=east)
    with pytest.raises(RequestNotDone):
        reopen_request(row, by=None, reason="尚未报送")

    finish_request(row, done_on=row.received_on, minutes=90, by=None)
    with pytest.raises(RequestDone):
        finish_request(row, done_on=row.received_on, by=None)
    row = reopen_request(row, by=None, reason="尚未报送")

    assert (row.done_on, row.minutes) == (None, None)


def test_a_task_recorded_by_mistake_counts_nowhere(enter, secretary, east):
    row = SuperiorRequestFactory(organization=east, received_on=IN_JUNE)
    browser = enter(secretary)

    browser.post(address("void_request", row.pk), {"reason": "登记重复"})
    with pytest.raises(RequestVoided):
        void_request(row, by=None, reason="登记重复")

    assert burden_of(browser, east)["total"].tasks == 0
    assert "登记重复" in browser.get(row.get_absolute_url()).content.decode()


def test_a_task_is_neither_due_nor_done_before_it_came(east):
    row = SuperiorRequestFactory(organization=east)
    before = row.received_on - dt.timedelta(days=1)

    with pytest.raises(ConstraintViolated, match="早于收到日期"):
        SuperiorRequestFactory(organization=east, due_on=before)
    with pytest.raises(ConstraintViolated, match="早于收到日期"):
        finish_request(row, done_on=before, by=None)


def test_a_task_for_several_places_is_recorded_for_all_or_for_none(street, east):
    late = CommunityFactory(parent=street, starts_on=dt.date(2026, 6, 30))
    values = {"source": "civil", "kind": "sheet", "title": "台账", "by": None}
    with pytest.raises(NotFoundedYet):
        record_request([east, late], received_on=IN_JUNE, **values)

    assert not SuperiorRequest.objects.exists()


def test_more_than_a_working_week_is_asked_about_once(enter, secretary, east):
    row = SuperiorRequestFactory(organization=east)
    browser, url = enter(secretary), address("finish_request", row.pk)
    form = {"done_on": f"{row.received_on}", "hours": "41"}

    page = browser.post(url, form).content.decode()
    asked = SuperiorRequest.objects.get().done_on is None
    browser.post(url, {**form, "confirmed": "on"})

    assert asked
    assert "41 小时超过一周" in page
    assert SuperiorRequest.objects.get().minutes == 41 * 60


def test_a_secretary_records_no_task_for_a_place_of_others(enter, secretary, west):
    browser = enter(secretary)

    browser.post(address("record_request"), {**FORM, "organizations": [west.pk]})

    assert not SuperiorRequest.objects.exists()


@pytest.mark.mission("S3-09")
def test_numbers_that_fill_themselves_and_returns_sent_back_are_counted_by_place(
    street, east, staff
):
    row = MonthlyReturnFactory(organization=east)
    submit(row)
    row.refresh_from_db()
    return_for_correction(row, reason="请补充本月情况说明", by=staff)
    lines = row.lines.count()

    total, children = count_by_child(street, JUNE, dt.date(2026, 7, 2))

    [own] = [line.burden for line in children if line.place == east]
    assert (own.computed, own.typed, own.sent_back) == (lines, 0, 1)
    assert (total.computed, total.filled_share) == (lines, 100)


@pytest.mark.mission("S3-09")
def test_the_street_reads_why_returns_went_back(enter, staff, east, street):
    row = submit(MonthlyReturnFactory(organization=east))
    return_for_correction(row, reason="请补充本月情况说明", by=staff)

    context = burden_of(enter(staff), street)

    assert [reason for _row, reason in context["sent_back"]] == ["请补充本月情况说明"]


@pytest.mark.mission("S3-09")
def test_the_time_from_opening_to_submitting_is_measured(
    enter, secretary, east, time_machine
):
    row = MonthlyReturnFactory(organization=east)
    browser = enter(secretary)
    now = dt.datetime(2026, 7, 2, 2, tzinfo=dt.UTC)
    time_machine.move_to(now)
    [button] = browser.get(row.get_absolute_url()).context["buttons"]
    time_machine.move_to(now + dt.timedelta(minutes=12))

    browser.post(button.url, {"version_token": button.version})

    assert ReturnSubmission.objects.get(monthly_return=row).minutes == 12


def test_a_median_is_shown_from_three_returns_on(street, east):
    others = CommunityFactory.create_batch(2, parent=street)
    medians = []
    for community, minutes in zip([east, *others], (10, 50, 20), strict=True):
        row = MonthlyReturnFactory(organization=community)
        by = holder(Role.SECRETARY, community)
        submit_return(row, by=by, minutes=minutes)
        medians.append(median_minutes(street, JUNE))

    assert medians == [None, None, 20]


@pytest.mark.mission("S3-09")
def test_feedback_from_any_page_reaches_the_street_which_answers(
    enter, secretary, staff, east
):
    browser = enter(secretary)
    page = browser.get(reverse("members:list")).content.decode()
    link = f"{address('write_feedback')}?page=/members/"
    form = {"text": "名册导出后还要再填一遍台账", "page": "/members/?name=李"}
    form |= {"organization": east.pk}

    browser.post(address("write_feedback"), form)

    assert link in page
    row = Feedback.objects.get()
    assert (row.organization, row.page) == (east, "/members/")
    assert "答复对系统的意见" in {str(todo.label) for todo in todos_for(staff, today())}
    enter(staff).post(
        address("answer_feedback", row.pk), {"answer": "下月起台账由系统生成"}
    )
    row.refresh_from_db()
    assert row.answered_by == staff
    assert Notice.objects.filter(user=secretary, url=row.get_absolute_url()).exists()
    answered = enter(secretary).get(row.get_absolute_url()).content.decode()
    assert "下月起台账由系统生成" in answered


def test_feedback_is_answered_once_and_then_stays(staff, east):
    row = FeedbackFactory(organization=east)
    answer_feedback(row, answer="下月起由系统生成", by=staff)

    with pytest.raises(FeedbackAnswered):
        answer_feedback(row, answer="下下月起由系统生成", by=staff)


def test_a_secretary_reads_their_own_feedback_alone(enter, secretary, east):
    FeedbackFactory(organization=east)
    own = FeedbackFactory(organization=east, by=secretary)

    table = enter(secretary).get(address("feedback")).context["table"]

    assert [line.record for line in table.rows] == [own]


@pytest.mark.parametrize(
    "page",
    [
        "https://x.example/",
        "//x.example/",
        "/\\x.example/",
        "/\t/x.example/",
        "members",
    ],
)
def test_feedback_keeps_no_address_of_elsewhere(enter, secretary, east, page):
    form = {"text": "名册导出后还要再填一遍台账", "page": page}

    enter(secretary).post(address("write_feedback"), {**form, "organization": east.pk})

    assert Feedback.objects.get().page == ""


def test_a_return_of_a_month_counts_in_that_month_alone(east):
    submit(MonthlyReturnFactory(organization=east))
    assert MonthlyReturn.objects.get().month == JUNE

    total, _children = count_by_child(east, dt.date(2026, 5, 1), IN_JUNE)

    assert (total.computed, total.sent_back) == (0, 0)
