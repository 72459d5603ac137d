"""Co-building in the browser admin."""

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from cobuilding.models import Agreement
from communities.enums import ProjectTag
from communities.models import Project
from core.web.edit_conflicts import VERSION_TOKEN, version_token
from tests.factories.cobuilding import AgreementFactory, TargetProgressFactory, signed
from tests.factories.communities import ProjectFactory


@pytest.fixture
def desk(enter, staff):
    """The browser of 赵敏, who keeps the records of the street."""
    return enter(staff)


def get_url(model, page, *args):
    app = "communities" if model == "project" else "cobuilding"
    return reverse(f"admin:{app}_{model}_{page}", args=args)


def new_entries(before):
    """Return the actions audited since."""
    entries = AuditEntry.objects.order_by("pk")[before:]
    return [entry.action for entry in entries]


def test_staff_start_a_project_and_leave_one_entry(desk, east):
    before = AuditEntry.objects.count()

    desk.post(
        get_url("project", "add"),
        {
            "organization": east.pk,
            "name": "义诊",
            "tag": ProjectTag.PROBLEMS,
            "starts_on": "2026-03-01",
        },
    )

    assert Project.objects.get().organization == east
    assert new_entries(before) == ["communities.start_project"]


def test_staff_correct_a_project_and_leave_one_entry(desk, east):
    project = ProjectFactory(organization=east)
    before = AuditEntry.objects.count()

    desk.post(
        get_url("project", "change", project.pk),
        {
            "name": "义诊",
            "tag": project.tag,
            "starts_on": "2026-01-01",
            VERSION_TOKEN: version_token(project),
        },
    )

    assert Project.objects.get().name == "义诊"
    assert new_entries(before) == ["communities.change_project"]


def test_staff_draft_an_agreement(desk, east, school):
    desk.post(
        get_url("agreement", "add"),
        {
            "organization": east.pk,
            "unit": school.pk,
            "title": "共建协议",
            "starts_on": "2026-01-01",
            "ends_on": "2027-01-01",
        },
    )

    assert Agreement.objects.get().unit == school


def test_a_signed_agreement_is_read_and_may_be_ended(desk, agreement):
    signed(agreement)
    url = get_url("agreement", "change", agreement.pk)

    page = desk.get(url)
    desk.post(url, {"title": "改名", VERSION_TOKEN: version_token(agreement)})
    desk.post(get_url("agreement", "end", agreement.pk), {"reason": "单位搬迁"})

    agreement.refresh_from_db()
    assert page.context["has_change_permission"] is False
    assert (agreement.title, agreement.state) == ("校社共建协议", "ended")


def test_a_project_that_is_over_is_not_ended_again(desk, east):
    project = ProjectFactory(organization=east)
    url = get_url("project", "end", project.pk)

    first, again = (desk.post(url, {"reason": why}) for why in ("完成", "再次"))

    ended = AuditEntry.objects.filter(action="communities.end_project")
    assert (first.status_code, again.status_code) == (302, 403)
    assert ended.get().reason == "完成"


@pytest.mark.parametrize("name", ["project", "agreement", "target", "targetprogress"])
def test_each_list_opens_and_shows_the_own_street_alone(desk, east, foreign, name):
    TargetProgressFactory(target__agreement__organization=east)
    AgreementFactory(organization=foreign, title="柳岸协议")
    TargetProgressFactory(
        target__agreement__organization=foreign, target__project__name="柳岸项目"
    )

    page = desk.get(get_url(name, "changelist"))

    assert page.status_code == 200
    assert "柳岸" not in page.content.decode()


def test_a_secretary_has_no_business_in_the_admin(enter, secretary):
    answer = enter(secretary).get(get_url("agreement", "changelist"))

    assert answer.status_code == 403
