"""Who hears that `verify` found something, or does not run any more."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from core.months import today
from core.registries.todos import todo_sources
from figures.models import ClosedFigures
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.figures import ClosedFiguresFactory

pytestmark = pytest.mark.django_db

FOUND, OVERDUE = "体检发现有不成立的项目", "体检已过期限没有运行"


@pytest.fixture(autouse=True)
def _thirty_six_hours(settings, tmp_path):
    settings.VERIFY_EXPECTED_HOURS = 36
    settings.ATTACHMENT_DIR = tmp_path / "attachments"


@pytest.fixture
def admin():
    return holder(Role.SYSTEM_ADMIN)


def todos(user):
    """The labels of what the desk shows about how the installation runs."""
    return [
        str(t.label) for t in todo_sources.get("exchange.running").find(user, today())
    ]


def warnings_of(client):
    answer = client.get("/readyz").json()
    return answer["ready"], answer["warnings"]


def test_desk_and_health_say_that_verify_does_not_run(client, admin, time_machine):
    time_machine.move_to(timezone.now())
    never = todos(admin), warnings_of(client)
    call_command("verify", stdout=StringIO())
    just_now = todos(admin), warnings_of(client)

    time_machine.shift(dt.timedelta(hours=37))

    overdue = ([OVERDUE], (True, ["verify"]))
    assert (never, just_now) == (overdue, ([], (True, [])))
    # By then nothing was sealed for as long either.
    assert (todos(admin), warnings_of(client)) == (
        [OVERDUE],
        (True, ["sealer", "verify"]),
    )


def test_desk_health_and_page_say_that_something_does_not_hold(client, admin, staff):
    row = ClosedFiguresFactory()
    with pytest.raises(CommandError):
        call_command("verify", stdout=StringIO())
    client.force_login(admin, backend="accounts.backends.UsernameOrPhone")

    page = client.get(reverse("exchange:running")).content.decode()

    assert (todos(admin), todos(staff)) == ([FOUND], [])
    assert warnings_of(client) == (True, ["verify"])
    assert "已结账月份的统计数与结账时一致" in page
    assert f"organization {row.organization_id}" not in page
    ClosedFigures.objects.filter(pk=row.pk).delete()


def test_an_installation_that_expects_none_hears_nothing(client, admin, settings):
    settings.VERIFY_EXPECTED_HOURS = 0

    assert (todos(admin), warnings_of(client)) == ([], (True, []))
