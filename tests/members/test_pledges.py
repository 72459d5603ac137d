"""What members promise, and whether it was kept."""

import datetime as dt

import pytest
from django.urls import reverse

from core.errors import ConstraintViolated
from core.months import today
from core.registries.timeline import timeline_of
from core.registries.todos import todos_for
from members.actions import (
    accept_pledge,
    check_in,
    check_out,
    end_membership,
    make_pledge,
    return_pledge,
    settle_pledge,
    void_pledge,
)
from members.enums import EndReason, PledgeState
from members.errors import (
    NowhereToPledge,
    OutcomeWithoutReason,
    PledgeDecided,
    PledgeNotOver,
    PledgeVoided,
)
from members.models import CheckIn, Pledge
from organizations.models import CodeItem
from tests.factories.members import MemberFactory, account_of
from tests.factories.pledges import PledgeFactory
from tests.factories.volunteering import ServiceRecordFactory
from tests.html import read

pytestmark = pytest.mark.django_db
FORM = {
    "kind": "help",
    "text": "每月看望一户独居老人",
    "amount": "12",
    "measure": "次",
    "starts_on": "2026-01-01",
    "last_day": "2026-12-31",
}
S = PledgeState


@pytest.fixture
def li(branch):
    """A member of the branch."""
    return MemberFactory(name="李明", organization=branch)


def own(name, *args):
    return reverse(f"members:{name}", args=args)


def sent(browser, address, **values):
    """Send the page's own form, filled in."""
    form = next(f for f in read(browser.get(address)).posting() if f.action == address)
    return browser.post(address, form.sent(**values), follow=True)


def last_year(**values):
    return PledgeFactory(
        starts_on=dt.date(today().year - 1, 1, 1),
        ends_on=dt.date(today().year, 1, 1),
        **values,
    )


@pytest.mark.mission("S4-12")
def test_a_member_pledges_on_the_phone_and_the_community_accepts(
    enter, secretary, east
):
    member = MemberFactory(name="李明", in_service=True, community=east)
    check_in(member, east, by=None)
    phone = enter(account_of(member))
    phone.post(own("make_pledge"), FORM)
    row = Pledge.objects.get()
    assert (row.organization, row.state, row.goal) == (east, S.PROPOSED, "12 次")
    assert row.last_day == dt.date(2026, 12, 31)

    office = enter(secretary)
    waiting = [str(one.label) for one in todos_for(secretary, today())]
    assert "待审核的承诺" in waiting
    sent(office, own("return_pledge", row.pk), reason="请写明时间")
    row.refresh_from_db()
    assert (row.state, row.note) == (S.RETURNED, "请写明时间")

    phone = enter(account_of(member))
    assert "请写明时间" in phone.get(own("own_pledges")).content.decode()
    sent(phone, own("change_pledge", row.pk), text="每月第一个周六看望一户独居老人")
    office = enter(secretary)
    sent(office, own("accept_pledge", row.pk))
    row.refresh_from_db()
    assert (row.state, row.note) == (S.ACCEPTED, "")
    assert row.text == "每月第一个周六看望一户独居老人"


@pytest.mark.mission("S4-12")
def test_what_is_over_is_due_and_settled_beside_the_service(enter, secretary, east):
    member = MemberFactory(name="李明", in_service=True, community=east)
    check_in(member, east, by=None)
    row = last_year(member=member, accepted=True)
    todo = {str(t.label): t for t in todos_for(secretary, today())}
    assert todo["到期待登记结果的承诺"].count == 1
    browser = enter(secretary)
    listed = browser.get(todo["到期待登记结果的承诺"].url).context["table"]
    assert [line.record for line in listed.rows] == [row]
    page = browser.get(own("settle_pledge", row.pk)).content.decode()
    assert "本期没有已确认的服务记录" in page

    sent(browser, own("settle_pledge", row.pk), state="partly", outcome="住院半年")
    row.refresh_from_db()
    assert (row.state, row.outcome, row.settled_on) == (S.PARTLY, "住院半年", today())
    assert "部分践诺" in "".join(str(e.label) for e in timeline_of(member, secretary))
    assert "住院半年" in browser.get(own("pledge_sheet", row.pk)).content.decode()


def test_confirmed_service_of_the_period_stands_beside_the_pledge(enter, secretary):
    record = ServiceRecordFactory(confirmed=True)
    day = record.served_on
    row = PledgeFactory(
        member=record.member, starts_on=day, ends_on=day + dt.timedelta(days=1)
    )
    other = PledgeFactory(
        member=record.member,
        starts_on=day + dt.timedelta(days=1),
        ends_on=day + dt.timedelta(days=9),
    )
    phone = enter(account_of(record.member))

    pages = [phone.get(own("pledge", one.pk)).content.decode() for one in (row, other)]
    assert record.claim.shift.post.title in pages[0]
    assert "本期没有已确认的服务记录" in pages[1]


@pytest.mark.mission("S4-12")
def test_next_years_pledge_begins_with_last_years(enter, east, branch):
    member = MemberFactory(organization=branch)
    row = last_year(member=member, accepted=True, text="认领绿地")
    settle_pledge(row, state=S.KEPT, outcome="", by=None)
    phone = enter(account_of(member))
    address = f"{own('make_pledge')}?again={row.pk}"

    form = phone.get(address).context["form"]
    assert form["text"].value() == "认领绿地"
    assert form["starts_on"].value() == dt.date(today().year, 1, 1)
    assert phone.get(f"{own('make_pledge')}?again={row.pk + 1}").status_code == 404


def test_what_was_pledged_again_already_is_not_offered_again(enter, east, branch):
    member = MemberFactory(organization=branch)
    row = last_year(member=member, accepted=True, text="认领绿地")
    settle_pledge(row, state=S.KEPT, outcome="", by=None)
    phone = enter(account_of(member))
    again = f"{own('make_pledge')}?again={row.pk}"
    assert again in phone.get(own("own_pledges")).text

    day = dt.date(today().year, 1, 1)
    PledgeFactory(member=member, text="认领绿地", starts_on=day)

    assert again not in phone.get(own("own_pledges")).text


@pytest.mark.mission("S4-12")
def test_the_secretary_enters_what_was_handed_in_on_paper(enter, secretary, li):
    sent(enter(secretary), own("enter_pledge", li.pk), **FORM)

    row = Pledge.objects.get(member=li)
    assert (row.state, row.organization) == (S.ACCEPTED, li.organization)


def test_kinds_of_pledges_are_data(enter, branch):
    CodeItem.objects.create(code_list="pledge_kinds", code="water", label="护河")
    phone = enter(account_of(MemberFactory(organization=branch)))

    assert "护河" in phone.get(own("make_pledge")).content.decode()


def test_a_number_needs_what_it_counts(enter, branch):
    phone = enter(account_of(MemberFactory(organization=branch)))
    answer = phone.post(own("make_pledge"), {**FORM, "measure": ""})

    assert "measure" in answer.context["form"].errors
    assert not Pledge.objects.exists()


def test_what_is_not_kept_says_why_and_is_not_settled_before_its_time():
    running = PledgeFactory(
        accepted=True, starts_on=today(), ends_on=today() + dt.timedelta(days=30)
    )
    with pytest.raises(PledgeNotOver):
        settle_pledge(running, state=S.NOT_KEPT, outcome="忘了", by=None)
    assert settle_pledge(running, state=S.KEPT, outcome="", by=None).state == S.KEPT
    over = last_year(accepted=True)
    with pytest.raises(OutcomeWithoutReason):
        settle_pledge(over, state=S.NOT_KEPT, outcome=" ", by=None)
    with pytest.raises(PledgeDecided):
        settle_pledge(over, state=S.LAPSED, outcome="离开", by=None)


def test_what_is_accepted_or_settled_is_decided_once():
    row = PledgeFactory(accepted=True)
    with pytest.raises(PledgeDecided):
        accept_pledge(row, by=None)
    with pytest.raises(PledgeDecided):
        return_pledge(row, reason="再写", by=None)
    with pytest.raises(PledgeDecided):
        settle_pledge(PledgeFactory(), state=S.KEPT, outcome="", by=None)


def test_the_same_is_pledged_once_and_a_mistake_is_voided():
    row = PledgeFactory()
    with pytest.raises(ConstraintViolated, match="已有同样的承诺"):
        PledgeFactory(member=row.member, text=row.text)
    void_pledge(row, by=None, reason="误录")
    with pytest.raises(PledgeVoided):
        void_pledge(row, by=None, reason="误录")

    assert PledgeFactory(member=row.member, text=row.text).pk


def test_an_open_pledge_lapses_with_the_check_in_or_the_membership(east, branch):
    guest = MemberFactory(in_service=True, community=east)
    check_in(guest, east, by=None)
    first = PledgeFactory(member=guest, accepted=True)
    check_out(CheckIn.objects.get(member=guest, ends_on=None), by=None)
    first.refresh_from_db()
    member = MemberFactory(organization=branch)
    second = PledgeFactory(member=member)
    end_membership(member, reason=EndReason.DIED, by=None)
    second.refresh_from_db()

    assert (first.state, second.state) == (S.LAPSED, S.LAPSED)
    guest.refresh_from_db()
    days = {"starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2027, 1, 1)}
    with pytest.raises(NowhereToPledge):
        make_pledge(guest, by=None, kind="help", text="看望老人", **days)


def test_another_community_reads_no_pledges(enter, stranger, li):
    row = PledgeFactory(member=li)
    browser = enter(stranger)

    assert browser.get(row.get_absolute_url()).status_code == 404
    assert not list(browser.get(own("pledges")).context["table"].rows)
