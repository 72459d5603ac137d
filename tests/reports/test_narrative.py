"""The account begins with what the records tell, and with last month's account."""

import datetime as dt

import pytest
from django.urls import reverse

from communities.enums import MeetingKind
from core.web.edit_conflicts import VERSION_TOKEN
from core.web.idempotency import KEY
from members.enums import StartReason
from reports.actions import write_narrative
from reports.enums import ReturnState
from reports.models import MonthlyReturn
from reports.returns.narrative import propose_narrative
from tests.factories.communities import MeetingFactory
from tests.factories.members import MemberFactory
from tests.factories.reports import JUNE, MonthlyReturnFactory
from tests.html import hidden
from tests.messages import says

pytestmark = pytest.mark.django_db
MAY = dt.date(2026, 5, 1)
LAST = "走访困难党员三户，解决楼道照明问题。"


@pytest.fixture
def june(east, roll):
    """The June return of 东社区, whose May account is written."""
    may = MonthlyReturnFactory(organization=east, month=MAY)
    write_narrative(may, narrative=LAST, by=None)
    return MonthlyReturnFactory(organization=east, month=JUNE)


def test_the_proposal_tells_what_happened_by_the_records_and_goes_on_with_last_month(
    june, branch, roll
):
    MemberFactory(organization=branch, starts_on=JUNE, reason=StartReason.DEVELOPED)
    MeetingFactory(organization=branch, held_on=JUNE, chair=roll[0])
    MeetingFactory(
        organization=branch, held_on=JUNE, kind=MeetingKind.LESSON, chair=roll[0]
    )

    lines = propose_narrative(june).splitlines()

    assert lines == [
        "党员队伍：本月增加发展 1 人。",
        "组织生活：党员大会 1 次，党课 1 次。",
        "",
        LAST,
    ]


def test_where_nothing_happened_it_says_so(june):
    assert propose_narrative(june) == f"本月没有记录。\n\n{LAST}"


def test_the_proposal_fits_the_column(june):
    may = MonthlyReturn.objects.get(month=MAY)
    write_narrative(may, narrative="好" * 2000, by=None)

    assert len(propose_narrative(june)) == 2000


def test_the_form_offers_it_and_keeps_nothing_before_it_is_saved(
    client, june, secretary
):
    client.force_login(secretary)
    url = reverse("reports:narrative", args=[june.pk])

    page = client.get(url)

    assert page.context["form"].initial["narrative"] == propose_narrative(june)
    assert says(page.content.decode(), "保存以后才算数")
    assert MonthlyReturn.objects.get(pk=june.pk).narrative == ""
    typed = {
        "narrative": "本月组织生活正常。",
        VERSION_TOKEN: hidden(page, VERSION_TOKEN),
    }
    client.post(url, {**typed, KEY: hidden(page, KEY)})
    assert client.get(url).context["form"].initial["narrative"] == typed["narrative"]


def test_a_zero_return_is_one_press(client, june, branch, secretary, roll):
    client.force_login(secretary)
    page = client.get(june.get_absolute_url()).content.decode()
    assert says(page, "即为零报送")

    client.post(reverse("reports:submit", args=[june.pk]))

    assert MonthlyReturn.objects.get(pk=june.pk).state == ReturnState.SUBMITTED


def test_a_month_in_which_something_happened_is_no_zero_return(
    client, june, branch, secretary, roll
):
    MeetingFactory(organization=branch, held_on=JUNE, chair=roll[0])
    client.force_login(secretary)

    page = client.get(june.get_absolute_url()).content.decode()

    assert not says(page, "即为零报送")
    assert says(page, "报送街道")
