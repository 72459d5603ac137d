"""Which branches did less than a quarter asks for, and which did more."""

import datetime as dt
import re
from html import unescape

import pytest
from django.urls import reverse

from communities.activity import activity_of_branches, whole_quarters
from communities.enums import Activity, Agenda, MeetingKind
from organizations.enums import ThresholdKey
from organizations.models import Threshold
from tests.factories.communities import MeetingFactory
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory

pytestmark = pytest.mark.django_db
SPRING = dt.date(2026, 4, 1)
MONTHS = (4, 5, 6)


def hold(branch, kind, *months, **values):
    for month in months:
        held_on = dt.date(2026, month, 10)
        MeetingFactory(organization=branch, kind=kind, held_on=held_on, **values)


def hold_what_is_asked(branch):
    hold(branch, MeetingKind.MEMBERS, 4)
    hold(branch, MeetingKind.LESSON, 5)
    hold(branch, MeetingKind.THEME_DAY, *MONTHS)


def activity_of(branch, user):
    rows = activity_of_branches(user, SPRING)
    return {row.pk: row.activity for row in rows}[branch.pk]


@pytest.mark.mission("S0-07")
def test_a_branch_holds_less_than_is_asked_just_that_or_more(secretary, branch):
    states = [activity_of(branch, secretary)]
    hold_what_is_asked(branch)
    states.append(activity_of(branch, secretary))
    hold(branch, MeetingKind.ORGANIZATION_LIFE, 6)
    states.append(activity_of(branch, secretary))

    assert states == [Activity.BELOW, Activity.AT, Activity.ABOVE]


@pytest.mark.mission("S0-07")
def test_those_that_do_the_least_and_those_that_do_more_are_listed(
    enter, secretary, east, branch
):
    idle = BranchFactory(parent=east, name="沉寂党支部")
    hold_what_is_asked(branch)
    hold(branch, MeetingKind.LESSON, 6)
    browser, url = enter(secretary), reverse("communities:activity")

    def found(state):
        table = browser.get(url, {"activity": state}).context["table"]
        return [row.record.pk for row in table.rows]

    assert found(Activity.BELOW) == [idle.pk]
    assert found(Activity.ABOVE) == [branch.pk]


def test_seven_full_members_owe_committee_meetings(secretary, branch):
    MemberFactory.create_batch(7, organization=branch)
    hold_what_is_asked(branch)
    before = activity_of(branch, secretary)

    hold(branch, MeetingKind.COMMITTEE, *MONTHS)

    assert (before, activity_of(branch, secretary)) == (Activity.BELOW, Activity.AT)


def test_a_branch_founded_in_the_quarter_owes_nothing_for_it(secretary, east):
    young = BranchFactory(parent=east, starts_on=dt.date(2026, 5, 4))

    assert activity_of(young, secretary) == Activity.NEW


def test_how_many_lessons_are_asked_for_is_a_number_of_the_office(secretary, branch):
    hold_what_is_asked(branch)
    rows = Threshold.objects.filter(key=ThresholdKey.LESSONS_A_QUARTER)
    rows.update(value=2)

    assert activity_of(branch, secretary) == Activity.BELOW


def test_eight_quarters_that_are_over_are_offered():
    quarters = whole_quarters(dt.date(2026, 7, 2))

    assert (quarters[0], quarters[-1]) == (SPRING, dt.date(2024, 7, 1))


def test_a_secretary_reads_no_branch_of_others(enter, secretary, branch, foreign):
    BranchFactory(parent=foreign)

    table = enter(secretary).get(reverse("communities:activity")).context["table"]

    assert [row.record for row in table.rows] == [branch]


@pytest.mark.mission("S2-48")
def test_how_many_meetings_are_study_and_how_many_only_hand_out_work(
    enter, secretary, branch
):
    hold(branch, MeetingKind.LESSON, 4, agenda=Agenda.STUDY)
    hold(branch, MeetingKind.MEMBERS, 4, 5, agenda=Agenda.ASSIGNING)
    hold(branch, MeetingKind.MEMBERS, 6)
    browser = enter(secretary)

    [row] = browser.get(reverse("communities:activity")).context["table"].rows

    assert f"{row.get_cell('share')}" == "25.0"
    assert row.get_cell_value("assigning") == 2
    link = re.search('href="([^"]+)"', row.get_cell("assigning"))[1]
    shown = browser.get(unescape(link)).context["table"].rows
    assert {one.record.agenda for one in shown} == {Agenda.ASSIGNING}
    assert len(shown) == 2


@pytest.mark.mission("S2-48")
def test_the_minutes_say_what_the_meeting_was_mostly_about(enter, secretary, branch):
    hold(branch, MeetingKind.LESSON, 4, agenda=Agenda.STUDY)

    page = enter(secretary).get(branch.meetings.get().get_absolute_url())

    assert "学习教育" in page.content.decode()
