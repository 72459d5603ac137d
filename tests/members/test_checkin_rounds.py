"""Rounds of checking in: the document, the funnel, the slip, another unit."""

import datetime as dt

import pytest
from django.urls import reverse

from core.errors import ConstraintViolated
from core.months import today
from members.actions import (
    change_member,
    check_in,
    open_round,
    set_willingness,
    void_round,
)
from members.enums import LeaveReason
from members.errors import NotAStreet, RoundVoided
from members.fields import slot_choices
from members.funnels import find_new
from members.models import CheckIn, CheckInRound, Member
from tests.factories.accounts import holder
from tests.factories.checkin_rounds import CheckInRoundFactory
from tests.factories.documents import DocumentFactory
from tests.factories.members import MemberFactory, account_of
from tests.factories.organizations import UnitFactory
from tests.factories.pledges import PledgeFactory
from tests.factories.volunteering import ServiceRecordFactory

pytestmark = pytest.mark.django_db
MONTH_AGO = today() - dt.timedelta(days=30)


def address(name, *args):
    return reverse(f"members:{name}", args=args)


@pytest.fixture
def staff(street):
    """Street staff."""
    return holder("street_staff", street)


@pytest.fixture
def running(street):
    """The street's round that began half a year ago and goes on."""
    return CheckInRoundFactory(
        organization=street,
        starts_on=today() - dt.timedelta(days=180),
        ends_on=today() + dt.timedelta(days=180),
    )


def guest(community, *, on=MONTH_AGO, **values):
    member = MemberFactory(in_service=True, community=community, **values)
    check_in(member, community, by=None, on=on)
    member.refresh_from_db()
    return member


def lines(answer):
    return {
        str(row.record.label): row.record.counts for row in answer.context["table"].rows
    }


@pytest.mark.mission("S3-15")
def test_the_street_opens_a_round_on_a_document_and_the_slip_names_it(
    enter, staff, street, east
):
    document = DocumentFactory(
        organization=street, title="双报到通知", number="组发〔2026〕9号"
    )
    browser = enter(staff)
    browser.post(
        address("open_round"),
        {
            "organization": street.pk,
            "title": "今年双报到",
            "document": document.pk,
            "starts_on": f"{MONTH_AGO}",
            "last_day": f"{today()}",
            "expected": "服务两次",
        },
    )
    row = CheckInRound.objects.get()
    assert (row.organization, row.basis_text) == (street, str(document))

    member = guest(east, name="李明", employer=UnitFactory(name="第一中学"))
    slot, said = slot_choices()[0]
    Member.objects.filter(pk=member.pk).update(free_hours=[slot])
    phone = enter(account_of(member))
    key = CheckIn.objects.get(member=member, ends_on=None).pk
    slip = phone.get(address("check_in_slip", key)).content.decode()
    assert "组发〔2026〕9号" in slip
    assert "第一中学" in slip
    assert str(said) in slip
    assert "组发〔2026〕9号" in phone.get(address("me")).content.decode()


@pytest.mark.mission("S3-15", "S4-11")
def test_the_funnel_counts_people_by_community_and_unit_and_opens_who_they_are(
    enter, staff, street, east, west, running
):
    school = UnitFactory(name="第一中学")
    first = guest(east, name="李明", employer=school)
    guest(east, name="王强", on=running.starts_on - dt.timedelta(days=9))
    guest(west, name="赵敏", employer=school)
    left = MemberFactory(name="周杰", in_service=True, community=west)
    PledgeFactory(
        member=first,
        accepted=True,
        starts_on=running.starts_on,
        ends_on=running.ends_on,
    )
    PledgeFactory(member=left if left.community else first, text="未认可")
    browser = enter(staff)

    by_place = lines(browser.get(running.get_absolute_url()))
    assert by_place["东社区"] == {
        "living": 2,
        "checked_in": 2,
        "new": 1,
        "pledged": 1,
        "served": 0,
        "again": 0,
    }
    assert by_place["西社区"]["living"] == 2
    assert by_place["西社区"]["checked_in"] == 1
    assert by_place["合计"]["living"] == 4
    by_unit = lines(browser.get(f"{running.get_absolute_url()}?by=unit"))
    assert (by_unit["第一中学"]["living"], by_unit["单位未登记"]["living"]) == (2, 2)

    url = f"{address('round_people', running.pk)}?step=pledged&community={east.pk}"
    people = browser.get(url).context["table"].rows
    assert [one.record.name for one in people] == ["李明"]
    sheet = browser.get(f"{running.get_absolute_url()}?export=xlsx")
    assert "spreadsheet" in sheet["Content-Type"]


@pytest.mark.mission("S4-11")
def test_service_in_the_days_of_the_round_counts_once_a_person(enter, staff, street):
    record = ServiceRecordFactory(
        confirmed=True, claim__shift__post__organization__parent=street
    )
    member, community = record.member, record.community
    day = record.served_on
    row = CheckInRoundFactory(
        organization=street, starts_on=day, ends_on=day + dt.timedelta(days=9)
    )
    change_member(member, category="in_service", by=None)
    if member.community_id != community.pk:
        check_in(member, community, by=None, on=day)
    counts = lines(enter(staff).get(row.get_absolute_url()))[community.name]

    assert (counts["served"], counts["again"]) == (1, 0)


@pytest.mark.mission("S3-15")
def test_another_unit_restarts_the_check_in_without_a_gap(east):
    member = guest(east, employer=UnitFactory(name="第一中学"))
    hospital = UnitFactory(name="中心医院")
    change_member(member, employer=hospital, by=None)

    old, new = CheckIn.objects.filter(member=member).order_by("starts_on")[1:]
    assert (old.ends_on, old.end_reason) == (today(), LeaveReason.UNIT_CHANGED)
    assert (new.starts_on, new.ends_on, new.unit) == (today(), None, hospital)
    member.refresh_from_db()
    assert member.community == east


def test_what_a_member_said_goes_along_to_another_unit(east):
    one, two = UnitFactory(host=east), UnitFactory(host=east)
    member = guest(east, employer=one)
    set_willingness(member, willing="willing", by=None)
    CheckIn.objects.filter(member=member).update(available="周六", home_branch="甲支部")

    change_member(member, by=None, employer=two)

    row = CheckIn.objects.get(member=member, ends_on=None)
    assert (row.starts_on, row.unit) == (today(), two)
    said = (row.willing, row.available, row.home_branch)
    assert said == ("willing", "周六", "甲支部")


def test_another_unit_is_no_new_check_in_of_the_round(street, east):
    round_ = CheckInRoundFactory(
        organization=street, starts_on=MONTH_AGO, ends_on=today() + dt.timedelta(1)
    )
    day_before = MONTH_AGO - dt.timedelta(days=1)
    known = guest(east, on=day_before, employer=UnitFactory(host=east))
    new = guest(east, employer=UnitFactory(host=east))

    for member in (known, new):
        change_member(member, by=None, employer=UnitFactory(host=east))

    assert find_new(round_, [known.pk, new.pk]) == {new.pk}


def test_a_unit_that_was_not_on_record_restarts_nothing(east):
    member = guest(east)
    change_member(member, employer=UnitFactory(name="第一中学"), by=None)

    row = CheckIn.objects.get(member=member, ends_on=None)
    assert (row.starts_on, row.unit.name) == (MONTH_AGO, "第一中学")


def test_rounds_of_a_street_share_no_day_and_are_voided_once(running, east):
    with pytest.raises(ConstraintViolated, match="已有报到活动"):
        CheckInRoundFactory(
            organization=running.organization,
            starts_on=today(),
            ends_on=today() + dt.timedelta(days=400),
        )
    void_round(running, by=None, reason="误录")
    with pytest.raises(RoundVoided):
        void_round(running, by=None, reason="误录")
    values = {"title": "报到", "basis": "通知", "starts_on": today()}
    with pytest.raises(NotAStreet):
        open_round(east, by=None, ends_on=today() + dt.timedelta(days=1), **values)


def test_staff_of_two_streets_say_whose_round_they_open(enter, staff, other_street):
    day_before = today() - dt.timedelta(days=1)
    staff.role_assignments.create(
        role="street_staff", organization=other_street, starts_on=day_before
    )
    browser = enter(staff)
    values = {"title": "报到", "basis": "通知", "starts_on": "2026-01-01"}
    values["last_day"] = "2026-12-31"

    without = browser.post(address("open_round"), values)
    browser.post(address("open_round"), {**values, "organization": other_street.pk})

    assert "organization" in without.context["form"].errors
    assert CheckInRound.objects.get().organization == other_street


def test_the_only_street_is_chosen_beforehand(enter, staff, street):
    form = enter(staff).get(address("open_round")).context["form"]

    assert form["organization"].value() == street.pk


def test_a_round_rests_on_a_document(enter, staff, street):
    browser = enter(staff)
    answer = browser.post(
        address("open_round"),
        {
            "organization": street.pk,
            "title": "报到",
            "starts_on": "2026-01-01",
            "last_day": "2026-12-31",
        },
    )

    assert "basis" in answer.context["form"].errors
    assert not CheckInRound.objects.exists()
