"""Pages of projects, as the community's secretary uses them."""

import datetime as dt
from functools import partial

import pytest
from django.urls import reverse

from communities.actions import (
    change_project,
    end_project,
    void_meeting,
    void_project,
)
from communities.enums import ProjectTag
from communities.errors import ProjectInUse, ProjectVoided
from communities.invariants import find_voided_projects_in_use
from communities.models import Meeting, Project
from core.dates import format_day
from core.months import today
from core.web.edit_conflicts import VERSION_TOKEN
from tests.factories.cobuilding import TargetFactory
from tests.factories.communities import MeetingFactory, ProjectFactory
from tests.factories.finance import IncomeFactory
from tests.factories.organizations import UnitFactory
from tests.factories.volunteering import PostFactory
from tests.html import hidden


def address(name, *args):
    return reverse(f"communities:{name}", args=args)


def test_a_secretary_starts_a_project_until_a_last_day(enter, secretary, east):
    school = UnitFactory(name="第一中学", host=east)

    enter(secretary).post(
        address("start_project"),
        {
            "organization": east.pk,
            "name": "开放日",
            "tag": ProjectTag.RESOURCES,
            "unit": school.pk,
            "starts_on": "2026-03-01",
            "last_day": "2026-12-31",
        },
    )

    project = Project.objects.get()
    assert (project.organization, project.unit) == (east, school)
    assert project.ends_on == dt.date(2027, 1, 1)


def test_a_secretary_corrects_a_project(enter, secretary, east):
    project = ProjectFactory(organization=east, ends_on=dt.date(2026, 7, 1))
    url = address("change_project", project.pk)
    data = {"name": "义诊", "tag": project.tag}
    browser = enter(secretary)
    form_page = browser.get(url)

    data |= {"starts_on": "2026-01-01", "last_day": "2026-06-30"}
    browser.post(url, {**data, VERSION_TOKEN: hidden(form_page, VERSION_TOKEN)})

    project.refresh_from_db()
    assert form_page.context["form"].initial["last_day"] == dt.date(2026, 6, 30)
    assert (project.name, project.ends_on) == ("义诊", dt.date(2026, 7, 1))


def test_a_project_form_offers_the_own_communities_alone(enter, secretary, west, east):
    page = enter(secretary).get(address("start_project"))

    offered = page.context["form"].fields["organization"].queryset
    assert list(offered) == [east]


def test_a_secretary_voids_a_project_started_by_mistake(enter, secretary, east):
    project = ProjectFactory(organization=east, name="重复立项")
    browser = enter(secretary)

    browser.post(address("void_project", project.pk), {"reason": "重复立项"})
    page = browser.get(address("project", project.pk))
    listed = browser.get(address("projects")).content.decode()

    assert "作为误录作废：重复立项" in page.content.decode()
    assert page.context["page_actions"] == []
    assert project.name not in listed
    assert ProjectFactory(organization=east, name="重复立项").voided_at is None


def test_every_kind_of_row_that_may_name_a_project_keeps_it_from_being_voided(
    east, branch
):
    makers = {
        "meetings": lambda project: MeetingFactory(
            organization=branch, project=project
        ),
        "posts": lambda project: PostFactory(organization=east, project=project),
        "targets": lambda project: TargetFactory(
            project=project, agreement__organization=east
        ),
        "vouchers": lambda project: IncomeFactory(
            fund__organization=east, project=project
        ),
    }
    refused = {}
    for name, make in makers.items():
        project = ProjectFactory(organization=east)
        make(project)
        with pytest.raises(ProjectInUse):
            void_project(project, by=None, reason="误录")
        refused[name] = Project.objects.filter(pk=project.pk).exists()

    named = {relation.name for relation in Project._meta.related_objects}
    assert named == set(makers)
    assert refused == dict.fromkeys(makers, True)


def test_a_project_whose_meeting_was_voided_may_be_voided(east, branch):
    project = ProjectFactory(organization=east)
    meeting = MeetingFactory(organization=branch, project=project)
    void_meeting(meeting, by=None, reason="误录")

    void_project(project, by=None, reason="误录")

    assert Project.objects.count() == 0
    assert list(find_voided_projects_in_use()) == []


def test_a_voided_project_is_not_changed_by_a_form_opened_before(east):
    project = ProjectFactory(organization=east)
    void_project(project, by=None, reason="误录")

    for change in (
        partial(change_project, name="另一个"),
        partial(end_project, reason="结束"),
        partial(void_project, reason="再次"),
    ):
        with pytest.raises(ProjectVoided):
            change(project, by=None)

    project.refresh_from_db()
    assert (project.name != "另一个", project.ends_on) == (True, None)


def test_a_row_that_names_a_voided_project_is_found(east, branch):
    project = ProjectFactory(organization=east)
    void_project(project, by=None, reason="误录")
    meeting = MeetingFactory(organization=branch)
    Meeting.objects.filter(pk=meeting.pk).update(project=project)

    assert list(find_voided_projects_in_use()) == [f"communities.Meeting {meeting.pk}"]


def test_a_project_ended_today_says_today_and_keeps_what_was_planned(
    client, secretary, east
):
    client.force_login(secretary, backend="accounts.backends.UsernameOrPhone")
    planned = today() + dt.timedelta(days=60)
    project = ProjectFactory(organization=east, ends_on=planned)
    last_day = planned - dt.timedelta(days=1)

    end_project(project, by=secretary, reason="单位搬迁")

    page = client.get(project.get_absolute_url()).content.decode()
    project.refresh_from_db()
    assert (project.ended_on, project.last_day) == (today(), last_day)
    assert format_day(today()) in page
    assert format_day(last_day) in page
    assert format_day(today() - dt.timedelta(days=1)) not in page


def test_the_agreed_end_of_an_ended_project_is_corrected_alone(east):
    project = ProjectFactory(organization=east)
    end_project(project, by=None, reason="结束")

    change_project(project, by=None, ends_on=today() + dt.timedelta(days=30))

    project.refresh_from_db()
    assert project.ends_on == today()
    assert project.planned_ends_on == today() + dt.timedelta(days=30)
