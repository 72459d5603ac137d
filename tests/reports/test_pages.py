"""Pages of returns: numbers and their rows, submitting, deciding."""

import datetime as dt
import re
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.months import today
from core.registries.todos import todos_for
from core.web.edit_conflicts import VERSION_TOKEN
from figures.definitions import indicators
from figures.formatting import format_with_unit
from members.actions import end_membership
from members.enums import EndReason, StartReason
from organizations.queries import is_closed
from organizations.roles import Role
from reports.enums import ReturnState
from reports.errors import FiguresChanged, FixedFigure, NoSuchNumber
from reports.models import MonthlyReturn, PublishedMonth, ReturnRound
from reports.returns.cells import build_cells
from reports.returns.printing import describe_allowed_numbers
from tests.factories.accounts import holder
from tests.factories.communities import MeetingFactory
from tests.factories.figures import recount_all
from tests.factories.finance import ExpenditureFactory, FundFactory, filled
from tests.factories.members import CheckInFactory, MemberFactory
from tests.factories.organizations import CommunityFactory
from tests.factories.reports import (
    JUNE,
    MonthlyReturnFactory,
    ReturnRoundFactory,
    publish,
    submit,
)
from tests.factories.volunteering import ClaimFactory, PostFactory
from tests.html import hidden
from tests.messages import refusal_of, says

FILLED = [
    "members_opening",
    "members_developed",
    "members_in",
    "members_closing",
    "members_women",
    "meetings_members",
    "members_checked_in",
]


@pytest.fixture
def june(east):
    """The June return of 东社区."""
    return MonthlyReturnFactory(organization=east)


@pytest.fixture
def busy(east, branch, roll):
    """A community with something in many cells of its return."""
    MemberFactory(organization=branch, starts_on=JUNE, reason=StartReason.DEVELOPED)
    MemberFactory(organization=branch, starts_on=JUNE)
    MeetingFactory(organization=branch, held_on=JUNE, chair=roll[0])
    CheckInFactory(community=east, on=JUNE)
    recount_all()


def text_of(answer):
    """The text of a page."""
    body = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", body)


def test_the_page_shows_the_numbers_and_each_opens_to_as_many_rows(
    client, secretary, june, busy
):
    client.force_login(secretary)

    page = client.get(june.get_absolute_url())

    cells = [cell for _heading, group in page.context["groups"] for cell in group]
    shown = {c.line.indicator: c.reported for c in cells if c.url}
    drilldowns = {
        c.line.indicator: client.get(c.url).context["drilldown"] for c in cells if c.url
    }
    assert {key: rows.value for key, rows in drilldowns.items()} == shown
    assert [key for key, rows in drilldowns.items() if rows.count] == FILLED
    assert {rows.hidden for rows in drilldowns.values()} == {0}


def test_the_secretary_submits_and_the_staff_accept_through_the_pages(
    client, secretary, staff, june, east, roll
):
    client.force_login(secretary)
    client.post(reverse("reports:submit", args=[june.pk]))
    client.force_login(staff)
    client.post(reverse("reports:accept", args=[june.pk]))

    june.refresh_from_db()
    assert june.state == ReturnState.ACCEPTED
    assert is_closed(east, JUNE)


def test_a_line_is_explained_in_the_form_s_own_unit(client, secretary, june):
    client.force_login(secretary)
    spending = june.round.form.lines.get(indicator="spending")
    url = reverse("reports:line", args=[june.pk, spending.pk])

    seen = {VERSION_TOKEN: hidden(client.get(url), VERSION_TOKEN)}
    client.post(url, {"value": "0", "reason": "经费尚未下拨", **seen})
    seen = {VERSION_TOKEN: hidden(client.get(url), VERSION_TOKEN)}
    refused = client.post(url, {"value": "1.25", "reason": "上级要求", **seen})

    assert june.lines.get(form_line=spending).reason == "经费尚未下拨"
    assert says(text_of(refused), refusal_of(FixedFigure))


def test_accepting_asks_first_and_states_the_consequence(client, staff, june):
    submit(june)
    client.force_login(staff)

    page = client.get(reverse("reports:accept", args=[june.pk]))

    june.refresh_from_db()
    assert "不能撤回" in str(page.context["consequence"])
    assert (june.state, is_closed(june.organization, JUNE)) == (
        ReturnState.SUBMITTED,
        False,
    )


def test_an_impossible_number_is_refused_on_its_form(client, secretary, june):
    client.force_login(secretary)
    lessons = june.round.form.lines.get(indicator="meetings_lessons")
    url = reverse("reports:line", args=[june.pk, lessons.pk])

    seen = {VERSION_TOKEN: hidden(client.get(url), VERSION_TOKEN)}
    answer = client.post(url, {"value": "5.5", "reason": "核对", **seen})

    form = answer.context["form"]
    allowed = describe_allowed_numbers(lessons)
    pattern = refusal_of(NoSuchNumber, value="5.5", shape=allowed)
    assert says(form.non_field_errors()[0], pattern)
    assert allowed in form.fields["value"].help_text
    assert june.lines.count() == 0


def test_a_line_of_another_form_is_not_found(client, secretary, june):
    client.force_login(secretary)

    answer = client.get(reverse("reports:line", args=[june.pk, 999_999]))

    assert answer.status_code == 404


def test_the_narrative_is_written_and_shown(client, secretary, june):
    client.force_login(secretary)

    url = reverse("reports:narrative", args=[june.pk])
    seen = {VERSION_TOKEN: hidden(client.get(url), VERSION_TOKEN)}
    client.post(url, {"narrative": "开展主题党日活动。", **seen})

    assert "开展主题党日活动。" in text_of(client.get(june.get_absolute_url()))


def test_staff_send_a_return_back_with_a_reason(client, staff, june):
    submit(june)
    client.force_login(staff)

    client.post(reverse("reports:send_back", args=[june.pk]), {"reason": "请核对党课"})

    page = client.get(june.get_absolute_url())
    assert page.context["return"].state == ReturnState.RETURNED
    assert "请核对党课" in text_of(page)


def test_a_refusal_is_shown_on_the_form(client, staff, june, branch):
    submit(june)
    MemberFactory(organization=branch, starts_on=JUNE)
    client.force_login(staff)

    page = client.post(reverse("reports:accept", args=[june.pk]))

    june.refresh_from_db()
    errors = page.context["form"].non_field_errors()
    assert says(errors[0], refusal_of(FiguresChanged))
    assert june.state == ReturnState.SUBMITTED


def test_what_the_records_say_otherwise_since_is_shown_and_not_accepted(
    client, staff, secretary, june, branch
):
    submit(june)
    client.force_login(staff)
    accept = reverse("reports:accept", args=[june.pk])
    assert accept in client.get(june.get_absolute_url()).content.decode()

    MemberFactory(organization=branch, starts_on=JUNE)

    page = client.get(june.get_absolute_url())
    moved = [(c.label, c.before, c.after) for c in page.context["moved"]]
    assert ("转入", "0", "1") in moved
    assert accept not in page.content.decode()
    client.force_login(secretary)
    assert page.context["moved"] == client.get(june.get_absolute_url()).context["moved"]


def test_what_is_under_way_is_said_before_the_month_is_closed(
    client, staff, secretary, june, east
):
    fund = filled(FundFactory(organization=east), "5000")
    ExpenditureFactory(fund=fund, happened_on=dt.date(2026, 5, 28))
    client.force_login(secretary)
    page = client.get(june.get_absolute_url())
    assert [one.url for one in page.context["unfinished"]] == [
        f"{reverse('finance:vouchers')}?progress=unfinished"
    ]
    submit(june)
    client.force_login(staff)

    question = client.get(reverse("reports:accept", args=[june.pk]))

    (one,) = client.get(june.get_absolute_url()).context["unfinished"]
    assert one.text in text_of(question)


def test_paper_and_published_bytes_of_an_accepted_return(client, staff, june):
    one = publish(june)
    client.force_login(staff)

    paper = client.get(reverse("reports:paper", args=[june.pk]))
    file = client.get(reverse("reports:published", args=[june.pk]))

    labels = [cell.label for cell in paper.context["cells"]]
    assert labels[:5] == ["上月末", "发展", "转入", "转出", "去世"]
    assert len(labels) == 15
    assert file.content == bytes(one.content)
    assert (
        file.headers["Content-Disposition"]
        == 'attachment; filename="east-2026-06.json"'
    )


def test_the_paper_shows_how_the_members_add_up(client, secretary, june, branch):
    for reason in (StartReason.TRANSFERRED_IN, StartReason.DEVELOPED):
        MemberFactory(organization=branch, starts_on=JUNE, reason=reason)
    gone = MemberFactory(organization=branch, starts_on=dt.date(2026, 4, 1))
    end_membership(gone, reason=EndReason.DIED, by=secretary, on=JUNE)
    client.force_login(secretary)

    paper = client.get(reverse("reports:paper", args=[june.pk]))

    assert paper.context["document"].adding_up == (
        "上月末 1 + 增加 2（发展 1、转入 1） − 减少 1（去世 1） = 本月末 2"
    )
    assert paper.context["document"].adding_up in text_of(paper)


def test_before_the_month_ends_the_page_says_when_the_return_can_be_submitted(
    client, secretary, east
):
    july = MonthlyReturnFactory(organization=east, month=dt.date(2026, 7, 1))
    client.force_login(secretary)

    page = client.get(july.get_absolute_url())

    assert page.context["buttons"] == []
    assert "2026年7月31日 起可报送" in text_of(page)


def test_on_the_last_day_the_page_no_longer_says_that_the_month_runs(
    client, secretary, east
):
    july = MonthlyReturnFactory(organization=east, month=dt.date(2026, 7, 1))
    with time_machine.travel(dt.datetime(2026, 7, 31, 3, tzinfo=dt.UTC)):
        client.force_login(secretary)
        page = client.get(july.get_absolute_url())

    assert page.context["runs_until"] is None
    assert "起可报送" not in text_of(page)


def test_a_draft_has_no_published_bytes(client, staff, june):
    client.force_login(staff)

    answer = client.get(reverse("reports:published", args=[june.pk]))

    assert answer.status_code == 404


def test_the_round_page_shows_who_has_submitted_and_who_is_late(
    client, staff, east, west
):
    row = ReturnRoundFactory(organization=east.parent)
    submit(row.returns.get(organization=east))
    ReturnRound.objects.filter(pk=row.pk).update(due_on="2026-07-01")
    client.force_login(staff)

    page = client.get(row.get_absolute_url())

    shown = page.context["round"]
    assert (shown.expected, shown.submitted, shown.accepted) == (2, 1, 0)
    assert text_of(page).count("已逾期") == 1


def test_staff_open_a_round_of_their_own_street_alone(
    client, staff, street, other_street, east, foreign
):
    client.force_login(staff)
    url = reverse("reports:open_round")

    client.post(url, {"organization": street.pk, "month": "2026-06"})
    foreign_try = client.post(
        url, {"organization": other_street.pk, "month": "2026-06"}
    )
    future = client.post(url, {"organization": street.pk, "month": "2026-08"})

    assert [row.organization for row in ReturnRound.objects.all()] == [street]
    assert foreign_try.context["form"].errors.keys() == {"organization"}
    assert future.context["form"].errors.keys() == {"month"}


def test_the_desk_lists_the_returns_of_the_secretary_and_the_staff(
    june, secretary, staff, stranger
):
    own = todos_for(secretary, today())
    assert [todo.due_on for todo in own if "/returns/" in todo.url] == [
        june.round.due_on
    ]

    late = todos_for(staff, june.round.due_on + dt.timedelta(days=1))
    assert [t.count for t in late if t.url == june.round.get_absolute_url()] == [1]

    submit(june, by=secretary)

    waiting = [todo for todo in todos_for(staff, today()) if "/returns/" in todo.url]
    assert [todo.count for todo in waiting] == [1]
    assert [t for t in todos_for(stranger, today()) if "/returns/" in t.url] == []
    assert [t for t in todos_for(secretary, today()) if "/returns/" in t.url] == []


def test_the_current_month_is_no_todo_before_its_last_day(east, secretary):
    MonthlyReturnFactory(organization=east, month=JUNE.replace(month=7))

    todos = todos_for(secretary, today())

    assert [todo for todo in todos if "/returns/" in todo.url] == []


def test_the_list_filters_by_month_and_state(client, staff, june, west):
    MonthlyReturnFactory(organization=west, month=JUNE.replace(month=5))
    client.force_login(staff)

    url = reverse("reports:returns")
    page = client.get(url, {"month": "2026-06", "state": "draft"})

    shown = {row.record.organization for row in page.context["table"].rows}
    assert shown == {
        row.organization for row in MonthlyReturn.objects.filter(month=JUNE)
    }


def test_people_who_may_not_see_the_members_see_the_number_of_each_branch(
    client, officer, east, branch, roll
):
    client.force_login(officer)

    page = client.get(reverse("figures:rows", args=[east.pk, JUNE, "members_closing"]))

    parts = page.context["drilldown"].spread
    assert [(part.name, part.text) for part in parts] == [("东社区第一支部", "3")]
    assert client.get(parts[0].url).context["drilldown"].value == 3
    assert page.context["drilldown"].hidden == 3
    for member in roll:
        assert member.name not in text_of(page)


def test_the_officer_sees_claims_without_the_members_names(client, officer, east):
    post = PostFactory(organization=east)
    claim = ClaimFactory(shift__post=post)
    recount_all()
    client.force_login(officer)

    month = claim.claimed_at.date().replace(day=1)
    page = client.get(reverse("figures:rows", args=[east.pk, month, "claims_made"]))

    assert page.context["drilldown"].count == 1
    assert claim.member.name not in text_of(page)


def test_rows_of_a_number_are_listed_by_name_for_record_keepers(
    client, secretary, east, roll
):
    client.force_login(secretary)

    page = client.get(reverse("figures:rows", args=[east.pk, JUNE, "members_women"]))

    assert roll[2].name in text_of(page)
    assert roll[0].name not in text_of(page)


@pytest.mark.parametrize(
    ("month", "key"), [("2026-06", "no_such_figure"), ("1999-12", "members_closing")]
)
def test_a_figure_that_was_never_counted_is_not_found(
    client, secretary, east, month, key
):
    client.force_login(secretary)

    assert client.get(f"/figures/{east.pk}/{month}/{key}/").status_code == 404


def test_a_published_number_is_shown_beside_the_present_one(
    client, secretary, june, east, roll
):
    publish(june)
    client.force_login(secretary)

    page = client.get(reverse("figures:rows", args=[east.pk, JUNE, "members_closing"]))

    assert page.context["published"] == "3 人"


def test_every_published_number_is_shown_beside_the_present_one_zero_too(
    client, secretary, june, east, roll
):
    publish(june)
    client.force_login(secretary)
    published = PublishedMonth.objects.get(organization=east).figures
    figures = {key: number for key, number in published.items() if key in indicators}
    shown = {}

    for key in figures:
        page = client.get(reverse("figures:rows", args=[east.pk, JUNE, key]))
        shown[key] = page.context["published"]

    assert 0 in {Decimal(value) for value in figures.values()}
    assert shown == {
        key: format_with_unit(key, Decimal(value)) for key, value in figures.items()
    }


def test_the_deputy_files_as_the_secretary_does(client, east, june):
    client.force_login(holder(Role.DEPUTY, east))

    client.post(reverse("reports:submit", args=[june.pk]))

    assert build_cells(MonthlyReturn.objects.get(pk=june.pk))[0].computed == 0
    assert MonthlyReturn.objects.get(pk=june.pk).state == ReturnState.SUBMITTED


def cost(client, url):
    """How many queries a page takes."""
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)


def test_lists_cost_the_same_for_three_rows_or_thirty(client, staff, street, branch):
    client.force_login(staff)
    costs = []
    for more in (3, 27):
        CommunityFactory.create_batch(more, parent=street)
        MemberFactory.create_batch(more, organization=branch, starts_on=JUNE)
        row = ReturnRoundFactory(organization=street)
        figure = reverse("figures:rows", args=[street.pk, JUNE, "members_in"])
        addresses = (reverse("reports:returns"), row.get_absolute_url(), figure)
        costs.append([cost(client, url) for url in addresses])

    assert costs[0] == costs[1]


def test_staff_look_at_a_round_in_the_admin(client, staff, june):
    client.force_login(staff, backend="accounts.backends.UsernameOrPhone")

    url = reverse("admin:reports_returnround_change", args=[june.round.pk])

    assert june.round.form.title in text_of(client.get(url))
