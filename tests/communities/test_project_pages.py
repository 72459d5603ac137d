"""Pages of projects, as the community's secretary uses them."""

import datetime as dt

from django.urls import reverse

from communities.enums import ProjectTag
from communities.models import Project
from core.web.edit_conflicts import VERSION_TOKEN
from tests.factories.communities import ProjectFactory
from tests.factories.organizations import UnitFactory
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
