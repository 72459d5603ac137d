"""The street sees who is where and what is odd, and accepts the clean ones together."""

import datetime as dt
import random
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.errors import DomainError
from core.web.edit_conflicts import VERSION_TOKEN
from core.web.idempotency import KEY
from organizations.actions import change_organization, end_organization
from organizations.models import Organization
from organizations.roles import Role
from reports.actions import (
    accept_return,
    accept_returns,
    open_round,
    report_line,
    return_for_correction,
    submit_return,
    withdraw_return,
)
from reports.enums import ReturnState
from reports.models import MonthlyReturn, ReturnRound
from reports.returns.review import next_to_review, review_round
from tests.factories.accounts import holder
from tests.factories.organizations import CommunityFactory, StreetFactory
from tests.factories.reports import JUNE, submit
from tests.html import hidden
from tests.messages import message, says

pytestmark = pytest.mark.django_db
MAY = dt.date(2026, 5, 1)
REASON = "四次在上级党校上课"


def return_of(organization, month=JUNE):
    return MonthlyReturn.objects.get(organization=organization, month=month)


def board(round_, reader):
    return {one.row.organization.name: one for one in review_round(round_, reader)}


def report(row, value, by):
    line = row.round.form.lines.get(indicator="meetings_lessons")
    report_line(row, line, value=Decimal(value), reason=REASON, by=by)


@pytest.fixture
def june(street, east, west):
    """The round of June, with the returns of 东社区 and 西社区."""
    return open_round(street, JUNE, by=None)


def test_the_board_names_the_same_earlier_month_as_the_refusal(
    street, east, staff, secretary
):
    """Of several open months it is the first that is to be accepted first."""
    for month in (dt.date(2026, 4, 1), MAY, JUNE):
        round_ = open_round(street, month, by=None)
    submit(return_of(east), secretary)

    assert board(round_, staff)["东社区"].impossible == "请先审核 2026年4月的月报"
    with pytest.raises(DomainError) as refusal:
        accept_return(return_of(east), by=staff)
    assert "2026年4月" in str(refusal.value)


def test_a_return_without_a_word_is_not_begun(june, east, west, staff, secretary):
    report(return_of(east), 2, secretary)

    shown = board(june, staff)

    assert shown[east.name].begun
    assert not shown[west.name].begun


def test_what_is_explained_or_odd_is_said_and_the_rest_is_clean(
    june, east, west, staff, secretary
):
    report(return_of(east), 2, secretary)
    submit(return_of(east))
    submit(return_of(west))

    shown = board(june, staff)

    assert not shown[east.name].is_clean
    assert shown[east.name].marks == [f"党课 2：系统计算为 0（{REASON}）"]
    assert shown[west.name].is_clean


def test_own_returns_changed_ones_and_later_ones_cannot_be_accepted_now(
    street, june, east, west, staff
):
    open_round(street, MAY, by=None)
    submit(return_of(east), by=staff)
    submit(return_of(west))

    shown = board(june, staff)

    assert says(
        shown[east.name].impossible,
        message("you submitted it yourself: another person decides"),
    )
    assert shown[west.name].impossible == "请先审核 2026年5月的月报"
    assert not shown[west.name].is_clean


@pytest.fixture
def nine(june, street):
    """Nine more communities, whose returns are submitted."""
    places = CommunityFactory.create_batch(9, parent=street)
    open_round(street, JUNE, by=None)
    for place in places:
        submit(return_of(place))
    return places


def accept_page(june):
    return reverse("reports:accept_together", args=[june.pk])


def test_nine_clean_returns_are_accepted_by_one_page_and_one_press(
    client, june, nine, east, staff, secretary
):
    report(return_of(east), 2, secretary)
    submit(return_of(east))
    client.force_login(staff)

    page = client.get(accept_page(june))
    ticked = page.context["form"].fields["returns"].initial
    client.post(accept_page(june), {"returns": ticked, KEY: hidden(page, KEY)})

    assert len(ticked) == 9
    states = {return_of(place).state for place in nine}
    assert states == {ReturnState.ACCEPTED}
    assert return_of(east).state == ReturnState.SUBMITTED


def test_a_refusal_of_one_does_not_stop_the_others(june, nine, staff):
    own = june.returns.filter(state=ReturnState.SUBMITTED).order_by("pk")[0]
    MonthlyReturn.objects.filter(pk=own.pk).update(submitted_by=staff)
    rows = june.returns.filter(state=ReturnState.SUBMITTED).order_by("pk")

    outcome = accept_returns(rows, by=staff)

    assert outcome.accepted == 8
    assert [one.split("：")[0] for one in outcome.refusals] == [own.organization.name]
    assert MonthlyReturn.objects.get(pk=own.pk).state == ReturnState.SUBMITTED


def test_a_return_that_was_handed_in_anew_since_the_list_is_not_accepted(
    client, june, nine, staff
):
    client.force_login(staff)
    page = client.get(accept_page(june))
    ticked = page.context["form"].fields["returns"].initial
    changed = MonthlyReturn.objects.get(pk=ticked[0])
    keeper = holder(Role.SECRETARY, changed.organization)
    withdraw_return(changed, by=keeper)
    report(changed, 3, keeper)
    submit(return_of(changed.organization))
    marks = {name: hidden(page, name) for name in (KEY, VERSION_TOKEN)}

    answer = client.post(accept_page(june), {"returns": ticked, **marks})
    accepted = june.returns.filter(state=ReturnState.ACCEPTED).count()
    again = {VERSION_TOKEN: hidden(answer, VERSION_TOKEN)}
    client.post(accept_page(june), {"returns": ticked, **again})

    assert (answer.status_code, accepted) == (409, 0)
    assert june.returns.filter(state=ReturnState.ACCEPTED).count() == 9


def test_a_return_is_accepted_as_its_page_showed_it(client, june, nine, staff):
    client.force_login(staff)
    row = return_of(nine[0])
    read_page = client.get(row.get_absolute_url())
    accept = reverse("reports:accept", args=[row.pk])
    link = re.search(rf"{accept}[?]read=[0-9a-f]+", read_page.content.decode())
    keeper = holder(Role.SECRETARY, row.organization)
    withdraw_return(row, by=keeper)
    report(row, 3, keeper)
    submit(return_of(row.organization))

    page = client.get(link.group())
    answer = client.post(accept, {VERSION_TOKEN: hidden(page, VERSION_TOKEN)})

    assert answer.status_code == 409
    assert return_of(nine[0]).state == ReturnState.SUBMITTED
    assert REASON in answer.content.decode()


def test_nothing_ticked_accepts_nothing(client, june, nine, staff):
    client.force_login(staff)
    page = client.get(accept_page(june))

    answer = client.post(accept_page(june), {KEY: hidden(page, KEY)})

    assert says(answer.content.decode(), "请至少勾选一份")
    assert not june.returns.filter(state=ReturnState.ACCEPTED).exists()


def test_where_nothing_is_submitted_the_page_says_so(client, june, staff):
    client.force_login(staff)

    page = client.get(accept_page(june))

    assert says(page.content.decode(), "目前没有可以接收的月报")


def test_the_next_return_is_the_one_after_and_the_first_again(client, nine, staff):
    rows = [return_of(place) for place in nine]

    assert [next_to_review(row) for row in rows] == [*rows[1:], rows[0]]
    client.force_login(staff)
    page = client.get(rows[0].get_absolute_url()).content.decode()
    assert f'href="{rows[1].get_absolute_url()}"' in page
    assert 'accesskey="n"' in page


def queries_of(client, url):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_more_returns_cost_no_more_queries(client, street, june, east, staff):
    submit(return_of(east))
    client.force_login(staff)
    urls = (june.get_absolute_url(), accept_page(june))
    before = [queries_of(client, url) for url in urls]
    for place in CommunityFactory.create_batch(4, parent=street):
        open_round(street, JUNE, by=None)
        submit(return_of(place))

    assert [queries_of(client, url) for url in urls] <= before


class RandomYear:
    """Opens, closes and moves communities while returns come in, from one seed."""

    def __init__(self, seed, streets, filer, reviewer):
        self.chance, self.streets = random.Random(seed), streets
        self.filer, self.reviewer = filer, reviewer

    def community(self):
        rows = Organization.objects.filter(kind="community").order_by("pk")
        return self.chance.choice(list(rows))

    def row(self):
        return self.chance.choice(list(MonthlyReturn.objects.order_by("pk")))

    def found(self):
        CommunityFactory(parent=self.chance.choice(self.streets))

    def close(self):
        end_organization(self.community(), by=None, reason="两个社区合并")

    def move(self):
        target = self.chance.choice(self.streets)
        change_organization(self.community(), by=None, parent=target)

    def open(self):
        open_round(self.chance.choice(self.streets), JUNE, by=None)

    def hand_in(self):
        submit_return(self.row(), by=self.filer)

    def take_back(self):
        withdraw_return(self.row(), by=self.filer)

    def send_back(self):
        reason = "党课次数请与签到表核对"
        return_for_correction(self.row(), reason=reason, by=self.reviewer)

    def accept(self):
        accept_return(self.row(), by=self.reviewer)

    def step(self):
        names = ["found", "close", "move", "open", "hand_in", "take_back"]
        names += ["send_back", "accept"]
        getattr(self, self.chance.choice(names))()


@pytest.mark.parametrize("seed", range(4))
def test_completeness_and_timeliness_stay_between_none_and_all(
    seed, june, street, east, west
):
    streets = [street, StreetFactory(parent=street.parent)]
    filer, reviewer = holder(Role.SECRETARY, east), holder(Role.STREET_STAFF, street)
    year = RandomYear(seed, streets, filer, reviewer)
    done = 0
    for _ in range(40):
        try:
            year.step()
        except DomainError:
            continue
        done += 1
        for row in ReturnRound.objects.with_progress():
            assert 0 <= row.in_time <= row.submitted <= row.expected
            assert row.accepted <= row.submitted
            assert row.expected == row.returns.count()
    assert done > 10
