"""Visits to organizations and units: what was found, and what came of it."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import AuditEntry
from communities.actions import correct_visit, record_visit, settle_visit, void_visit
from communities.indicators import indicators
from communities.models import Visit
from communities.staffing_errors import (
    NothingToSettle,
    VisitedTooEarly,
    VisitVoided,
)
from core.errors import FutureDay
from core.months import today
from core.registries.todos import todos_for
from core.web.edit_conflicts import VERSION_TOKEN
from figures.counting import count_figures
from organizations.actions import end_organization, merge_organization
from organizations.errors import NotFoundedYet, OrganizationEnded, StillInUse
from organizations.models import Organization
from organizations.month_tree import get_organization_at
from organizations.roles import Role
from tests.exports import body, read_book
from tests.factories.accounts import holder
from tests.factories.communities import (
    UnitCoverFactory,
    VisitFactory,
)
from tests.factories.organizations import CommunityFactory, UnitFactory
from tests.factories.visits import LeaderVisitFactory
from tests.html import hidden
from tests.organizations.test_random_trees import faults
from tests.organizations.test_voided_decisions import decide, void

pytestmark = pytest.mark.django_db
MAY = dt.date(2026, 5, 1)
LABEL = "走访发现的问题待解决"
DAY = dt.timedelta(days=1)
NO_PROBLEM = {"problem": "", "due_on": None}
DONE = {"outcome": "好", "by": None}
FOUND = {
    "kind": "survey",
    "visitor": "县委组织部部长王立",
    "visited_on": "2026-05-10",
    "seen": "听取换届准备情况，查看党员活动室",
    "problem": "缺少活动场地",
    "due_on": "2026-05-31",
}


def address(name, *args):
    return reverse(f"communities:{name}", args=args)


def listed(browser, **asked):
    page = browser.get(address("visits"), asked)
    return [row.record for row in page.context["table"].rows]


@pytest.mark.mission("S0-45", "S1-01")
def test_a_leader_visits_a_community_and_what_they_took_up_is_followed_to_its_end(
    enter, staff, secretary, east
):
    browser = enter(secretary)
    start = browser.get(east.get_absolute_url()).text
    assert address("visit_organization", east.pk) in start

    browser.post(address("visit_organization", east.pk), FOUND)

    visit = Visit.objects.get()
    before = {str(todo.label): todo for todo in todos_for(secretary, today())}
    assert before[LABEL].due_on == dt.date(2026, 5, 31)
    assert listed(browser, state="overdue", visitor="王立", month="2026-05") == [visit]
    assert listed(browser, kind="talk") == []
    assert listed(enter(staff), organization=east.pk, whom="organization") == [visit]
    browser = enter(secretary)
    done = {"outcome": "街道已腾出二楼会议室", "on": "2026-06-01"}
    browser.post(address("settle_visit", visit.pk), done)
    page = browser.get(visit.get_absolute_url()).text
    for shown in ("王立", "调研检查", "缺少活动场地", "腾出二楼会议室", "已解决"):
        assert shown in page
    assert LABEL not in [str(todo.label) for todo in todos_for(secretary, today())]
    assert visit.get_absolute_url() in browser.get(east.get_absolute_url()).text


@pytest.mark.mission("S4-26")
def test_who_is_there_for_a_firm_visits_it_and_the_visit_is_on_its_page(
    enter, secretary, east
):
    unit = UnitFactory(host=east, name="便民餐饮店", sector="2")
    UnitCoverFactory(unit=unit, contact="社区工作者陈静")
    browser = enter(secretary)
    form = browser.get(address("visit_unit", unit.pk)).context["form"]
    assert form["visitor"].value() == "社区工作者陈静"

    browser.post(address("visit_unit", unit.pk), {**FOUND, "visitor": "陈静"})

    visit = Visit.objects.get()
    assert (visit.unit, visit.organization) == (unit, east)
    assert visit.get_absolute_url() in browser.get(unit.get_absolute_url()).text
    assert listed(browser, whom="unit", visited="便民") == [visit]
    assert listed(browser, whom="organization") == []


@pytest.mark.mission("S4-28")
def test_talks_papers_looked_at_and_single_cases_are_noted_in_the_same_way(
    enter, secretary, east
):
    browser = enter(secretary)
    kinds = ("talk", "papers", "case", "visit")
    for kind in kinds:
        plain = {**FOUND, "kind": kind, "problem": "", "due_on": ""}
        browser.post(address("visit_organization", east.pk), plain)

    for kind in kinds:
        assert [row.kind for row in listed(browser, kind=kind)] == [kind]
    assert len(listed(browser, state="none")) == 4


@pytest.mark.mission("S4-28")
def test_visits_stand_by_month_and_place_and_leave_as_a_file(
    enter, staff, secretary, east, west
):
    browser = enter(secretary)
    LeaderVisitFactory(place=east, problem="漏雨")
    LeaderVisitFactory(place=UnitFactory(host=east), kind="talk", **NO_PROBLEM)
    settle_visit(LeaderVisitFactory(place=east, problem="停电"), outcome="好", by=None)
    void_visit(LeaderVisitFactory(place=east), by=None, reason="误录")
    LeaderVisitFactory(place=west, visited_on=dt.date(2026, 6, 1), **NO_PROBLEM)

    def counted(browser, **asked):
        page = browser.get(address("visit_months"), asked)
        rows = [row.record for row in page.context["table"].rows]
        names = ("visits_made", "problems", "unsettled", "in_5", "in_6")
        return {row: [getattr(row, name) for name in names] for row in rows}

    assert counted(browser) == {east: [3, 2, 1, 3, 0]}
    assert counted(browser, kind="talk") == {east: [1, 0, 0, 1, 0]}
    assert counted(browser, year="2025") == {}
    both = {east: [3, 2, 1, 3, 0], west: [1, 0, 0, 0, 1]}
    assert counted(enter(staff)) == both
    assert counted(enter(staff), organization=west.pk) == {west: both[west]}
    book = read_book(body(browser.get(address("visit_months"), {"export": "xlsx"})))
    assert [row["所在党组织"] for row in book] == ["东社区", "西社区"]


@pytest.mark.mission("S4-28", "S0-45")
def test_a_visit_is_corrected_with_a_reason_and_the_log_keeps_what_it_was(
    enter, secretary, branch, east
):
    visit = LeaderVisitFactory(place=east)
    browser = enter(secretary)
    url = address("correct_visit", visit.pk)
    assert url in browser.get(visit.get_absolute_url()).text
    token = hidden(browser.get(url), VERSION_TOKEN)
    right = {**FOUND, "visited_on": "2026-04-30", "visitor": "副部长李强"}

    browser.post(url, {**right, VERSION_TOKEN: token, "reason": "日期和人记错"})

    visit.refresh_from_db()
    assert (visit.visited_on, visit.visitor) == (dt.date(2026, 4, 30), "副部长李强")
    entry = AuditEntry.objects.get(action="communities.correct_visit")
    assert (entry.reason, entry.before["visited_on"]) == ("日期和人记错", "2026-05-10")
    with pytest.raises(FutureDay):
        correct_visit(visit, by=None, reason="错", visited_on=today() + DAY)
    with pytest.raises(NothingToSettle):
        settle_visit(correct_visit(visit, by=None, reason="无", **NO_PROBLEM), **DONE)
    void_visit(visit, by=None, reason="误录")
    with pytest.raises(VisitVoided):
        correct_visit(visit, by=None, reason="错", seen="正常")


def test_what_was_done_is_corrected_too_and_who_serves_a_place_is_not_typed(
    enter, secretary, east
):
    visit = VisitFactory(place__organization=east, problem="漏雨")
    browser = enter(secretary)
    url = address("correct_visit", visit.pk)
    early = visit.place.starts_on - DAY
    with pytest.raises(VisitedTooEarly):
        correct_visit(visit, by=None, reason="错", visited_on=early, due_on=None)
    assert {"visitor", "outcome"} & {*browser.get(url).context["form"].fields} == set()
    settle_visit(visit, outcome="修好", by=None)

    fields = browser.get(url).context["form"].fields
    assert ("outcome" in fields, fields["problem"].required) == (True, True)
    assert correct_visit(visit, by=None, reason="补", outcome="换瓦").outcome == "换瓦"


def test_visits_count_in_their_month_by_kind_and_open_to_their_rows(east):
    LeaderVisitFactory(place=east, kind="survey")
    LeaderVisitFactory(place=UnitFactory(host=east))
    VisitFactory(place__organization=east)

    place = get_organization_at(east.pk, MAY)
    assert count_figures(place, MAY, ["visits"])["visits"] == 3
    assert indicators.get("visits").rows(MAY).filter(kind="survey").count() == 1


def test_nobody_visits_before_the_founding_and_a_branch_secretary_only_reads(
    client, branch
):
    visit = LeaderVisitFactory(place=branch)
    new = CommunityFactory()
    founded = new.versions.get().starts_on
    with pytest.raises(NotFoundedYet):
        LeaderVisitFactory(place=new, visited_on=founded - dt.timedelta(days=1))
    client.force_login(holder(Role.BRANCH_SECRETARY, branch))

    assert client.get(visit.get_absolute_url()).status_code == 200
    assert client.get(address("settle_visit", visit.pk)).status_code == 403
    assert client.get(address("visit_organization", branch.pk)).status_code == 403


def test_an_open_problem_goes_along_with_a_merger_and_back(west):
    source = CommunityFactory(parent=west.parent)
    visit = LeaderVisitFactory(place=source)
    change = decide(merge_organization, source, target=west)
    visit.refresh_from_db()
    assert visit.organization == west

    void(change)

    visit.refresh_from_db()
    assert visit.organization == source
    assert faults() == []


def test_a_place_ends_when_it_is_said_what_was_done():
    place = CommunityFactory()
    visit = LeaderVisitFactory(place=place)
    with pytest.raises(StillInUse, match="走访发现的问题1个未解决"):
        end_organization(place, by=None, reason="撤销")

    settle_visit(visit, outcome="已解决", by=None)

    assert end_organization(place, by=None, reason="撤销").ended_on
    assert faults() == []
    with pytest.raises(OrganizationEnded):
        LeaderVisitFactory(place=Organization.objects.get(pk=place.pk))


@pytest.mark.parametrize(
    ("column", "value", "name"),
    [
        ("visitor", "", "visit_made_by_somebody"),
        ("due_on", dt.date(2026, 5, 1), "visit_problem_is_due_later"),
        ("problem", "", "visit_problem_is_due_later"),
    ],
)
def test_the_database_refuses_a_visit_that_makes_no_sense(east, column, value, name):
    visit = record_visit(
        east,
        visitor="王立",
        visited_on=dt.date(2026, 5, 10),
        seen="正常",
        problem="漏水",
        due_on=dt.date(2026, 5, 31),
        by=None,
    )

    with transaction.atomic(), pytest.raises(IntegrityError, match=name):
        Visit.objects.filter(pk=visit.pk).update(**{column: value})


@pytest.mark.mission("S0-45")
def test_the_list_leads_to_the_form_of_a_place(client, secretary, east, branch):
    client.force_login(secretary)
    start = address("choose_visited")
    assert start in client.get(address("visits")).text

    led = client.get(start, {"place": branch.pk})

    assert led.url == address("visit_organization", branch.pk)


def test_who_keeps_no_records_is_offered_no_visit_to_enter(client, east):
    client.force_login(holder(Role.BRANCH_SECRETARY, east))

    assert address("choose_visited") not in client.get(address("visits")).text
    assert client.get(address("choose_visited")).status_code == 403
